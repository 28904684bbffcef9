"""An application on its way, from the check to the policy: every stage says what comes next and what can be done (D7–D10, F1–F3)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from fsm.prolongation import PROLONGATION, ProlongationDraft
from handlers import format as show
from handlers.documents import full_title
from handlers.policies import thing
from handlers.prolongation import driver_lines, start_anew, use
from handlers.room import Room
from handlers.screen import Button, Row, Screen, column
from handlers.texts import Html
from handlers.turn import Turn
from services.applications import Application, Stage
from services.model import Access, Policy
from services.money import kopecks
from services.payments import Payment, State

room = Room("application", needs=Access.BOUND, back="menu")
draft = Room("begun", needs=Access.BOUND, back="policies")
giving_up = Room("giving-up", needs=Access.UNLOCKED, back="application")

EVERY_MINUTE = timedelta(minutes=1)
EXPIRED = "expired_on_confirmation"
LONG = 10
"""Minutes a check may take (D8)."""
DECLINES = frozenset(
    (
        "3d_secure_failed",
        "call_issuer",
        "card_expired",
        "country_forbidden",
        "expired_on_confirmation",
        "fraud_suspected",
        "identification_required",
        "insufficient_funds",
        "internal_timeout",
        "invalid_card_number",
        "invalid_csc",
        "issuer_unavailable",
        "payment_method_limit_exceeded",
        "payment_method_restricted",
    )
)
"""The provider's reasons that have words of their own; any other is `general_decline`."""


@room.screen
async def show_application(turn: Turn) -> Screen:
    it, payment = await turn.cabinet.prolongation.application(turn.unit, turn.actor, turn.args["id"])
    policy = await turn.cabinet.prolongation.policy_of(turn.unit, turn.actor, it)
    if it.stage is Stage.ISSUED:
        policy = await turn.cabinet.prolongation.new_policy(turn.unit, turn.actor, it) or policy
    turn.args["screen"] = f"application {it.number}"
    head = turn.t(
        "application",
        object=thing(policy, full=False),
        number=it.core_number or it.number,
        starts=show.day(it.starts),
        ends=show.day(it.ends),
    )
    return SHOWN[it.stage](turn, head, it, payment, policy)


def checking(turn: Turn, head: str, it: Application, _: Payment | None, __: Policy) -> Screen:
    """How long it has been going on is seen; the result comes by itself."""
    minutes = int((turn.unit.now - it.asked_at).total_seconds() // 60)
    key = "application-checking" if minutes < LONG else "application-checking-long"
    text = turn.t(key, minutes=minutes)
    rows = column(Button(turn.t.plain("application-cancel"), "cancel"))
    return Screen(f"{head}\n\n{text}", rows, refresh=EVERY_MINUTE if minutes < LONG else None)


def doubtful(turn: Turn, head: str, it: Application, _: Payment | None, __: Policy) -> Screen:
    """What does not match, in words; correct it, or bring it to people."""
    t = turn.t
    fields = "\n".join(f"• {words}" for words in wrong_fields(turn, it))
    said = t("application-said", comment=it.said.comment) if it.said.comment else ""
    key = "application-mismatch" if it.stage is Stage.MISMATCH else "application-unreliable"
    text = t(key, fields=Html(fields or t("application-fields")))
    rows = [
        [Button(t.plain("application-correct"), "correct")],
        [Button(t.plain("button-offices"), "offices"), Button(t.plain("application-cancel"), "cancel")],
    ]
    return Screen("\n\n".join(part for part in (head, text, said) if part), rows)


def wrong_fields(turn: Turn, it: Application) -> list[str]:
    """`drivers/0/licence` as «Ив***в И. И.: номер удостоверения»."""
    drivers = turn.cabinet.prolongation.entered(it).drivers
    lines: list[str] = []
    for pointer in it.said.fields:
        parts = pointer.strip("/").split("/")
        key = f"field-{parts[-1].lower()}"
        words = turn.t.plain(key if turn.t.has(key) else "field-other")
        if parts[0] == "drivers" and len(parts) > 1 and parts[1].isdecimal() and int(parts[1]) < len(drivers):
            words = f"{show.masked_name(drivers[int(parts[1])].name)}: {words}"
        lines.append(turn.t.escape(words))
    return lines


def priced(turn: Turn, head: str, it: Application, _: Payment | None, policy: Policy) -> Screen:
    """The final price and what it is against last year's; agreeing binds, so it is a tap of its own (rule 4)."""
    t, price = turn.t, it.price or Decimal(0)
    entered = turn.cabinet.prolongation.entered(it)
    lines = [
        t("prolongation-drivers"),
        *driver_lines(t, entered),
        t("prolongation-use", periods=use(t, entered.periods)),
    ]
    text = t(
        "application-priced",
        entered=Html("\n".join(lines)),
        price=show.money(price),
        difference=difference(turn, price, policy.premium),
    )
    rows = [
        [Button(t.plain("application-save"), "save", str(kopecks(price)))],
        [Button(t.plain("application-change"), "correct"), Button(t.plain("application-cancel"), "cancel")],
    ]
    return Screen(f"{head}\n\n{text}", rows)


def difference(turn: Turn, price: Decimal, before: Decimal) -> str:
    """To last year's premium."""
    if price == before:
        return turn.t("price-same")
    return turn.t("price-more" if price > before else "price-less", amount=show.money(abs(price - before)))


def saving(turn: Turn, head: str, _: Application, __: Payment | None, ___: Policy) -> Screen:
    return Screen(f"{head}\n\n{turn.t('application-saving')}")


def saved(turn: Turn, head: str, it: Application, payment: Payment | None, _: Policy) -> Screen:
    """The link with its clock; or why there is none, and how to get one."""
    t, price = turn.t, show.money(it.price or Decimal(0))
    until = show.moment(it.expires_at) if it.expires_at else ""
    cancel = Button(t.plain("application-cancel"), "cancel")
    state = payment.state if payment and payment.live else None
    if payment and state is State.LINK and turn.unit.now < payment.link_until:
        text = t("application-pay", price=price, until=until, link_until=show.clock(payment.link_until))
        rows: list[Row] = [[Button(t.plain("application-pay-button", price=price), url=payment.link)], [cancel]]
    elif state is State.NEW:
        text, rows = t("application-link-coming", price=price, until=until), [[cancel]]
    else:
        reason = payment.reason if payment and payment.state is State.CANCELED else ""
        key = "application-unpaid" if payment is None or payment.state is not State.FAILED else "application-no-link"
        text = t(key, price=price, until=until, why=t(f"decline-{declined(reason or EXPIRED)}"))
        rows = [[Button(t.plain("application-new-link"), "pay")], [cancel]]
    return Screen(f"{head}\n\n{text}", rows)


def declined(reason: str) -> str:
    """The provider's reason as our texts name it."""
    return (reason if reason in DECLINES else "general_decline").replace("_", "-")


def paid(turn: Turn, head: str, it: Application, payment: Payment | None, _: Policy) -> Screen:
    amount = show.money(payment.amount if payment else it.price or Decimal(0))
    return Screen(f"{head}\n\n{turn.t('application-paid', price=amount)}")


def issued(turn: Turn, head: str, it: Application, _: Payment | None, policy: Policy) -> Screen:
    """`policy` is the new one; the old one until it is here."""
    text = (
        turn.t("application-issued-number", policy=policy.number)
        if policy.core_id == it.issued_policy
        else turn.t("application-issued")
    )
    return Screen(f"{head}\n\n{text}", column(Button(turn.t.plain("application-policies"), "policies")))


def refused(turn: Turn, head: str, it: Application, payment: Payment | None, _: Policy) -> Screen:
    """Why, and where the money is."""
    t = turn.t
    back = ""
    if payment and payment.state in (State.REFUNDING, State.REFUNDED, State.SUCCEEDED):
        key = "application-returned" if payment.state is State.REFUNDED else "application-returning"
        back = t(key, price=show.money(payment.amount))
    text = t("application-refused", reason=it.said.reason or t.plain("application-no-reason"))
    return Screen(
        "\n\n".join(part for part in (head, text, back) if part), column(Button(t.plain("button-offices"), "offices"))
    )


def cancelled(turn: Turn, head: str, it: Application, _: Payment | None, policy: Policy) -> Screen:
    """By whom, and how to begin again with one tap."""
    t = turn.t
    key = f"cancelled-{it.said.reason}"
    why = t(key, ends=show.day(policy.ends)) if t.has(key) else t("cancelled-insurer", reason=it.said.reason)
    rows = column(Button(t.plain("application-repeat"), "repeat")) if it.said.reason in ("client", "unpaid") else []
    return Screen(f"{head}\n\n{why}", rows)


SHOWN = {
    Stage.CHECKING: checking,
    Stage.MISMATCH: doubtful,
    Stage.UNRELIABLE: doubtful,
    Stage.PRICED: priced,
    Stage.SAVING: saving,
    Stage.SAVED: saved,
    Stage.PAID: paid,
    Stage.ISSUED: issued,
    Stage.REFUSED: refused,
    Stage.CANCELLED: cancelled,
}
"""One page a stage."""


@room.tap("save")
async def save(turn: Turn, price: str) -> None:
    """The price that was on the button is the one agreed to."""
    outcome = await turn.cabinet.prolongation.save(turn.unit, turn.actor, turn.args["id"], int(price), turn.today)
    if outcome != "saved":
        turn.note(f"save-{outcome}")


@room.tap("pay")
async def pay(turn: Turn, _: str) -> None:
    if not await turn.cabinet.prolongation.pay(turn.unit, turn.actor, turn.args["id"]):
        turn.note("save-gone")


@room.tap("correct")
async def correct(turn: Turn, _: str) -> None:
    """Back to what was entered; it is checked again afterwards."""
    it, _payment = await turn.cabinet.prolongation.application(turn.unit, turn.actor, turn.args["id"])
    policy = await turn.cabinet.prolongation.policy_of(turn.unit, turn.actor, it)
    entered = turn.cabinet.prolongation.entered(it)
    again = ProlongationDraft(
        policy=policy.id,
        correcting=it.id,
        term=(it.starts, it.ends),
        drivers=entered.drivers,
        unlimited=entered.unlimited,
        periods=entered.periods,
        card=entered.card,
        given=entered,
    )
    turn.dialog.stand(PROLONGATION.review(again))
    turn.go("prolongation")


@room.tap("repeat")
async def repeat(turn: Turn, _: str) -> None:
    """The same once more, from today on (D10)."""
    it, _payment = await turn.cabinet.prolongation.application(turn.unit, turn.actor, turn.args["id"])
    policy = await turn.cabinet.prolongation.policy_of(turn.unit, turn.actor, it)
    entered = turn.cabinet.prolongation.entered(it)
    sent = await turn.cabinet.prolongation.check(turn.unit, turn.actor, policy.id, entered, turn.today)
    turn.go("application", id=sent.id)


@room.tap("cancel")
async def ask_cancel(turn: Turn, _: str) -> None:
    turn.go("giving-up", id=turn.args["id"])


@giving_up.screen
async def show_cancel(turn: Turn) -> Screen:
    t = turn.t
    await turn.cabinet.prolongation.application(turn.unit, turn.actor, turn.args["id"])
    return Screen(
        t("application-cancel-sure"),
        [[Button(t.plain("application-cancel-yes"), "yes"), Button(t.plain("application-cancel-no"), "back")]],
    )


@giving_up.tap("yes")
async def cancel(turn: Turn, _: str) -> None:
    done = await turn.cabinet.prolongation.cancel(turn.unit, turn.actor, turn.args["id"])
    turn.go("application", id=turn.args["id"])
    if not done:
        turn.note("save-gone")


@giving_up.tap("back")
async def keep(turn: Turn, _: str) -> None:
    turn.go("application", id=turn.args["id"])


@draft.screen
async def show_draft(turn: Turn) -> Screen:
    """Something is begun already: go on with it, or begin anew (rule 3)."""
    t = turn.t
    at = turn.dialog.at(PROLONGATION)
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, at.draft.policy if at else turn.args["wanted"])
    return Screen(
        t("prolongation-begun", object=thing(policy, full=False)),
        [[Button(t.plain("draft-continue"), "continue"), Button(t.plain("draft-anew"), "anew")]],
    )


@draft.tap("continue")
async def go_on(turn: Turn, _: str) -> None:
    turn.go("prolongation")


@draft.tap("anew")
async def begin_anew(turn: Turn, _: str) -> None:
    offer = await turn.cabinet.prolongation.offer(turn.unit, turn.actor, turn.args["wanted"], turn.today)
    start_anew(turn, offer)
    turn.go("prolongation")


async def news(turn: Turn, facts: dict[str, Any]) -> None:
    """Something has happened to an application: the screen that shows it is renewed, other chats get a notice if it is their business."""
    it, payment = await turn.cabinet.prolongation.application(turn.unit, turn.actor, facts["application"])
    word = facts["news"]
    if word == "ready" and facts["mine"]:
        await hand_over(turn, facts["document"])
        return
    if turn.dialog.place in ("application", "giving-up") and turn.args.get("id") == it.id:
        turn.go("application", id=it.id)
        turn.anew = word not in QUIET
        if word == "price":
            turn.note("save-price")
        if word not in ASIDE:
            return
    elif word in QUIET or not (facts["mine"] or word in EVERYBODY):
        return
    policy = await turn.cabinet.prolongation.policy_of(turn.unit, turn.actor, it)
    turn.say(
        f"news-{word}",
        turn.unit.event.event_id,
        object=thing(policy, full=False),
        number=it.core_number or it.number,
        price=show.money(Decimal(facts.get("amount") or it.price or (payment.amount if payment else 0))),
        until=show.moment(it.expires_at) if it.expires_at else "",
        why=turn.t(f"decline-{declined(facts['reason'])}") if facts.get("reason") else "",
    )


async def hand_over(turn: Turn, document: int) -> None:
    """The policy just paid comes by itself, whatever the session allows (A4)."""
    paper = await turn.cabinet.documents.one(turn.unit, turn.actor, document)
    caption = turn.t("paper-caption-osago", title=await full_title(turn, paper))
    turn.cabinet.documents.to_chat(turn.unit, paper, caption, paper.file_name)


QUIET = {"checking", "saved", "link"}
"""News that only renew the screen they are about, in place."""
ASIDE = {"late-money", "twice", "disputed", "failed", "stuck", "returned", "returning", "last-call"}
"""News that this screen does not tell by itself."""
EVERYBODY = {"paid", "issued", "refused", "returned", "returning", "late-money", "ready"}
"""News every chat of the client hears, whoever began."""
