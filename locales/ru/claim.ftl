policy-claim = Сообщить о страховом случае
claim-begun =
    <b>Вы уже начали сообщать о случае</b>

    Продолжим с того же места или начнём заново? Если начать заново, ответы и снимки пропадут.
claim-begun-about =
    <b>Вы уже начали сообщать о случае</b>
    { $object }

    Продолжим с того же места или начнём заново? Если начать заново, ответы и снимки пропадут.

claim-contract =
    <b>Страховой случай</b>

    По какому полису?
claim-contract-expects = Выберите полис кнопкой.
claim-no-policies =
    <b>Страховой случай</b>

    Полисов на вас мы не нашли. Нажмите «Человек» или позвоните: <b>{ $phone }</b> ({ $hours }).
claim-event-osago = <b>Кто виноват в аварии?</b>
    Если спорно, ответьте так, как считаете сами.
claim-event-osago-guilty = Я виноват
claim-event-osago-injured = Виноват другой
claim-event-kasko = <b>Что случилось с машиной?</b>
claim-event-kasko-damage = Повреждена
claim-event-kasko-theft = Угнали
claim-event-kasko-total = Разбита так, что не починить
claim-event-kasko-glass = Только стекло
claim-event-property-damage = Повреждено имущество
claim-event-dms-event = Помощь по ДМС
claim-event-life-event = Событие по полису жизни
claim-event-travel-event = Случай в поездке
claim-event-accident-event = Несчастный случай
claim-when =
    <b>Когда это случилось?</b>

    Выберите кнопку или напишите, например <code>вчера 14:30</code> или <code>21.11 в 8:15</code>.
claim-when-now = Сейчас
when-today = Сегодня
when-yesterday = Вчера
claim-when-other = Другой день
claim-when-expects = Нужен день, можно со временем: <code>вчера 14:30</code>, <code>21.11</code>.
claim-outside =
    <b>{ $date } полис не действовал</b>

    Он действует с { $starts } по { $ends }. Если дата верна, передадим как есть: решает страховщик. Если нет, вернитесь и исправьте.
claim-outside-yes = Дата верна, передать
claim-outside-no = Исправить дату
claim-outside-expects = Выберите кнопку: передать как есть или исправить дату.
claim-outside-line = ❗ { $date } полис не действовал: передадим по вашей просьбе, решает страховщик.
claim-time = <b>Во сколько?</b>
    По местному времени, например <code>14:30</code> или <code>8 вечера</code>. Примерно тоже годится.
claim-time-unknown = Не помню
claim-time-expects = Нужно время, например <code>14:30</code>, или «Не помню».
claim-place =
    <b>Где это случилось?</b>

    Нажмите «Я здесь» внизу, пришлите точку на карте через скрепку или напишите словами: адрес, трасса и километр.
claim-place-theft =
    <b>Где стояла машина?</b>

    Напишите адрес или пришлите точку на карте через скрепку. Если вы на этом месте, нажмите «Я здесь» внизу.
claim-place-expects = Нужно место: кнопка «Я здесь» внизу, точка на карте или слова, например <code>Тула, Мира, 5</code>.
claim-story =
    <b>Что случилось?</b>

    Напишите своими словами, можно несколькими сообщениями: кто куда ехал, что повреждено, что было потом.
claim-story-more =
    <blockquote>{ $story }</blockquote>

    Записали. Можно дописать новым сообщением. Если всё, нажмите «Дальше».
claim-story-anew = Написать заново
claim-story-expects = Напишите словами, что случилось. Снимки попросим позже.
claim-onward = Дальше
claim-unknown = Не знаю
claim-none = нет
answer-yes = да
answer-no = нет
claim-registration =
    <b>Как оформили?</b>

    Если ещё решаете, выберите «Пока никак»: это можно изменить.
claim-registration-theft =
    <b>Заявили в полицию?</b>

    Если нет, позвоните 102 прямо сейчас: угон ищут по горячим следам.
registration-police = С полицией
registration-europrotocol = По европротоколу
registration-none = Пока никак
claim-registration-expects = Выберите кнопку: полиция, европротокол или пока никак.

participants =
    <b>Другие машины</b>

    Напишите госномер, например <code>А123ВС77</code>. Если о других ничего не знаете, это не помешает.
participants-edit = Изменить { $number }
participants-remove = Убрать { $number }
participants-add = Добавить без номера
participants-none = Ничего не знаю
participant-plate = <b>Госномер другой машины</b>, например <code>А123ВС77</code>
participant-insurer = <b>Где застрахован второй?</b> Название компании из его полиса
participant-policy = <b>Номер его полиса ОСАГО</b>, например <code>ХХХ 0123456789</code>
participant-drop = Не добавлять
participant-keep = Оставить прежнее
participant-rest = Больше не знаю
claim-participants-expects = Напишите госномер другой машины, например <code>А123ВС77</code>, или выберите кнопку.
claim-plate-expects = Нужен госномер, например <code>А123ВС77</code>, или «Не знаю».
claim-policy-expects = Нужен номер полиса, например <code>ХХХ 0123456789</code>, или «Не знаю».
claim-insurer-expects = Нужно название страховой компании или «Не знаю».

claim-certificates =
    <b>Обойдёмся без справок?</b>

    Один наружный элемент кузова, например крыло или бампер, по вашему договору оплачивают без бумаг полиции раз в год договора. Скрытые повреждения так не оплатят.
claim-certificates-limit =
    <b>Обойдёмся без справок?</b>

    Один наружный элемент кузова, например крыло или бампер, по вашему договору оплачивают без бумаг полиции раз в год договора, до { $limit }. Скрытые повреждения так не оплатят.
certificates-yes = Да, один элемент, без справок
certificates-no = Нет, справки будут
circumstances =
    <b>Что-то из этого было?</b>

    Страховщик всё равно спросит. Отметьте, что было: сообщение передадим при любом ответе.
circumstances-none = Ничего из этого
circumstance-chosen = ✓ { $words }
circumstance-other-driver = За рулём был не вписанный водитель
circumstance-intoxicated = Алкоголь или сильные лекарства
circumstance-left-scene = С места уехали до оформления
circumstance-off-road = Гонки или бездорожье
circumstance-in-repair = Машина была на ремонте или мойке
circumstance-for-hire = Такси, аренда или доставка
circumstance-keys = Ключи или документы были в машине
circumstance-alarm = Машина была не заперта
claim-circumstances-expects = Отметьте, что было, кнопками. Если ничего, нажмите «Ничего из этого».
claim-compensation-osago =
    <b>Что удобнее: ремонт или деньги?</b>

    По закону легковую машину обычно чинят. Деньги платят по соглашению со страховщиком.
claim-compensation-kasko = <b>Что удобнее: ремонт или деньги?</b>
    Ваш договор оставляет выбор вам.
compensation-repair = Ремонт
compensation-money = Деньги
claim-photos =
    <b>Снимки и документы</b>

    Пришлите, что есть: остальное можно дослать позже.
claim-phone = <b>По какому телефону вам звонить?</b>
    Например, <code>+7 903 123-45-67</code>
claim-phone-expects = Нужен телефон, например <code>+7 903 123-45-67</code>.
claim-expects = Выберите ответ кнопкой.

claim-summary = <b>Проверьте перед отправкой</b>
claim-line-contract = <b>Полис</b>: { $said }
claim-line-event = <b>Что случилось</b>: { $said }
claim-line-when = <b>Когда</b>: { $said }
claim-line-time = <b>Во сколько</b>: { $said }
claim-line-place = <b>Где</b>: { $said }
claim-line-story = <b>Рассказ</b>: { $said }
claim-line-registration = <b>Оформление</b>: { $said }
claim-line-cars = <b>Столкнулись</b>: { $said }
claim-line-injured = <b>Пострадавшие</b>: { $said }
claim-line-insured = <b>ОСАГО у всех</b>: { $said }
claim-line-dispute = <b>Споры о вине</b>: { $said }
claim-line-fixation = <b>Съёмка через приложение</b>: { $said }
claim-line-participants = <b>Другие машины</b>: { $said }
claim-line-certificates = <b>Без справок</b>: { $said }
claim-line-circumstances = <b>Обстоятельства</b>: { $said }
claim-line-compensation = <b>Возмещение</b>: { $said }
claim-line-photos = <b>Снимки</b>: { $said }
claim-line-phone = <b>Телефон</b>: { $said }
claim-photos-count = { $more ->
    [0] { $done } из { $all }
   *[other] { $done } из { $all }, сверх списка { $more }
 }
claim-glass = <b>Справки</b>: для стекла не нужны
claim-compensation-set = { $by ->
    [event] <b>Возмещение</b>: { $form }, так всегда при угоне и полной гибели
   *[contract] <b>Возмещение</b>: { $form }, так записано в договоре
 }
claim-edit-contract = Полис
claim-edit-event = Что случилось
claim-edit-when = Когда
claim-edit-time = Во сколько
claim-edit-place = Где
claim-edit-story = Рассказ
claim-edit-registration = Оформление
claim-edit-cars = Столкнулись
claim-edit-injured = Пострадавшие
claim-edit-insured = ОСАГО у всех
claim-edit-dispute = Споры
claim-edit-fixation = Приложение
claim-edit-participants = Другие машины
claim-edit-certificates = Без справок
claim-edit-circumstances = Обстоятельства
claim-edit-compensation = Возмещение
claim-edit-photos = Снимки
claim-edit-phone = Телефон
claim-to-contract = <b>Кому</b>: «{ $brand }», договор заключён с нами.
claim-to-guilty = <b>Кому</b>: «{ $brand }», ваш страховщик: за виновника по ОСАГО отвечает он.
claim-to-direct = <b>Кому</b>: «{ $brand }», ваш страховщик. Столкнулись машины с ОСАГО, пострадавших нет: обращаются в свою компанию.
claim-to-injured = <b>Кому</b>: страховщику виновника, ведь есть пострадавшие. Ваше сообщение «{ $brand }» примет и подскажет, куда с ним идти.
claim-to-uninsured = <b>Кому</b>: страховщику виновника, ведь ОСАГО есть не у всех. Ваше сообщение «{ $brand }» примет и подскажет, куда с ним идти.
claim-to-alone = <b>Кому</b>: страховщику виновника, ведь машины не сталкивались. Ваше сообщение «{ $brand }» примет и подскажет, куда с ним идти.
claim-next = Пока это черновик. После отправки страховщик пришлёт сюда номер, и мы скажем, что делать дальше.
claim-send = Отправить страховщику
claim-summary-expects = Выберите кнопку: что изменить или «Отправить страховщику».

error-bad-when = Не получилось прочитать день. Напишите так: <code>вчера 14:30</code> или <code>21.11.2026</code>.
error-when-ahead = Это ещё не наступило. Проверьте день и время; если это прошлый год, напишите его.
error-when-long-ago = Это больше десяти лет назад. Проверьте год.
error-bad-time = Не получилось прочитать время. Напишите так: <code>14:30</code>, или нажмите «Не помню».
error-empty-place = Нужны слова: адрес, улица, трасса и километр. Или точка на карте.
error-long-place = Слишком длинно: место должно уместиться в { $limit } знаков. Подробности напишите дальше, в рассказе.
error-empty-story = Напишите словами, что случилось.
error-long-story = Рассказ не помещается: всего можно { $limit } знаков. Последнее сообщение не добавили, напишите его короче.
error-bad-plate = Не похоже на госномер. Напишите так: <code>А123ВС77</code>, или нажмите «Не знаю».
error-bad-insurer = Напишите название компании словами или нажмите «Не знаю».
error-long-insurer = Слишком длинно: название должно уместиться в { $limit } знаков.
error-bad-other-policy = Не похоже на номер полиса. Напишите так: <code>ХХХ 0123456789</code>, или нажмите «Не знаю».
error-many-participants = Больше десяти машин здесь не записать. Остальные опишите в рассказе.
error-bad-contact-phone = Не похоже на телефон. Напишите так: <code>+7 903 123-45-67</code>.
