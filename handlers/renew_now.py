"""One-tap renewal: nothing has changed, so the summary has the insurer's quote and «Оплатить» is all there is to do (D12).

The binding alone is enough, months after the last login (A4): nothing is typed here, and nothing but masked data is shown. The check
stays (D8): the application goes with the price agreed to, and when the check brings the same, the link comes by itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers import format as show
from handlers import policies, prolongation
from handlers.policies import thing
from handlers.prolongation import card_line, driver_lines, gap, use
from handlers.room import Room
from handlers.screen import Button, Screen, column
from handlers.stages import difference
from handlers.texts import Html
from handlers.turn import Turn
from services.errors import AlreadyProlonged
from services.model import Access
from services.money import kopecks, roubles
from services.prolongation import Offer
from services.quotes import Quote

room = Room("renew-now", needs=Access.BOUND, back="policy")

LOOK_AGAIN = timedelta(minutes=1)


async def begin(turn: Turn, policy_id: int, reminder: dict[str, Any] | None = None) -> None:
    """From a reminder or the card: to the summary, or to the application that is on its way. Raises NotFound, TooEarly, NotProlongable.

    `reminder`: what the room of that name stands with; the way back leads there.
    """
    offer = await turn.cabinet.prolongation.offer(turn.unit, turn.actor, policy_id, turn.today)
    if offer.application:
        turn.go("application", id=offer.application.id)
        return
    await ask(turn, offer)
    turn.go("renew-now", id=policy_id, **({"reminder": reminder} if reminder else {}))


@policies.card.tap("renew-now")
async def renew(turn: Turn, _: str) -> None:
    """From the card."""
    await begin(turn, turn.args["id"])


async def ask(turn: Turn, offer: Offer) -> None:
    """A quote is asked for now if there is none; its answer renews the screen."""
    if await quote_of(turn, offer) is None:
        await turn.cabinet.quotes.ask(turn.unit, offer.policy.client_id, offer.policy, watched=True)


async def quote_of(turn: Turn, offer: Offer) -> Quote | None:
    return await turn.cabinet.quotes.of(turn.unit, offer.policy.client_id, offer.policy.core_id, turn.today)


async def offered(turn: Turn) -> Offer:
    """What stands here. Raises AlreadyProlonged when another chat was quicker: the card then leads to its application."""
    offer = await turn.cabinet.prolongation.offer(turn.unit, turn.actor, turn.args["id"], turn.today)
    if offer.application:
        raise AlreadyProlonged
    return offer


@room.screen
async def show_summary(turn: Turn) -> Screen:
    """Everything that is agreed to by paying; or that the price is still to come."""
    t, offer = turn.t, await offered(turn)
    policy, window = offer.policy, offer.window
    head = t("prolongation", object=thing(policy, full=False), number=policy.number)
    if gone := turn.args.get("gone"):
        head = Html(f"{t('renew-now-gone', price=show.money(roubles(gone)))}\n\n{head}")
    quote = await quote_of(turn, offer)
    if quote is None:
        return await show_waiting(turn, head, offer)
    price = show.money(quote.price)
    parts = [
        head,
        t("prolongation-term", starts=show.day(quote.starts), ends=show.day(quote.ends)),
        gap(turn, window.gap, policy.ends),
        "\n".join([t("prolongation-drivers"), *driver_lines(t, quote.entered)]),
        t("prolongation-use", periods=use(t, quote.entered.periods)),
        card_line(t, quote.entered.card),
        t(
            "renew-now",
            price=price,
            difference=difference(turn, quote.price, policy.premium),
            until=show.day(quote.valid_until),
        ),
    ]
    rows = column(
        Button(t.plain("renew-now-pay", price=price), "pay", str(kopecks(quote.price))),
        Button(t.plain("renew-now-change"), "change"),
    )
    return Screen("\n\n".join(part for part in parts if part), rows)


async def show_waiting(turn: Turn, head: str, offer: Offer) -> Screen:
    """No price yet, or none before the check: the usual way is always open."""
    t = turn.t
    usual = Button(t.plain("renew-now-usual"), "change")
    if await turn.cabinet.quotes.awaited(turn.unit, offer.policy.client_id, offer.policy.core_id):
        return Screen(f"{head}\n\n{t('renew-now-asking')}", [[usual]], refresh=LOOK_AGAIN)
    return Screen(f"{head}\n\n{t('renew-now-none')}", [[usual]])


@room.tap("pay")
async def pay(turn: Turn, price: str) -> None:
    """The price that was on the button is the one agreed to; it goes to the check with the application."""
    offer = await turn.cabinet.prolongation.offer(turn.unit, turn.actor, turn.args["id"], turn.today)
    if offer.application:
        turn.note("application-already")
        turn.go("application", id=offer.application.id)
        return
    quote = await quote_of(turn, offer)
    if quote is None or kopecks(quote.price) != int(price):
        await ask(turn, offer)
        turn.args["gone"] = int(price)  # said until the person leaves: the answer may renew the screen at once
        return
    sent = await turn.cabinet.prolongation.check(
        turn.unit, turn.actor, offer.policy.id, quote.entered, turn.today, agreed=quote.price
    )
    if sent.asked_at != turn.unit.now:
        turn.note("application-already")  # somebody was quicker in this very moment
    turn.go("application", id=sent.id)


@room.tap("change")
async def change(turn: Turn, _: str) -> None:
    """Drivers, periods, the card: the usual way, where each asks for a code if it needs one."""
    await prolongation.begin(turn, turn.args["id"])


@room.tap("back")
async def back(turn: Turn, _: str) -> None:
    """To the reminder it was opened from, with what waits behind that; else to the card."""
    if reminder := turn.args.get("reminder"):
        turn.go("reminder", **reminder)
    else:
        turn.go("policy", id=turn.args["id"])


async def quote_news(turn: Turn, facts: dict[str, Any]) -> None:
    """A price is there, or will not be: a screen that waits for it, or a reminder that had to come without it, says so in place."""
    waits = turn.dialog.place == room.name and turn.args.get("id") == facts["policy"]
    turn.quiet = not waits and turn.dialog.place != "reminder"
