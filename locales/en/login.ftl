login-contact =
    <b>Your phone number</b>

    Tap “Share my number” at the bottom of the screen. No need to type it: this way we know the number is really yours.
login-contact-expects = Please use the “Share my number” button at the bottom of the screen. We can’t accept a typed number or someone else’s contact, so that nobody but you gets into your account. Can’t see the button? Tap the icon with four dots next to the message box.
login-contact-known = We already have your number, no need to share it again.
login-share = Share my number
login-share-how = The “Share my number” button is below the message box.
login-other-number = Use another number

login-who =
    <b>Which one is you?</b>

    Several of our clients share this number. Please choose yourself.
login-who-expects = Please choose yourself with a button below.

login-fact =
    <b>Date of birth</b>

    To keep your account safe from strangers, please type your date of birth, for example <code>15.03.1990</code>. The number of any of your policies will do too, for example <code>ХХХ 0123456789</code>.

login-paused =
    <b>Login paused until { $until } Moscow time</b>

    That didn’t match three times. If you need it sooner, tap “Talk to us” or call { $phone }.

login-wish =
    <b>A code, please</b>

    Your personal details come next, so let’s check it’s you. We’ll text a code to { $phone }.
login-send = Send the code
login-wish-expects = Tap “Send the code”: it will come by text message.

login-code =
    <b>Enter the code</b>

    We’ve sent six digits to { $to }. Type them here. The code works until { $until } Moscow time.
login-code-again = Nothing yet? Ask for a new one.
login-code-again-at = Nothing yet? You can ask for a new one from { $at } Moscow time.
login-code-mail-only = There are no more text messages today. If the code hasn’t come, get one by email.
login-code-still = Your earlier code still works: please enter it. You can ask for a new one from { $at } Moscow time.
login-code-sending =
    <b>Enter the code</b>

    We’re sending six digits to { $to }.
login-code-slow =
    <b>Enter the code</b>

    The text message is delayed. Please wait a little longer or tap “Talk to us”.
login-code-slow-sms =
    <b>Enter the code</b>

    The text message is delayed. Please wait, or get the code by email.
login-code-slow-mail =
    <b>Enter the code</b>

    The email is delayed. Please wait, or ask for a new code.
login-code-over =
    <b>Enter the code</b>

    The code has run out. Ask for a new one or tap “Talk to us”.
login-code-last =
    <b>Enter the code</b>

    We’ve sent all the codes we can today. The last one works until { $until } Moscow time: please enter it. You can ask for a new one { $day ->
        [today] today
       *[tomorrow] tomorrow
    } from { $at } Moscow time. If you need it sooner, call { $phone }.
login-code-closed =
    <b>No more codes today</b>

    We’ve sent all the codes we can today. You can ask for a new one { $day ->
        [today] today
       *[tomorrow] tomorrow
    } from { $at } Moscow time. If you need it sooner, call { $phone }.
login-code-none =
    <b>Enter the code</b>

    There’s no working code right now. Ask for a new one or tap “Talk to us”.
login-resend = Send a new code
login-by-mail = Email to { $email }
login-done = All done, you’re logged in.
login-unlocked = All done, your account is open.

stranger =
    <b>We couldn’t find you by { $number }</b>

    Perhaps your policy is under a different number: if so, log in with that one. If the number on your policy is no longer yours, we’ll help you regain access; if you’re not our client yet, call an agent. Or phone us: <b>{ $phone }</b> ({ $hours }). You can also write to us here, and we’ll answer in this chat.
stranger-expects = Please log in with another number or talk to us: use the buttons below.

code-not-needed = We’ve deleted the code from the chat: it isn’t needed now.

error-foreign-contact = That contact isn’t yours. Tap “Share my number”, and Telegram will send your own number.
error-bad-phone = Telegram sent us a number we couldn’t read. Tap “Talk to us”, and we’ll help you log in.
error-bad-code = The code is the six digits from our message, for example <code>123 456</code>.
error-wrong-code = { $left ->
    [one] That code isn’t right. You have { $left } try left.
   *[other] That code isn’t right. You have { $left } tries left.
 } Please check the digits in the latest message.
error-old-code = Only the latest code works: we sent it to { $to }. { $left ->
    [one] You have { $left } try left.
   *[other] You have { $left } tries left.
 }
error-code-spent = That code was wrong three times and no longer works. Please ask for a new one.
error-code-expired = That code no longer works. Please ask for a new one.
error-too-soon = You can ask for a new code from { $at } Moscow time. Meanwhile, check whether the last one has arrived.
error-no-more-codes = We’ve sent all the codes we can today. You can ask for a new one from { $at } Moscow time. If you need it sooner, call { $phone }.
error-too-many = Login is paused until { $until } Moscow time. If you need it sooner, tap “Talk to us” or call { $phone }.
error-locked-for-staff = There have been too many wrong codes for this number, so logging in by text message is closed. Only our team can open it again: tap “Talk to us” or call { $phone }.
error-wrong-fact = { $left ->
    [one] That doesn’t match. You have { $left } try left.
   *[other] That doesn’t match. You have { $left } tries left.
 } Please type your date of birth, for example <code>15.03.1990</code>, or a policy number, for example <code>ХХХ 0123456789</code>.
error-bad-fact = We couldn’t read that. Please type your date of birth, for example <code>15.03.1990</code>, or a policy number, for example <code>ХХХ 0123456789</code>.
error-code-too-early = You’ll need the code in the next step. For now, please type your date of birth, for example <code>15.03.1990</code>.
error-choose-one = Please choose one of the buttons.
error-unexpected = That can’t be done right now. Please use the buttons below.
error-not-found = That’s no longer here. Here’s what there is.

code-undelivered-sms = We couldn’t send the text message. Ask for another code below, or tap “Talk to us”.
code-undelivered-mail = We couldn’t send the email. Tap “Send a new code” to get a text message, or tap “Talk to us”.

sms-code = Code { $code } to log in to “{ $brand }”. Never share it.
letter-code-subject = Your login code
letter-code =
    Your code to log in to “{ $brand }”: { $code }

    It works for five minutes. Never share it with anyone, not even our staff. If you weren’t logging in, there’s nothing you need to do.
