button-done = Done

prolongation =
    <b>OSAGO renewal</b>
    { $object }, policy { $number }
prolongation-term = New term: <b>{ $starts } – { $ends }</b>
prolongation-gap =
    ⚠️ From { $first } to { $last } you will have no cover: the present policy ends on { $ends }, and a new one cannot start earlier. Driving on these days is fined. If you need the car, tap “Human”.
prolongation-gap-day =
    ⚠️ On { $first } you will have no cover: the present policy ends on { $ends }, and a new one cannot start earlier. Driving on this day is fined. If you need the car, tap “Human”.
prolongation-drivers = <b>Who will drive</b>
prolongation-driver = • { $name }, licence { $licence }, driving since { $since }
prolongation-unlimited = • Anyone with a licence
prolongation-use = <b>When the car is in use</b>: { $periods }
prolongation-whole = the whole year
prolongation-card = <b>Diagnostic card</b>: { $number }, until { $until }
prolongation-no-card = <b>Diagnostic card</b>: none, a policy does not need it
prolongation-fixed = The policyholder, the owner and the car stay the same. An office can change them.
prolongation-check = All correct, get the price
prolongation-edit-drivers = Drivers
prolongation-edit-use = Periods
prolongation-edit-card = Diagnostic card
prolongation-expects = Choose a button: what to change, or “All correct, get the price”.
prolongation-begun =
    <b>A renewal is already begun</b>
    { $object }

    Go on where you stopped, or begin anew? If you begin anew, your changes are lost.
draft-continue = Continue
draft-anew = Begin anew

drivers = <b>Who will drive</b>
drivers-none =
    <b>Who will drive</b>

    Nobody yet. Add a driver or choose “Anyone”.
drivers-add = Add a driver
drivers-unlimited = Anyone
drivers-edit = { $number }. { $name }
drivers-remove = Remove { $number }
prolongation-drivers-expects = Choose a driver or add a new one. When the list is right, tap “Done”.

driver-name =
    <b>New driver</b>

    Type surname, first name and patronymic, for example <code>Петрова Анна Сергеевна</code>. No patronymic: surname and first name only.
driver-birth = Date of birth of the driver ({ $name }), for example <code>15.03.1990</code>
driver-sex = { $name }: male or female?
driver-licence = Series and number of the driver’s licence, for example <code>99 12 345678</code>
driver-licence-foreign = Number of the foreign licence as printed, for example <code>AB 123456</code>
driver-since = Since when has the driver had a licence? The date from line 14, or only the year, for example <code>20.05.2012</code> or <code>2012</code>
driver-summary =
    <b>Check the driver</b>

    { $name }
    Born: { $birth }
    Sex: { $sex }
    Licence: { $licence }
    Driving since { $since }
sex-male = Male
sex-female = Female
licence-foreign = Licence of another country
licence-ru = Russian licence
driver-add = Add
driver-save = Save
driver-drop = Do not add
item-unchanged = Leave as it was
driver-edit-name = Name
driver-edit-birth = Date of birth
driver-edit-sex = Sex
driver-edit-licence = Licence
driver-edit-since = Driving since
prolongation-name-expects = Please type surname, first name and patronymic, for example <code>Петрова Анна Сергеевна</code>.
prolongation-birth-expects = Please type a date of birth, for example <code>15.03.1990</code>.
prolongation-sex-expects = Please choose a button.
prolongation-licence-expects = Please type series and number, for example <code>99 12 345678</code>. Photos cannot be read here.
prolongation-since-expects = Please type a date or a year, for example <code>2012</code>.
prolongation-summary-expects = Choose a button: what to change or what to confirm.

periods =
    <b>When the car is in use</b>
    { $periods }

    One to three periods between { $starts } and { $ends }, together at least three months. Outside of them the policy gives no cover.
periods-add = Add a period
periods-year = The whole year
periods-remove = Remove { $period }
period-first = From which day? Choose it in the calendar or type a date between { $starts } and { $ends }.
period-last = From { $first }, up to which day? Choose it in the calendar or type a date not after { $ends }.
prolongation-periods-expects = Add a period or choose “The whole year”.
prolongation-first-expects = Please type a date, for example <code>01.05.2027</code>, or choose a day in the calendar.
prolongation-last-expects = Please type a date, for example <code>30.09.2027</code>, or choose a day in the calendar.

card =
    <b>Diagnostic card</b>

    A policy does not need it, but the insurer looks at it after an accident.
card-add = Add a card
card-edit = Change the card
card-remove = No card
card-kind = Which document?
card-kind-card = Diagnostic card
card-kind-international = International certificate
card-number = Number of the document: 15 digits, 21 on older cards
card-issued = When was it issued? Choose a day or type it, for example <code>10.02.2026</code>
card-until = Until which day is it valid? Choose a day or type it, for example <code>10.02.2027</code>
card-summary =
    <b>Check the document</b>

    { $kind }
    Number: { $number }
    Issued { $issued }, valid until { $until }
card-save = Save
card-edit-kind = Document
card-edit-number = Number
card-edit-issued = Date of issue
card-edit-until = Valid until
prolongation-card-expects = Choose a button. The card is optional: “Done” is fine.
prolongation-kind-expects = Please choose the document by a button.
prolongation-number-expects = Please type the number: 15 or 21 digits.
prolongation-issued-expects = Please type the date of issue, for example <code>10.02.2026</code>.
prolongation-until-expects = Please type the last day, for example <code>10.02.2027</code>.

error-too-early = You can renew from { $opens } on. The insurer takes no application earlier.
error-not-prolongable = This policy cannot be renewed in the chat. Tap “Human” or call <b>{ $phone }</b> ({ $hours }).
error-already-prolonged = This renewal is being made from another chat. Please open the policy once more.
error-bad-name = We could not read the name. Please type surname, first name and patronymic, for example <code>Петрова Анна Сергеевна</code>.
error-bad-birth = We could not read the date. Please type it like this: <code>15.03.1990</code>.
error-bad-licence = A licence has 10 characters: 4 of the series and 6 of the number, for example <code>99 12 345678</code>. If it is of another country, tap the button below.
error-bad-licence-foreign = Please type the number as printed: 5 to 20 Latin letters and digits, for example <code>AB 123456</code>.
error-bad-since = We could not read the date. Please type the day or only the year, for example <code>20.05.2012</code> or <code>2012</code>.
error-driver-born-ahead = This date has not come yet. Please check the year of birth.
error-driver-not-adult = A driver must be 18 on the first day of the policy. Please check the year of birth.
error-driver-too-old = That makes over 100 years. Please check the year of birth.
error-driver-licensed-ahead = This date has not come yet. If the licence is of this year, type the exact day, for example <code>20.05.2026</code>.
error-driver-licensed-after-start = The licence is younger than the policy. Type the exact day, or add the driver once they have it.
error-driver-licensed-too-early = That would be a licence before the age of 16. Please check the year of birth and the date.
error-driver-same-licence = A driver with this licence is on the list already. Check the number or go back.
error-driver-same-person = This driver is on the list already. Check the data or go back.
error-many-drivers = No more than ten drivers fit. Choose “Anyone” or remove somebody.
error-no-drivers = Add at least one driver or choose “Anyone”.
error-many-periods = No more than three periods are possible. Remove one to add another.
error-period-order = The end is before the beginning. Choose a day that is not earlier than the first one.
error-period-outside = This day is outside the term of the policy. Choose one inside it.
error-period-overlap = This period overlaps another one. Choose other days or remove that period.
error-short-use = All periods together must last at least three months. Add one or choose “The whole year”.
error-bad-day = We could not read the date. Type it like <code>01.05.2027</code> or choose a day in the calendar.
error-bad-card = The number has 15 digits, 21 on older cards. Please check it.
error-card-future = The date of issue has not come yet. Please check it.
error-card-order = The card would end before it was issued. Please check the dates.
error-card-over = This card is not valid any more. You can renew without it: “Back” and “No card”.
