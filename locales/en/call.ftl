calls =
    <b>Call an agent</b>

    An agent helps you buy a policy: explains, works out the price and draws it up. They come home if you live near an office ({ $cities } and around), else they call back.

    To change a policy, complain or ask for a certificate, use “Requests”.
calls-line =
    <b>{ $number }</b> · { $state }
    { $when } Moscow time
calls-other = Something else: requests
calls-expects = Choose a button. To ask in words, press “Talk to us”.
call-go-on = Continue the draft
call-begin = Call

call-name = How shall we call you? E.g. <code>Anna</code>
call-phone =
    <b>Your phone number</b>

    Press “Share my number” at the bottom of the screen: the agent will call it.
call-contact-known = We have the number. Another one can be given on the last screen.
call-email = Your e-mail, e.g. <code>anna@mail.ru</code>: the price goes there.
call-email-none = Without e-mail
call-city =
    <b>Which office is nearest?</b>

    Choose a city, write it, or share your place: we find the nearest.
call-nearest = Nearest office: { $city }, { $km } km.
call-city-several = Which one, please: “{ $city }” fits several cities.
call-city-unknown = There is no office in “{ $city }”. Choose the one nearest to you.
call-product = What do you want to insure?
call-way = Shall the agent come or call back?
call-way-home = Come home
call-way-call = Call back
call-address = Where to? Write the address with street and house, e.g. <code>Moscow, Prichalnaya 12, flat 5</code>
call-day-home = On which day?
call-day-call = On which day shall we call?
call-hour = { $day }: at what time (Moscow)?
call-no-hours = There is no time left on that day. Press “Back” and choose another.
call-comment = What should the agent know? E.g. “A new car, no plates yet”.
call-comment-none = No comment
call-summary = <b>Check your call</b>
call-consent = You have agreed to the processing of your data already. You can withdraw it under “Consents”.
call-send = Call an agent
call-edit-name = Name
call-edit-phone = Phone
call-edit-email = E-mail
call-edit-city = City
call-edit-product = What to insure
call-edit-way = Visit or call
call-edit-address = Address
call-edit-day = Day
call-edit-hour = Time
call-edit-comment = Comment
call-expects = Choose a button or write what is asked above.
call-name-expects = A name in letters is needed, e.g. <code>Anna</code>.
call-phone-expects = Press “Share my number” at the bottom of the screen: a typed number is not taken, so that the agent calls nobody else.
call-email-expects = An e-mail is needed, e.g. <code>anna@mail.ru</code>, or the button “Without e-mail”.
call-city-expects = Choose a city, write it, e.g. <code>Kazan</code>, or share your place.
call-address-expects = An address with street and house is needed, e.g. <code>Moscow, Prichalnaya 12</code>.
call-comment-expects = Write it in words or press “No comment”.
call-sent-home = Your call is recorded under <b>{ $number }</b>. The agent comes { $when } Moscow time and calls before that.
call-sent-call = Your call is recorded under <b>{ $number }</b>. The agent calls { $when } Moscow time.

told-product = To insure: { $product }
told-way-home = Come home: { $when } Moscow time
told-way-call = Call: { $when } Moscow time
told-address = Address: { $address }
told-city = Nearest office: { $city }
told-called = Name: { $name }
told-email = E-mail: { $email }
told-comment = Comment: { $comment }

call-card =
    <b>Agent call { $number }</b>
    State: <b>{ $state }</b>
    Sent { $filed } Moscow time
call-next-taken = We are looking for an agent. The time can be moved; a message written here reaches the agent.
call-next-assigned = An agent is assigned and will call before the meeting. The time can still be moved.
call-next-called = The agent has called you. If you did not agree on anything, write here.
call-next-done = The call is done. If you need more, call an agent again.
call-next-cancelled = The call is cancelled. When you need one, call an agent again.
call-another-time = Another time
call-cancel = Cancel the call
call-card-expects = Write a message to the agent or choose a button.
call-move =
    <b>Another time</b>
    Call { $number }, now { $when } Moscow time

    Choose a day.
call-move-expects = Choose a button: the day, then the time.
call-moved = Moved: { $when } Moscow time.
call-too-late = It is too late to move it. Write a message in the call or press “Talk to us”.
call-end =
    <b>Cancel call { $number }?</b>

    The agent will neither come nor call.
call-end-yes = Cancel the call
call-end-no = Keep
call-end-expects = Choose a button: cancel or keep.
call-ended = The call is cancelled.
call-news-taken = Call <b>{ $number }</b> is taken: { $when } Moscow time.
call-news-assigned = An agent is assigned to call <b>{ $number }</b>: { $when } Moscow time.
call-news-called = The agent has called you about <b>{ $number }</b>. If you did not agree on anything, open the call and write.
call-news-done = Call <b>{ $number }</b> is done. If you need more, call again.
call-news-answered = A message about call <b>{ $number }</b>. You can answer in the call itself.

error-bad-called = That name could not be read. Write it in letters, e.g. <code>Anna</code>.
error-own-contact = Press “Share my number” at the bottom of the screen: a typed number may be somebody else's.
error-bad-email = That does not look like an e-mail. Write it like <code>anna@mail.ru</code>, or press “Without e-mail”.
error-bad-address = A street and a house are needed, e.g. <code>Moscow, Prichalnaya 12</code>.
error-window-gone = No agent is free at that time any more. Choose another day and hour.
