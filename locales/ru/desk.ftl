desk-stranger = Гость
desk-dear = здравствуйте
desk-client-says =
    Клиент:
    <blockquote>{ $text }</blockquote>
desk-history =
    Тему удалили, поэтому она создана заново. Что было в разговоре (← клиент, → сотрудник):
    <blockquote expandable>{ $text }</blockquote>
desk-card-new = <b>{ $number }</b> · ждёт с { $since } мск, никто не взял
desk-card-work = <b>{ $number }</b> · { $who } · клиент ждёт с { $since } мск
desk-card-waiting = <b>{ $number }</b> · { $who } · клиенту ответили
desk-card-closed = <b>{ $number }</b> · завершён
desk-card-idle = <b>{ $number }</b> · никто не взял, клиент не ждёт
desk-card-stranger = Не клиент: в кабинет не входил, ничего о нём не известно.
desk-card-client =
    <b>{ $name }</b>
    Дата рождения: { $birth }
    Телефон: { $phone }
    Почта: { $email }
desk-card-screen =
    Где был: { $screen }
    Язык: { $language }
desk-card-draft = Начато: <b>{ $what }</b>, сейчас: { $step }. Заполнено { $done } из { $count }.
desk-card-policy = { $product } · { $object } · { $number } · до { $ends }
desk-card-claim = Случай { $number } · { $state } · /claim { $number } статус
desk-card-help = Что написано в теме, получит клиент; строки с // остаются здесь. Что можно ещё: /help
desk-button-take = Взять
desk-button-again = Продолжить
desk-button-release = Вернуть в очередь
desk-button-close = Завершить
desk-button-full = Показать данные на минуту
desk-closed-client = Клиент завершил разговор.
desk-closed-staff = Разговор завершён, клиент об этом знает.
desk-rated = Оценка клиента: { $stars } из 5
desk-insurer = Страховщик
desk-told =
    Клиент получил ответ из системы страховщика ({ $who }):
    <blockquote>{ $text }</blockquote>
desk-known = Клиент вошёл в кабинет: теперь на карточке видно, кто это.
desk-elsewhere = Клиент уже пишет в другой теме, поэтому здесь он этого не получит. Ответьте в его новой теме.
desk-not-copied = Это сообщение клиента Telegram не даёт переслать. Попросите прислать его иначе.
desk-not-staff = Вас нет в списке сотрудников, поэтому клиент этого не получит. Попросите администратора добавить вас.
desk-anonymous = Анонимный администратор не может отвечать клиенту: он должен знать, с кем говорит. Отключите анонимность.
desk-forwarded = Пересланное клиент не получит. Напишите ответ сами.
desk-no-right = Для этого у вас нет прав. Попросите старшего смены.
desk-asks-secrets = Коды, пароли и номера карт у клиентов не спрашиваем. Сообщение клиенту не отправлено.
desk-unknown-order = Такой команды нет, клиент этого не получил. Список команд: /help
desk-taken-already = Разговор уже ведёт { $who }.
desk-transfer-how =
    Кому передать: /transfer имя или отдел.
    Сотрудники: { $names }
    Отделы: { $departments }
desk-transferred = Передано: { $to }
desk-closed-already = Разговор уже завершён.
desk-del-how = Ответьте командой /del на своё сообщение, которое нужно убрать у клиента.
desk-doc-how = Напишите, какой документ нужен: /doc Паспорт, первая страница. Несколько документов пишите с новой строки, /doc - отменит просьбу.
desk-doc-asked = Клиента попросили прислать: { $titles }
desk-doc-dropped = Клиента больше не просим присылать документы.
desk-offer-again = Об этом клиента уже попросили: кнопка загрузки у него на экране.
desk-offer-full = Клиент ещё не прислал десять документов, больше пока не попросить. Отменить просьбу: /doc -
desk-fill-how = Напишите, что вписать в шаг, на котором стоит клиент: /fill 99 12 345678
desk-offer-made = Предложение показано клиенту, он решит сам.
desk-offer-accepted = Клиент принял предложение.
desk-offer-declined = Клиент решил сделать это сам.
desk-offer-late = Предложение опоздало: клиент уже прошёл этот шаг.
desk-offer-refused = Клиенту не показано: { $why }
desk-canned =
    <b>Готовые ответы</b>, например /c hello
    { $answers }
desk-canned-line = <b>{ $name }</b>: { $text }
desk-help =
    <b>В теме клиента</b>
    Обычное сообщение получит клиент, с вашим именем и должностью.
    // заметка для своих
    /take взять, /release вернуть в очередь, /close завершить
    /transfer имя или отдел
    /c имя: готовый ответ
    /doc название: попросить документ, /doc - отменить
    /fill значение: заполнить шаг за клиента, он подтвердит
    /open раздел: предложить открыть раздел
    /req номер состояние слова: ответить по обращению
    /claim номер статус слова: сменить статус страхового случая
    /del в ответ на своё сообщение: убрать его у клиента
desk-warn = Разговор <b>{ $number }</b> ждёт ответа до { $until } мск. { $taken ->
    [yes] Ведёт { $who }.
   *[no] Его никто не взял.
 }
desk-report =
    <b>За сутки</b>
    Новых разговоров: { $opened }, завершено: { $solved }, ждут ответа: { $waiting }
    Позже обещанного: { $late }
    Первый ответ: { $first } мин, решение: { $resolved } мин рабочего времени (медианы)
    Средняя оценка: { $rating }
desk-request =
    <b>{ $number }</b> · { $kind }
    { $told }
    Ответить до { $due } мск

    Ответ: /req { $number } состояние слова клиенту
    Состояния: { $states }
desk-request-commented = <b>{ $number }</b>, клиент пишет:
    <blockquote>{ $text }</blockquote>
desk-request-moved = <b>{ $number }</b>: клиент перенёс звонок агента на { $at } мск.
desk-request-cancelled = <b>{ $number }</b>: клиент отменил.
desk-request-how = Так: /req ОБ-000012 done Справка готова. Состояние или слова можно не писать, номер нужен всегда.
desk-request-over = { $number } уже завершено. Напишите клиенту обычным сообщением.
desk-request-answered = { $number }: клиент об этом узнал.
desk-claim-sent = { $number }: «{ $state }» отправлено страховщику. Когда он ответит, здесь появится заметка.
desk-claim-moved = <b>{ $number }</b>: { $state }. Клиент об этом узнал.
desk-claim-refused = <b>{ $number }</b>: страховщик не принял статус «{ $wanted }», сейчас: { $state }. Проверьте случай в его системе.
desk-claim-unknown = Случая { $number } у этого клиента нет, или страховщик его ещё не зарегистрировал. Номера открытых случаев есть на карточке.
desk-claim-how =
    Так: /claim АТ-15004029 clarification Справка о ДТП
    Уточнению нужны названия документов, каждое с новой строки, отказу причина; остальным слова необязательны.
    Статусы:
    { $states }
