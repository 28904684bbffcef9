policies = { $count ->
    [one] <b>У вас { $count } полис</b>
    [few] <b>У вас { $count } полиса</b>
   *[many] <b>У вас { $count } полисов</b>
 }
policies-none =
    <b>Полисов пока нет</b>

    Если вы только что оформили полис, он появится здесь в течение дня. Если полис есть, а здесь его не видно, нажмите «Человек»: найдём.
policies-line =
    <b>{ $product }</b> { $object }
    { $until }
policies-button = { $product } · { $object } · до { $until }
policies-expects = Выберите полис кнопкой. Если нужного нет, нажмите «Человек».

until-active = { $days ->
    [0] действует последний день, до { $ends } включительно
    [one] действует до { $ends }, остался { $days } день
    [few] действует до { $ends }, осталось { $days } дня
   *[many] действует до { $ends }, осталось { $days } дней
 }
until-unpaid = не оплачен и пока не защищает
until-future = начнёт действовать { $starts }, до { $ends }
until-ended = закончился { $ends }
until-terminated = расторгнут

filter-all = Все · { $count }
filter-current = Действующие · { $count }
filter-unpaid = Неоплаченные · { $count }
filter-past = Прошлые · { $count }

policy-head =
    <b>{ $product }</b> { $number }
    { $object }
    <b>{ $until }</b>

    Срок: { $starts } – { $ends }
    Оформлен: { $issued }
policy-form = Бланк: { $form }
policy-vin = VIN: { $vin }
policy-insured = Страхователь: { $name }
policy-owner = Собственник: { $name }
policy-covers = <b>Что застраховано</b>
policy-risk = • { $name }: { $limit }
policy-risk-plain = • { $name }
policy-deductible = франшиза { $amount }
policy-drivers = <b>Кто может управлять</b>
policy-driver = • { $name }, ВУ { $licence }, стаж с { $since } года
policy-unlimited = <b>Кто может управлять</b>: без ограничений
policy-usage = <b>Периоды использования</b>: { $periods }
policy-premium = Премия: { $amount }
policy-paid = { $premium }, оплачена
policy-part = { $premium }. Следующий взнос { $amount } до { $due }
policy-overdue = { $premium }. <b>Взнос { $amount } просрочен</b>: его ждали до { $due }
policy-unpaid = { $premium }, <b>не оплачена</b>
policy-renew = Продлить
policy-renewing = Продление: посмотреть
policy-papers = Документы
policy-show = Показать полностью
policy-hide = Скрыть данные
policy-expects = Выберите кнопку: документы, полные данные или «Назад» к списку.

advice-active = Изменить или продлить договор поможет человек: <b>{ $phone }</b> ({ $hours }).
advice-osago-active = { $soon ->
    [yes] Продлить можно уже сейчас, до { $ends } включительно: нажмите «Продлить».
   *[no] Продлить можно будет с { $opens }. Изменить водителей поможет человек: <b>{ $phone }</b> ({ $hours }).
 }
advice-unpaid = Пока полис не оплачен, он не защищает. Оплатить поможет человек: <b>{ $phone }</b> ({ $hours }).
advice-future = Полис начнёт действовать сам, делать ничего не нужно. Вопросы: <b>{ $phone }</b> ({ $hours }).
advice-ended = Этот договор уже не продлить. Оформить новый поможет человек: <b>{ $phone }</b> ({ $hours }).
advice-osago-ended = Этот договор уже не продлить, нужен новый. Ездить без ОСАГО нельзя, за это штраф. Новый поможет оформить человек: <b>{ $phone }</b> ({ $hours }).
advice-terminated = Договор расторгнут. Если есть вопросы, поможет человек: <b>{ $phone }</b> ({ $hours }).

papers =
    <b>Документы</b>
    { $product } { $number }

    Выберите документ: пришлём его сюда или на почту.
papers-none =
    <b>Документов пока нет</b>
    { $product } { $number }

    Если документ нужен сейчас, нажмите «Человек»: пришлём.
papers-expects = Выберите документ кнопкой.
paper-kind-policy = Полис
paper-kind-rules = Правила страхования
paper-kind-invoice = Счёт
paper-kind-receipt = Квитанция об оплате
paper-kind-certificate = Справка
paper-kind-other = Документ

paper =
    <b>{ $title }</b>
    от { $issued }, { $size } КБ

    Куда прислать?
paper-no-mail =
    <b>{ $title }</b>
    от { $issued }, { $size } КБ

    Пришлём сюда. Чтобы получать документы на почту, нажмите «Человек» и сообщите адрес.
paper-here = Прислать сюда
paper-mail = На почту { $email }
paper-expects = Выберите, куда прислать документ.
paper-coming = Готовим файл, он придёт сюда сам.
paper-mailing = Отправляем на { $email }. Когда письмо уйдёт, скажем.
paper-caption = { $title }
paper-caption-policy =
    { $title }. Держите его под рукой: полис ОСАГО можно показать инспектору с экрана.

    Подпись страховщика внутри файла: её покажет программа для чтения PDF.
paper-undelivered = «{ $title }» сейчас прислать не удалось. Попробуйте ещё раз из карточки полиса или нажмите «Человек».
letter-paper-subject = { $title }, «{ $brand }»
letter-paper =
    Здравствуйте!

    Вы попросили прислать документ из кабинета: { $title }. Он во вложении.

    «{ $brand }», { $phone }
letter-sent = Письмо с документом «{ $title }» ушло на вашу почту. Если его долго нет, проверьте папку «Спам».
letter-undelivered = Письмо с документом «{ $title }» отправить не удалось. Выберите в документах «Прислать сюда» или нажмите «Человек»: поможем.
