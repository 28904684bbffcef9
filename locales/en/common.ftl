button-back = Back
button-menu = Menu
button-start = Home
button-human = Talk to us
button-help = Help
button-language = Language · Язык
button-settings = Settings

pager-earlier = Previous
pager-here = { $page } of { $pages }
pager-later = Next

expects-buttons = Please use the buttons below. If you’d rather ask in your own words, tap “Talk to us”.
refused-twice = Not working? Tap “Talk to us”: we’ll help, and what you’ve entered will stay.
stale-button = That button belongs to an earlier screen. Here’s where you are now.
unknown-command = There’s no such command. Try /menu, /accident, /help, /support, /language or /cancel.
cancelled = Cancelled. What you’d started is cleared.
cancelled-nothing = { $inside ->
    [yes] There’s nothing to cancel. Here’s the menu.
   *[no] There’s nothing to cancel.
 }
cancelled-login = Login cancelled.
cancelled-unlock = Code entry cancelled.
cancelled-question = Your question wasn’t sent, and the draft is deleted.

words-offer =
    <blockquote>{ $text }</blockquote>
    Shall we pass this on to our team?
words-pass = Pass it on
words-drop = No, thanks
words-of-photo = We can’t take photos here. We’ve taken the text only.
words-of-file = We can’t take files here. We’ve taken the text only.
edited = We can’t see edits to earlier messages. Please send it again as a new message.

trouble = Try again from the menu or talk to us: the buttons below work.
trouble-number = Something broke on our side, and your last action didn’t go through. We already know. The fault number is <b>{ $number }</b>: please mention it if you get in touch. Everything you entered before is safe.

product-osago = OSAGO
product-osago-full = OSAGO (MTPL)
product-kasko = KASKO
product-dms = Private health
product-property = Property
product-travel = Travel
product-life = Life
product-accident = Personal accident
