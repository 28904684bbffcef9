"""What people call months and days of the week, in Russian and English."""

from __future__ import annotations

MONTHS = [
    "январь января january",
    "февраль февраля february",
    "март марта march",
    "апрель апреля april",
    "май мая may",
    "июнь июня june",
    "июль июля july",
    "август августа august",
    "сентябрь сентября september",
    "октябрь октября october",
    "ноябрь ноября november",
    "декабрь декабря december",
]
WEEKDAYS = [
    "понедельник пн monday mon",
    "вторник вт tuesday tue",
    "среда среду ср wednesday wed",
    "четверг чт thursday thu",
    "пятница пятницу пт friday fri",
    "суббота субботу сб saturday sat",
    "воскресенье вс sunday sun",
]


def month_of(word: str) -> int:
    """From 1, by the month's name or a beginning of it of three letters and more; 0 for other words."""
    return next((n for n, names in enumerate(MONTHS, 1) if any(it.startswith(word) for it in names.split())), 0)


def weekday_of(word: str) -> int | None:
    """From 0 for Monday, by a whole name or its usual short form; None for other words."""
    return next((n for n, names in enumerate(WEEKDAYS) if word in names.split()), None)
