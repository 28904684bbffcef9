settings-history = History

history =
    <b>History</b>
    { $group } · { $period }

    What happened in your account. { $clock ->
        [moscow] Moscow time.
       *[own] Your local time.
     } If any of this wasn’t you, tap “Talk to us”.
history-none =
    <b>History</b>
    { $group } · { $period }

    Nothing here. Choose another section or period.
history-expects = Choose a button. To ask in words, tap “Talk to us”.
history-day = <b>{ $day }</b>
history-line = { $by ->
    [no] { $at } · { $what }
   *[other] { $at } · { $what } <i>({ $who })</i>
 }
history-here = this chat
history-older = Earlier
history-newer = Later
history-sieve-open = Choose section and period
history-xlsx = Download XLSX
history-pdf = Download PDF

history-sieve =
    <b>What to show?</b>

    Choose a section and a period. We keep the history for three years.
history-sieve-expects = Choose a section and a period with the buttons, then tap “Show”.
history-show = Show
history-group-all = Everything
history-group-entries = Logins and access
history-group-documents = Documents
history-group-money = Policies and payments
history-group-claims = Claims
history-group-requests = Requests
history-group-reminders = Reminders
history-period-ever = All time
history-period-week = Last week
history-period-month = Last month
history-period-year = Last year

history-title = History of the account
history-below = Made { $at } Moscow time. Entries: { $count }.
history-footer = { $clock ->
    [moscow] For information. Moscow time
   *[own] For information. The client’s local time
 }
history-file = History-{ $day }
history-caption = History of the account, { $at } Moscow time.
history-column-at = When
history-column-group = Section
history-column-what = What
history-column-who = From

deed-login = Logged in by number and code
deed-unlock = Account opened with a code
deed-logout = Logged out
deed-ended = { $why ->
    [phone] Session ended because the phone number has changed: { $whose }
    [block] Session ended because you asked to block access: { $whose }
   *[other] Session ended from another account: { $whose }
 }
deed-refused = { $what ->
    [code] Wrong code several times in a row, no login
   *[fact] Wrong birth date or policy number several times in a row, no login
 }
deed-shown = Details shown in full: { $product } { $number }
deed-looked = { $name }, { $post }: an employee opened your details in full
deed-consented = { $purpose ->
    [marketing] Consent to offers given
   *[processing] Consent to data processing given
 }
deed-withdrew = { $purpose ->
    [marketing] Consent to offers withdrawn
   *[processing] Consent to data processing withdrawn
 }
deed-settings = { $what ->
    [language] Settings: language changed
   *[other] Settings: notifications changed
 }
deed-paper-sent = Document sent to the chat: { $number }
deed-paper-mailed = Document sent by e-mail: { $number }
deed-checked = Application { $number } sent to be checked
deed-agreed = Application { $number }: price { $amount } accepted
deed-paid = Application { $number }: payment of { $amount } received
deed-issued = Application { $number }: policy issued
deed-cancelled = Application { $number } { $why ->
    [client] cancelled by you
    [unpaid] closed: not paid in time
    [refused] refused by the insurer
   *[other] closed
 }
deed-instalment = { $number }: instalment of { $amount } paid
deed-deductible = { $number }: deductible of { $amount } paid
deed-claim-filed = Claim { $number } sent to the insurer
deed-claim-papers = Claim { $number }: documents sent ({ $count })
deed-request-filed = Request { $number } sent: { $about }
deed-request-cancelled = Request { $number } withdrawn: { $about }
deed-agent-called = Agent called, { $number }
deed-agent-moved = Agent’s visit { $number } moved
deed-agent-cancelled = Agent’s visit { $number } cancelled
deed-asked = Question { $number } sent
deed-answered = Answer to question { $number } received
deed-talk-begun = Talk { $number } with an employee begun
deed-talk-closed = Talk { $number } closed { $by ->
    [client] by you
    [staff] by the employee
   *[silence] with no new messages
 }
deed-talk-rated = Talk { $number }: rated { $stars } of 5
deed-reminded = { $what ->
    [renewal] Reminder: { $number }, renewal
    [application] Reminder: an application waits for payment
    [instalment] Reminder: { $number }, an instalment
    [grace] Reminder: { $number }, grace period of an instalment
    [deductible] Reminder: { $number }, a deductible
    [claim] Reminder: { $number }, a deadline of a claim
    [documents] Reminder: { $number }, documents for a claim
    [card] Reminder: diagnostic card
    [licence] Reminder: driving licence
    [plate] Reminder: the car’s plate
    [rules] Reminder: { $number }, new rules
    [note] Reminder: your note
   *[offer] Offer: { $number }
 }
