answers =
    <b>Questions and answers</b>

    Write what you want to know in your own words, for example “how much without the police” or “how to add my son”.
answers-expects = Write a question in words, for example “how to add my son”.
answers-none =
    There is no ready answer to “{ $asked }”.

    Ask it in another way, or pass it to a specialist: you will not have to type it again.
answers-found =
    There are answers to “{ $asked }”. Choose one, or ask in another way.
answers-human = Ask a specialist
answers-open = Questions and answers
answers-hint = The answer may be here already. Have a look before you send it:
answer =
    <b>{ $title }</b>

    { $answer }

    { $details }

    { $here }
answer-helped = It helped
answer-not-helped = It did not help
answer-thanks = Good that it helped.
door-calls = Call an agent
door-claims = Claims
door-consents = Consents
door-leave = Log out
door-menu = Menu
door-offices = Offices
door-policies = My policies
door-requests = Requests
door-sessions = Where the cabinet is open
door-welcome = Start
