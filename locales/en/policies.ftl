policies = { $count ->
    [one] <b>You have { $count } policy</b>
   *[other] <b>You have { $count } policies</b>
 }
policies-current = <b>Current policies: { $count }</b>
policies-unpaid = <b>Unpaid policies: { $count }</b>
policies-past = <b>Past policies: { $count }</b>
policies-none =
    <b>No policies yet</b>

    If you’ve just taken one out, it will appear here within a day. If you have a policy and can’t see it here, tap “Talk to us”: we’ll find it.
policies-line =
    <b>{ $product }</b> { $object }
    { $until }
policies-expects = Please choose a policy with a button. If yours isn’t there, tap “Talk to us”.

until-active = { $days ->
    [0] last day of cover, valid to the end of { $ends }
    [one] valid to { $ends }, { $days } day left
   *[other] valid to { $ends }, { $days } days left
 }
until-active-far = valid to { $ends }
until-unpaid = not paid, so you’re not covered
until-future = starts { $starts }, valid to { $ends }
until-ended = ended { $ends }
until-terminated = cancelled

filter-all = All · { $count }
filter-current = Current · { $count }
filter-unpaid = Unpaid · { $count }
filter-past = Past · { $count }

policy-head =
    <b>{ $product }</b> { $number }
    { $object }
    <b>{ $until }</b>

    Term: { $starts } – { $ends }
    Issued: { $issued }
policy-form = Form no.: { $form }
policy-vin = VIN: { $vin }
policy-insured = Policyholder: { $name }
policy-owner = Owner: { $name }
policy-covers = <b>What’s covered</b>
policy-risk = • { $name }: { $limit }
policy-risk-plain = • { $name }
risk-property = Damage to property
risk-health = Harm to life and health
risk-damage = Damage to the car
risk-theft = Theft
risk-assistance = Roadside assistance
risk-outpatient = Outpatient care
risk-dental = Dental care
risk-ambulance = Ambulance
risk-structure = Building structure
risk-finish = Fixtures and fittings
risk-contents = Home contents
risk-liability = Liability to neighbours
risk-medical = Medical expenses
risk-luggage = Luggage
risk-cancellation = Trip cancellation
risk-survival = Survival to the end of the term
risk-death = Death
risk-trauma = Injury
risk-disability = Disability
policy-deductible = excess { $amount }
policy-drivers = <b>Who can drive</b>
policy-driver = • { $name }, licence { $licence }, driving since { $since }
policy-unlimited = <b>Who can drive</b>: no restrictions
policy-usage = <b>Periods of use</b>: { $periods }
policy-premium = Premium: { $amount }
policy-paid = { $premium }, paid
policy-unpaid = { $premium }, <b>not paid</b>
policy-booking = { $premium }, payment received, on its way to the insurer
policy-renew = { $renewal ->
    [live] Renewal: see how it goes
    [done] Renewed: see
   *[no] Renew
 }
policy-renew-now = As it is
policy-case = Claim { $number }
policy-case-line = Claim <b>{ $number }</b>: { $state }
policy-papers = Documents
policy-show = Show full details
policy-hide = Hide details
policy-expects = Please choose a button: documents, full details, or “Back” to the list.

advice-active = To change or renew this policy, call us: <b>{ $phone }</b> ({ $hours }).
advice-osago-active = { $soon ->
    [yes] { $renewal ->
        [live] You’ve already applied to renew it: tap “Renewal: see how it goes”.
        [done] This policy has been renewed: the new one is in your list.
       *[no] You can renew now, until { $ends } inclusive: tap “Renew” or, if nothing is to be changed, “As it is”.
    }
   *[no] You can renew it from { $opens }. { $unlimited ->
        [yes] To change the policy
       *[no] To change the drivers
    }, call us: <b>{ $phone }</b> ({ $hours }).
 }
advice-unpaid = Until it’s paid, this policy doesn’t cover you. { $payable ->
    [yes] You can pay with the button below.
   *[no] We’ll help you pay: <b>{ $phone }</b> ({ $hours }).
 }
advice-future = Your policy is waiting for its first day, and there’s nothing you need to do. Any questions? <b>{ $phone }</b> ({ $hours }).
advice-ended = This policy can no longer be renewed. We’ll help you take out a new one: <b>{ $phone }</b> ({ $hours }).
advice-osago-ended = This policy can no longer be renewed, so you’ll need a new one. Driving without OSAGO isn’t allowed and means a fine. We’ll help you take out a new policy: <b>{ $phone }</b> ({ $hours }).
advice-terminated = This policy has been cancelled. Any questions? We’re happy to help: <b>{ $phone }</b> ({ $hours }).

papers =
    <b>Documents</b>
    { $about }

    Choose a document: we’ll send it here or by email.
papers-none =
    <b>No documents yet</b>
    { $about }

    If you need one now, tap “Talk to us”: we’ll send it.
papers-of-policy = { $product } { $number }
papers-of-claim = Claim { $number }
papers-expects = Please choose a document with a button.
paper-kind-policy = Policy
paper-kind-rules = Terms and conditions
paper-kind-invoice = Invoice
paper-kind-receipt = Payment receipt
paper-kind-claim-application = Claim application
paper-kind-inspection-act = Inspection report
paper-kind-repair-direction = Repair direction
paper-kind-refusal = Refusal letter
paper-kind-claim-history = Claim history
paper-kind-other = Document
paper-title = { $kind }, { $product } { $number }
paper-policy-osago = OSAGO policy { $number }
paper-policy-kasko = KASKO policy { $number }
paper-policy-dms = Private health policy { $number }
paper-policy-property = Property policy { $number }
paper-policy-travel = Travel policy { $number }
paper-policy-life = Life policy { $number }
paper-policy-accident = Personal accident policy { $number }
paper-kind-certificate = Certificate

paper =
    <b>{ $title }</b>
    { $issued }, { $size } KB

    Where shall we send it?
paper-no-mail =
    <b>{ $title }</b>
    { $issued }, { $size } KB

    We’ll send it here. To get documents by email, tap “Talk to us” and tell us your address.
paper-here = Send it here
paper-mail = Email to { $email }
paper-expects = Please choose where to send the document.
paper-coming = We’re getting the file ready: it will appear here by itself.
paper-mailing = We’re sending it to { $email }. We’ll tell you when it’s on its way.
paper-caption = { $title }
paper-caption-policy =
    { $title }.

    The insurer’s signature is inside the file: any PDF reader that checks signatures will show it.
paper-caption-osago =
    { $title }. Keep it with you: you can show it to a traffic officer on your screen.

    The insurer’s signature is inside the file: any PDF reader that checks signatures will show it.
paper-late = The file “{ $title }” is delayed, and we’re still working on it. It will come here by itself: no need to wait at the screen.
paper-undelivered = We couldn’t send “{ $title }” just now. Try again from the policy, or tap “Talk to us”.
letter-paper-subject = { $title } from “{ $brand }”
letter-paper =
    Hello!

    Here’s the document you asked for in your account: { $title }. It’s attached.

    “{ $brand }”, { $phone }
letter-sent = Your email with “{ $title }” is on its way. If it takes a while, check your spam folder.
letter-undelivered = We couldn’t send the email with “{ $title }”. Choose “Send it here” instead, or tap “Talk to us”: we’ll help.
