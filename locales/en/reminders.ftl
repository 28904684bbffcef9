settings-notices = Notifications
menu-notes = Reminders
policy-remind = Remind me
case-remind = Remind me

remind-day = { $day }, { $weekday ->
    [w0] Monday
    [w1] Tuesday
    [w2] Wednesday
    [w3] Thursday
    [w4] Friday
    [w5] Saturday
   *[w6] Sunday
 }
remind-left = { $days ->
    [0] today
    [1] tomorrow
    [one] in { $days } day
   *[other] in { $days } days
 }
remind-ago = { $days ->
    [1] yesterday
    [one] { $days } day ago
   *[other] { $days } days ago
 }

remind-renewal =
    <b>{ $object }: the policy ends { $left }</b>
    Last day: { $day }.
remind-renewal-soon = An electronic policy starts 3 full days after it is bought. Renew by { $by } inclusive and there will be no gap in your cover.
remind-renewal-gap = The new policy will start on { $starts } if you renew today. You may not drive between the two policies: there is a fine, and you would pay for any damage yourself. The sooner you renew, the shorter the gap.
remind-renewal-office = A member of staff renews this contract: write to them from here, or call <b>{ $phone }</b>.
remind-quote = New policy: <b>{ $price }</b>, { $starts } to { $ends }.
remind-quote-drivers = Drivers: { $names }
remind-quote-unlimited = Drivers: anyone
remind-application =
    <b>Renewal { $number } is waiting for payment</b>
    { $object }. Please pay { $price } by { $until } Moscow time.
    After that the link closes and the price has to be worked out again.
remind-instalment =
    <b>{ $object }: instalment of { $amount } due { $when }</b>
    Please pay by { $day } inclusive.
remind-instalment-grace = If you are late, you can still pay until { $grace } inclusive. After that, by the rules, the contract counts as ended on { $ends }.
remind-instalment-late =
    <b>{ $object }: instalment of { $amount } not paid</b>
    It was due { $when }: { $day }.
remind-instalment-late-grace = You can still keep the contract: please pay by { $grace } inclusive. After that, by the rules, it counts as ended on { $ends }.
remind-grace =
    <b>{ $object }: instalment of { $amount } still not paid</b>
    The last day to pay it is { $when }, { $day }. After that, by the rules, the contract counts as ended on { $ends }.
remind-lapsed =
    <b>{ $object }: the grace period is over</b>
    The instalment of { $amount } was not paid by { $day }, and by the rules the contract ended on { $ends }. It cannot be paid by link any more. If you did pay, or want to be insured again, tap “Talk to us”.
remind-deductible =
    <b>Claim { $number }: deductible of { $amount }</b>
    Please pay by { $day } inclusive ({ $when }). Once it is paid, the repair goes on.
remind-deductible-late =
    <b>Claim { $number }: deductible of { $amount } not paid</b>
    It was due { $when }: { $day }. You can still pay it now. If you have paid it already, tap “Talk to us”.
remind-claim =
    <b>Claim { $number }: a deadline { $left }</b>
    Last day: { $day }. By the end of that day you need { $what }.
    If you miss it, the insurer may refuse to pay.
remind-inspection =
    <b>Claim { $number }: the car is inspected { $left }</b>
    { $day }, { $at } Moscow time
    { $address }
    Come in this car and bring its documents. If the time does not suit you, tap “Talk to us”: without the inspection the decision is put off.
remind-documents =
    <b>Claim { $number }: we are waiting for documents</b>
    { $slots }
    Last day: { $day } ({ $left }). Without them the decision is put off.
remind-card =
    <b>{ $object }: the diagnostic card expires { $left }</b>
    Last day: { $day }. If your car must have an inspection, please have it done by then.
remind-licence =
    <b>A driving licence expires { $left }</b>
    Driver: { $name }. Last day: { $day }. You may not drive without a valid licence. Once it is replaced, tell us the new number: the policy needs it.
remind-plate =
    <b>{ $object }: tell us the number plate</b>
    The policy is in force already and has no plate yet. Tell us within 3 working days of registering the car, and we will reissue the policy for free.
remind-rules =
    <b>{ $object }: the contract’s rules have changed</b>
    New edition: { $edition }. Open the policy: the rules are among its documents.
remind-note =
    <b>You asked to be reminded</b>
    { $text }
remind-note-about =
    <b>You asked to be reminded</b>
    { $text }
    { $about }
remind-offer =
    <b>{ $object }: the policy ended on { $ended }</b>
    Would you like to be insured again? An agent will work out the price and help with the rest.
    Advertisement, { $brand }. You can switch this off here or in the settings.
remind-several = <b>Reminders</b>
remind-numbered = { $number }. { $text }
remind-more = { $count ->
    [one] And { $count } more reminder: it will appear here once you are done with these.
   *[other] And { $count } more reminders: they will appear here once you are done with these.
 }

remind-act-renewal = Renew
remind-act-office = Write to staff
remind-act-application = Pay
remind-act-instalment = Pay
remind-act-grace = Pay
remind-act-lapsed = Open the policy
remind-act-deductible = Pay
remind-act-inspection = Open the claim
remind-act-claim = Open the claim
remind-act-documents = Upload
remind-act-card = Open the policy
remind-act-licence = Open the policy
remind-act-plate = Tell the plate
remind-act-rules = Open the policy
remind-act-note = Open
remind-act-offer = Call an agent
remind-act-numbered = { $number }. { $label }
remind-later = Remind me later
remind-stop = Do not remind me of this
remind-stop-numbered = Stop: { $number }
remind-ics = To my calendar
reminder-expects = Choose a button below the reminder. To ask in words, tap “Talk to us”.
remind-put-off = All right, we will remind you again on { $day }.
remind-no-later = There is no later any more: please do it now.
remind-stopped = We will not remind you of this any more: { $title }. You can switch it on again in the settings, “Notifications”.
error-reminder-settled = Done already, or the day has passed: this reminder is not needed any more.

remind-title-renewal = { $object }: the policy ends
remind-title-application = { $object }: pay for the renewal
remind-title-instalment = { $object }: instalment of { $amount }
remind-title-grace = { $object }: last day for the instalment of { $amount }
remind-title-deductible = Claim { $number }: deductible of { $amount }
remind-title-inspection = Claim { $number }: car inspection
remind-title-claim = Claim { $number }: last day
remind-title-documents = Claim { $number }: hand in documents
remind-title-card = { $object }: diagnostic card
remind-title-licence = { $name }: driving licence
remind-title-plate = { $object }: tell us the plate
remind-title-rules = { $object }: new rules
remind-title-offer = { $object }: get a policy
remind-about-ics = Details and buttons are in the “{ $brand }” cabinet in Telegram. Phone { $phone }.
remind-ics-file = reminders
remind-ics-caption = Open the file to add the date to your phone’s calendar.
remind-ics-again = Updated: open the file and the date in your calendar changes; there will be no second entry.
remind-ics-coming = The calendar file will come as a message above.

sms-remind-application = The OSAGO renewal { $number } is not paid. Please pay by { $until } Moscow time: in the Telegram cabinet or { $phone }. { $brand }
sms-remind-instalment = Please pay the instalment of { $amount } for contract { $number } by { $day } inclusive: in the Telegram cabinet or { $phone }. { $brand }
sms-remind-grace = The instalment of { $amount } for contract { $number } is not paid. The last day to pay it is { $day }: in the Telegram cabinet or { $phone }. { $brand }
sms-remind-lapsed = The instalment of { $amount } for contract { $number } is not paid, and its days of grace ended on { $day }. What to do next: the Telegram cabinet or { $phone }. { $brand }
sms-remind-deductible = Please pay the deductible of { $amount } for claim { $number } by { $day } inclusive: in the Telegram cabinet or { $phone }. { $brand }
sms-remind-office = { $object }: the policy ends on { $day }. A member of staff renews it: the Telegram cabinet or { $phone }. { $brand }
sms-remind-renewal = { $object }: the policy ends on { $day }. Renew in the Telegram cabinet or { $phone }. { $brand }
sms-remind-inspection = Claim { $number }: the car is inspected on { $until } Moscow time. The address: the Telegram cabinet or { $phone }. { $brand }
sms-remind-claim = Claim { $number }: the last day is { $day }. Details in the Telegram cabinet or { $phone }. { $brand }
sms-remind-documents = Claim { $number }: we are waiting for documents until { $day }. Upload them in the Telegram cabinet or { $phone }. { $brand }
letter-remind-subject = A reminder, “{ $brand }”
letter-remind =
    Hello!

    { $lines }

    We could not write to you in Telegram, so we write here. Open the cabinet in Telegram or call us: { $phone } ({ $hours }).

    { $brand }

notes =
    <b>Your reminders</b>

    We will write in this chat at 10:00 your time. For one more, type what it is about.
notes-none =
    <b>Your reminders</b>

    Nothing yet. Type here what to remind you of: an instalment, an inspection, documents. We will write in this chat at 10:00 your time.
notes-line =
    { $number }. <b>{ $day }</b>
    { $text }
notes-line-about =
    { $number }. <b>{ $day }</b>
    { $text }
    { $about }
notes-add = New reminder
notes-drop = Delete { $number }
notes-dropped = Deleted.
notes-expects = Choose a button. To add a reminder, tap “New reminder”.
note-text =
    <b>What shall we remind you of?</b>

    Choose, or write it in your own words, for example: “take the certificate to the office”.
note-text-about =
    <b>What shall we remind you of?</b>
    { $about }

    Choose, or write it in your own words, for example: “take the certificate to the office”.
note-text-now = Now: { $text }
note-text-expects = Write what to remind you of, or choose a button.
note-day =
    <b>When?</b>
    { $text }

    Choose a day or write it: “5 December”, “in 2 weeks”, “on Friday”.
note-day-expects = Write a day, for example “5 December”, or choose it in the calendar.
note-in-tomorrow = Tomorrow
note-in-week = In a week
note-in-month = In a month
note-choice-renew = Renew the policy
note-choice-instalment = Pay the instalment
note-choice-drivers = Check the drivers in the policy
note-choice-papers = Hand in documents
note-choice-ask = Ask about the decision
note-choice-repair = Collect the car from repair
note-choice-inspection = Have the car inspected
note-choice-licence = Replace the driving licence
note-about-claim = Claim { $number }
note-saved = We will remind you on { $day }: { $text }
error-empty-note = There is nothing here. Write what to remind you of, or choose a button.
error-note-day = We could not read the day. Write, for example, “5 December”, “05.12.2027” or “in 2 weeks”, or choose it in the calendar.
error-note-early = That day will not do: we can remind you from { $first } on. Please choose another day.
error-note-late = That is too far ahead: we can remind you until { $last }. Please choose an earlier day.
error-too-many-notes = { $limit ->
    [one] There is room for { $limit } reminder. Delete what you do not need and add a new one.
   *[other] There is room for { $limit } reminders. Delete those you do not need and add a new one.
 }

notices =
    <b>Notifications</b>

    We write at most once a day; what is urgent comes at once.

    Quiet hours: { $quiet }
    Time: { $zone }
    Urgent news if this chat is closed: { $channels }
notices-stopped =
    { $text }

    You asked us not to remind you of: { $titles }.
notices-quiet-none = none
notices-quiet-from = { $since }:00 to { $till }:00
notices-channel-both = e-mail or SMS
notices-channel-mail = e-mail
notices-channel-sms = SMS
notices-channel-none = nowhere
notices-group-renewal = Renewal
notices-group-payments = Payments
notices-group-claims = Claims
notices-group-dates = Papers and dates
notices-group-offers = Offers
notices-on = { $what }: yes
notices-off = { $what }: no
notices-mail = E-mail
notices-sms = SMS
notices-quiet = Quiet hours
notices-zone = Time zone
notices-resume = Remind me of everything again
notices-saved = Saved.
notices-expects = Press what you want to change.
quiet-hours =
    <b>Quiet hours</b>

    Now: { $quiet }. We do not write then, except to answer you.

    Choose, or write, for example: 22-8.
quiet-hours-none = No quiet hours
quiet-hours-expects = Write the hours, for example 22-8, or choose a button.
error-bad-hours = We could not read the hours. Write from which hour to which we are not to write, for example 22-8.
error-long-quiet = Reminders need at least 6 hours a day. Please write shorter hours, for example 22-8.
time-zone =
    <b>Time zone</b>

    Now: { $zone }. Choose a city with your time, or type your own.
time-zone-expects = Choose a city with your time, or type your own.
time-zone-saved = Saved: the time is the same as in { $zone }.
error-unknown-city = We could not find the time of that city. Choose a city where it is the same time now, or write the difference from Moscow, for example “MSK+4”.
zone-kaliningrad = Kaliningrad
zone-moscow = Moscow
zone-samara = Samara
zone-yekaterinburg = Yekaterinburg
zone-omsk = Omsk
zone-krasnoyarsk = Krasnoyarsk
zone-irkutsk = Irkutsk
zone-yakutsk = Yakutsk
zone-vladivostok = Vladivostok
zone-magadan = Magadan
zone-kamchatka = Petropavlovsk-Kamchatsky
