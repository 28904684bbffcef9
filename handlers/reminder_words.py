"""What a reminder says: what, until when, what happens otherwise, what to do. Nothing but masked data: the binding alone opens it (A4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from handlers import format as show
from handlers.policies import YEAR
from handlers.texts import Html, Texts
from handlers.turn import Turn
from services.errors import NotFound
from services.model import Policy
from services.prolongation import prolongable
from services.prolongation.rules import MIN_LEAD_DAYS, PROLONGED, window_of
from services.reminders import Cause, Kind, Reminder
from services.reminders.values import INSPECTION

Values = dict[str, Any]
OFFICE = "office"
"""The word of a renewal that is a person's work."""
LAPSED = "lapsed"
"""The word of days of grace that are over."""
LATE = (Kind.INSTALMENT, Kind.DEDUCTIBLE)
"""What is spoken of after its day, too: how long ago that was."""
SLOTS = 4
"""Papers that are named one by one."""


def dated(t: Texts, day: date) -> str:
    """`05.12.2026, суббота`."""
    return t.plain("remind-day", day=show.day(day), weekday=f"w{day.weekday()}")


def left(t: Texts, day: date, today: date) -> str:
    """`через 4 дня`; that a day is over is said of `LATE` alone, so the least is today."""
    return t.plain("remind-left", days=max(0, (day - today).days))


def word_of(turn: Turn, cause: Cause) -> str:
    """The word of its texts: the kind, but for days of grace that are over (money is counted by Moscow's date), an appointment, and a
    contract that a person prolongs.
    """
    if cause.kind is Kind.GRACE and cause.day < turn.today:
        return LAPSED
    if cause.kind is Kind.RENEWAL and cause.product != PROLONGED:
        return OFFICE
    return INSPECTION if cause.at else cause.kind


def thing_of(t: Texts, cause: Cause) -> str:
    """`ОСАГО, Kia Rio, А123**777`: the plate masked, a person's name left out."""
    parts = (t.plain(f"product-{cause.product}"), YEAR.sub("", cause.object), show.masked_plate(cause.plate))
    return ", ".join(part for part in parts if part)


def entry_day(cause: Cause, today: date) -> date | None:
    """The day it has in a calendar: its own, or while that is over the end of the days of grace; None: all is over."""
    return next((day for day in (cause.day, cause.grace) if day and day >= today), None)


async def values_of(turn: Turn, cause: Cause) -> Values:
    """What the texts of this cause may name."""
    t = turn.t
    values: Values = {
        "day": dated(t, cause.day),
        "object": thing_of(t, cause) if cause.product and not cause.claim else "",
        "amount": show.money(cause.amount) if cause.amount is not None else "",
        "number": await number_of(turn, cause),
        "until": show.soon(cause.until, turn.unit.now) if cause.until else "",
        "text": cause.words if cause.kind is Kind.NOTE else "",
        "name": cause.words if cause.kind is Kind.LICENCE else "",
    }
    return values


async def number_of(turn: Turn, cause: Cause) -> str:
    """Of the claim or the application it is about, as people see it; empty for the rest. Raises NotFound."""
    if cause.claim:
        return (await turn.cabinet.claims.one(turn.unit, turn.actor, cause.claim)).shown
    if cause.application:
        it, _ = await turn.cabinet.prolongation.application(turn.unit, turn.actor, cause.application)
        return it.core_number or it.number
    return cause.number


async def told(turn: Turn, it: Reminder, today: date) -> Html:
    """The lines of one reminder, with days counted from `today`. Raises NotFound when what it is about is not there any more."""
    day = it.cause.day
    late = day < today and it.cause.kind in LATE
    when = turn.t.plain("remind-ago", days=(today - day).days) if late else left(turn.t, day, today)
    return await TOLD[it.cause.kind](turn, it.cause, await values_of(turn, it.cause) | {"when": when, "late": late})


async def title_of(turn: Turn, cause: Cause) -> str:
    """One line without markup: for a calendar, and for what was stopped. Raises NotFound."""
    t, values = turn.t, await values_of(turn, cause)
    match cause.kind:
        case Kind.INSTALMENT:
            return t.plain("remind-title-instalment", object=values["object"], amount=values["amount"])
        case Kind.GRACE:
            return t.plain("remind-title-grace", object=values["object"], amount=values["amount"])
        case Kind.DEDUCTIBLE:
            return t.plain("remind-title-deductible", number=values["number"], amount=values["amount"])
        case Kind.CLAIM | Kind.DOCUMENTS:
            return t.plain(f"remind-title-{word_of(turn, cause)}", number=values["number"])
        case Kind.LICENCE:
            return t.plain("remind-title-licence", name=values["name"])
        case Kind.NOTE:
            return cause.words
        case _:
            return t.plain(f"remind-title-{cause.kind}", object=values["object"])


async def renewal(turn: Turn, cause: Cause, values: Values) -> Html:
    """With the price of the new one, when the insurer has named it, and the days without cover that threaten (D6)."""
    t = turn.t
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, cause.policy)
    parts = [t("remind-renewal", object=values["object"], left=values["when"], day=values["day"])]
    if not prolongable(policy, turn.today):
        return Html("\n".join([*parts, t("remind-renewal-office")]))
    window = window_of(policy, turn.today)
    if window.gap:
        parts.append(t("remind-renewal-gap", starts=show.day(window.starts)))
    else:
        parts.append(t("remind-renewal-soon", by=show.day(date.fromordinal(policy.ends.toordinal() - MIN_LEAD_DAYS))))
    return Html("\n".join([*parts, *await quoted(turn, policy)]))


async def quoted(turn: Turn, policy: Policy) -> list[Html]:
    """The price, the term, and who drives: first names and an initial."""
    t = turn.t
    quote = await turn.cabinet.quotes.of(turn.unit, turn.actor.client_id or "", policy.core_id, turn.today)
    if quote is None:
        return []
    names = ", ".join(f"{it.name.first} {it.name.last[:1]}." for it in quote.drivers)
    price, starts, ends = show.money(quote.price), show.day(quote.starts), show.day(quote.ends)
    return [
        t("remind-quote", price=price, starts=starts, ends=ends),
        t("remind-quote-drivers", names=names) if names else t("remind-quote-unlimited"),
    ]


async def application(turn: Turn, cause: Cause, values: Values) -> Html:
    return turn.t(
        "remind-application",
        number=values["number"],
        object=values["object"],
        price=values["amount"],
        until=values["until"],
    )


async def instalment(turn: Turn, cause: Cause, values: Values) -> Html:
    """What comes of being late, as far as it is known: the contract waits for the first (ГК 957); after another there may be days of grace
    by the rules it follows; else the contract itself says it (ГК 954).
    """
    t, late = turn.t, "-late" if values["late"] else ""
    said = t(f"remind-instalment{late}", **{name: values[name] for name in ("object", "amount", "day", "when")})
    if cause.grace and cause.ends:
        then = t(f"remind-instalment{late}-grace", grace=show.day(cause.grace), ends=show.day(cause.ends))
    else:
        then = t(f"debt-why-{cause.words}")
    return Html(f"{said}\n{then}")


async def grace(turn: Turn, cause: Cause, values: Values) -> Html:
    """The last days on which paying still keeps the contract, and what is known once they are over."""
    what = {name: values[name] for name in ("object", "amount", "when")}
    ends = show.day(cause.ends or cause.day)
    return turn.t(f"remind-{word_of(turn, cause)}", day=show.day(cause.day), ends=ends, **what)


async def deductible(turn: Turn, cause: Cause, values: Values) -> Html:
    key = "remind-deductible-late" if values["late"] else "remind-deductible"
    return turn.t(key, **{name: values[name] for name in ("number", "amount", "day", "when")})


async def claim(turn: Turn, cause: Cause, values: Values) -> Html:
    t, number, when, day = turn.t, values["number"], values["when"], values["day"]
    if cause.at is None:
        return t("remind-claim", number=number, left=when, day=day, what=t(f"watch-{cause.words}"))
    there = (await turn.cabinet.claims.one(turn.unit, turn.actor, cause.claim)).said.inspection
    address = there.address if there else ""
    return t("remind-inspection", number=number, left=when, day=day, at=show.clock(cause.at), address=address)


async def documents(turn: Turn, cause: Cause, values: Values) -> Html:
    titles = cause.words.split("\n")
    slots = Html("\n".join(f"• {turn.t.escape(title)}" for title in titles[:SLOTS]) + ("\n• …" * (len(titles) > SLOTS)))
    return turn.t("remind-documents", number=values["number"], slots=slots, day=values["day"], left=values["when"])


async def card(turn: Turn, cause: Cause, values: Values) -> Html:
    return turn.t("remind-card", object=values["object"], left=values["when"], day=values["day"])


async def licence(turn: Turn, cause: Cause, values: Values) -> Html:
    return turn.t("remind-licence", name=values["name"], left=values["when"], day=values["day"])


async def plate(turn: Turn, cause: Cause, values: Values) -> Html:
    return turn.t("remind-plate", object=values["object"])


async def rules(turn: Turn, cause: Cause, values: Values) -> Html:
    return turn.t("remind-rules", object=values["object"], edition=cause.words)


async def note(turn: Turn, cause: Cause, values: Values) -> Html:
    """The client's own words, and what they are about."""
    about = await about_of(turn, "policy" if cause.policy else "claim", cause.policy or cause.claim)
    if about:
        return turn.t("remind-note-about", text=cause.words, about=about)
    return turn.t("remind-note", text=cause.words)


async def offer(turn: Turn, cause: Cause, values: Values) -> Html:
    return turn.t("remind-offer", object=values["object"], ended=show.day(cause.day))


TOLD: dict[Kind, Callable[[Turn, Cause, Values], Awaitable[Html]]] = {
    Kind.RENEWAL: renewal,
    Kind.APPLICATION: application,
    Kind.INSTALMENT: instalment,
    Kind.GRACE: grace,
    Kind.DEDUCTIBLE: deductible,
    Kind.CLAIM: claim,
    Kind.DOCUMENTS: documents,
    Kind.CARD: card,
    Kind.LICENCE: licence,
    Kind.PLATE: plate,
    Kind.RULES: rules,
    Kind.NOTE: note,
    Kind.OFFER: offer,
}


async def about_of(turn: Turn, about: str, row: int) -> str:
    """A contract or a claim in words; empty for none, or when it is not there any more."""
    try:
        if row and about == "policy":
            policy = await turn.cabinet.policies.card(turn.unit, turn.actor, row)
            shown = policy.object if policy.object_kind == "vehicle" else ""
            parts = (turn.t.plain(f"product-{policy.product}"), YEAR.sub("", shown), show.masked_plate(policy.plate))
            return ", ".join(part for part in parts if part)
        if row and about == "claim":
            found = await turn.cabinet.claims.one(turn.unit, turn.actor, row)
            return turn.t.plain("note-about-claim", number=found.shown)
    except NotFound:
        pass
    return ""
