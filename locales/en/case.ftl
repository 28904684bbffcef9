claims = <b>Claims</b>
claims-new = New claim
claims-none =
    <b>No claims</b>

    If something has happened, tap “New claim”: we’ll help you with everything.
claims-line =
    <b>{ $number }</b> { $event }
    { $object }
    { $state }
claims-label = { $number } · { $event }
claims-expects = Please choose a claim with a button or tap “New claim”.

case-event-osago-guilty = Accident, your fault
case-event-osago-injured = Accident, not your fault
case-event-kasko-damage = Damage
case-event-kasko-theft = Theft
case-event-kasko-total = Total loss
case-event-kasko-glass = Glass
case-event-property-damage = Damage to property
case-event-dms-event = Treatment
case-event-life-event = Life insurance event
case-event-travel-event = Event on a trip
case-event-accident-event = Personal accident
case-event-other = Insured event

claim-state-sent = sent to the insurer
claim-state-received = received
claim-state-review = under review
claim-state-clarification = more details needed
claim-state-inspection = inspection
claim-state-repair = repair directed
claim-state-payout = payout
claim-state-closed = closed
claim-state-refused = refused
claim-ahead-received = received
claim-ahead-review = review
claim-ahead-decision = decision
claim-ahead-closed = closed

case =
    <b>Claim { $number }</b>: { $state }
    { $event }, { $day }
    { $object }
case-said = The insurer says: { $comment }
case-sent = It’s been sent to the insurer, and we’re waiting for its number. It’ll come here by itself, no need to stay on this screen.
case-received = The insurer has registered your claim and will start on it soon. There’s nothing you need to do now.
case-review = The insurer is looking into your claim. If anything is needed, we’ll write. There’s nothing you need to do now.
case-clarification =
    <b>Documents are needed</b>
    { $wanted }

    Tap “Upload documents”: photos and PDF are fine. Without them the decision will take longer.
case-clarification-words = The insurer needs to know more. Tap “Upload documents”, or “Talk to us” if it isn’t clear what is needed.
case-wanted = • { $title }
case-inspection =
    <b>Inspection { $at } Moscow time</b>
    { $address }

    Please come with this car and its papers. It’s best not to repair or wash it before. If the time doesn’t suit you, tap “Talk to us”.
case-inspection-soon = The insurer is arranging an inspection. Time and place will come here. It’s best not to repair the car before.
case-repair =
    <b>Repair: { $form }</b>
    { $station }
    { $address }
    { $phone }

    Call them and agree on a day. Take the repair direction and the papers of the car with you.
case-repair-soon = The insurer is preparing the repair direction. It’ll come here.
case-repair-remote = No need to come to an office: the direction is here, behind the button.
case-repair-office = Before you go there, please come to an office with your papers: they’ll stamp the direction. The addresses are under “Offices”.
case-repair-term = { $count ->
    [one] By law the repair may take { $count } working day from the day you hand the car over.
   *[other] By law the repair may take { $count } working days from the day you hand the car over.
 }
form-dealer = at the dealer’s
form-contracted = at the insurer’s garage
form-own = at your own garage
form-no-phone = the phone is in the direction
case-paying = To be paid: <b>{ $amount }</b>. The money is on its way: it usually takes a few days.
case-paid = Paid: <b>{ $amount }</b>, { $day }.
case-payout-soon = The insurer is preparing the payout. The amount will appear here.
case-deductible-sum = Damage { $loss } − deductible { $deductible } = { $amount }. By your contract the deductible is yours to bear.
case-deductible = The deductible of your contract, { $deductible }, is already taken off.
case-closed = This claim is closed. If you have any questions, tap “Talk to us”.
case-refused =
    <b>The insurer has refused</b>
    { $reason }
case-refused-clause = Grounds: { $clause }
case-refused-next = “If you don’t agree” says whom to write to and by when.
case-refused-silent = The insurer has refused and given no reason. “If you don’t agree” says what you can do.
case-files-count = Files: the insurer has { $handed } of { $all }
case-missing = You can still send: { $slots }.
case-upload = Send more photos or papers
case-upload-wanted = Upload documents
case-complaint = If you don’t agree
case-direction = Repair direction
case-direction-later = The direction hasn’t come from the insurer yet. It’ll be among the documents of the claim, please look again a little later.
case-papers = Documents
case-receipt = Receipt
case-expects = Please choose a button. Photos and papers are taken behind the upload button.
timeline = <b>How it goes</b>
timeline-done = ✓ { $state }, { $day }
timeline-now = ● { $state }, { $day }
timeline-ahead = ○ { $state }

case-files =
    <b>Documents for the insurer</b>
    Claim { $number }
case-photos =
    <b>Photos and documents</b>
    Claim { $number }
case-files-sent = We’re sending them to the insurer. What is still uploading will follow by itself.
case-files-expects = Please send a photo or a file: JPEG, PNG, HEIC, PDF.
copies =
    <b>Copies of documents</b>

    The insurer will compare them with your application. Please send those that didn’t match.
copies-sent = We’re sending the copies to the insurer. The answer will come here by itself.
copies-wait = Not everything is uploaded yet. Please wait half a minute and tap again.
copies-expects = Please send a photo or a file: JPEG, PNG, HEIC, PDF.
application-copies = Add copies of documents
application-copies-sent = { $count ->
    [one] The insurer has { $count } copy of your documents.
   *[other] The insurer has { $count } copies of your documents.
 }

complaint =
    <b>If you don’t agree with the refusal</b>
    Claim { $number }
complaint-insurer = <b>1. Write to the insurer</b>: what you don’t agree with and why, with the documents attached.
complaint-electronic = { $count ->
    [one] The standard electronic form is answered within { $count } working day: if sent today, by { $until }.
   *[other] The standard electronic form is answered within { $count } working days: if sent today, by { $until }.
 }
complaint-otherwise = { $count ->
    [one] A letter of any other kind is answered within { $count } day: if sent today, by { $until }.
   *[other] A letter of any other kind is answered within { $count } days: if sent today, by { $until }.
 }
complaint-ombudsman = <b>2. The financial ombudsman</b>: if there’s no answer or it doesn’t satisfy you. It’s free. You can turn to them until { $until }; they decide within { $days } working days.
complaint-most = For this kind of insurance they take demands of up to { $most }. Above that you can go to court right after the insurer’s answer.
complaint-court = <b>3. The court</b>: if you don’t agree with their decision either. You have { $days } days after it comes into force.
complaint-site = The ombudsman’s website
complaint-expects = Please choose a button. If you need help, tap “Talk to us”.

claim-missed = While the bot was blocked, there was news:
claim-news-registered = The insurer has registered your claim. Its number: <b>{ $number }</b>. Below is the receipt: everything you’ve told us, and the checksums of your files.
claim-news-opened = The insurer has opened claim { $number }: { $state }. You’ll find it under “Claims”.
claim-news-changed = Claim { $number }: the insurer has changed some details. Open the claim to see them.
claim-news-file-lost = Claim { $number }: the insurer hasn’t accepted the file “{ $file }”. Open the claim and send another one, or tap “Talk to us”.
claim-news-review = Claim { $number }: the insurer has started looking into it. There’s nothing you need to do now.
claim-news-clarification = { $count ->
    [0] Claim { $number }: the insurer needs to know more. Open the claim: it says what.
    [one] Claim { $number }: the insurer is waiting for { $count } document. Open the claim and upload it.
   *[other] Claim { $number }: the insurer is waiting for { $count } documents. Open the claim and upload them.
 }
claim-news-inspection = Claim { $number }: an inspection is arranged for { $at } Moscow time. The address is on the claim’s screen.
claim-news-repair = Claim { $number }: there’s a repair direction. The garage, its address and the paper itself are on the claim’s screen.
claim-news-payout = Claim { $number }: the insurer has decided to pay. The amount is on the claim’s screen.
claim-news-closed = Claim { $number } is closed.
claim-news-refused = Claim { $number }: the insurer has refused. The reason, and what you can do, are on the claim’s screen.
claim-news-stuck = We couldn’t pass claim { $own } on to the insurer, and we know about it already. Everything you’ve told us is safe. Tap “Talk to us” or call { $phone } ({ $hours }).

claim-card =
    <b>Claim { $number }</b>: { $state }

    { $lines }
claim-card-calm =
    <b>Claim { $number }</b>: { $state }

    There are no deadlines to watch at the moment.
claim-card-wanted =
    <b>Claim { $number }</b>: { $state }

    { $count ->
        [one] The insurer is waiting for { $count } document.
       *[other] The insurer is waiting for { $count } documents.
    } You can upload on the claim’s screen. The time for the decision runs once everything is there.
claim-card-over =
    <b>Claim { $number }</b>: { $state }

    There’s nothing more to do.
claim-card-left = We no longer follow this claim here: you’ve logged out. Log in again, and you’ll find it under “Claims”.

watch = { $left } The last day is { $last }.
watch-early = { $left } Best by { $early } inclusive, the last day is { $last }.
watch-hold = Don’t repair the car until { $last } inclusive: you may be asked to show it.
watch-passed-client = The last day was { $last }. If you’re late { $what }, do it now and tap “Talk to us”: we’ll say what comes next.
watch-passed-insurer = The last day was { $last } { $what }. If nothing has happened, tap “Talk to us”.
left-days = { $count ->
    [0] <b>Today is the last day</b> { $what }.
    [one] <b>{ $count } day left</b> { $what }.
   *[other] <b>{ $count } days left</b> { $what }.
 }
left-working-days = { $count ->
    [0] <b>No working days left</b> { $what }.
    [one] <b>{ $count } working day left</b> { $what }.
   *[other] <b>{ $count } working days left</b> { $what }.
 }
term-calendar-days = { $count ->
    [one] { $count } day { $what }.
   *[other] { $count } days { $what }.
 }
term-working-days = { $count ->
    [one] { $count } working day { $what }. We’ll name the date when the production calendar is published.
   *[other] { $count } working days { $what }. We’ll name the date when the production calendar is published.
 }
term-calendar-days-excl-holidays = { $count ->
    [one] { $count } day without holidays { $what }. We’ll name the date when the production calendar is published.
   *[other] { $count } days without holidays { $what }. We’ll name the date when the production calendar is published.
 }
watch-send-accident-notice = to give the insurer the accident notice
watch-file-claim = to file the claim
watch-no-repair-hold-europrotocol = not to repair the car
watch-report-damage = to report the damage to the insurer
watch-report-theft = to report the theft to the insurer
watch-report-theft-written = to report the theft in writing
watch-inspection = for the insurer to inspect the car
watch-decision = for the insurer to pay or to direct the repair
watch-payout-damage = for the insurer to pay or to direct the repair
watch-payout-theft = for the insurer to pay
watch-payout-total-loss = for the insurer to pay
watch-payout-one-element = for the insurer to pay or to direct the repair
