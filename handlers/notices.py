"""What one wants to be reminded of, when and by which way (H5): kinds, quiet hours, time zone, mail and SMS for what is urgent."""

from __future__ import annotations

import re
from dataclasses import replace

from fsm.flow import Rejected
from handlers.reminder_words import title_of
from handlers.room import Room
from handlers.screen import Button, Row, Screen
from handlers.texts import Texts
from handlers.turn import Turn
from services.consent import MARKETING
from services.model import Access
from services.reminders import Choices, Kind, zone_of_city

GROUPS: dict[str, tuple[Kind, ...]] = {
    "renewal": (Kind.RENEWAL,),
    "payments": (Kind.APPLICATION, Kind.INSTALMENT, Kind.DEDUCTIBLE),
    "claims": (Kind.CLAIM, Kind.DOCUMENTS),
    "dates": (Kind.CARD, Kind.LICENCE, Kind.PLATE, Kind.RULES),
}
"""What is switched together. Offers are a consent of their own, one's own notes are always said."""
QUIET = ((21, 9), (22, 8), (23, 7), (20, 10))
"""Quiet hours that are one tap away: from, to."""
MOST = 6
"""Stopped reminders that are named."""
LOUD = 6
"""Hours a day that have to be left for reminders."""
ZONES = {
    "kaliningrad": "Europe/Kaliningrad",
    "moscow": "Europe/Moscow",
    "samara": "Europe/Samara",
    "yekaterinburg": "Asia/Yekaterinburg",
    "omsk": "Asia/Omsk",
    "krasnoyarsk": "Asia/Krasnoyarsk",
    "irkutsk": "Asia/Irkutsk",
    "yakutsk": "Asia/Yakutsk",
    "vladivostok": "Asia/Vladivostok",
    "magadan": "Asia/Magadan",
    "kamchatka": "Asia/Kamchatka",
}
"""A city of each of Russia's eleven times of the day."""
HALVES = {"утра": 0, "am": 0, "дня": 12, "вечера": 12, "pm": 12}
"""What is said beside an hour of twelve, and the hours it adds."""
NIGHT = "ночи"
"""Said of both ends of the night."""
HOUR = rf"([0-9]{{1,2}})(?:[:.]00)?\s*({'|'.join(HALVES)}|{NIGHT})?"
TYPED = re.compile(rf"(?:с|со|from)?\s*{HOUR}(?:\s*(?:-|–|—|до|to|по)\s*|\s){HOUR}")

room = Room("notices", needs=Access.BOUND, back="settings")
quiet = Room("quiet-hours", needs=Access.BOUND, back="notices")
zone = Room("time-zone", needs=Access.BOUND, back="notices")


@room.screen
async def show_notices(turn: Turn) -> Screen:
    t, reminders = turn.t, turn.cabinet.reminders
    wanted = await reminders.choices(turn.unit, turn.actor)
    offers = await turn.cabinet.consents.given(turn.unit, turn.actor, MARKETING)
    stopped = (await reminders.stopped(turn.unit, turn.actor))[:MOST]
    ways = t.plain(f"notices-channel-{ways_of(wanted)}")
    text = t("notices", quiet=hours_of(t, wanted), zone=t.plain(city_of(wanted)), channels=ways)
    if stopped:
        titles = "; ".join([await title_of(turn, cause) for cause in stopped])
        text = t("notices-stopped", text=text, titles=titles)
    switches = [Button(switch(t, group, not off(wanted, group)), "kind", group) for group in GROUPS]
    return Screen(
        text,
        [
            switches[:2],
            switches[2:],
            [Button(switch(t, "offers", bool(offers)), "consents")],
            [
                Button(labelled(t, t.plain("notices-mail"), wanted.mail), "by", "mail"),
                Button(labelled(t, t.plain("notices-sms"), wanted.sms), "by", "sms"),
            ],
            [Button(t.plain("notices-quiet"), "quiet-hours"), Button(t.plain("notices-zone"), "time-zone")],
            [Button(t.plain("notices-resume"), "resume")] if stopped else [],
        ],
    )


def switch(t: Texts, group: str, on: bool) -> str:
    return labelled(t, t.plain(f"notices-group-{group}"), on)


def labelled(t: Texts, what: str, on: bool) -> str:
    return t.plain("notices-on" if on else "notices-off", what=what)


def off(wanted: Choices, group: str) -> bool:
    """Is all of it switched off?"""
    return set(GROUPS[group]) <= set(wanted.off)


def hours_of(t: Texts, wanted: Choices) -> str:
    """`с 21:00 до 9:00`, or that there are none."""
    if wanted.quiet_from == wanted.quiet_to:
        return t.plain("notices-quiet-none")
    return t.plain("notices-quiet-from", since=str(wanted.quiet_from), till=str(wanted.quiet_to))


def city_of(wanted: Choices) -> str:
    """The key of its city's name; a zone of another country's, which nobody chose here, is Moscow's."""
    return f"zone-{next((city for city, name in ZONES.items() if name == wanted.zone), 'moscow')}"


def ways_of(wanted: Choices) -> str:
    """How what is urgent comes when the chat is shut, as a word."""
    return {(True, True): "both", (True, False): "mail", (False, True): "sms"}.get((wanted.mail, wanted.sms), "none")


@room.tap("kind")
async def switch_kind(turn: Turn, group: str) -> None:
    """On or off, all of a group."""
    if group not in GROUPS:
        return
    wanted = await turn.cabinet.reminders.choices(turn.unit, turn.actor)
    kinds = set(GROUPS[group])
    silent = set(wanted.off) - kinds if off(wanted, group) else set(wanted.off) | kinds
    await keep(turn, replace(wanted, off=frozenset(silent)))


@room.tap("by")
async def switch_channel(turn: Turn, channel: str) -> None:
    """For what is urgent, when the chat cannot be written to."""
    wanted = await turn.cabinet.reminders.choices(turn.unit, turn.actor)
    if channel == "mail":
        await keep(turn, replace(wanted, mail=not wanted.mail))
    elif channel == "sms":
        await keep(turn, replace(wanted, sms=not wanted.sms))


@room.tap("resume")
async def resume(turn: Turn, _: str) -> None:
    """Everything that was stopped is reminded of again."""
    await turn.cabinet.reminders.resume(turn.unit, turn.actor)
    turn.toast("notices-saved")


async def keep(turn: Turn, wanted: Choices) -> None:
    await turn.cabinet.reminders.choose(turn.unit, turn.actor, wanted)
    turn.toast("notices-saved")


@quiet.screen
async def show_quiet(turn: Turn) -> Screen:
    t = turn.t
    wanted = await turn.cabinet.reminders.choices(turn.unit, turn.actor)
    hours = [Button(f"{since}–{till}", "hours", f"{since}-{till}") for since, till in QUIET]
    rows: list[Row] = [hours[:2], hours[2:], [Button(t.plain("quiet-hours-none"), "hours", "0-0")]]
    return Screen(t("quiet-hours", quiet=hours_of(t, wanted)), rows)


@quiet.tap("hours")
async def choose_hours(turn: Turn, hours: str) -> None:
    await set_hours(turn, hours)


@quiet.text
async def type_hours(turn: Turn, text: str) -> None:
    await set_hours(turn, text)


async def set_hours(turn: Turn, text: str) -> None:
    """`22-8`, `с 10 вечера до 8 утра`; the same hour twice: none. Raises Rejected."""
    found = TYPED.fullmatch(" ".join(text.casefold().split()))
    since, till = (hour_of(found[1], found[2]), hour_of(found[3], found[4])) if found else (-1, -1)
    if min(since, till) < 0:
        raise Rejected("bad-hours")
    if (
        till - since if till > since else (till - since) % 24
    ) > 24 - LOUD:  # from 0 to 24 is a whole day, not none of it
        raise Rejected("long-quiet")
    wanted = await turn.cabinet.reminders.choices(turn.unit, turn.actor)
    await keep(turn, replace(wanted, quiet_from=since % 24, quiet_to=till % 24))
    turn.go("notices")


def hour_of(number: str, half: str | None) -> int:
    """From 0 to 24; -1 for what is no hour."""
    hour = int(number)
    if half == NIGHT:
        half = "вечера" if 9 <= hour < 12 else "утра"
    if half and hour <= 12:
        return hour % 12 + HALVES[half]
    return hour if hour <= 24 else -1


@zone.screen
async def show_zone(turn: Turn) -> Screen:
    t = turn.t
    wanted = await turn.cabinet.reminders.choices(turn.unit, turn.actor)
    cities = [Button(t.plain(f"zone-{city}"), "city", city) for city in ZONES]
    rows: list[Row] = [cities[at : at + 2] for at in range(0, len(cities), 2)]
    return Screen(t("time-zone", zone=t.plain(city_of(wanted))), rows)


@zone.tap("city")
async def choose_city(turn: Turn, city: str) -> None:
    if name := ZONES.get(city):
        wanted = await turn.cabinet.reminders.choices(turn.unit, turn.actor)
        await keep(turn, replace(wanted, zone=name, chosen=True))
        turn.go("notices")


@zone.text
async def type_city(turn: Turn, text: str) -> None:
    """Any city, or the difference from Moscow. Raises Rejected."""
    if not (name := zone_of_city(text)):
        raise Rejected("unknown-city")
    wanted = replace(await turn.cabinet.reminders.choices(turn.unit, turn.actor), zone=name, chosen=True)
    await turn.cabinet.reminders.choose(turn.unit, turn.actor, wanted)
    turn.note("time-zone-saved", zone=turn.t.plain(city_of(wanted)))
    turn.go("notices")
