button-offices = Offices
offices =
    <b>Offices</b>

    Choose a city or type it, for example <code>Kazan</code>. Or send your location (paper clip, “Location”) and we’ll show the nearest ones.
offices-none =
    <b>Offices</b>

    There are no addresses here yet. Call us and we’ll tell you: <b>{ $phone }</b> ({ $hours }).
offices-choose = <b>Which office?</b>
offices-not-found = We found no office in “{ $city }”. Try another spelling, for example <code>Kazan</code>, or choose a city from the list.
offices-expects = Type a city, for example <code>Kazan</code>, send your location, or choose with a button.
offices-cities = Another city
offices-others = Another office
office-away = { $km } km · { $office }
office =
    <b>{ $city }</b>, { $address }

    { $hours }
    Phone: <b>{ $phone }</b>
office-title = Office of { $brand }
office-map = Show on the map
