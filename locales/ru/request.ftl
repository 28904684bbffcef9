button-requests = Обращения
button-agent = Вызвать агента
menu-requests = { $count ->
    [0] Обращения
   *[other] Обращения · { $count }
 }

requests =
    <b>Обращения</b>

    Откройте обращение, чтобы дописать, приложить файлы или прочитать ответ.
requests-none =
    <b>Обращения</b>

    Здесь можно попросить справку, исправить данные, пожаловаться или предложить. Дадим номер и ответим в этом чате.
requests-line =
    <b>{ $number }</b> · { $kind }
    { $filed }, { $state }
requests-xlsx = История в XLSX
requests-pdf = История в PDF
requests-expects = Выберите обращение или начните новое. Если хотите спросить словами, нажмите «Человек».
request-go-on = Продолжить черновик
request-begin = Новое обращение
unfinished-request =
    <b>Обращение уже начато</b>

    Продолжим его или начнём заново? Если начать заново, написанное пропадёт.
unfinished-call =
    <b>Вызов агента уже начат</b>

    Продолжим с того же места или начнём заново? Если начать заново, ответы пропадут.
unfinished-change =
    <b>Изменение полиса уже начато</b>

    Продолжим с того же места или начнём заново? Если начать заново, изменения пропадут.
unfinished-expects = Выберите кнопку: продолжить или начать заново.

request-new =
    <b>О чём обращение?</b>

    Ответим за 10 рабочих дней, о пропущенном сроке решим за 5.
request-new-stranger =
    <b>Чем помочь?</b>

    Если телефон и почта, которые у нас записаны, больше не ваши, поможем вернуть кабинет. Для остальных обращений сначала войдите.
request-new-expects = Выберите тему кнопкой.
request-kind-certificate = Справка
request-kind-data = Исправить данные
request-kind-compensation = Возмещение
request-kind-works = Ремонт и счета
request-kind-payout = Выплата получена
request-kind-recalculation = Перерасчёт
request-kind-term = Пропущен срок
request-kind-complaint = Жалоба
request-kind-idea = Предложение
request-kind-phone = Телефон и доступ
request-kind-block = Блокировка кабинета
request-kind-recovery = Вернуть доступ
request-kind-policy-change = Изменить полис
request-kind-agent = Визит или звонок агента

request-is-work = в обработке
request-is-clarify = требуется уточнение
request-is-done = завершено
request-is-cancelled = отменено
request-is-taken = принято
request-is-assigned = назначен агент
request-is-called = перезвонили

request-policy =
    <b>О каком полисе речь?</b>
request-policy-none = Не о полисе
request-deed =
    <b>Телефон и доступ</b>

    Номер телефона меняет сотрудник: нужны фото паспорта и фото заявления от руки. Если телефон украли или потеряли, закройте кабинет сразу.
request-deed-change = Сменить номер
request-deed-block = Закрыть кабинет
request-phone = Напишите новый номер телефона, например <code>+7 903 123-45-67</code>
request-name =
    <b>Вернуть доступ</b>

    Напишите фамилию, имя и отчество, как в полисе, например <code>Петрова Анна Сергеевна</code>.
request-paper = Напишите ИНН (12 цифр) или СНИЛС (11 цифр): по нему сотрудник убедится, что это вы.
request-contract = Номер последнего полиса, например <code>ХХХ 0123456789</code>. Подойдёт и тот, что уже закончился.
request-contract-none = Не помню
request-text-head = <b>{ $kind }</b>
request-text-certificate = Какая справка нужна и для чего? Например: «Справка об оплате полиса для налоговой за 2026 год».
request-text-data = Что у нас записано неверно и как должно быть? Например: «В имени ошибка: Наталия, а не Наталья».
request-text-compensation = За что просите возмещение и на какую сумму? Например: «Эвакуатор 21.11, 6 000 ₽». Дальше можно приложить чеки.
request-text-works = Какие работы сделаны и где? Например: «Замена бампера в сервисе „Причал“, счёт на 48 000 ₽». Дальше можно приложить счета.
request-text-payout = Что не так с выплатой? Например: «Пришло 30 000 ₽, а в акте 42 000 ₽».
request-text-recalculation = Что пересчитать и почему? Например: «КБМ должен быть 0,46: аварий не было шесть лет».
request-text-term = Какой срок пропущен и почему? Например: «Не успел подать заявление до 20.11: лежал в больнице». Дальше можно приложить подтверждение.
request-text-complaint = Что случилось, где и когда? Например: «21.11 в офисе на Причальной не приняли заявление».
request-text-idea = Что нам сделать лучше?
request-text-policy-change = Что изменить в полисе? Например: «Добавить водителя Петрову Анну, права 99 12 345678». Доплату, если она нужна, сотрудник рассчитает и пришлёт до подтверждения.
request-text-change = Почему меняется номер? Например: «Прежний номер отключён».
request-text-block = Что случилось? Например: «Телефон украли 21.11».
request-text-now =
    Сейчас написано:
    <blockquote>{ $text }</blockquote>

    Новый текст заменит этот.
request-files =
    <b>Документы</b>

    Приложите фото или файлы, если они помогут. Сообщения словами добавим к тексту.
request-files-phone =
    <b>Документы</b>

    Нужны два фото: паспорт и заявление от руки с именем, прежним номером, паспортными данными и причиной.
request-files-done = Готово
request-files-none = Без файлов
slot-passport = Паспорт
slot-handwritten = Заявление от руки
how-passport = Разворот с фото целиком, без бликов.
how-handwritten = Весь лист с подписью и датой.
request-summary =
    <b>Проверьте обращение</b>
    { $kind }
request-term = Ответим за { $days } рабочих дней. Чтобы дописать, пришлите ещё сообщение.
request-block-warning = Когда отправите, все входы в кабинет закроются сразу, и этот тоже.
request-send = Отправить
request-edit-policy = Полис
request-edit-deed = Что сделать
request-edit-phone = Номер
request-edit-name = Имя
request-edit-paper = ИНН или СНИЛС
request-edit-contract = Номер полиса
request-edit-text = Текст
request-edit-files = Документы
request-expects = Выберите кнопку или напишите, что просят выше.
request-phone-expects = Нужен номер телефона, например <code>+7 903 123-45-67</code>.
request-name-expects = Нужны фамилия, имя и отчество словами, например <code>Петрова Анна Сергеевна</code>.
request-paper-expects = Нужен ИНН (12 цифр) или СНИЛС (11 цифр).
request-contract-expects = Нужен номер полиса, например <code>ХХХ 0123456789</code>, или кнопка «Не помню».
request-text-expects = Напишите словами, одним сообщением. Файлы приложите на следующем шаге.
request-sent = Обращение записано, его номер <b>{ $number }</b> ({ $kind }). Ответ придёт в этот чат.

request-card =
    <b>{ $number }</b> · { $kind }
    Состояние: <b>{ $state }</b>
request-filed = Отправлено { $filed } мск, ответим до <b>{ $due }</b>
request-filed-days = Отправлено { $filed } мск, ответим за { $days } рабочих дней
request-filed-over = Отправлено { $filed } мск
request-how = Чтобы дописать, пришлите сообщение.
request-attach = Приложить файлы
request-cancel = Отменить обращение
request-again = Новое обращение
request-commented = Передали сотруднику.
request-photos-kept = Фото сохраняем: оно уйдёт вместе с обращением.
request-attached = Приложены файлы.
request-more =
    <b>Файлы к обращению</b>

    Пришлите фото или документы, затем нажмите «Готово, отправить».
request-card-expects = Напишите комментарий словами или выберите кнопку.
request-files-expects = Пришлите фото или файл. Когда всё будет здесь, нажмите «Готово».
request-end =
    <b>Отменить обращение?</b>
    { $number } · { $kind }

    Сотрудник больше не будет его рассматривать.
request-end-yes = Отменить
request-end-no = Оставить
request-end-expects = Выберите кнопку: отменить или оставить.
request-ended = Обращение отменено.
request-over-already = Уже завершено: менять больше нечего.

remark = <b>{ $who }</b>, { $at } мск
remark-by = { $name }, { $post }
remark-own = Вы
remark-state = Состояние: { $state }
remark-text = <blockquote>{ $text }</blockquote>

told-policy = Полис: { $policy }
told-deed-change = Сменить номер телефона
told-deed-block = Закрыть кабинет
told-name = Имя: { $name }
told-phone = Телефон: { $phone }
told-paper = ИНН или СНИЛС: { $paper }
told-contract = Последний полис: { $contract }
told-text = <blockquote>{ $text }</blockquote>
told-files = Файлов: { $count }

request-news-work = Обращение <b>{ $number }</b> в обработке.
request-news-clarify = По обращению <b>{ $number }</b> нужно уточнение. Откройте его в «Обращениях» и напишите ответ или приложите файлы.
request-news-done = Обращение <b>{ $number }</b> завершено. Если вопрос не решён, начните новое или нажмите «Человек».
request-news-answered = Ответ по обращению <b>{ $number }</b>. Чтобы ответить, откройте его в «Обращениях».
request-missed = Пока бот был заблокирован, пришли новости.
session-ended-block = Вы попросили закрыть кабинет: все входы завершены. Чтобы вернуться, войдите снова, а если телефон у чужих, позвоните: <b>{ $phone }</b> ({ $hours }).

policy-alter = Изменить полис
policy-ask = Обращение
change =
    <b>Изменить ОСАГО</b>
    { $object }, полис { $number }, до { $ends }
change-nothing = Пока ничего не изменено. Выберите, что поменять.
change-added = ＋ вписать: { $driver }
change-corrected = ✎ исправить: { $driver }
change-removed = － убрать: { $driver }
change-unlimited = • без ограничений: любой с правами
change-limited = • по списку водителей вместо «без ограничений»
change-use = • периоды: { $before } → { $after }
change-card = • { $card }
change-use-over = Продлить период использования уже нельзя: последний закончился, а просить нужно до его конца. Поможет офис.
change-rule =
    Сообщите о новом водителе до того, как передать ему руль: пока изменение не подтверждено, он не вписан.
    Доплату, если она нужна, рассчитает сотрудник, она придёт до подтверждения. Её вносят за 5 рабочих дней, иначе страховщик вправе прекратить договор.
change-office-hint = Машину, страхователя и собственника меняют в офисе.
change-send = Отправить на расчёт
change-other = Другое
change-office =
    <b>{ $object }</b>

    Здесь меняют водителей, периоды использования и диагностическую карту. Машину, страхователя, собственника, имя или паспорт в полисе меняет офис: возьмите паспорт и полис.
change-office-only =
    <b>{ $object }</b>

    Этот договор меняет офис: возьмите паспорт и полис. Если прийти не получается, напишите обращение.
change-choose = Откройте полис и нажмите «Изменить полис».
change-expects = Выберите кнопку: что изменить, или «Отправить на расчёт».
change-office-expects = Выберите кнопку: офисы или обращения.
change-drivers-expects = { prolongation-drivers-expects }
change-name-expects = { prolongation-name-expects }
change-birth-expects = { prolongation-birth-expects }
change-sex-expects = { prolongation-sex-expects }
change-licence-expects = { prolongation-licence-expects }
change-since-expects = { prolongation-since-expects }
change-periods-expects = { prolongation-periods-expects }
change-first-expects = { prolongation-first-expects }
change-last-expects = { prolongation-last-expects }
change-card-expects = { prolongation-card-expects }
change-kind-expects = { prolongation-kind-expects }
change-number-expects = { prolongation-number-expects }
change-issued-expects = { prolongation-issued-expects }
change-until-expects = { prolongation-until-expects }

export-brand = { $brand }
export-title = История обращений
export-below = Составлено { $at } мск. Обращений: { $count }.
export-footer = Для справки, не является решением страховщика
export-file = Обращения-{ $day }
export-caption = История обращений на { $at } мск.
export-coming = Готовим файл, он придёт отдельным сообщением.
export-number = Номер
export-kind = Тема
export-filed = Отправлено
export-due = Ответ до
export-state = Состояние
export-at = Когда
export-who = Кто
export-said = Что
export-you = Вы

error-bad-number = Не получилось прочитать номер. Напишите так: <code>+7 903 123-45-67</code>.
error-bad-paper = Номер не сходится: в ИНН 12 цифр, в СНИЛС 11. Проверьте, пожалуйста, каждую.
error-bad-contract = Не получилось прочитать номер. Напишите так: <code>ХХХ 0123456789</code>, или нажмите «Не помню».
error-request-over = Это уже завершено. Если нужно ещё что-то, начните новое обращение.
error-too-many-requests = Одновременно можно ждать ответа не больше чем на { $limit }. Дождитесь ответа или отмените ненужное.
