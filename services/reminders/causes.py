"""What a client is to be reminded of, from what is known today: pure, no database (H1–H4).

A cause that is not returned has gone: paid, renewed, told, closed, or over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services.applications import Application, Stage
from services.claims.values import Claim, State
from services.clock import MOSCOW
from services.deadlines import Deadlines
from services.deadlines.calendar import CalendarMissing
from services.deadlines.claims import to_report
from services.deadlines.table import Unit as Counted
from services.debts import Debt
from services.debts import Kind as Owed
from services.model import Driver, Policy, Standing
from services.reminders.values import INSPECTION, Cause, Kind, Note

DAY = timedelta(days=1)
PLATE_DAYS = 3
"""Working days in which the number of a newly registered car is told to the insurer (837-П, 4.13)."""
PAPERS_DAYS = 10
"""Working days for papers the insurer has asked for, when it has named no day: our own rule, so that a case does not lie."""
RENEWING = (Stage.SAVING, Stage.SAVED, Stage.PAID, Stage.ISSUED)
"""The client has agreed to the price: from now on the application itself is reminded of, not the end of the old contract."""
NEVER_RENEWED = ("trip",)
ONGOING = (Standing.ACTIVE, Standing.FUTURE, Standing.UNPAID)
STILL_TO_DO = ("report-theft-written",)
"""What a client has to do after the insurer was notified of the event: the notice itself has gone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one client. `policies` also those that have ended lately; `rules`: by our number of a contract, the edition that
    has replaced another and the day it was heard of; `offers`: somebody has agreed to be offered something (38-ФЗ art. 18).
    """

    policies: Sequence[Policy] = ()
    applications: Sequence[Application] = ()
    debts: Sequence[Debt] = ()
    claims: Sequence[Claim] = ()
    notes: Sequence[Note] = ()
    rules: Sequence[tuple[int, str, date]] = ()
    offers: bool = False


def causes_of(facts: Facts, deadlines: Deadlines, now: datetime) -> list[Cause]:
    """Everything that stands at this moment, one of each series."""
    today = now.astimezone(MOSCOW).date()
    found: list[Cause] = []
    for policy in facts.policies:
        found += _of_policy(policy, facts, deadlines, today)
    for debt in facts.debts:
        found += _of_debt(debt, facts.policies)
    for claim in facts.claims:
        found += of_claim(claim, deadlines)
    found += (_of_note(note) for note in facts.notes)
    standing = [it for it in found if it.told_until >= today and (it.until or it.at or now + DAY) > now]
    return list({it.series: it for it in sorted(standing, key=lambda it: it.day, reverse=True)}.values())


def _of_policy(policy: Policy, facts: Facts, deadlines: Deadlines, today: date) -> Iterable[Cause]:
    standing = policy.standing(today)
    followed = any(_follows(other, policy, today) for other in facts.policies)
    going = any(it.policy_core_id == policy.core_id and it.stage in RENEWING for it in facts.applications)
    renewable = policy.object_kind not in NEVER_RENEWED
    if standing is Standing.ACTIVE and renewable and not followed and not going:
        yield _about(policy, Kind.RENEWAL, policy.ends, thing=f"policy:{policy.id}", since=policy.starts)
    if standing is Standing.ENDED and renewable and not followed and not going and facts.offers:
        yield _about(policy, Kind.OFFER, policy.ends, thing=f"policy:{policy.id}")
    if standing not in (Standing.ACTIVE, Standing.FUTURE):
        return
    yield from dates_of(policy, deadlines)
    for row, edition, day in facts.rules:
        if row == policy.id and edition == policy.rules:
            yield _about(policy, Kind.RULES, day, f"{policy.id}:{edition}", words=edition)


def dates_of(policy: Policy, deadlines: Deadlines) -> Iterable[Cause]:
    """What a contract in force has in its card, whatever else the client has: a plate not yet told, ends of papers."""
    if policy.product == "osago" and policy.object_kind == "vehicle" and not policy.plate:
        yield _about(policy, Kind.PLATE, _working(deadlines, policy.starts, PLATE_DAYS))
    if policy.card_until:
        yield _about(policy, Kind.CARD, policy.card_until)
    for driver in policy.drivers:
        if driver.until:
            yield _about(
                policy, Kind.LICENCE, driver.until, f"{policy.id}:{driver_key(driver)}", words=driver.name.first
            )


def driver_key(driver: Driver) -> str:
    """Tells the drivers of one contract apart, and names nobody: the end of a licence, and its last two digits."""
    return f"{driver.until:%Y%m%d}{driver.licence[-2:]}"


def of_claim(claim: Claim, deadlines: Deadlines) -> Iterable[Cause]:
    """The client's own deadlines of a claim: what is to be reported, shown and sent."""
    if claim.over:
        return
    common: dict[str, Any] = {"claim": claim.id, "number": claim.shown, "product": claim.product}
    for it in to_report(deadlines, claim.product, claim.event, claim.happened_on):
        if it.last and it.key in STILL_TO_DO:
            subject = f"{claim.id}:{it.key}"
            yield Cause(Kind.CLAIM, subject, it.last.due, f"claim:{subject}", words=it.key, **common)
    seen = claim.said.inspection
    if claim.state is State.INSPECTION and seen:
        subject, day = f"{claim.id}:{INSPECTION}", seen.at.astimezone(MOSCOW).date()
        yield Cause(Kind.CLAIM, subject, day, f"claim:{subject}", words=INSPECTION, at=seen.at, **common)
    if claim.state is State.CLARIFICATION and claim.said.wanted:
        titles = "\n".join(it.title for it in claim.said.wanted)
        subject, asked = str(claim.id), _asked(claim)
        day = claim.said.wanted_by or _working(deadlines, asked, PAPERS_DAYS)
        yield Cause(Kind.DOCUMENTS, subject, day, f"documents:{subject}", words=titles, **common)


def _of_debt(debt: Debt, policies: Sequence[Policy]) -> Iterable[Cause]:
    """A sum to pay, and the end of the days of grace after its day, where the contract's rules give some."""
    policy = next((it for it in policies if it.id == debt.policy_id), None)
    common: dict[str, Any] = {"policy": debt.policy_id, "amount": debt.amount} | (_named(policy) if policy else {})
    subject, thing, row = debt.subject, str(debt.purpose), debt.purpose.row
    match debt.kind:
        case Owed.APPLICATION:
            thing = f"policy:{debt.policy_id}"
            yield Cause(Kind.APPLICATION, subject, debt.due, thing, until=debt.until, application=row, **common)
        case Owed.DEDUCTIBLE:
            yield Cause(Kind.DEDUCTIBLE, subject, debt.due, thing, claim=row, **common)
        case Owed.INSTALMENT:
            words, late = debt.reason.value, debt.due + DAY
            yield Cause(
                Kind.INSTALMENT, subject, debt.due, thing, grace=debt.last_day, ends=debt.ends_on, words=words, **common
            )
            if debt.last_day:
                yield Cause(Kind.GRACE, subject, debt.last_day, thing, since=late, ends=debt.ends_on, **common)


def _of_note(note: Note) -> Cause:
    what, _, number = note.subject.partition(":")
    row = int(number) if number else 0
    return Cause(
        Kind.NOTE,
        str(note.id),
        note.day,
        f"note:{note.id}",
        note=note.id,
        words=note.text,
        policy=row if what == "policy" else 0,
        claim=row if what == "claim" else 0,
    )


def _about(
    policy: Policy,
    kind: Kind,
    day: date,
    subject: str = "",
    *,
    thing: str = "",
    since: date | None = None,
    words: str = "",
) -> Cause:
    subject = subject or str(policy.id)
    named = _named(policy)
    return Cause(kind, subject, day, thing or f"{kind}:{subject}", since=since, policy=policy.id, words=words, **named)


def _named(policy: Policy) -> dict[str, Any]:
    shown = policy.object if policy.object_kind == "vehicle" else ""  # of a life insurance it is somebody's name
    return {"product": policy.product, "number": policy.number, "object": shown, "plate": policy.plate}


def _follows(other: Policy, policy: Policy, today: date) -> bool:
    """Is it a newer contract of the same thing?"""
    if other.id == policy.id or other.product != policy.product or other.ends <= policy.ends:
        return False
    mine, theirs = (policy.vin, policy.plate), (other.vin, other.plate)
    same = any(a and a == b for a, b in zip(mine, theirs, strict=True))
    if not any(mine) or not any(theirs):
        same = bool(policy.object) and policy.object == other.object
    return same and other.standing(today) in ONGOING


def _asked(claim: Claim) -> date:
    """When the insurer asked for the papers it still waits for."""
    asked = next((it.at for it in reversed(claim.said.history) if it.state is State.CLARIFICATION), claim.filed_at)
    return asked.astimezone(MOSCOW).date()


def _working(deadlines: Deadlines, start: date, days: int) -> date:
    """So many working days later; of a year whose calendar is not published, calendar days: the earlier date is the safe one."""
    try:
        return deadlines.count(start, days, Counted.WORKING)
    except CalendarMissing:
        return start + days * DAY
