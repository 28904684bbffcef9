"""What the card of a request and that of a call of an agent have in common: words for staff, and a way to call it off (I2, I4)."""

from __future__ import annotations

from handlers.room import Room
from handlers.turn import Turn
from services.model import Access


def sure(turn: Turn) -> Access:
    """What a client has told is read after a code; somebody who is no client has only their Telegram account."""
    return Access.UNLOCKED if turn.actor.client_id else Access.CONSENTED


def errand_rooms(kind: str, back: str) -> tuple[Room, Room]:
    """The rooms `<kind>-card` and `<kind>-end`, which show nothing yet: the card, and the question whether to call it off."""
    card = Room(f"{kind}-card", needs=Access.CONSENTED, back=back, sure=sure)
    end = Room(f"{kind}-end", needs=Access.CONSENTED, back=card.name, sure=sure)

    @card.text
    async def comment(turn: Turn, text: str) -> None:
        """More words go to staff at once."""
        words = turn.cabinet.questions.check(text)
        await turn.cabinet.requests.comment(turn.unit, turn.actor, turn.args["id"], words)
        turn.note("request-commented")

    @card.tap(end.name)
    async def ask_end(turn: Turn, _: str) -> None:
        turn.go(end.name, id=turn.args["id"])

    @end.tap("yes")
    async def cancel(turn: Turn, _: str) -> None:
        done = await turn.cabinet.requests.cancel(turn.unit, turn.actor, turn.args["id"])
        turn.note(f"{kind}-ended" if done else "request-over-already")
        turn.go(card.name, id=turn.args["id"])

    @end.tap("back")
    async def keep(turn: Turn, _: str) -> None:
        turn.go(card.name, id=turn.args["id"])

    return card, end
