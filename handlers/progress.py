"""What the screen of a claim says at each state: how it stands, what comes next, by when, what is needed (G6, G7, E5)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from handlers import format as show
from handlers.texts import Html
from handlers.turn import Turn
from handlers.wishes import TITLE, short
from services.claims.values import Claim, State
from services.clock import MOSCOW
from services.deadlines.claims import to_wait
from services.model import Policy

EXPECTED: dict[State, tuple[str, ...]] = {
    State.SENT: ("received", "review", "decision"),
    State.RECEIVED: ("review", "decision"),
    State.REVIEW: ("decision",),
    State.CLARIFICATION: ("review", "decision"),
    State.INSPECTION: ("decision",),
    State.REPAIR: ("closed",),
    State.PAYOUT: ("closed",),
    State.CLOSED: (),
    State.REFUSED: (),
}
"""The stages ahead; which decision it will be is not ours to guess."""
PARTIAL = ("damage", "glass")
"""Events of KASKO whose payout is the damage less the deductible; after theft or total loss other sums are taken off too."""


def timeline(turn: Turn, claim: Claim) -> str:
    """Every stage with its day, where it stands now, and what is ahead."""
    t, past = turn.t, claim.said.history
    lines = [
        t(
            "timeline-now" if number == len(past) and not claim.over else "timeline-done",
            state=t.plain(f"claim-state-{stage.state}"),
            day=show.day(stage.at.astimezone(MOSCOW).date()),
        )
        for number, stage in enumerate(past, 1)
    ]
    if not past:
        filed = show.day(claim.filed_at.astimezone(MOSCOW).date())
        lines = [t("timeline-now", state=t.plain(f"claim-state-{claim.state}"), day=filed)]
    ahead = [t("timeline-ahead", state=t.plain(f"claim-ahead-{word}")) for word in EXPECTED[claim.state]]
    return "\n".join([t("timeline"), *lines, *ahead])


def next_step(turn: Turn, claim: Claim, policy: Policy | None) -> str:
    """What happens next, and what the client does, in the words of the state."""
    return PAGES[claim.state](turn, claim, policy)


def plain(turn: Turn, claim: Claim, _: Policy | None) -> str:
    return turn.t(f"case-{claim.state}")


def clarification(turn: Turn, claim: Claim, _: Policy | None) -> str:
    """Which documents are missing."""
    wanted = Html("\n".join(turn.t("case-wanted", title=short(it.title, TITLE)) for it in claim.said.wanted))
    return turn.t("case-clarification", wanted=wanted) if wanted else turn.t("case-clarification-words")


def inspection(turn: Turn, claim: Claim, _: Policy | None) -> str:
    """When and where the car is looked at."""
    there = claim.said.inspection
    if there is None:
        return turn.t("case-inspection-soon")
    return turn.t("case-inspection", at=show.moment(there.at), address=there.address)


def repair(turn: Turn, claim: Claim, _: Policy | None) -> str:
    """Which station, whether the office has to be visited first (G7), and how long it may take once the car is there."""
    t, there = turn.t, claim.said.direction
    if there is None:
        return t("case-repair-soon")
    remote = turn.cabinet.remote.serves(there.address)
    terms = to_wait(turn.cabinet.deadlines, claim.product, claim.event, claim.state, turn.today)
    form = f"form-{there.form}"
    parts = [
        t(
            "case-repair",
            form=t.plain(form) if t.has(form) else t.plain("form-contracted"),
            station=there.station,
            address=there.address,
            phone=show.phone(there.phone) if there.phone else t.plain("form-no-phone"),
        ),
        t("case-repair-remote" if remote else "case-repair-office"),
        *(t("case-repair-term", count=it.rule.amount) for it in terms),
    ]
    if own := claim.said.deductible:
        key = "case-own-part-paid" if own.paid else "case-own-part"
        parts.append(t(key, amount=show.money(own.amount), due=show.day(own.due)))
    return "\n\n".join(parts)


def payout(turn: Turn, claim: Claim, policy: Policy | None) -> str:
    """How much, whether it is on its way or paid, and the deductible that the contract takes off (E5)."""
    t, money = turn.t, claim.said.payout
    if money is None:
        return t("case-payout-soon") if claim.state is State.PAYOUT else t("case-closed")
    amount = show.money(money.amount)
    paid = show.day(money.paid_on) if money.paid_on else ""
    said = t("case-paid", amount=amount, day=paid) if paid else t("case-paying", amount=amount)
    own = deductible(claim, policy)
    less = ""
    if own and claim.event in PARTIAL:
        loss = show.money(money.amount + own)
        less = t("case-deductible-sum", loss=loss, deductible=show.money(own), amount=amount)
    elif own:
        less = t("case-deductible", deductible=show.money(own))
    done = t("case-closed") if claim.state is State.CLOSED else ""
    return "\n\n".join(part for part in (said, less, done) if part)


def deductible(claim: Claim, policy: Policy | None) -> Decimal:
    """What of such a loss the client bears themselves; nothing where the contract is silent."""
    if policy is None or claim.product != "kasko":
        return Decimal(0)
    risk = "theft" if claim.event == "theft" else "damage"
    return next((it.deductible for it in policy.coverages if it.code == risk and it.deductible), Decimal(0))


def refused(turn: Turn, claim: Claim, _: Policy | None) -> str:
    """Why; what can be done about it is a screen of its own."""
    why = claim.said.refusal
    if why is None:
        return turn.t("case-refused-silent")
    said = turn.t("case-refused", reason=why.reason)
    clause = [turn.t("case-refused-clause", clause=why.clause)] if why.clause else []
    return "\n\n".join(["\n".join([said, *clause]), turn.t("case-refused-next")])


PAGES: dict[State, Callable[[Turn, Claim, Policy | None], str]] = {
    State.SENT: plain,
    State.RECEIVED: plain,
    State.REVIEW: plain,
    State.CLARIFICATION: clarification,
    State.INSPECTION: inspection,
    State.REPAIR: repair,
    State.PAYOUT: payout,
    State.CLOSED: payout,
    State.REFUSED: refused,
}
"""One page a state."""
