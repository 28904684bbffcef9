button-back = Назад
button-menu = В меню
button-start = В начало
button-human = Человек
button-help = Помощь
button-language = Язык · Language
button-settings = Настройки

pager-earlier = Раньше
pager-here = { $page } из { $pages }
pager-later = Дальше

expects-buttons = Здесь помогут кнопки ниже. Если хотите что-то спросить словами, нажмите «Человек».
refused-twice = Не получается? Нажмите «Человек»: поможем, а введённое сохранится.
stale-button = Это кнопка прежнего экрана. Вот что сейчас.
unknown-command = Такой команды нет. Есть /menu, /accident, /help, /support, /language и /cancel.
cancelled = Отменили. Начатое удалено.
cancelled-nothing = { $inside ->
    [yes] Отменять нечего. Вот меню.
   *[no] Отменять нечего.
 }
cancelled-login = Вход отменён.
cancelled-unlock = Ввод кода отменён.
cancelled-question = Вопрос не отправлен, черновик удалён.

words-offer =
    <blockquote>{ $text }</blockquote>
    Передать это человеку?
words-pass = Передать
words-drop = Не нужно
words-of-photo = Фото здесь не принимаем, взяли только текст.
words-of-file = Файлы здесь не принимаем, взяли только текст.
edited = Исправления в прежних сообщениях мы не видим. Пришлите, пожалуйста, всё ещё раз новым сообщением.

trouble = Попробуйте ещё раз из меню или нажмите «Человек»: кнопки ниже работают.
trouble-number = Что-то сломалось на нашей стороне, и последнее действие не выполнено. Мы уже знаем об этом. Номер сбоя: <b>{ $number }</b>, назовите его, если будете обращаться. Всё, что вы ввели раньше, сохранено.

product-osago = ОСАГО
product-osago-full = ОСАГО
product-kasko = КАСКО
product-dms = ДМС
product-property = Имущество
product-travel = Путешествие
product-life = Жизнь
product-accident = Несчастный случай
