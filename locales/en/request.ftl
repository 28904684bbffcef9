button-requests = Requests
button-agent = Call an agent
menu-requests = { $count ->
    [0] Requests
   *[other] Requests · { $count }
 }

requests =
    <b>Requests</b>

    Open one to add words or files, or to read the answer.
requests-none =
    <b>Requests</b>

    Ask for a certificate, a correction, complain or suggest something. You get a number, and the answer comes to this chat.
requests-line =
    <b>{ $number }</b> · { $kind }
    { $filed }, { $state }
requests-xlsx = History as XLSX
requests-pdf = History as PDF
requests-expects = Choose a request or begin a new one. To ask in words, press “Talk to us”.
request-go-on = Continue the draft
request-begin = New request
unfinished-request =
    <b>A request is begun already</b>

    Go on with it or start over? Starting over drops what is written.
unfinished-call =
    <b>A call of an agent is begun already</b>

    Go on where you were or start over? Starting over drops the answers.
unfinished-change =
    <b>A change of a policy is begun already</b>

    Go on where you were or start over? Starting over drops the changes.
unfinished-expects = Choose a button: go on or start over.

request-new =
    <b>What is it about?</b>

    We answer within 10 working days; a missed term is decided in 5.
request-new-stranger =
    <b>How can we help?</b>

    If the phone and e-mail we have on file are no longer yours, we help you back into the cabinet. For anything else, log in first.
request-new-expects = Choose a topic with a button.
request-kind-certificate = Certificate
request-kind-data = Correct my data
request-kind-compensation = Compensation
request-kind-works = Repair and invoices
request-kind-payout = Payout received
request-kind-recalculation = Recalculation
request-kind-term = A missed term
request-kind-complaint = Complaint
request-kind-idea = Suggestion
request-kind-phone = Phone and access
request-kind-block = Blocking the cabinet
request-kind-recovery = Regain access
request-kind-policy-change = Change a policy
request-kind-agent = A visit or a call of an agent

request-is-work = in work
request-is-clarify = we need more from you
request-is-done = done
request-is-cancelled = cancelled
request-is-taken = taken
request-is-assigned = an agent is assigned
request-is-called = called back

request-policy =
    <b>Which policy is it about?</b>
request-policy-none = Not about a policy
request-deed =
    <b>Phone and access</b>

    An employee changes the number: we need photos of your passport and of a handwritten application. If your phone was stolen or lost, close the cabinet at once.
request-deed-change = Change the number
request-deed-block = Close the cabinet
request-phone = Write the new phone number, e.g. <code>+7 903 123-45-67</code>
request-name =
    <b>Regain access</b>

    Write your surname, first name and patronymic as in the policy, e.g. <code>Петрова Анна Сергеевна</code>.
request-paper = Write your INN (12 digits) or SNILS (11 digits): it shows the employee that it is you.
request-contract = The number of your last policy, e.g. <code>ХХХ 0123456789</code>. An ended one will do.
request-contract-none = I don't remember
request-text-head = <b>{ $kind }</b>
request-text-certificate = Which certificate, and what for? E.g. “A certificate of payment for the tax office, 2026”.
request-text-data = What is wrong in our data, and what is right? E.g. “A mistake in my name: Natalia, not Nataliya”.
request-text-compensation = What do you want compensated, and how much? E.g. “Tow truck on 21.11, 6 000 ₽”. Receipts can be added next.
request-text-works = What was done, and where? E.g. “A new bumper at the Prichal garage, invoice of 48 000 ₽”. Invoices can be added next.
request-text-payout = What is wrong with the payout? E.g. “30 000 ₽ came, the report says 42 000 ₽”.
request-text-recalculation = What is to be recalculated, and why? E.g. “My bonus class must give 0.46: six years without accidents”.
request-text-term = Which term was missed, and why? E.g. “I could not apply by 20.11: I was in hospital”. A proof can be added next.
request-text-complaint = What happened, where and when? E.g. “On 21.11 the office on Prichalnaya did not take my application”.
request-text-idea = What should we do better?
request-text-policy-change = What should change in the policy? E.g. “Add a driver, Anna Petrova, licence 99 12 345678”. An employee works out the surcharge, if any, and sends it before anything is confirmed.
request-text-change = Why does the number change? E.g. “The old number is switched off”.
request-text-block = What happened? E.g. “My phone was stolen on 21.11”.
request-text-now =
    Written now:
    <blockquote>{ $text }</blockquote>

    A new text takes its place.
request-files =
    <b>Documents</b>

    Add photos or files if they help. Messages in words are added to the text.
request-files-phone =
    <b>Documents</b>

    Two photos are needed: your passport, and a handwritten application with your name, the old number, passport data and the reason.
request-files-done = Done
request-files-none = Without files
slot-passport = Passport
slot-handwritten = Handwritten application
how-passport = The whole page with the photo, no glare.
how-handwritten = The whole sheet with signature and date.
request-summary =
    <b>Check your request</b>
    { $kind }
request-term = We answer within { $days } working days. To add something, send another message.
request-block-warning = When you send it, the cabinet closes everywhere at once, here too.
request-send = Send
request-edit-policy = Policy
request-edit-deed = What to do
request-edit-phone = Number
request-edit-name = Name
request-edit-paper = INN or SNILS
request-edit-contract = Policy number
request-edit-text = Text
request-edit-files = Documents
request-expects = Choose a button or write what is asked above.
request-phone-expects = A phone number is needed, e.g. <code>+7 903 123-45-67</code>.
request-name-expects = Surname, first name and patronymic are needed, e.g. <code>Петрова Анна Сергеевна</code>.
request-paper-expects = An INN (12 digits) or a SNILS (11 digits) is needed.
request-contract-expects = A policy number is needed, e.g. <code>ХХХ 0123456789</code>, or the button “I don't remember”.
request-text-expects = Write it in words, e.g. as one message. Files come in the next step.
request-sent = Your request is recorded under <b>{ $number }</b> ({ $kind }). The answer comes to this chat.

request-card =
    <b>{ $number }</b> · { $kind }
    State: <b>{ $state }</b>
request-filed = Sent { $filed } Moscow time, answer by <b>{ $due }</b>
request-filed-days = Sent { $filed } Moscow time, answer within { $days } working days
request-filed-over = Sent { $filed } Moscow time
request-how = To add something, send a message.
request-attach = Add files
request-cancel = Cancel the request
request-again = New request
request-commented = Passed to an employee.
request-photos-kept = We keep the photo: it will go with your request.
request-attached = Files added.
request-more =
    <b>Files for the request</b>

    Send photos or documents, then press “Done, send”.
request-card-expects = Write a comment in words or choose a button.
request-files-expects = Send a photo or a file. When everything is here, press “Done”.
request-end =
    <b>Cancel the request?</b>
    { $number } · { $kind }

    Staff will not look into it any more.
request-end-yes = Cancel
request-end-no = Keep
request-end-expects = Choose a button: cancel or keep.
request-ended = The request is cancelled.
request-over-already = It is over already: there is nothing to change.

remark = <b>{ $who }</b>, { $at } Moscow time
remark-by = { $name }, { $post }
remark-own = You
remark-state = State: { $state }
remark-text = <blockquote>{ $text }</blockquote>

told-policy = Policy: { $policy }
told-deed-change = Change the phone number
told-deed-block = Close the cabinet
told-name = Name: { $name }
told-phone = Phone: { $phone }
told-paper = INN or SNILS: { $paper }
told-contract = Last policy: { $contract }
told-text = <blockquote>{ $text }</blockquote>
told-files = Files: { $count }

request-news-work = Request <b>{ $number }</b> is in work.
request-news-clarify = Request <b>{ $number }</b> needs something from you. Open it under “Requests” and write an answer or add files.
request-news-done = Request <b>{ $number }</b> is done. If it is not solved, begin a new one or press “Talk to us”.
request-news-answered = An answer to request <b>{ $number }</b>. To reply, open it under “Requests”.
request-missed = There was news while the bot was blocked.
session-ended-block = You asked to close the cabinet: it is closed everywhere. To come back, log in again; if somebody else has your phone, call <b>{ $phone }</b> ({ $hours }).

policy-alter = Change the policy
policy-ask = Request
change =
    <b>Change OSAGO</b>
    { $object }, policy { $number }, until { $ends }
change-nothing = Nothing is changed yet. Choose what to change.
change-added = ＋ add: { $driver }
change-corrected = ✎ correct: { $driver }
change-removed = － remove: { $driver }
change-unlimited = • no limits: anybody with a licence
change-limited = • a list of drivers instead of “no limits”
change-use = • periods: { $before } → { $after }
change-card = • { $card }
change-use-over = The period of use cannot be extended any more: the last one is over, and it has to be asked for before its end. An office helps.
change-rule =
    Tell us of a new driver before you hand over the wheel: until the change is confirmed, they are not admitted.
    An employee works out the surcharge, if any; it comes before anything is confirmed. It is due within 5 working days, else the insurer may end the contract.
change-office-hint = The car, the policyholder and the owner are changed in an office.
change-send = Send for a price
change-other = Something else
change-office =
    <b>{ $object }</b>

    Drivers, periods of use and the diagnostic card are changed here. The car, policyholder, owner, a name or passport in the policy are changed in an office: bring your passport and the policy.
change-office-only =
    <b>{ $object }</b>

    This contract is changed in an office: bring your passport and the policy. If you cannot come, write a request.
change-choose = Open a policy and press “Change the policy”.
change-expects = Choose a button: what to change, or “Send for a price”.
change-office-expects = Choose a button: offices or requests.
change-drivers-expects = { prolongation-drivers-expects }
change-name-expects = { prolongation-name-expects }
change-birth-expects = { prolongation-birth-expects }
change-sex-expects = { prolongation-sex-expects }
change-licence-expects = { prolongation-licence-expects }
change-since-expects = { prolongation-since-expects }
change-periods-expects = { prolongation-periods-expects }
change-first-expects = { prolongation-first-expects }
change-last-expects = { prolongation-last-expects }
change-card-expects = { prolongation-card-expects }
change-kind-expects = { prolongation-kind-expects }
change-number-expects = { prolongation-number-expects }
change-issued-expects = { prolongation-issued-expects }
change-until-expects = { prolongation-until-expects }

export-brand = { $brand }
export-title = History of requests
export-below = Made { $at } Moscow time. Requests: { $count }.
export-footer = For information, not a decision of the insurer
export-file = Requests-{ $day }
export-caption = History of requests, { $at } Moscow time.
export-coming = The file is being made and comes as a message of its own.
export-number = Number
export-kind = Topic
export-filed = Sent
export-due = Answer by
export-state = State
export-at = When
export-who = Who
export-said = What
export-you = You

error-bad-number = That number could not be read. Write it like <code>+7 903 123-45-67</code>.
error-bad-paper = The number does not add up: an INN has 12 digits, a SNILS 11. Please check each of them.
error-bad-contract = That number could not be read. Write it like <code>ХХХ 0123456789</code>, or press “I don't remember”.
error-request-over = That is over already. If you need something else, begin a new request.
error-too-many-requests = No more than { $limit } can wait for an answer at once. Wait for one, or cancel what you don't need.
