calendar-month = { $month ->
    [m1] January
    [m2] February
    [m3] March
    [m4] April
    [m5] May
    [m6] June
    [m7] July
    [m8] August
    [m9] September
    [m10] October
    [m11] November
   *[m12] December
 }
calendar-weekdays = Mo Tu We Th Fr Sa Su
calendar-today = Today, { $day }
calendar-bounds = You can choose a day from { $first } to { $last }.
