"""The one screen of a chat (rule 6): after a tap it is edited in place; after the person's own message, or below a notice, it is sent
anew at the bottom and the old one is taken away. What says just that already is left alone. A button that shares one's number or
place is a message of its own above the screen, removed when done. A card (`Unit.pin`) is sent once and edited in place ever after;
the screen then goes below it.

What nobody asked for (`handlers/unasked.py`) waits behind what people wait for. A newer version that comes meanwhile takes its place, and
bears the same duty until one of them is shown. Is it to be shown at most once, that is stored before the call. What could not leave in its
time is not shown at all: `screen.outdated` is told. What only mends a screen (`Turn.mend`) is edited in place or let be.

What is done about an answer (`bot.telegram.classify`):

    ok, same   shown
    gone       sent anew
    stop       shown; the person is unreachable; `on_stop` is told
    moved      parked, until its row carries the group's new id
    later      parked for `retry_after`
    lost       parked a second; at most once: shown as far as we know, never repeated, `screen.unknown` is told
    dead       the person sees a number
    left       the newer version follows
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import structlog

from bot.delivery import pause_after
from bot.line import Line
from bot.metrics import SCREENS_UNKNOWN
from bot.pace import Place
from bot.telegram import Answer, Verdict
from services.clock import Clock
from services.db.pipe import CARD, Marks, Parked, ScreenRow, Sending, Shown

log = structlog.get_logger("screens")


@dataclass(frozen=True, slots=True)
class _Stands:
    """The mark of what was shown last, and the digest of its words and buttons; empty if Telegram did not take them. `bore`: which of what
    nobody asked for that was (`since`).
    """

    mark: Shown
    said: bytes
    bore: int | None = None


class Screens:
    """Makes a chat show a version. What stands where is known from the row, or from a mark that is on its way to the database."""

    def __init__(self, line: Line, clock: Clock) -> None:
        self._line, self._clock = line, clock
        self._latest: dict[str, _Stands] = {}

    async def show(self, row: ScreenRow, body: dict[str, Any], place: Place) -> bool:
        """Make the chat show this version, when it is the turn of its place. False: parked."""
        known = self._latest.get(row.lane)
        latest = known.mark if known else None
        shown = max(row.shown, latest.version) if latest else row.shown
        old = latest.message_id if latest else row.message_id
        keyboard = latest.keyboard_id if latest else row.keyboard_id
        body = dict(body)
        wanted, unasked = body.pop("keyboard", None), body.pop("unasked", None) or {}
        mending = body.pop("mending", False)
        bore = unasked.get("since")
        if known and known.bore is not None and known.bore == bore:
            unasked = {}  # it stands there: this was rendered before that was known
        if unasked.get("until") and self._clock.time() > unasked["until"]:
            await self._give_up(row, "outdated", unasked, old, keyboard)
            return True
        anew = row.anew > shown or old is None
        said = hashlib.blake2b(json.dumps(body).encode(), digest_size=16).digest()
        if known and known.mark.version == shown and known.said == said and not anew and bool(wanted) == bool(keyboard):
            self._shown(Shown(row.lane, row.version, old, keyboard), said, lazy=True, bore=bore)
            return True  # an edit that changes nothing is refused, and costs a group one of its twenty a minute
        if unasked.get("once"):
            await self._line.hub.marked(Marks(sending=[Sending(row.lane, row.version)]))
        if bool(wanted) != bool(keyboard):
            anew = True
            answer, keyboard = await self._keyboard(row.chat_id, wanted, keyboard, place)
            if answer.verdict not in (Verdict.OK, Verdict.GONE):
                return await self._not_shown(row, answer, old, keyboard, unasked)
        answer = Answer(Verdict.GONE)
        if not anew:
            edit = {**body, "message_id": old}
            edit.pop("message_thread_id", None)
            answer = await self._line.send("editMessageText", row.chat_id, edit, place=place)
            if mending and answer.verdict is Verdict.GONE:
                answer = Answer(Verdict.SAME)  # taken away by the person: no reason to make a noise
        sent_anew = answer.verdict is Verdict.GONE
        if sent_anew:
            answer = await self._line.send("sendMessage", row.chat_id, body, place=place)
        if answer.verdict not in (Verdict.OK, Verdict.SAME):
            return await self._not_shown(row, answer, old, keyboard, unasked)
        message_id = answer.result["message_id"] if sent_anew else old
        self._shown(Shown(row.lane, row.version, message_id, keyboard), said, lazy=not sent_anew, bore=bore)
        if sent_anew and old is not None and old != message_id:
            await self._take_away(row.chat_id, old)
        if sent_anew and row.lane.startswith(CARD):
            placed = {"type": "card.placed", "message_id": message_id}
            await self._line.report(person_of(row), f"placed:{row.lane}:{message_id}", placed)
        return True

    async def _keyboard(
        self, chat: int, wanted: dict[str, Any] | None, old: int | None, place: Place
    ) -> tuple[Answer, int | None]:
        """Bring the contact button, or take it away: Telegram removes a keyboard only by a message, which goes at once."""
        if wanted:
            answer = await self._line.send("sendMessage", chat, wanted, place=place)
            return answer, answer.result["message_id"] if answer.verdict is Verdict.OK else None
        away = {"text": "✓", "reply_markup": {"remove_keyboard": True}}
        answer = await self._line.send("sendMessage", chat, away, place=place)
        if answer.verdict is Verdict.OK:
            await self._line.call("deleteMessages", chat, {"message_ids": [old, answer.result["message_id"]]})
        return answer, old if answer.verdict is not Verdict.OK else None

    async def _take_away(self, chat: int, message_id: int) -> None:
        """The old screen. What is too old to be deleted loses its buttons; if even that fails, they are stale."""
        answer = await self._line.call("deleteMessage", chat, {"message_id": message_id})
        if answer.verdict is Verdict.GONE and "can't be deleted" in answer.words:
            await self._line.call("editMessageReplyMarkup", chat, {"message_id": message_id})

    async def _not_shown(
        self, row: ScreenRow, answer: Answer, old: int | None, keyboard: int | None, unasked: dict[str, Any]
    ) -> bool:
        if answer.verdict is Verdict.LEFT:
            self._keep(row, old, keyboard)
            return True
        if answer.verdict is Verdict.LOST and unasked.get("once"):
            await self._unknown(row, unasked, keyboard)
            return True
        if answer.verdict in (Verdict.LATER, Verdict.LOST, Verdict.MOVED):
            moved = answer.verdict is Verdict.MOVED
            until = (
                await self._line.moved(row.chat_id, answer.result)
                if moved
                else self._line.park(row.chat_id, answer.retry_after or pause_after(0))
            )
            self._line.hub.mark(Marks(parked=[Parked("screen", row.lane, until, answer.words)]))
            self._keep(row, old, keyboard)
            return False
        # told before it is marked: a death in between tells it once more, and that is known then
        if answer.verdict is Verdict.STOP:
            await self._line.report(person_of(row), f"unreachable:{row.lane}:{row.version}", {"type": "unreachable"})
            if stopped := unasked.get("on_stop"):
                await self._line.report(person_of(row), f"stopped:{row.lane}:{row.version}", stopped)
        else:
            log.error("screen_refused", words=answer.words)
            facts = {"type": "screen.refused", "words": answer.words}
            await self._line.report(row.lane, f"refused:{row.lane}:{row.version}", facts)
        self._shown(Shown(row.lane, row.version, old, keyboard), b"", lazy=False)
        return True

    async def abandoned(self, row: ScreenRow, body: dict[str, Any]) -> None:
        """It was to be shown at most once, and the process died over it."""
        await self._unknown(row, body["unasked"], row.keyboard_id)

    def put_back(self, row: ScreenRow) -> None:
        """It was not sent: the process ends. The next one sends it."""
        self._line.hub.mark(Marks(parked=[Parked("screen", row.lane, 0.0, None)]))

    async def _unknown(self, row: ScreenRow, unasked: dict[str, Any], keyboard: int | None) -> None:
        """Whether it stands there nobody knows: the chat hears of it, and its next screen is sent anew."""
        log.error("outcome_unknown", screen=row.version)
        SCREENS_UNKNOWN.inc()
        await self._give_up(row, "unknown", unasked, None, keyboard)

    async def _give_up(
        self, row: ScreenRow, why: str, unasked: dict[str, Any], old: int | None, keyboard: int | None
    ) -> None:
        """It is not sent (again), and the chat hears why; `old` is what stands there, None for who knows."""
        facts = {"type": f"screen.{why}", "since": unasked["since"], "version": row.version}
        await self._line.report(person_of(row), f"{why}:{row.lane}:{row.version}", facts)
        self._shown(Shown(row.lane, row.version, old, keyboard), b"", lazy=False)

    def _keep(self, row: ScreenRow, old: int | None, keyboard: int | None) -> None:
        """Not shown yet; but the keyboard may have come or gone meanwhile."""
        known = self._latest.get(row.lane)
        if keyboard != (known.mark.keyboard_id if known else row.keyboard_id):
            version, bore = (known.mark.version, known.bore) if known else (row.shown, None)
            self._latest[row.lane] = _Stands(Shown(row.lane, version, old, keyboard), b"", bore)

    def _shown(self, mark: Shown, said: bytes, *, lazy: bool, bore: int | None = None) -> None:
        self._latest.pop(mark.lane, None)
        self._latest[mark.lane] = _Stands(mark, said, bore)
        while len(self._latest) > 10_000:
            self._latest.pop(next(iter(self._latest)))
        self._line.hub.mark(Marks(shown=[mark]), lazy=lazy)


def person_of(row: ScreenRow) -> str:
    """The lane that hears of it: a card's key ends with the lane that has pinned it."""
    return row.lane.rpartition("@")[2]
