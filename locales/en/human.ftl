human =
    <b>A real person</b>

    Call us: <b>{ $phone }</b>
    { $hours }

    Or just type your question here as an ordinary message. We’ll give it a number, and the answer will come to this chat.
human-waiting = Question <b>{ $number }</b>, asked { $at } Moscow time, is waiting for an answer.
human-draft = You have a question you haven’t sent yet.
human-expects = Please type your question, for example: “How do I add a driver?” We can’t take photos or files here.

question-continue = Continue
question-anew = Start again
question-forgotten = The draft is deleted. Please type your new question.
question-about = About the answer to { $number }:
question-ask = Type your question in one message, for example: “How do I add a driver?”
question-edit-ask =
    Your question so far:
    <blockquote>{ $text }</blockquote>

    Type it again: the new text will replace this one.
question-summary =
    <b>Shall we send it?</b>
    <blockquote>{ $text }</blockquote>

    To add something, just send another message.
question-send = Send
question-edit = Edit
question-expects = Please use words, for example: “How do I add a driver?” We can’t take photos or files here.
question-sent = Thank you, we have your question. Its number is <b>{ $number }</b>. We’ll answer in this chat, usually during working hours: { $hours }. If it’s urgent, calling is quicker: <b>{ $phone }</b>.
question-answered =
    The answer to your question <b>{ $number }</b>
    <blockquote>{ $answer }</blockquote>
    { $who }

    Anything else? Tap “Talk to us”.
question-missed = While you had the bot blocked, an answer came.
question-answered-by = { $name }, { $post }
question-answered-by-name = { $name }
question-answered-by-brand = “{ $brand }”
question-undelivered = We couldn’t pass on your question <b>{ $number }</b>. It’s saved, but so as not to wait, please call us: <b>{ $phone }</b> ({ $hours }).

error-empty-text = There’s nothing here yet. Please type your question, for example: “How do I add a driver?”
error-long-text = { $limit ->
    [one] That’s longer than { $limit } character.
   *[other] That’s longer than { $limit } characters.
 } Please shorten it or send just the main point.
error-long-draft = { $limit ->
    [one] Together with what you’ve already written, that’s more than { $limit } character.
   *[other] Together with what you’ve already written, that’s more than { $limit } characters.
 } Send what you have, or tap “Edit”.
