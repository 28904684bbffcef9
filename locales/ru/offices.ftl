button-offices = Офисы
offices =
    <b>Офисы</b>

    Выберите город или напишите его, например: <code>Казань</code>. А если пришлёте геопозицию (скрепка, «Геопозиция»), покажем ближайшие.
offices-none =
    <b>Офисы</b>

    Адресов здесь пока нет. Подскажем по телефону <b>{ $phone }</b> ({ $hours }).
offices-choose = <b>Какой офис показать?</b>
offices-not-found = В городе «{ $city }» офисов не нашли. Напишите название иначе, например: <code>Казань</code>, или выберите город из списка.
offices-expects = Напишите город, например: <code>Казань</code>, пришлите геопозицию или выберите кнопкой.
offices-cities = Другой город
offices-others = Другой офис
office-away = { $km } км · { $office }
office =
    <b>{ $city }</b>, { $address }

    { $hours }
    Телефон: <b>{ $phone }</b>
office-title = Офис «{ $brand }»
office-map = Показать на карте
