settings-notices = Уведомления
menu-notes = Напоминания
policy-remind = Напомнить
case-remind = Напомнить

remind-day = { $day }, { $weekday ->
    [w0] понедельник
    [w1] вторник
    [w2] среда
    [w3] четверг
    [w4] пятница
    [w5] суббота
   *[w6] воскресенье
 }
remind-left = { $days ->
    [0] сегодня
    [1] завтра
    [one] через { $days } день
    [few] через { $days } дня
   *[many] через { $days } дней
 }
remind-ago = { $days ->
    [1] вчера
    [one] { $days } день назад
    [few] { $days } дня назад
   *[many] { $days } дней назад
 }

remind-renewal =
    <b>{ $object }: полис заканчивается { $left }</b>
    Последний день: { $day }.
remind-renewal-soon = Электронный полис начинает действовать через 3 полных дня после оформления. Продлите до { $by } включительно, и перерыва в страховке не будет.
remind-renewal-gap = Новый полис начнёт действовать { $starts }, если продлить сегодня. Между полисами ездить нельзя: это штраф, а ущерб после ДТП придётся возмещать за свой счёт. Чем раньше продлите, тем короче перерыв.
remind-renewal-office = Этот договор продлевает сотрудник: напишите ему отсюда или позвоните, <b>{ $phone }</b>.
remind-quote = Новый полис: <b>{ $price }</b>, с { $starts } по { $ends }.
remind-quote-drivers = За рулём: { $names }
remind-quote-unlimited = За рулём: без ограничений
remind-application =
    <b>Продление { $number } ждёт оплаты</b>
    { $object }. Оплатите { $price } до { $until } мск.
    Потом ссылка закроется и цену придётся считать заново.
remind-instalment =
    <b>{ $object }: взнос { $amount } { $when }</b>
    Оплатите до { $day } включительно.
remind-instalment-grace = Если не успеете, оплатить можно ещё до { $grace } включительно. После этого договор по правилам будет считаться закончившимся { $ends }.
remind-instalment-late =
    <b>{ $object }: взнос { $amount } не оплачен</b>
    Срок был { $when }: { $day }.
remind-instalment-late-grace = Договор можно сохранить: оплатите до { $grace } включительно. После этого он по правилам будет считаться закончившимся { $ends }.
remind-grace =
    <b>{ $object }: взнос { $amount } всё ещё не оплачен</b>
    Последний день, когда его можно оплатить, — { $when }, { $day }. После этого договор по правилам будет считаться закончившимся { $ends }.
remind-lapsed =
    <b>{ $object }: льготные дни прошли</b>
    Взнос { $amount } не оплачен до { $day }, и по правилам договор закончился { $ends }. По ссылке его уже не оплатить. Если вы платили или хотите застраховаться снова, нажмите «Человек».
remind-deductible =
    <b>Случай { $number }: франшиза { $amount }</b>
    Оплатите до { $day } включительно ({ $when }). После оплаты ремонт пойдёт дальше.
remind-deductible-late =
    <b>Случай { $number }: франшиза { $amount } не оплачена</b>
    Срок был { $when }: { $day }. Оплатить её можно и сейчас. Если вы уже платили, нажмите «Человек».
remind-claim =
    <b>Случай { $number }: срок истекает { $left }</b>
    Последний день: { $day }. Не позже этого дня нужно { $what }.
    Если опоздать, страховщик может отказать в выплате.
remind-inspection =
    <b>Случай { $number }: осмотр машины { $left }</b>
    { $day }, { $at } мск
    { $address }
    Приезжайте на этой машине с документами. Если время не подходит, нажмите «Человек»: без осмотра решение задержится.
remind-documents =
    <b>Случай { $number }: ждём документы</b>
    { $slots }
    Последний день: { $day } ({ $left }). Без них решение откладывается.
remind-card =
    <b>{ $object }: диагностическая карта заканчивается { $left }</b>
    Последний день: { $day }. Если техосмотр для вашей машины обязателен, пройдите его до этого дня.
remind-licence =
    <b>Водительское удостоверение заканчивается { $left }</b>
    Водитель: { $name }. Последний день: { $day }. Ездить с недействительным удостоверением нельзя. После замены сообщите нам новый номер: его нужно внести в полис.
remind-plate =
    <b>{ $object }: сообщите госномер</b>
    Полис уже действует, а номера машины в нём пока нет. После регистрации сообщите номер в течение 3 рабочих дней: переоформим полис бесплатно.
remind-rules =
    <b>{ $object }: правила договора изменились</b>
    Новая редакция: { $edition }. Откройте полис: правила среди его документов.
remind-note =
    <b>Вы просили напомнить</b>
    { $text }
remind-note-about =
    <b>Вы просили напомнить</b>
    { $text }
    { $about }
remind-offer =
    <b>{ $object }: полис закончился { $ended }</b>
    Хотите застраховаться снова? Агент посчитает цену и поможет всё оформить.
    Реклама, { $brand }. Отключить можно здесь или в настройках.
remind-several = <b>Напоминания</b>
remind-numbered = { $number }. { $text }
remind-more = { $count ->
    [one] И ещё { $count } напоминание: оно появится здесь, когда разберётесь с этими.
    [few] И ещё { $count } напоминания: они появятся здесь, когда разберётесь с этими.
   *[many] И ещё { $count } напоминаний: они появятся здесь, когда разберётесь с этими.
 }

remind-act-renewal = Продлить
remind-act-office = Написать сотруднику
remind-act-application = Оплатить
remind-act-instalment = Оплатить
remind-act-grace = Оплатить
remind-act-lapsed = Открыть полис
remind-act-deductible = Оплатить
remind-act-inspection = Открыть дело
remind-act-claim = Открыть дело
remind-act-documents = Загрузить
remind-act-card = Открыть полис
remind-act-licence = Открыть полис
remind-act-plate = Сообщить номер
remind-act-rules = Открыть полис
remind-act-note = Открыть
remind-act-offer = Вызвать агента
remind-act-numbered = { $number }. { $label }
remind-later = Напомнить позже
remind-stop = Не напоминать об этом
remind-stop-numbered = Не напоминать: { $number }
remind-ics = В календарь
reminder-expects = Выберите кнопку под напоминанием. Если хотите спросить словами, нажмите «Человек».
remind-put-off = Хорошо, напомним ещё раз { $day }.
remind-no-later = Откладывать уже некуда: лучше сделать это сейчас.
remind-stopped = Больше не напомним об этом: { $title }. Включить снова можно в настройках, «Уведомления».
error-reminder-settled = Уже сделано, или срок прошёл: это напоминание больше не нужно.

remind-title-renewal = { $object }: полис заканчивается
remind-title-application = { $object }: оплатить продление
remind-title-instalment = { $object }: взнос { $amount }
remind-title-grace = { $object }: последний день для взноса { $amount }
remind-title-deductible = Случай { $number }: франшиза { $amount }
remind-title-inspection = Случай { $number }: осмотр машины
remind-title-claim = Случай { $number }: последний день
remind-title-documents = Случай { $number }: отдать документы
remind-title-card = { $object }: диагностическая карта
remind-title-licence = { $name }: водительское удостоверение
remind-title-plate = { $object }: сообщить госномер
remind-title-rules = { $object }: новые правила
remind-title-offer = { $object }: оформить полис
remind-about-ics = Подробности и кнопки в кабинете «{ $brand }» в Telegram. Телефон { $phone }.
remind-ics-file = napominaniya
remind-ics-caption = Откройте файл, чтобы добавить дату в календарь телефона.
remind-ics-again = Дата изменилась. Откройте файл: запись в календаре обновится, второй не появится.
remind-ics-coming = Файл для календаря придёт сообщением выше.

sms-remind-application = Продление ОСАГО { $number } не оплачено. Оплатите до { $until } мск: кабинет в Telegram или { $phone }. { $brand }
sms-remind-instalment = Взнос { $amount } по договору { $number } нужно оплатить до { $day } включительно: кабинет в Telegram или { $phone }. { $brand }
sms-remind-grace = Взнос { $amount } по договору { $number } не оплачен. Последний день, когда его можно оплатить: { $day }. Кабинет в Telegram или { $phone }. { $brand }
sms-remind-lapsed = Взнос { $amount } по договору { $number } не оплачен, льготные дни прошли { $day }. Что делать дальше: кабинет в Telegram или { $phone }. { $brand }
sms-remind-deductible = Франшизу { $amount } по случаю { $number } нужно оплатить до { $day } включительно: кабинет в Telegram или { $phone }. { $brand }
sms-remind-office = { $object }: полис заканчивается { $day }. Продлить поможет сотрудник: кабинет в Telegram или { $phone }. { $brand }
sms-remind-renewal = { $object }: полис заканчивается { $day }. Продлить: кабинет в Telegram или { $phone }. { $brand }
sms-remind-inspection = Случай { $number }: осмотр машины { $until } мск. Адрес: кабинет в Telegram или { $phone }. { $brand }
sms-remind-claim = Случай { $number }: последний день { $day }. Подробности: кабинет в Telegram или { $phone }. { $brand }
sms-remind-documents = Случай { $number }: документы ждём до { $day }. Загрузить: кабинет в Telegram или { $phone }. { $brand }
letter-remind-subject = Напоминание, «{ $brand }»
letter-remind =
    Здравствуйте!

    { $lines }

    Написать вам в Telegram не получилось, поэтому пишем сюда. Откройте кабинет в Telegram или позвоните нам: { $phone } ({ $hours }).

    { $brand }

notes =
    <b>Ваши напоминания</b>

    Напомним в этом чате в 10:00 по вашему времени. Чтобы добавить ещё, напишите прямо здесь, о чём напомнить.
notes-none =
    <b>Ваши напоминания</b>

    Пока пусто. Напишите прямо здесь, о чём напомнить: о взносе, техосмотре, документах. Напомним в этом чате в 10:00 по вашему времени.
notes-line =
    { $number }. <b>{ $day }</b>
    { $text }
notes-line-about =
    { $number }. <b>{ $day }</b>
    { $text }
    { $about }
notes-add = Новое напоминание
notes-drop = Удалить { $number }
notes-dropped = Удалили.
notes-expects = Выберите кнопку. Чтобы добавить напоминание, нажмите «Новое напоминание».
note-text =
    <b>О чём напомнить?</b>

    Выберите или напишите своими словами, например: «отвезти справку в офис».
note-text-about =
    <b>О чём напомнить?</b>
    { $about }

    Выберите или напишите своими словами, например: «отвезти справку в офис».
note-text-now = Сейчас: { $text }
note-text-expects = Напишите словами, о чём напомнить, или выберите кнопку.
note-day =
    <b>Когда напомнить?</b>
    { $text }

    Выберите день или напишите: «5 декабря», «через 2 недели», «в пятницу».
note-day-expects = Напишите день, например «5 декабря», или выберите его в календаре.
note-in-tomorrow = Завтра
note-in-week = Через неделю
note-in-month = Через месяц
note-choice-renew = Продлить полис
note-choice-instalment = Оплатить взнос
note-choice-drivers = Проверить водителей в полисе
note-choice-papers = Отдать документы
note-choice-ask = Узнать решение
note-choice-repair = Забрать машину из ремонта
note-choice-inspection = Пройти техосмотр
note-choice-licence = Заменить водительское удостоверение
note-about-claim = Страховой случай { $number }
note-saved = Напомним { $day }: { $text }
error-empty-note = Здесь пусто. Напишите словами, о чём напомнить, или выберите кнопку.
error-note-day = Не получилось прочитать день. Напишите, например, «5 декабря», «05.12.2027» или «через 2 недели», либо выберите его в календаре.
error-note-early = Этот день уже не подойдёт: напомнить можно начиная с { $first }. Выберите другой день.
error-note-late = Это слишком далеко: напомнить можно до { $last }. Выберите день поближе.
error-too-many-notes = { $limit ->
    [one] Здесь помещается { $limit } напоминание. Удалите то, что уже не нужно, и добавьте новое.
    [few] Здесь помещается { $limit } напоминания. Удалите те, что уже не нужны, и добавьте новое.
   *[many] Здесь помещается { $limit } напоминаний. Удалите те, что уже не нужны, и добавьте новое.
 }

notices =
    <b>Уведомления</b>

    Пишем не чаще одного раза в день; срочное — сразу.

    Тихие часы: { $quiet }
    Время: { $zone }
    Срочное, если чат закрыт: { $channels }
notices-stopped =
    { $text }

    Вы просили не напоминать: { $titles }.
notices-quiet-none = нет
notices-quiet-from = с { $since }:00 до { $till }:00
notices-channel-both = почта или SMS
notices-channel-mail = почта
notices-channel-sms = SMS
notices-channel-none = никуда
notices-group-renewal = Продление
notices-group-payments = Оплата
notices-group-claims = Случаи
notices-group-dates = Документы и даты
notices-group-offers = Предложения
notices-on = { $what }: да
notices-off = { $what }: нет
notices-mail = Письмо
notices-sms = SMS
notices-quiet = Тихие часы
notices-zone = Часовой пояс
notices-resume = Снова напоминать обо всём
notices-saved = Сохранили.
notices-expects = Нажмите на то, что хотите изменить.
quiet-hours =
    <b>Тихие часы</b>

    Сейчас: { $quiet }. В это время не пишем, кроме ответов вам.

    Выберите или напишите, например: 22-8.
quiet-hours-none = Без тихих часов
quiet-hours-expects = Напишите часы, например 22-8, или выберите кнопку.
error-bad-hours = Не получилось прочитать часы. Напишите, с какого и до какого часа не писать, например 22-8.
error-long-quiet = Для напоминаний нужно хотя бы 6 часов в сутки. Напишите часы покороче, например 22-8.
time-zone =
    <b>Часовой пояс</b>

    Сейчас: { $zone }. Выберите город с вашим временем или напишите свой.
time-zone-expects = Выберите город с вашим временем кнопкой или напишите свой.
time-zone-saved = Сохранили: время такое же, как в городе { $zone }.
error-unknown-city = Не получилось узнать время этого города. Выберите кнопкой город, где сейчас столько же времени, или напишите разницу с Москвой, например «МСК+4».
zone-kaliningrad = Калининград
zone-moscow = Москва
zone-samara = Самара
zone-yekaterinburg = Екатеринбург
zone-omsk = Омск
zone-krasnoyarsk = Красноярск
zone-irkutsk = Иркутск
zone-yakutsk = Якутск
zone-vladivostok = Владивосток
zone-magadan = Магадан
zone-kamchatka = Петропавловск-Камчатский
