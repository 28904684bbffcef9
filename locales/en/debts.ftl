menu-debts = { $late ->
    [0] To pay · { $count }
   *[other] To pay · { $count }, overdue
 }
debts = <b>To pay</b>
debts-none =
    <b>To pay</b>

    There is nothing to pay now. An instalment will appear here when its day comes near.
debts-expects = Please choose what to pay. To ask in words, press “Talk to us”.
debt-expects = The payment link is on the screen. To ask in words, press “Talk to us”.

debt-line = { $what }: <b>{ $amount }</b>
debt-of-contract = { $parts ->
    [1] Payment for the contract
   *[other] Instalment { $part } of { $parts }
 }, { $product } { $number }, { $object }
debt-of-repair = Your part of the repair (the deductible), claim { $number }
debt-of-application = Renewal, { $object }
debt-until = Please pay by { $until } Moscow time: after that the application is cancelled, but you can repeat it.
debt-due = Please pay by { $due } inclusive.
debt-overdue = <b>Overdue</b>: it was due by { $due }, { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
 }.
debt-late = If you are late, there is a grace period: you can pay until { $last } inclusive. After that, by the rules, the contract counts as ended on { $ends }.
debt-grace = The grace period is running: please pay by { $last } inclusive, or by the rules the contract counts as ended on { $ends }.
debt-lapsed = The grace period ended on { $last }, and by the rules the contract ended on { $ends }. It cannot be paid by link any more: call us and we will tell you what to do, <b>{ $phone }</b>.
debt-why-premium = Until the contract is paid, it does not protect you.
debt-why-first = Until the first instalment is paid, the contract does not protect you.
debt-why-next = Your contract says what happens if you are late.
debt-why-deductible = By your contract the deductible is yours to pay, the insurer pays the station the rest.

debt-pay = { $kind ->
    [deductible] Pay the deductible
    [application] Pay for the renewal
   *[instalment] Pay
 } · { $amount }
debt-link = The link works until { $until } Moscow time. You can pay by card or SBP; the receipt comes by e-mail or SMS. We will tell you here when it is paid.
debt-link-button = Pay { $amount }
debt-link-coming = We are preparing the payment link. Usually it takes a few seconds; it will appear here by itself.
debt-new-link = Get a new link
debt-no-link = The link could not be made, we know about it already. Please try again later or press “Talk to us”.
debt-not-now = Please pay the earlier instalment of this contract first, it is in “To pay”. If that does not work, call us: <b>{ $phone }</b>.
debt-booking =
    <b>Payment received</b>: { $amount }
    { $what }

    We are passing it to the insurer. There is no need to pay again.
debt-done =
    <b>All is paid here</b>
    { $what }
debt-over =
    <b>There is nothing to pay any more</b>
    { $what }

    The insurer does not expect it any more: the contract has ended or its terms have changed. Call us and we will tell you what comes next: <b>{ $phone }</b>.
debt-disputed = Something about the last payment does not match, and an employee is looking into it. Please do not pay again now. To find out how it stands, call <b>{ $phone }</b>.
debt-returning =
    <b>The money is going back</b>: { $amount }
    { $what }

    The insurer did not expect it any more. It will return where it came from, usually within 1–3 days.

debt-news-paid = The payment of { $amount } has come. { $what }. We are passing it to the insurer; the receipt comes by e-mail or SMS.
debt-news-settled = The insurer has booked your payment of { $amount }. { $what }.
debt-news-declined = The payment of { $amount } did not go through. { $what }. { $why } Nothing was charged, you can get a new link in “To pay”.
debt-news-link-expired = The payment link has closed, nothing was charged. { $what }. You can get a new one in “To pay”.
debt-news-failed = The payment link could not be made, we know about it already. { $what }. Please try later or press “Talk to us”.
debt-news-disputed = Something about the payment of { $amount } does not match. { $what }. Staff are checking it, there is no need to pay again.
debt-news-twice = The payment of { $amount } came a second time. { $what }. We are returning the extra money where it came from at once.
debt-news-returning = The payment of { $amount } came when it was no longer expected. { $what }. We are returning the money where it came from at once.
debt-news-returned = The money, { $amount }, is back where it came from. { $what }.
debt-news-lapsed = The contract ended on { $ends }: the instalment of { $amount } was not paid, and the grace period is over. { $what }. If you did pay it, or want to be insured again, tap “Talk to us”.
debt-news-stuck = We have your { $amount }, but something is holding it up. { $what }. We are looking into it, there is no need to pay again.

policy-schedule = <b>Instalments</b>
policy-instalment = { $state ->
    [paid] • { $due }: { $amount }, paid
    [booking] • { $due }: { $amount }, payment received
    [overdue] • { $due }: { $amount }, <b>overdue</b>
   *[due] • { $due }: { $amount }, not paid yet
 }
policy-pay = { $parts ->
    [1] Pay { $amount }
   *[other] Pay the instalment, { $amount }
 }
case-own-part = Your part of the repair (the deductible): <b>{ $amount }</b>, please pay by { $due } inclusive.
case-own-part-paid = Your part of the repair (the deductible), { $amount }, is paid.
case-own-part-pay = Pay the deductible
