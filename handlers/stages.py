"""What the screen of an application says at each stage: what comes next and what can be done (D7–D10, F1–F3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from handlers import format as show
from handlers.prolongation import driver_lines, use
from handlers.screen import Button, Row, Screen, column
from handlers.texts import Html
from handlers.turn import Turn
from services.applications import Application, Stage
from services.model import Policy
from services.money import kopecks
from services.payments import Payment, State

Page = Callable[[Turn, str, Application, Payment | None, Policy], Screen]
"""From the head of the screen, the application, its newest payment and its contract to the screen."""
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


def checking(turn: Turn, head: str, it: Application, _: Payment | None, __: Policy) -> Screen:
    """How long it has been going on is seen; the result comes by itself."""
    minutes = int((turn.unit.now - it.asked_at).total_seconds() // 60)
    key = "application-checking" if minutes < LONG else "application-checking-long"
    text = turn.t(key, minutes=minutes)
    if it.agreed is not None:
        text = Html(f"{text}\n\n{turn.t('application-agreed', price=show.money(it.agreed))}")
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
        [Button(t.plain("application-copies"), "copies")],
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
    """The final price and what it is against last year's; agreeing binds, so it is a tap of its own (rule 4).

    Another price than the quote's is said with both.
    """
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
    if it.agreed not in (None, price):
        text = Html(f"{t('application-repriced', agreed=show.money(it.agreed or Decimal(0)))}\n\n{text}")
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
    if payment and payment.payable(turn.unit.now):
        text = t("application-pay", price=price, until=until, link_until=show.clock(payment.link_until))
        rows: list[Row] = [[Button(t.plain("application-pay-button", price=price), url=payment.link)], [cancel]]
    elif state is State.NEW:
        text, rows = t("application-link-coming", price=price, until=until), [[cancel]]
    elif payment and payment.state is State.DISPUTED:
        text, rows = t("application-disputed"), [[cancel]]
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


PAGES: dict[Stage, Page] = {
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
