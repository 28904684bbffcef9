menu-hello = Hello, { $name }!
menu-hello-plain = Hello!
menu = What would you like to see?
menu-application = Renewal { $number }
menu-policies = { $count ->
    [0] My policies
   *[other] My policies · { $count }
 }
menu-claims = { $count ->
    [0] Claims
   *[other] Claims · { $count }
 }
menu-expects = Please choose a button. If you’d rather ask in your own words, tap “Talk to us”.

help =
    <b>What you can do here</b>

    • see your policies: dates, drivers, payments;
    • renew OSAGO and pay for it by link;
    • be reminded of dates and payments;
    • get your policy and other documents here or by email;
    • take a request: a certificate, a correction, a complaint;
    • call an agent to buy a policy;
    • learn what to do after an accident, and report it to the insurer with photos;
    • ask our team a question and get the answer in this chat.

    <b>Commands</b>
    /menu — menu
    /accident — an accident: what to do
    /support — talk to us
    /language — language
    /cancel — cancel what you’ve started

    Phone: <b>{ $phone }</b> ({ $hours }).
    Type a code only here, when this chat asks for it. Our staff will never ask you for one.

language =
    <b>Language · Язык</b>

    Which language shall we use?
language-chosen = We’ll speak English from now on.
language-expects = Please choose a language with a button.

settings = <b>Settings</b>
settings-sessions = Where you’re logged in
settings-consents = Consents
settings-leave = Log out

sessions =
    <b>Where you’re logged in</b>

    If one of these isn’t you, end that session and tap “Talk to us”.
sessions-alone =
    <b>Where you’re logged in</b>

    You’re logged in only in this chat.
sessions-this =
    <b>This chat</b>
    logged in { $since } Moscow time
sessions-other =
    { $number }. <b>{ $name }</b>
    logged in { $since }, last active { $active } Moscow time
sessions-nameless = Another Telegram account
sessions-end = End session { $number }
sessions-ended = Session ended: that Telegram account can no longer see your policies.

leave =
    <b>Log out?</b>

    Your policies and documents will no longer open in this chat. You can come back at any time with your phone number and a code.
leave-yes = Log out
leave-no = Stay
leave-done = You’ve logged out. See you soon!

login-elsewhere = Someone has logged in to your account from another Telegram account. If it wasn’t you, open “Settings”, then “Where you’re logged in”, end that session and tap “Talk to us”.
session-ended = Your session in this chat was ended from your other Telegram account. To come back, log in again.
session-ended-phone = We now have a different phone number for you, so your session in this chat has ended. Please log in again with the new number. If you haven’t changed it, tap “Talk to us” or call { $phone }.

consents =
    <b>Consents</b>

    You’ve agreed to the processing of your personal data (document dated { $date }). Without this consent your account in this chat doesn’t work.
consents-marketing-on = Offers and news: on. You can turn them off at any time.
consents-marketing-off = Offers and news: off, so we don’t send any.
consents-marketing-give = Get offers and news
consents-marketing-stop = Turn off offers and news
consents-withdraw = Withdraw consent to data processing
consents-saved = Saved.

withdraw =
    <b>Withdraw your consent to data processing?</b>

    Your account in this chat will close. Your policies stay in force, and the insurer will keep the data it must keep by law.
withdraw-yes = Withdraw
withdraw-no = Keep it
withdraw-done = Your consent is withdrawn and you’ve been logged out. You can come back at any time: tap “Log in”.
