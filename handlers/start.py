"""The first minute: what this is, consent as a document of its own, and what is open without it (A16)."""

from __future__ import annotations

from handlers import human
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.turn import Turn
from services.consent import PROCESSING
from services.model import Access

welcome = Room("welcome")
consent = Room("consent")
declined = Room("declined")


@welcome.screen
async def show_welcome(turn: Turn) -> Screen:
    t = turn.t
    row = [Button(t.plain("button-help"), "help"), Button(t.plain("button-language"), "language")]
    if turn.access >= Access.CONSENTED:  # what was agreed to can be withdrawn, also by whoever is not logged in
        row.append(Button(t.plain("settings-consents"), "consents"))
    return Screen(
        t("welcome"), [[Button(t.plain("welcome-enter"), "enter")], [Button(t.plain("accident-now"), "accident")], row]
    )


@welcome.tap("enter")
@declined.tap("enter")
async def enter(turn: Turn, _: str) -> None:
    turn.dialog.then = None
    turn.knock()


@consent.screen
async def show_consent(turn: Turn) -> Screen:
    t = turn.t
    text = turn.cabinet.consents.text(PROCESSING, turn.actor.language)
    return Screen(
        f"{t('consent-why')}\n\n<blockquote expandable>{t.escape(text.text)}</blockquote>",
        [[Button(t.plain("consent-yes"), "yes"), Button(t.plain("consent-no"), "no")]],
    )


@consent.tap("yes")
async def agree(turn: Turn, _: str) -> None:
    if turn.access < Access.CONSENTED:
        await turn.cabinet.consents.answer(turn.unit, turn.actor, PROCESSING, given=True)
        await turn.renew_actor()
    if turn.access >= Access.BOUND or turn.dialog.then:
        turn.resume(
            "menu"
        )  # a new version of the document: who is in stays in; what needs no login goes on without one
    else:
        turn.knock()


@consent.tap("no")
async def decline(turn: Turn, _: str) -> None:
    await turn.cabinet.consents.answer(turn.unit, turn.actor, PROCESSING, given=False)
    turn.go("declined")


@declined.text
async def ask_without_consent(turn: Turn, text: str) -> None:
    """A question needs no consent: it is asked without a name."""
    await human.take(turn, text)


@declined.screen
async def show_declined(turn: Turn) -> Screen:
    t = turn.t
    return Screen(
        t("declined"),
        [
            [Button(t.plain("declined-again"), "enter")],
            [Button(t.plain("button-help"), "help"), Button(t.plain("button-language"), "language")],
        ],
    )
