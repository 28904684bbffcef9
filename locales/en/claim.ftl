policy-claim = Report an insured event
claim-begun =
    <b>You have begun to report an event</b>

    Shall we go on from there or begin anew? If anew, answers and photos are gone.
claim-begun-about =
    <b>You have begun to report an event</b>
    { $object }

    Shall we go on from there or begin anew? If anew, answers and photos are gone.

claim-contract =
    <b>An insured event</b>

    Which policy is it about?
claim-contract-expects = Please choose a policy with a button.
claim-no-policies =
    <b>An insured event</b>

    We have found no policies of yours. Tap “Talk to us” or call <b>{ $phone }</b> ({ $hours }).
claim-event-osago = <b>Who is to blame?</b>
    If it is in dispute, answer as you see it.
claim-event-osago-guilty = I am
claim-event-osago-injured = Somebody else
claim-event-kasko = <b>What has happened to the car?</b>
claim-event-kasko-damage = It is damaged
claim-event-kasko-theft = It is stolen
claim-event-kasko-total = It is beyond repair
claim-event-kasko-glass = Glass only
claim-event-property-damage = Property is damaged
claim-event-dms-event = Medical help (DMS)
claim-event-life-event = An event of life insurance
claim-event-travel-event = An event on a trip
claim-event-accident-event = A personal accident
claim-when =
    <b>When did it happen?</b>

    Choose a button, or write it, such as <code>yesterday 14:30</code> or <code>21.11 8:15</code>.
claim-when-now = Just now
when-today = Today
when-yesterday = Yesterday
claim-when-other = Another day
claim-when-expects = A day is needed, with the time if you like: <code>yesterday 14:30</code>, <code>21.11</code>.
claim-outside =
    <b>On { $date } the policy was not in force</b>

    It is in force from { $starts } to { $ends }. If the date is right, we pass it on as it is: the insurer decides. If not, go back and correct it.
claim-outside-yes = The date is right, pass it on
claim-outside-no = Correct the date
claim-outside-expects = Please choose: pass it on as it is, or correct the date.
claim-outside-line = ❗ On { $date } the policy was not in force: passed on as you ask, the insurer decides.
claim-time = <b>At what time?</b>
    Local time, such as <code>14:30</code> or <code>8 pm</code>. About will do.
claim-time-unknown = I do not remember
claim-time-expects = A time is needed, such as <code>14:30</code>, or “I do not remember”.
claim-place =
    <b>Where did it happen?</b>

    Tap “I am here” below, send a point on the map with the paper clip, or write it in words: an address, a road and its kilometre.
claim-place-theft =
    <b>Where was the car?</b>

    Write the address, or send a point on the map with the paper clip. If you are there now, tap “I am here” below.
claim-place-expects = A place is needed: the button “I am here” below, a point on the map, or words, such as <code>Tula, Mira 5</code>.
claim-story =
    <b>What has happened?</b>

    Tell it in your own words, in several messages if you like: who went where, what is damaged, what came then.
claim-story-more =
    <blockquote>{ $story }</blockquote>

    Noted. You may add another message. If that is all, tap “Go on”.
claim-story-anew = Write it anew
claim-story-expects = Please tell in words what has happened. Photos come later.
claim-onward = Go on
claim-unknown = I do not know
claim-none = none
answer-yes = yes
answer-no = no
claim-registration =
    <b>How was it registered?</b>

    If you are still deciding, choose “Not yet”: it can be changed.
claim-registration-theft =
    <b>Have you told the police?</b>

    If not, call 102 right now: every minute counts.
registration-police = By the police
registration-europrotocol = By the europrotocol
registration-none = Not yet
claim-registration-expects = Please choose a button: police, europrotocol, or not yet.

participants =
    <b>Other cars</b>

    Write the plate, such as <code>А123ВС77</code>. If you know nothing of the others, that is all right.
participants-edit = Change { $number }
participants-remove = Remove { $number }
participants-add = Add without a plate
participants-none = I know nothing
participant-plate = <b>The other car’s plate</b>, such as <code>А123ВС77</code>
participant-insurer = <b>Who insures it?</b> The company’s name from the policy
participant-policy = <b>The number of its OSAGO</b>, such as <code>ХХХ 0123456789</code>
participant-drop = Do not add
participant-keep = Keep what it was
participant-rest = I know no more
claim-participants-expects = Please write the other car’s plate, such as <code>А123ВС77</code>, or choose a button.
claim-plate-expects = A plate is needed, such as <code>А123ВС77</code>, or “I do not know”.
claim-policy-expects = The number of a policy is needed, such as <code>ХХХ 0123456789</code>, or “I do not know”.
claim-insurer-expects = The name of an insurer is needed, or “I do not know”.

claim-certificates =
    <b>Without certificates?</b>

    One outer element of the body, such as a wing or a bumper, is paid by your contract without papers of the police once a contract year. Hidden damage is not paid this way.
claim-certificates-limit =
    <b>Without certificates?</b>

    One outer element of the body, such as a wing or a bumper, is paid by your contract without papers of the police once a contract year, up to { $limit }. Hidden damage is not paid this way.
certificates-yes = Yes, one element, no papers
certificates-no = No, there will be papers
circumstances =
    <b>Was there any of this?</b>

    The insurer will ask anyway. Mark what there was: the event is passed on whatever you answer.
circumstances-none = None of this
circumstance-chosen = ✓ { $words }
circumstance-other-driver = Driven by somebody not in the policy
circumstance-intoxicated = Alcohol or strong medicine
circumstance-left-scene = Left the scene before it was noted
circumstance-off-road = Racing or off-road
circumstance-in-repair = The car was at a repair or a wash
circumstance-for-hire = Taxi, hire or delivery
circumstance-keys = Keys or papers were in the car
circumstance-alarm = The car was not locked
claim-circumstances-expects = Please mark what there was with the buttons. If nothing, tap “None of this”.
claim-compensation-osago =
    <b>Repair or money?</b>

    By law a passenger car is mostly repaired. Money is paid if the insurer agrees.
claim-compensation-kasko = <b>Repair or money?</b>
    Your contract leaves the choice to you.
compensation-repair = Repair
compensation-money = Money
claim-photos =
    <b>Photos and documents</b>

    Send what you have: the rest can follow later.
claim-phone = <b>Which phone shall we call?</b>
    Such as <code>+7 903 123-45-67</code>
claim-phone-expects = A phone is needed, such as <code>+7 903 123-45-67</code>.
claim-expects = Please choose an answer with a button.

claim-summary = <b>Check it before it goes</b>
claim-line-contract = <b>Policy</b>: { $said }
claim-line-event = <b>What</b>: { $said }
claim-line-when = <b>When</b>: { $said }
claim-line-time = <b>Time</b>: { $said }
claim-line-place = <b>Where</b>: { $said }
claim-line-story = <b>Story</b>: { $said }
claim-line-registration = <b>Registered</b>: { $said }
claim-line-cars = <b>Collided</b>: { $said }
claim-line-injured = <b>Injured</b>: { $said }
claim-line-insured = <b>Everybody has OSAGO</b>: { $said }
claim-line-dispute = <b>Dispute on the blame</b>: { $said }
claim-line-fixation = <b>Photos with the app</b>: { $said }
claim-line-participants = <b>Other cars</b>: { $said }
claim-line-certificates = <b>Without certificates</b>: { $said }
claim-line-circumstances = <b>Circumstances</b>: { $said }
claim-line-compensation = <b>Compensation</b>: { $said }
claim-line-photos = <b>Photos</b>: { $said }
claim-line-phone = <b>Phone</b>: { $said }
claim-photos-count = { $more ->
    [0] { $done } of { $all }
   *[other] { $done } of { $all }, beyond the list { $more }
 }
claim-glass = <b>Certificates</b>: none are needed for glass
claim-compensation-set = { $by ->
    [event] <b>Compensation</b>: { $form }, as always for a theft or a total loss
   *[contract] <b>Compensation</b>: { $form }, by your contract
 }
claim-edit-contract = Policy
claim-edit-event = What
claim-edit-when = When
claim-edit-time = Time
claim-edit-place = Where
claim-edit-story = Story
claim-edit-registration = Registered
claim-edit-cars = Collided
claim-edit-injured = Injured
claim-edit-insured = OSAGO
claim-edit-dispute = Dispute
claim-edit-fixation = App
claim-edit-participants = Other cars
claim-edit-certificates = Certificates
claim-edit-circumstances = Circumstances
claim-edit-compensation = Compensation
claim-edit-photos = Photos
claim-edit-phone = Phone
claim-to-contract = <b>To whom</b>: { $brand }, your contract is with us.
claim-to-guilty = <b>To whom</b>: { $brand }, your insurer, who answers for the culprit under OSAGO.
claim-to-direct = <b>To whom</b>: { $brand }, your insurer. Cars with OSAGO have collided and nobody is hurt: one turns to one’s own company.
claim-to-injured = <b>To whom</b>: the culprit’s insurer, for somebody is hurt. { $brand } takes your notice and tells you where to go with it.
claim-to-uninsured = <b>To whom</b>: the culprit’s insurer, for not everybody has OSAGO. { $brand } takes your notice and tells you where to go with it.
claim-to-alone = <b>To whom</b>: the culprit’s insurer, for no cars have collided. { $brand } takes your notice and tells you where to go with it.
claim-next = This is a draft. After you send it the insurer’s number comes here, and we tell you what comes next.
claim-send = Send to the insurer
claim-summary-expects = Please choose a button: what to change, or “Send to the insurer”.

error-bad-when = We could not read the day. Please write it like <code>yesterday 14:30</code> or <code>21.11.2026</code>.
error-when-ahead = That has not come yet. Please check day and time; if it was last year, write the year.
error-when-long-ago = That is more than ten years ago. Please check the year.
error-bad-time = We could not read the time. Please write it like <code>14:30</code>, or tap “I do not remember”.
error-empty-place = Words are needed: an address, a street, a road and its kilometre. Or a point on the map.
error-long-place = Too long: a place has to fit into { $limit } characters. Details belong to the story that comes next.
error-empty-story = Please tell in words what has happened.
error-long-story = The story does not fit: { $limit } characters in all. Your last message was not added, please write it shorter.
error-bad-plate = This is no plate. Please write it like <code>А123ВС77</code>, or tap “I do not know”.
error-bad-insurer = Please write the company’s name in words, or tap “I do not know”.
error-long-insurer = Too long: the name has to fit into { $limit } characters.
error-bad-other-policy = This is no number of a policy. Please write it like <code>ХХХ 0123456789</code>, or tap “I do not know”.
error-many-participants = More than ten cars do not fit here. Please describe the others in the story.
error-bad-contact-phone = This is no phone number. Please write it like <code>+7 903 123-45-67</code>.
