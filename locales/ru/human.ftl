human =
    <b>Живой человек</b>

    Позвоните: <b>{ $phone }</b>
    { $hours }

    Или напишите вопрос прямо сюда обычным сообщением. Дадим номер, а ответ придёт в этот чат.
human-waiting = Вопрос <b>{ $number }</b> от { $at } мск ждёт ответа.
human-draft = У вас есть неотправленный вопрос.
human-expects = Напишите вопрос словами, например: «Как вписать водителя?». Фото и файлы здесь пока не принимаем.

question-continue = Продолжить
question-anew = Начать заново
question-ask = Напишите вопрос одним сообщением, например: «Как вписать водителя?».
question-edit-ask =
    Сейчас написано:
    <blockquote>{ $text }</blockquote>

    Напишите вопрос заново: новый текст заменит этот.
question-summary =
    <b>Отправляем?</b>
    <blockquote>{ $text }</blockquote>

    Чтобы дописать, пришлите ещё сообщение.
question-send = Отправить
question-edit = Изменить
question-expects = Нужен текст, например: «Как вписать водителя?». Фото и файлы здесь пока не принимаем.
question-sent = Вопрос записан, его номер <b>{ $number }</b>. Ответим здесь, обычно в рабочее время: { $hours }. Если срочно, быстрее по телефону <b>{ $phone }</b>.
question-answered =
    Ответ на вопрос <b>{ $number }</b>
    <blockquote>{ $answer }</blockquote>
    { $who }

    Остались вопросы? Нажмите «Человек».
question-answered-by = { $name }, { $post }
question-answered-by-name = { $name }
question-answered-by-brand = «{ $brand }»
question-undelivered = Вопрос <b>{ $number }</b> передать не удалось, но он сохранён. Чтобы не ждать, позвоните: <b>{ $phone }</b> ({ $hours }).

error-empty-text = Здесь пусто. Напишите вопрос словами, например: «Как вписать водителя?».
error-long-text = { $limit ->
    [one] Это длиннее { $limit } знака. Сократите, пожалуйста, или отправьте самое главное.
   *[other] Это длиннее { $limit } знаков. Сократите, пожалуйста, или отправьте самое главное.
 }
