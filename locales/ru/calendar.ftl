calendar-month = { $month ->
    [m1] январь
    [m2] февраль
    [m3] март
    [m4] апрель
    [m5] май
    [m6] июнь
    [m7] июль
    [m8] август
    [m9] сентябрь
    [m10] октябрь
    [m11] ноябрь
   *[m12] декабрь
 }
calendar-weekdays = Пн Вт Ср Чт Пт Сб Вс
calendar-today = Сегодня, { $day }
calendar-bounds = Можно выбрать день с { $first } по { $last }.
