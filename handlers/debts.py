"""What is to be paid, with the reason, the day and what comes of being late; and the paying of one of it by link (F4, F6)."""

from __future__ import annotations

from handlers import case, policies
from handlers import format as show
from handlers.policies import thing
from handlers.room import Room
from handlers.schedule import until_when
from handlers.screen import Button, Row, Screen, column
from handlers.stages import EXPIRED, declined
from handlers.texts import Html
from handlers.turn import Turn
from services.debts import Kind, Purpose
from services.debts.settling import Stand
from services.errors import NotFound
from services.model import Access
from services.payments import State

MOST = 8
"""Debts a screen shows; the next come when these are paid."""

room = Room("debts", needs=Access.BOUND, back="menu")
one = Room("debt", needs=Access.BOUND, back="debts")


@room.screen
async def show_debts(turn: Turn) -> Screen:
    t = turn.t
    debts = (await turn.cabinet.debts.near(turn.unit, turn.actor, turn.today))[:MOST]
    if not debts:
        return Screen(t("debts-none"))
    lines, buttons = [], []
    for number, it in enumerate(debts, 1):
        mark = f"{number}. " if len(debts) > 1 else ""  # two may be alike but for what they are about
        what, amount = await what_of(turn, it.purpose), show.money(it.amount)
        lines.append(f"{mark}{t('debt-line', what=what, amount=amount)}\n{until_when(turn, it)}")
        if it.payable:
            label = f"{mark}{t.plain('debt-pay', kind=it.kind.value, amount=amount)}"
            buttons.append(Button(label, "pay", str(it.purpose)))
    return Screen("\n\n".join([t("debts"), *lines]), column(*buttons))


@room.tap("pay")
async def choose(turn: Turn, written: str) -> None:
    if purpose := Purpose.of(written):
        await pay(turn, purpose)


async def pay(turn: Turn, purpose: Purpose) -> None:
    """To the link, from wherever somebody wants to pay: a debt, a card, a case, a reminder. Raises NotFound."""
    if purpose.kind is Kind.APPLICATION:
        turn.go("application", id=purpose.row)
        return
    turn.go("debt", what=str(purpose))
    await turn.cabinet.settling.pay(turn.unit, turn.actor, purpose, turn.today)


@one.screen
async def show_debt(turn: Turn) -> Screen:
    """The link with its clock; or why there is none, and how to get one; or where the money is."""
    t, purpose = turn.t, Purpose.of(turn.args.get("what", ""))
    if purpose is None:
        raise NotFound
    stand = await turn.cabinet.settling.one(turn.unit, turn.actor, purpose, turn.today)
    what = await what_of(turn, purpose)
    debt, payment = stand.debt, stand.payment
    if debt is None or stand.settled:
        return Screen(t(f"debt-{stage_of(stand)}", what=what, amount=show.money(payment.amount) if payment else ""))
    amount = show.money(debt.amount)
    head = f"{t('debt-line', what=what, amount=amount)}\n{until_when(turn, debt)}"
    live = payment if payment and payment.live and payment.amount == debt.amount else None
    rows: list[Row] = []
    if live and live.payable(turn.unit.now):
        text = t("debt-link", until=show.clock(live.link_until))
        rows = column(Button(t.plain("debt-link-button", amount=amount), url=live.link))
    elif live and live.state is State.NEW:
        text = t("debt-link-coming")
    elif stand.disputed:
        text = t("debt-disputed")
    elif not debt.payable:
        text = t("debt-not-now")
    else:
        reason = payment.reason if payment and payment.state is State.CANCELED else ""
        failed = payment is not None and payment.state is State.FAILED
        text = t("debt-no-link" if failed else f"decline-{declined(reason or EXPIRED)}") if payment else Html("")
        rows = column(Button(t.plain("debt-new-link"), "pay", str(purpose)))
    return Screen("\n\n".join(part for part in (head, text) if part), rows)


def stage_of(stand: Stand) -> str:
    """Where the money is of what nothing is to be paid for: `over` says that nobody waits for it, though it was not paid."""
    if stand.debt:
        return "booking"
    if stand.payment and stand.payment.state is State.REFUNDING:
        return "returning"
    return "done" if stand.booked or stand.settled else "over"


@one.tap("pay")
async def again(turn: Turn, written: str) -> None:
    """A new link."""
    await choose(turn, written)


@policies.card.tap("pay")
async def pay_on_card(turn: Turn, written: str) -> None:
    """The earliest unpaid instalment of this contract."""
    await choose(turn, written)


@case.room.tap("own-part")
async def pay_own_part(turn: Turn, _: str) -> None:
    """The deductible of this repair."""
    await pay(turn, Purpose(Kind.DEDUCTIBLE, turn.args["id"]))


async def what_of(turn: Turn, purpose: Purpose) -> Html:
    """What is paid for, in words: «Взнос 2 из 4, КАСКО К-1234567, Haval Jolion». Raises NotFound."""
    t = turn.t
    if purpose.kind is Kind.DEDUCTIBLE:
        claim = await turn.cabinet.claims.one(turn.unit, turn.actor, purpose.row)
        return t("debt-of-repair", number=claim.shown)
    if purpose.kind is Kind.APPLICATION:
        it, _ = await turn.cabinet.prolongation.application(turn.unit, turn.actor, purpose.row)
        policy = await turn.cabinet.prolongation.policy_of(turn.unit, turn.actor, it)
        return t("debt-of-application", object=thing(policy, full=False))
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, purpose.row)
    return t(
        "debt-of-contract",
        parts=len(policy.payments),
        part=purpose.part,
        product=t.plain(f"product-{policy.product}"),
        number=policy.number,
        object=thing(policy, full=False),
    )
