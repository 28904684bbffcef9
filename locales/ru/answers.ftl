answers =
    <b>Вопросы и ответы</b>

    Напишите, что хотите узнать, своими словами. Например: «сколько платят без полиции» или «как вписать сына».
answers-expects = Напишите вопрос словами, например: «как вписать сына».
answers-none =
    На вопрос «{ $asked }» готового ответа нет.

    Спросите иначе или передайте вопрос специалисту, печатать его заново не придётся.
answers-found =
    По вопросу «{ $asked }» есть ответы. Выберите подходящий или спросите иначе.
answers-human = Спросить специалиста
answers-open = Вопросы и ответы
answers-hint = Возможно, ответ уже есть. Посмотрите, прежде чем отправлять:
answer =
    <b>{ $title }</b>

    { $answer }

    { $details }

    { $here }
answer-helped = Помогло
answer-not-helped = Не помогло
answer-thanks = Хорошо, что помогло.
door-calls = Вызвать агента
door-claims = Страховые случаи
door-consents = Согласия
door-leave = Выйти из кабинета
door-menu = Меню
door-offices = Офисы
door-policies = Мои полисы
door-requests = Обращения
door-sessions = Где открыт кабинет
door-welcome = Начало
