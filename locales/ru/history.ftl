settings-history = История

history =
    <b>История</b>
    { $group } · { $period }

    Что происходило в вашем кабинете. { $clock ->
        [moscow] Время московское.
       *[own] Время по вашему часовому поясу.
     } Если чего-то из этого вы не делали, нажмите «Человек».
history-none =
    <b>История</b>
    { $group } · { $period }

    Здесь записей нет. Выберите другой раздел или срок.
history-expects = Выберите кнопку. Если хотите спросить словами, нажмите «Человек».
history-day = <b>{ $day }</b>
history-line = { $by ->
    [no] { $at } · { $what }
   *[other] { $at } · { $what } <i>({ $who })</i>
 }
history-here = этот чат
history-older = Раньше
history-newer = Позже
history-sieve-open = Выбрать раздел и срок
history-xlsx = Скачать XLSX
history-pdf = Скачать PDF

history-sieve =
    <b>Что показать?</b>

    Выберите раздел и срок. Историю храним три года.
history-sieve-expects = Выберите раздел и срок кнопками, затем нажмите «Показать».
history-show = Показать
history-group-all = Все события
history-group-entries = Входы и доступ
history-group-documents = Документы
history-group-money = Полисы и оплата
history-group-claims = Страховые случаи
history-group-requests = Обращения
history-group-reminders = Напоминания
history-period-ever = За всё время
history-period-week = За неделю
history-period-month = За месяц
history-period-year = За год

history-title = История личного кабинета
history-below = Составлено { $at } мск. Записей: { $count }.
history-footer = { $clock ->
    [moscow] Для справки. Время московское
   *[own] Для справки. Время по часовому поясу клиента
 }
history-file = История-{ $day }
history-caption = История кабинета на { $at } мск.
history-column-at = Когда
history-column-group = Раздел
history-column-what = Что
history-column-who = Откуда

deed-login = Вход по номеру и коду
deed-unlock = Кабинет открыт кодом
deed-logout = Выход из кабинета
deed-ended = { $why ->
    [phone] Вход завершён, потому что изменился номер телефона: { $whose }
    [block] Вход завершён по вашей просьбе о блокировке: { $whose }
   *[other] Вход завершён с другого аккаунта: { $whose }
 }
deed-refused = { $what ->
    [code] Неверный код несколько раз подряд, вход не состоялся
   *[fact] Неверная дата рождения или номер полиса несколько раз подряд, вход не состоялся
 }
deed-shown = Данные показаны полностью: { $product } { $number }
deed-looked = { $name }, { $post }: сотрудник открыл ваши данные полностью
deed-consented = { $purpose ->
    [marketing] Согласие на предложения дано
   *[processing] Согласие на обработку данных дано
 }
deed-withdrew = { $purpose ->
    [marketing] Согласие на предложения отозвано
   *[processing] Согласие на обработку данных отозвано
 }
deed-settings = { $what ->
    [language] Настройки: изменён язык
   *[other] Настройки: изменены уведомления
 }
deed-paper-sent = Документ отправлен в чат: { $number }
deed-paper-mailed = Документ отправлен на почту: { $number }
deed-checked = Заявление { $number } отправлено на проверку
deed-agreed = Заявление { $number }: согласие с ценой { $amount }
deed-paid = Заявление { $number }: оплата { $amount } получена
deed-issued = Заявление { $number }: полис оформлен
deed-cancelled = Заявление { $number } { $why ->
    [client] отменено вами
    [unpaid] закрыто: не оплачено в срок
    [refused] отклонено страховщиком
   *[other] закрыто
 }
deed-instalment = { $number }: оплачен взнос { $amount }
deed-deductible = { $number }: оплачена франшиза { $amount }
deed-claim-filed = Страховой случай { $number } передан страховщику
deed-claim-papers = Страховой случай { $number }: отправлены документы ({ $count })
deed-request-filed = Обращение { $number } отправлено: { $about }
deed-request-cancelled = Обращение { $number } отозвано: { $about }
deed-agent-called = Вызов агента { $number }
deed-agent-moved = Вызов агента { $number } перенесён
deed-agent-cancelled = Вызов агента { $number } отменён
deed-asked = Вопрос { $number } отправлен
deed-answered = Ответ на вопрос { $number } получен
deed-talk-begun = Разговор с сотрудником { $number } начат
deed-talk-closed = Разговор { $number } завершён { $by ->
    [client] вами
    [staff] сотрудником
   *[silence] без новых сообщений
 }
deed-talk-rated = Разговор { $number }: ваша оценка { $stars } из 5
deed-reminded = { $what ->
    [renewal] Напоминание: { $number }, продление
    [application] Напоминание: заявление ждёт оплаты
    [instalment] Напоминание: { $number }, взнос
    [grace] Напоминание: { $number }, льготные дни для взноса
    [deductible] Напоминание: { $number }, франшиза
    [claim] Напоминание: { $number }, срок по страховому случаю
    [documents] Напоминание: { $number }, документы по страховому случаю
    [card] Напоминание: диагностическая карта
    [licence] Напоминание: водительское удостоверение
    [plate] Напоминание: номер машины
    [rules] Напоминание: { $number }, новые правила
    [note] Напоминание: ваша заметка
   *[offer] Предложение: { $number }
 }
