"""What is to be done by when for a claim, and the card that says so: one live message per claim and chat (G4, G12).

The card is pinned by the news of its claim and edited in place at every midnight while something is watched.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from handlers import format as show
from handlers.texts import Html
from handlers.turn import Turn
from services.claims.values import Claim, State
from services.clock import MOSCOW
from services.deadlines import Deadline
from services.deadlines.claims import Watched, to_report, to_wait

HOLD = "no-repair-hold-europrotocol"
"""Not a thing to do but one not to do."""
AGREED = (State.REPAIR, State.PAYOUT)
"""The insurer has sent the car to repair, or seen enough to pay: its written consent ends the hold (40-ФЗ art. 11.1 p. 3)."""
LASTING = (HOLD, "report-theft-written")
"""What the client still has to mind after the insurer has registered the claim."""


def watched(turn: Turn, claim: Claim) -> list[Watched]:
    """Every deadline that still matters, the nearest first."""
    rules, event = turn.cabinet.deadlines, (claim.product, claim.event)
    europrotocol = claim.entered.get("registration") == "europrotocol"
    own = to_report(rules, *event, claim.happened_on, europrotocol=europrotocol)
    if claim.state is not State.SENT:
        own = tuple(it for it in own if it.key in LASTING and not passed(it, turn.today))
    if claim.state in AGREED:
        own = tuple(it for it in own if it.key != HOLD)
    theirs: tuple[Watched, ...] = ()
    if claim.state not in (State.SENT, State.REPAIR):  # when the car was handed to the station nobody has told us
        one_element = bool(claim.entered.get("withoutCertificates"))
        theirs = to_wait(rules, *event, claim.state, complete_since(claim), one_element=one_element)
    paid = claim.said.payout is not None and claim.said.payout.paid_on is not None
    mine = () if claim.over else own if paid else (*own, *theirs)
    return sorted(mine, key=lambda it: it.last.due if it.last else date.max)


def complete_since(claim: Claim) -> date:
    """The day from which the insurer has had everything: registered, given what it asked for (837-П 7.13), or asked to look again."""
    since = claim.registered_at or claim.filed_at
    waited = False
    for stage in claim.said.history:
        waits = stage.state in (State.CLARIFICATION, State.REFUSED)
        if waited and not waits:
            since = stage.at
        waited = waits
    return since.astimezone(MOSCOW).date()


def passed(it: Watched, today: date) -> bool:
    """Is its last day over?"""
    return it.last is not None and it.last.due < today


def line(turn: Turn, it: Watched) -> Html:
    """«Осталось 2 рабочих дня, чтобы …»: how much is left, the last day, and the earlier one where sources contradict."""
    t, what = turn.t, turn.t(f"watch-{it.key}")
    if it.last is None or it.recommended is None:
        return t(f"term-{it.rule.unit.value.replace('_', '-')}", what=what, count=it.rule.amount)
    last = show.day(it.last.due)
    if it.key == HOLD:
        return t("watch-hold", last=last)
    if passed(it, turn.today):
        return t(f"watch-passed-{it.who}", what=what, last=last)
    early = it.recommended.due < it.last.due and it.who == "client"
    said = left(turn, it.last, what)
    return (
        t("watch-early", left=said, early=show.day(it.recommended.due), last=last)
        if early
        else t("watch", left=said, last=last)
    )


def left(turn: Turn, last: Deadline, what: Html) -> Html:
    """In working days where the term is counted so."""
    count, unit = turn.cabinet.deadlines.left(last, turn.today)
    return turn.t("left-working-days" if unit == "working_days" else "left-days", count=count, what=what)


def keep_card(turn: Turn, claim: Claim) -> None:
    """Pin the card or renew it, and come back at midnight while there are days to count."""
    rest = watched(turn, claim)
    turn.pin(f"claim:{claim.id}", card(turn, claim, rest))
    if any(not passed(it, turn.today) for it in rest):
        account, midnight = turn.actor.account_id, datetime.combine(turn.today + timedelta(days=1), time(), MOSCOW)
        once = f"claim-day:{account}:{claim.id}:{midnight:%Y-%m-%d}"
        turn.unit.submit(f"tg:{account}", once, "claim.day", due=midnight, claim=claim.id)


def let_go(turn: Turn, claim_id: int) -> None:
    """The chat does not see this claim any more (logged out): the card says how to get it back, and rests."""
    turn.pin(f"claim:{claim_id}", turn.t("claim-card-left"))


def card(turn: Turn, claim: Claim, rest: list[Watched]) -> Html:
    """Number, state, days."""
    state = turn.t.plain(f"claim-state-{claim.state}")
    if claim.over:
        return turn.t("claim-card-over", number=claim.shown, state=state)
    if wanted := claim.said.wanted:
        return turn.t("claim-card-wanted", number=claim.shown, state=state, count=len(wanted))
    if not rest:
        return turn.t("claim-card-calm", number=claim.shown, state=state)
    return turn.t("claim-card", number=claim.shown, state=state, lines=Html("\n\n".join(line(turn, it) for it in rest)))
