policies = { $count ->
    [one] <b>У вас { $count } полис</b>
    [few] <b>У вас { $count } полиса</b>
   *[many] <b>У вас { $count } полисов</b>
 }
policies-current = <b>Действующие полисы: { $count }</b>
policies-unpaid = <b>Неоплаченные полисы: { $count }</b>
policies-past = <b>Прошлые полисы: { $count }</b>
policies-none =
    <b>Полисов пока нет</b>

    Если вы только что оформили полис, он появится здесь в течение дня. Если полис есть, а здесь его не видно, нажмите «Человек»: найдём.
policies-line =
    <b>{ $product }</b> { $object }
    { $until }
policies-expects = Выберите полис кнопкой. Если нужного нет, нажмите «Человек».

until-active = { $days ->
    [0] действует последний день, до { $ends } включительно
    [one] действует до { $ends }, остался { $days } день
    [few] действует до { $ends }, осталось { $days } дня
   *[many] действует до { $ends }, осталось { $days } дней
 }
until-active-far = действует до { $ends }
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
risk-property = Вред имуществу
risk-health = Вред жизни и здоровью
risk-damage = Ущерб
risk-theft = Угон и хищение
risk-assistance = Помощь на дороге
risk-outpatient = Поликлиника
risk-dental = Стоматология
risk-ambulance = Скорая помощь
risk-structure = Конструктивные элементы
risk-finish = Отделка и оборудование
risk-contents = Домашнее имущество
risk-liability = Ответственность перед соседями
risk-medical = Медицинские расходы
risk-luggage = Багаж
risk-cancellation = Отмена поездки
risk-survival = Дожитие до конца срока
risk-death = Уход из жизни
risk-trauma = Травма
risk-disability = Инвалидность
policy-deductible = франшиза { $amount }
policy-drivers = <b>Кто может управлять</b>
policy-driver = • { $name }, ВУ { $licence }, стаж с { $since } года
policy-unlimited = <b>Кто может управлять</b>: без ограничений
policy-usage = <b>Периоды использования</b>: { $periods }
policy-premium = Премия: { $amount }
policy-paid = { $premium }, оплачена
policy-unpaid = { $premium }, <b>не оплачена</b>
policy-booking = { $premium }, оплата получена и передаётся страховщику
policy-renew = { $renewal ->
    [live] Продление: посмотреть
    [done] Продлён: посмотреть
   *[no] Продлить
 }
policy-renew-now = Без изменений
policy-case = Случай { $number }
policy-case-line = Страховой случай <b>{ $number }</b>: { $state }
policy-papers = Документы
policy-show = Показать полностью
policy-hide = Скрыть данные
policy-expects = Выберите кнопку: документы, полные данные или «Назад» к списку.

advice-active = Изменить или продлить договор поможет человек: <b>{ $phone }</b> ({ $hours }).
advice-osago-active = { $soon ->
    [yes] { $renewal ->
        [live] Заявление на продление уже подано: нажмите «Продление: посмотреть».
        [done] Договор уже продлён: новый есть в списке.
       *[no] Продлить можно уже сейчас, до { $ends } включительно: нажмите «Продлить» или, если менять нечего, «Без изменений».
    }
   *[no] Продлить можно будет с { $opens }. { $unlimited ->
        [yes] Изменить договор поможет человек
       *[no] Изменить водителей поможет человек
    }: <b>{ $phone }</b> ({ $hours }).
 }
advice-unpaid = Пока полис не оплачен, он не защищает. { $payable ->
    [yes] Оплатить можно кнопкой ниже.
   *[no] Оплатить поможет человек: <b>{ $phone }</b> ({ $hours }).
 }
advice-future = Полис начнёт действовать сам, делать ничего не нужно. Вопросы: <b>{ $phone }</b> ({ $hours }).
advice-ended = Этот договор уже не продлить. Оформить новый поможет человек: <b>{ $phone }</b> ({ $hours }).
advice-osago-ended = Этот договор уже не продлить, нужен новый. Ездить без ОСАГО нельзя, за это штраф. Новый поможет оформить человек: <b>{ $phone }</b> ({ $hours }).
advice-terminated = Договор расторгнут. Если есть вопросы, поможет человек: <b>{ $phone }</b> ({ $hours }).

papers =
    <b>Документы</b>
    { $about }

    Выберите документ: пришлём его сюда или на почту.
papers-none =
    <b>Документов пока нет</b>
    { $about }

    Если документ нужен сейчас, нажмите «Человек»: пришлём.
papers-of-policy = { $product } { $number }
papers-of-claim = Страховой случай { $number }
papers-expects = Выберите документ кнопкой.
paper-kind-policy = Полис
paper-kind-rules = Правила страхования
paper-kind-invoice = Счёт
paper-kind-receipt = Квитанция об оплате
paper-kind-certificate = Справка
paper-kind-claim-application = Заявление о случае
paper-kind-inspection-act = Акт осмотра
paper-kind-repair-direction = Направление на ремонт
paper-kind-refusal = Решение об отказе
paper-kind-claim-history = Справка о случаях
paper-kind-other = Документ
paper-title = { $kind }, { $product } { $number }
paper-policy-osago = Полис ОСАГО { $number }
paper-policy-kasko = Полис КАСКО { $number }
paper-policy-dms = Полис ДМС { $number }
paper-policy-property = Полис страхования имущества { $number }
paper-policy-travel = Полис для путешествия { $number }
paper-policy-life = Полис страхования жизни { $number }
paper-policy-accident = Полис от несчастного случая { $number }

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
    { $title }.

    Внутри файла подпись страховщика: её проверит программа для чтения PDF.
paper-caption-osago =
    { $title }. Держите его под рукой: полис ОСАГО можно показать инспектору с экрана.

    Внутри файла подпись страховщика: её проверит программа для чтения PDF.
paper-late = Файл «{ $title }» задерживается, продолжаем. Придёт сюда сам, ждать у экрана не нужно.
paper-undelivered = «{ $title }» сейчас прислать не удалось. Попробуйте ещё раз из карточки полиса или нажмите «Человек».
letter-paper-subject = { $title }, «{ $brand }»
letter-paper =
    Здравствуйте!

    Вы попросили прислать документ из кабинета: { $title }. Он во вложении.

    «{ $brand }», { $phone }
letter-sent = Письмо с документом «{ $title }» ушло на вашу почту. Если его долго нет, проверьте папку «Спам».
letter-undelivered = Письмо с документом «{ $title }» отправить не удалось. Выберите в документах «Прислать сюда» или нажмите «Человек»: поможем.
