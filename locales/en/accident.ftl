accident-now = Accident now
accident =
    <b>An accident: what to do</b>

    1. Stop, switch on the hazard lights, put out the triangle: 15 m away in town, 30 m outside.
    2. Somebody is hurt: call <b>112</b>, help them, do not move the cars.
    3. Take photos of the whole scene with the plates, of the damage close up, of tracks and road signs.
    4. Nobody is hurt and you block the road: after the photos clear it.
    5. Note phones, plates and policies of the others, look for witnesses. Promise no money and take none.
    6. Decide whether to settle it yourselves or to call the police: “No police needed?” will tell.
accident-phones =
    <b>Phones</b>
    112: rescue, police and ambulance
    102: police · 103: ambulance
    { $phone }: the insurer ({ $hours })
accident-tow = { $tow }: tow truck
accident-commissioner = { $commissioner }: emergency commissioner
accident-here = <b>Place</b>: { $place }. Tell it when you call.
accident-report = Tell the insurer
accident-place-send = Send the place
accident-place-again = Change the place
accident-protocol = No police needed?
accident-steps = What to do
accident-expects = Please choose a button. A place can be sent as a point or in words: “Send the place”.
accident-where =
    <b>Where did it happen?</b>

    Tap “I am here” below, send a point on the map with the paper clip, or write it in words: an address, a road and its kilometre.
place-expects = A place is needed: the button “I am here” below, a point on the map, or words, such as <code>MKAD, km 34, outer side</code>.
accident-place-kept = The place is noted.
place-share = I am here
place-share-how = The button “I am here” below sends the place with one tap.
place-point = point { $latitude }, { $longitude }

accident-cars = <b>How many cars have collided?</b>
accident-cars-1 = One, mine
accident-cars-2 = Two
accident-cars-3 = Three or more
accident-injured = <b>Is anybody hurt?</b>
    A slight injury counts, and so do passengers and pedestrians.
accident-injured-no = Nobody
accident-injured-yes = Yes, somebody is
accident-insured = <b>Has everybody OSAGO?</b>
    Ask the other driver for the policy, or check it on the NSIS site by the plate.
accident-insured-yes = Yes, everybody
accident-insured-no = No, not everybody
accident-insured-unknown = I do not know yet
accident-dispute = <b>Do you disagree on who is to blame?</b>
    Or on which damage comes from this collision.
accident-dispute-no = We agree
accident-dispute-yes = We disagree
accident-fixation = <b>Do you take the photos with the app?</b>
    It sends them to the insurers with time and place: Gosuslugi Avto, Europrotocol online. A GLONASS device in the car counts, too.
accident-fixation-yes = Yes, with the app
accident-fixation-no = No
accident-edit-cars = Cars
accident-edit-injured = Injured
accident-edit-insured = Policies
accident-edit-dispute = Dispute
accident-edit-fixation = App
protocol-expects = Please choose an answer with a button.

protocol-agreed = ✅ <b>No police needed</b>: the europrotocol will do. Up to { $limit } is paid: you agree and use the app.
protocol-disputed = ✅ <b>No police needed</b>: the europrotocol will do. Up to { $limit } is paid: you disagree, but you use the app.
protocol-unfixed = ✅ <b>No police needed</b>: the europrotocol will do. Up to { $limit } is paid. If the damage may be greater, use the app: then it is 400 000 ₽.
protocol-vehicles = ❗ <b>The police are needed</b>: the europrotocol is for two cars that have collided.
protocol-injured = ❗ <b>The police are needed</b>: somebody is hurt. First call <b>112</b>.
protocol-insured = ❗ <b>The police are needed</b>: not everybody has OSAGO.
protocol-dispute = ❗ <b>The police are needed</b>: you disagree and do not use the app. If you begin to use it, they are not.
protocol-check-insured = Check the other driver’s policy: without their OSAGO the europrotocol will not be accepted.
protocol-open = You haven’t answered everything, so we can’t yet say if the police are needed. Tap the question you’ve skipped.
protocol-police = Call <b>102</b> and wait for the inspector. Without the papers the insurer cannot decide who pays what.
protocol-how =
    <b>What next</b>
    1. One form of notice for both: the front is filled in together and signed by both, the back by each alone. Or both sign in the app.
    2. Photograph the form on both sides and the damage, with time and place.
    3. Send your copy to your own insurer within <b>5 working days</b>: it can be done here.
    4. Do not repair the car for 15 days, public holidays not counted: it may be inspected.
protocol-anew = Answer again
