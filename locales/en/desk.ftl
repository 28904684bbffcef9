desk-stranger = A guest
desk-dear = dear client
desk-client-says =
    Client:
    <blockquote>{ $text }</blockquote>
desk-history =
    The topic was deleted, so it was made anew. The conversation so far (← client, → employee):
    <blockquote expandable>{ $text }</blockquote>
desk-card-new = <b>{ $number }</b> · waiting since { $since } Moscow time, nobody has taken it
desk-card-work = <b>{ $number }</b> · { $who } · the client waits since { $since } Moscow time
desk-card-waiting = <b>{ $number }</b> · { $who } · the client was answered
desk-card-closed = <b>{ $number }</b> · closed
desk-card-idle = <b>{ $number }</b> · nobody has taken it, the client does not wait
desk-card-stranger = Not a client: never logged in, nothing is known of them.
desk-card-client =
    <b>{ $name }</b>
    Date of birth: { $birth }
    Phone: { $phone }
    E-mail: { $email }
desk-card-screen =
    Where they were: { $screen }
    Language: { $language ->
        [ru] Russian
        [en] English
       *[other] { $language }
    }
desk-card-draft = Begun: <b>{ $what }</b>, now: { $step }. { $done } of { $count } filled in.
desk-card-wanted = Waiting for: { $titles }
desk-card-policy = { $product } · { $object } · { $number } · until { $ends }
desk-card-claim = Claim { $number } · { $state } · /claim { $number } status
desk-card-help = The client gets what is written in this topic; lines beginning with // stay here. What else: /help
desk-button-take = Take
desk-button-again = Go on with it
desk-button-release = Back to the queue
desk-button-close = Close
desk-button-full = Show data for a minute
desk-closed-client = The client has closed the conversation.
desk-closed-staff = The conversation is closed, the client knows.
desk-rated = The client's rating: { $stars } of 5
desk-insurer = The insurer
desk-told =
    The client has got an answer from the insurer’s own system ({ $who }):
    <blockquote>{ $text }</blockquote>
desk-known = The client has logged in: the card says who they are now.
desk-elsewhere = The client already writes in another topic, so they will not get this here. Answer in their new topic.
desk-not-copied = Telegram does not let us copy this message of the client's. Ask them to send it in another way.
desk-not-staff = You are not in the list of employees, so the client will not get this. Ask an administrator to add you.
desk-anonymous = An anonymous administrator cannot answer a client, who has to know whom they talk to. Switch anonymity off.
desk-forwarded = The client will not get what is forwarded. Write the answer yourself.
desk-edit-unsent = The client did not get this, and the correction does not change that. If it is for them, write a new message.
desk-edit-note = The client still has the words from before. To take them away, reply to this message with /del
desk-no-right = You have no right to do this. Ask the supervisor.
desk-asks-secrets = We never ask clients for codes, passwords or card numbers. The message was not sent to the client.
desk-unknown-order = There is no such command, and the client did not get this. The commands: /help
desk-taken-already = { $who } has this conversation already.
desk-transfer-how =
    To whom: /transfer name or department.
    Employees: { $names }
    Departments: { $departments }
desk-transferred = Passed to { $to }
desk-closed-already = The conversation is closed already.
desk-del-how = Reply with /del to the message of yours that has to disappear from the client's chat.
desk-doc-how = Say which document is needed: /doc Passport, first page. Several go on a line each; /doc - takes it back.
desk-doc-asked = The client was asked for: { $titles }
desk-doc-dropped = The client is not asked for documents any more.
desk-offer-again = The client was asked for this already and has the upload button on the screen.
desk-offer-full = Ten documents have not come from the client yet, so no more can be asked for. To take it back: /doc -
desk-open-how = There is no such section. Say what to offer the client: /open policies. You can use: { $names }.
desk-fill-how = Say what to fill in at the client's step: /fill 99 12 345678
desk-offer-made = The client sees the offer and will decide.
desk-offer-accepted = The client has accepted the offer.
desk-offer-declined = The client prefers to do it themselves.
desk-offer-late = The offer came too late: the client has passed that step.
desk-offer-refused = Not shown to the client: { $why }
desk-canned =
    <b>Ready answers</b>, for example /c hello
    { $answers }
desk-canned-line = <b>{ $name }</b>: { $text }
desk-help =
    <b>In a client's topic</b>
    The client gets an ordinary message, with your name and post.
    // a note for colleagues
    /take, /release back to the queue, /close
    /transfer name or department
    /c name: a ready answer
    /doc title: ask for a document, /doc - take it back
    /fill value: fill in the client's step, they will confirm
    /open section: offer to open a section
    /req number state words: answer a request
    /claim number status words: give a claim another status
    /pay payment number: the dispute is over, the client can pay again
    /del in reply to your message: take it away from the client
desk-warn = Conversation <b>{ $number }</b> waits for an answer until { $until } Moscow time. { $taken ->
    [yes] { $who } has it.
   *[no] Nobody has taken it.
 }
desk-report =
    <b>24 hours up to { $until } MSK</b>
    New conversations: { $opened }, closed: { $solved }, waiting: { $waiting }
    Later than promised: { $late }
    First answer: { $first }, solved: { $resolved } of working time (medians)
    Average rating: { $rating }
desk-minutes = { $count } min
desk-request =
    <b>{ $number }</b> · { $kind }
    { $told }
    To be answered by { $due } Moscow time

    Answer: /req { $number } state words for the client
    States: { $states }
desk-request-commented = <b>{ $number }</b>, the client writes:
    <blockquote>{ $text }</blockquote>
desk-request-moved = <b>{ $number }</b>: the client has moved the agent's call to { $at } Moscow time.
desk-request-cancelled = <b>{ $number }</b>: the client has cancelled it.
desk-request-how = Like this: /req ОБ-000012 done The certificate is ready. The state or the words may be left out, never the number: that of a request of this very client.
desk-request-over = { $number } is closed already. Write to the client in an ordinary message.
desk-request-answered = { $number }: the client knows.
desk-unsaid =
    <b>Call the client: an urgent reminder has not reached them</b>
    { $lines }

    The client has blocked the bot. { $tried ->
        [yes] Neither a letter nor an SMS could be delivered.
       *[no] We have no e-mail and no number for SMS, or the client has switched them off.
    }
    Phone number: “Show data for a minute” on the card.
desk-unsaid-line = • { $title }, due { $day }
desk-money-disputed =
    <b>A payment in dispute, { $amount } was asked for</b>
    { $what }
    What differs: { $wrong }. Payment: <code>{ $number }</code>

    Look it up at the provider. If the money has come, return it there or agree with the insurer that it is booked. The client knows that we are checking; write here how it ended. If no money is left with us and it has to be paid anew: /pay and the number (a supervisor).
desk-money-stuck =
    <b>Money is stuck, { $amount }</b>
    { $what }
    Payment: <code>{ $number }</code>

    The insurer did not take it, or the provider made no refund. Settle it with them. The client knows that we are looking into it; write here how it ended.
desk-money-twice =
    <b>Paid a second time, { $amount }</b>
    { $what }
    Payment: <code>{ $number }</code>

    The surplus goes back by itself, and the client knows. If that fails, there will be another note here.
desk-money-returning =
    <b>Money goes back, { $amount }</b>
    { $what }
    Payment: <code>{ $number }</code>

    Nobody waited for it any more, or the insurer did not take it. It goes back by itself, and the client knows. If that fails, there will be another note here.
desk-money-wrong = { $what ->
    [amount] the sum
    [currency] the currency
    [shop] the shop
    [reference] our mark
    [test] test mode
   *[id] the payment's number
 }
desk-pay-how = Like this: /pay and the number of the payment from the note “A payment in dispute” in this topic. After that the client can pay by a new link.
desk-pay-open = Done: the client hears that a new link can be had.
desk-claim-sent = { $number }: “{ $state }” has gone to the insurer. A note will follow here when it answers.
desk-claim-moved = <b>{ $number }</b>: { $state }. The client knows.
desk-claim-refused = <b>{ $number }</b>: the insurer did not accept “{ $wanted }”; it is now: { $state }. Look at the claim in its system.
desk-claim-unknown = This client has no claim { $number }, or the insurer has not registered it yet. The card has the numbers of open claims.
desk-claim-how =
    Like this: /claim АТ-15004029 clarification Accident certificate
    A clarification needs the names of documents, one a line, a refusal its reason; other statuses need no words.
    Statuses:
    { $states }
