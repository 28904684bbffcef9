application =
    <b>OSAGO renewal</b>, application { $number }
    { $object }
    New term: { $starts } – { $ends }
application-checking = { $minutes ->
    [0] Sent to the insurer. The data are being checked in the state insurance register: a minute or two as a rule, 10 at most. The result comes here by itself.
    [one] The check has been going on for { $minutes } minute; 10 at most. The result comes here by itself.
   *[other] The check has been going on for { $minutes } minutes; 10 at most. The result comes here by itself.
 }
application-checking-long = The check takes longer than usual. You need not wait at the screen: the result comes here by itself. If you have no time, tap “Human”.
application-mismatch =
    <b>The data do not match the state insurance register</b>
    { $fields }

    Mostly this is a slip or an old licence. Correct it and send it again. If all is right, tap “Human”: they will have the application before their eyes.
application-unreliable =
    <b>The insurer could not confirm the data</b>
    { $fields }

    Correct them and send them again, or bring the documents to an office. If you need help, tap “Human”: they will have the application before their eyes.
application-fields = • The insurer did not say which
application-said = The insurer writes: { $comment }
application-correct = Correct the data
application-change = Change the data
application-cancel = Cancel the application
application-priced =
    { $entered }

    The check is passed. Price: <b>{ $price }</b>
    { $difference }

    If you agree, we save the application and send a link. It has to be paid within 24 hours.
price-same = The same as last time
price-more = { $amount } more than last time
price-less = { $amount } less than last time
application-save = Agree and pay
application-saving = The insurer is saving your application. It takes seconds.
application-link-coming =
    The application is saved. To pay: <b>{ $price }</b> by { $until } Moscow time.

    The link is being made and appears here by itself.
application-pay =
    The application is saved. To pay: <b>{ $price }</b> by { $until } Moscow time.

    The link works until { $link_until } Moscow time, by card or by SBP. After the payment the policy comes here by itself.
application-pay-button = Pay { $price }
application-unpaid =
    The application is saved. To pay: <b>{ $price }</b> by { $until } Moscow time.

    { $why } Tap “Get a new link”: nothing was charged by the old one.
application-disputed = Something about the last payment does not match, and an employee is looking into it. Please do not pay again now. A human can tell you how it stands: <b>{ $phone }</b>.
application-no-link =
    The application is saved. To pay: <b>{ $price }</b> by { $until } Moscow time.

    No link could be made, and we know about it. { $why } Try again or tap “Human”.
application-new-link = Get a new link
application-paid =
    Your payment of { $price } has arrived. The insurer is issuing the policy.

    It comes here by itself, you need not wait at the screen.
application-issued = <b>The policy is issued.</b> It comes here as a file and is in “My policies”, too.
application-issued-number = <b>Policy { $policy } is issued.</b> It comes here as a file and is in “My policies”, too.
application-policies = My policies
application-refused =
    <b>The insurer has refused</b>
    { $reason }

    A human or an office will tell you what to do next.
application-no-reason = No reason was given.
application-returning = Your money, { $price }, is on its way back to where it came from. It takes 1–3 days as a rule, and we will tell you.
application-returned = Your money, { $price }, is back where it came from.
cancelled-client = The application is cancelled, as you asked. The policy can be renewed again.
cancelled-unpaid = The application was not paid within 24 hours and is cancelled. The data are kept: repeat it with one tap.
cancelled-policy = The application is cancelled: the present policy was terminated or ended on { $ends }. A human will help with a new one.
cancelled-exists = The insurer has another application for this policy already, maybe from an office. A human will tell: <b>{ $phone }</b>.
cancelled-unable = The insurer did not accept the application. We know about it, a human will tell: <b>{ $phone }</b>.
cancelled-insurer = The insurer has cancelled the application. { $reason }
application-repeat = Repeat the application
application-cancel-sure = Cancel the application? If you are just paying by the link, finish that first.
application-cancel-yes = Yes, cancel
application-cancel-no = Keep it
application-already = This renewal is begun already, here it is.
application-expects = Please choose a button. To ask in words, tap “Human”.
begun-expects = Choose: continue or begin anew.
giving-up-expects = Choose: cancel or keep it.

field-licence = licence number
field-name = name
field-birthdate = date of birth
field-sex = sex
field-licensedsince = date of the first licence
field-foreignlicence = country of the licence
field-number = number of the diagnostic card
field-issued = date of issue of the card
field-validuntil = term of the card
field-diagnosticcard = diagnostic card
field-usageperiods = periods of use
field-drivers = drivers
field-other = data of the application

save-price = The insurer has changed the price meanwhile. Here is the new one.
save-term = A new day has come, so the policy starts a day later. It is checked once more, the price comes by itself.
save-gone = Something has happened to this application already. Here is how it stands.

decline-general-decline = The bank declined the payment without a reason: another card or SBP helps.
decline-3d-secure-failed = The bank got no confirmation: a code from a text message or its app.
decline-call-issuer = The bank asks you to call the number on the card or to pay by another card.
decline-card-expired = The card is out of date: another one is needed.
decline-country-forbidden = A card of this country cannot pay here: a Russian card or SBP is needed.
decline-expired-on-confirmation = The old link is closed: it works for an hour.
decline-fraud-suspected = The bank found the payment suspicious: another card or SBP is needed.
decline-identification-required = The wallet asks who you are: a card or SBP is easier.
decline-insufficient-funds = There is not enough money on the card.
decline-internal-timeout = The payment broke off at the bank.
decline-invalid-card-number = There is a slip in the card number.
decline-invalid-csc = There is a slip in the code on the back of the card.
decline-issuer-unavailable = The bank does not answer now: another card or SBP helps.
decline-payment-method-limit-exceeded = The limit of the card is reached: the bank’s app can change it.
decline-payment-method-restricted = The card is restricted: ask the bank, or pay by another card.

news-missed = This came while the bot was blocked.
news-priced = The check is passed: renewing <b>{ $object }</b> costs { $price }. The application waits in the menu.
news-price = The insurer has changed the price of the renewal, <b>{ $object }</b>: it is { $price } now. The application waits in the menu.
news-mismatch = The data of the renewal, <b>{ $object }</b>, do not match the register. What to correct is in the application: see the menu.
news-unreliable = The insurer could not confirm the data of the renewal, <b>{ $object }</b>. What to do is in the application: see the menu.
news-link = The payment link is ready.
news-checking = The application is being checked again.
news-saved = The application is saved.
news-declined = The payment for the renewal, <b>{ $object }</b>, failed. { $why } Nothing was charged; the application has a new link for you.
news-link-expired = The payment link is closed, nothing was charged. The application has a new one for you: { $object }.
news-paid = Your payment of { $price } has arrived. The policy comes here by itself.
news-late-money = Your payment of { $price } came after the application was cancelled. The insurer decides whether it can be revived. If not, the money goes back at once.
news-twice = Your payment of { $price } came a second time. The surplus goes back at once to where it came from.
news-returning = Your payment of { $price } came by an old link: the application has changed since. The money goes back at once to where it came from.
news-issued = The policy for { $object } is issued, application { $number }.
news-ready = The policy for { $object } is renewed. See “My policies”.
news-refused = The insurer has refused the renewal, <b>{ $object }</b>. Why and what to do next is in application { $number }. If money was charged, it goes back at once.
news-returned = The money for the renewal, <b>{ $object }</b>, is back where it came from.
news-cancelled = Application { $number } for the renewal, <b>{ $object }</b>, is cancelled.
news-disputed = Something is wrong with the payment of { $price }. An employee is looking into it; please do not pay again. Application number: <b>{ $number }</b>.
news-failed = No payment link could be made, and we know about it. Try later or tap “Human”. Application number: <b>{ $number }</b>.
news-stuck = We have the money, but there is a hitch after that. We are on it; please do not pay again. Application number: <b>{ $number }</b>.

sms-policy-ready = OSAGO policy { $number } is issued, valid from { $starts }. { $brand }
letter-ready-subject = OSAGO policy { $number }, { $brand }
letter-ready =
    Hello!

    OSAGO policy { $number } is issued and valid from { $starts }. It is attached. The receipt comes by a letter of its own.

    { $brand }, { $phone }
