"""What an employee offers the client: an answer for the step they stand at, or a screen to open (X3). The client decides, by a button."""

from __future__ import annotations

from typing import Any

from fsm.flow import FLOWS, Answer, Rejected, Said, advance
from fsm.login import LOGIN
from fsm.question import QUESTION
from handlers.errors import text_of
from handlers.texts import Html
from handlers.turn import Turn

Offer = dict[str, Any]
"""`place`, `who` as HTML, `topic`; to fill a step also `step` and `text`."""
NOTHING = Html("")
ASIDE = ("talk", "wanted", "human", "question", "help", "language", "offices", "reminder")
"""Rooms beside the dialog a client was in: an answer is for what is behind them."""
SCREENS = {
    "menu": "menu",
    "policies": "policies",
    "claims": "claims",
    "offices": "offices",
    "settings": "settings",
    "accident": "accident",
}
"""What staff may open for a client, by the word they use."""


def behind(turn: Turn) -> str:
    """The place of the dialog a client was in before stepping aside to the human."""
    place, args = turn.dialog.place, turn.dialog.args
    while place in ASIDE and args.get("origin"):
        place, args = args["origin"]
    return place


def fill(turn: Turn, topic: int, text: str, who: str) -> Html:
    """Offer an answer for the step behind. Returns what the employee is told: empty, or why it cannot be.

    What a step would refuse is refused to the employee, in its words; codes of a login are nobody's to fill in.
    """
    place = behind(turn)
    flow = FLOWS.flows.get(place)
    at = turn.dialog.at(flow) if flow and flow not in (LOGIN, QUESTION) else None
    if at is None:
        return turn.t("offer-no-step")
    try:
        advance(at, Answer(Said(text, turn.today)))
    except Rejected as refusal:
        return text_of(turn.t, refusal, turn.unit.now)
    turn.dialog.offer = {"place": place, "step": step_of(turn, place), "text": text, "who": who, "topic": topic}
    return NOTHING


def open_screen(turn: Turn, topic: int, word: str, who: str) -> None:
    """Offer one of SCREENS."""
    turn.dialog.offer = {"place": SCREENS[word], "who": who, "topic": topic}


def arrive(turn: Turn, offer: Offer) -> bool:
    """Go to where the offer leads. False: the step is not asked any more."""
    place = offer["place"]
    if "text" in offer and step_of(turn, place) != offer["step"]:
        settle(turn, offer, "late")
        turn.note("offer-late")
        return False
    while turn.dialog.place in ASIDE and "origin" in turn.dialog.args:
        turn.come_back()
    if turn.dialog.place != place:
        turn.aside(place) if place in ASIDE else turn.go(place)
    return True


def decline(turn: Turn) -> None:
    """The client goes on by themselves."""
    if offer := turn.dialog.offer:
        settle(turn, offer, "declined")


def settle(turn: Turn, offer: Offer, came: str) -> None:
    """It is accepted, declined or late: the employee hears of it."""
    turn.dialog.offer = None
    tell_staff(turn, offer["topic"], came)


def tell_staff(turn: Turn, topic: int, came: str, why: str = "") -> None:
    """What came of it, for the topic: refused (`why`), made, accepted, declined, late; of papers again, full."""
    event = turn.unit.event
    once = f"offer:{came}:{event.source}:{event.event_id}"
    turn.unit.submit(f"desk:{topic}", once, "talk.offered", topic=topic, came=came, why=why)


def step_of(turn: Turn, place: str) -> str:
    """Which step of the flow is asked, within items too."""
    at: dict[str, Any] | None = turn.dialog.flows.get(place)
    while at and at.get("inner"):
        at = at["inner"]
    return str(at["step"]) if at else ""
