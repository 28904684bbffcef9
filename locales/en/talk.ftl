talk-none = No conversation is open. To write to a specialist, press “Human”.
talk-joined =
    <b>Conversation { $number }</b>
    { $name }, { $post }, is here.

    Write right here: text, photos, voice, files, your location. You may go back to the menu, the conversation stays open.
talk-queue =
    <b>Conversation { $number }</b>
    A specialist has your question. You are number { $place } in the queue; we will answer by { $until } Moscow time.

    You may add anything here or go back to the menu: the answer will come into this chat.
talk-closed-hours =
    <b>Conversation { $number }</b>
    Nobody is at work right now. You are number { $place } in the queue; we will answer by { $until } Moscow time.

    You may add anything here or go back to the menu: the answer will come into this chat. If it is urgent, call { $phone }.
talk-waits = The answer comes by { $until } Moscow time.
talk-idle =
    <b>Conversation { $number }</b>
    The answer is above. If anything is left to ask, just write it here and a specialist will see it.
talk-late = { $count ->
    [one] { $count } of your messages is late on its way to the specialist. It is saved and will arrive by itself.
   *[other] { $count } of your messages are late on their way to the specialist. They are saved and will arrive by themselves.
 }
talk-close = It is settled
talk-over =
    <b>Conversation { $number } is closed</b>
    { $rated ->
        [yes] Thank you, this helps us to work better.
       *[no] How did we do? Please rate it from 1 to 5.
    }

    If anything is left, press the button below.
talk-stars = { $count } of 5
talk-again = Go on with it
talk-new = A new question
talk-over-write = The conversation is closed, and this has not reached the specialist. Press the button below and ask in words; send the rest afterwards.
talk-secret = We have hidden a code or a card number from the specialist and deleted your message. Never tell them to anybody, not even to an employee.
talk-secret-beside = We have hidden a code or a card number in the caption from the specialist. Delete the caption or the message, and never tell them to anybody, not even to an employee.
talk-expects = Write to the specialist, or send a photo, a voice message or a file.
talk-news-joined = You are now talking to { $name }, { $post }.
talk-news-released = The conversation was passed to another specialist, who will answer right here. There is no need to repeat the question.
talk-news-over = The specialist has closed conversation { $number }. If it is not settled, press “Go on with it”.
talk-who = <b>{ $name }</b>, { $post }
talk-who-left = <b>An employee of the insurer</b>
talk-answer =
    { $who }
    { $text }
talk-missed = While the bot was blocked, a specialist answered.
wanted-asked =
    { $who }
    { $count ->
        [1] We need a document: <b>{ $titles }</b>.
       *[other] We need documents: <b>{ $titles }</b>.
    }
    Take a photo and press “Upload the document” below.
wanted-asked-stranger =
    { $who }
    { $count ->
        [1] We need a document: <b>{ $titles }</b>.
       *[other] We need documents: <b>{ $titles }</b>.
    }
    Take a photo and send it right here; a file will do, too.
wanted-dropped = The documents the specialist asked for are not needed any more.
wanted-standing = { $count ->
    [1] The specialist is waiting for a document: <b>{ $titles }</b>.
   *[other] The specialist is waiting for documents: <b>{ $titles }</b>.
 }
wanted-upload = Upload the document
wanted =
    <b>Documents for the specialist</b>

    Send photos or files here. The specialist will see them when you press “Send”.
wanted-send = Send
wanted-sent = { $count ->
    [one] { $count } file has gone to the specialist.
   *[other] { $count } files have gone to the specialist.
 }
wanted-here = Here is the document: { $title }
wanted-expects = Send a photo or a file. When everything is here, press “Send”.

offer-fill =
    { $who }
    Let me fill in the step for you:
    <blockquote>{ $text }</blockquote>
    If it is right, confirm it.
offer-fill-accept = Yes, that is right
offer-open =
    { $who }
    Let me open the right section for you.
offer-open-accept = Open
offer-decline = No, thank you
offer-late = You have passed this step already, so the offer was not needed.
offer-no-step = The client does not stand at a step that can be filled in.
talk-news-late = We are sorry, we did not answer in time. Conversation { $number } is with us and we will answer as soon as we can. If you would rather talk, call { $phone } ({ $hours }).
