"""An application on its way, from the check to the policy: every stage says what comes next and what can be done (D7–D10, F1–F3)."""

from __future__ import annotations

from fsm.prolongation import PROLONGATION, ProlongationDraft
from handlers import format as show
from handlers.policies import thing
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.stages import PAGES
from handlers.turn import Turn
from services.applications import Stage
from services.model import Access

room = Room("application", needs=Access.BOUND, back="menu")
giving_up = Room("giving-up", needs=Access.UNLOCKED, back="application")


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
    screen = PAGES[it.stage](turn, head, it, payment, policy)
    handed = sum(copy.handed for copy in await turn.cabinet.copies.of(turn.unit, turn.actor, it.id))
    if handed and it.stage in (Stage.CHECKING, Stage.MISMATCH, Stage.UNRELIABLE):
        screen.text = f"{screen.text}\n\n{turn.t('application-copies-sent', count=handed)}"
    return screen


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


@room.tap("copies")
async def add_copies(turn: Turn, _: str) -> None:
    """Papers that show the data are right (D8)."""
    turn.go("copies", id=turn.args["id"])


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
