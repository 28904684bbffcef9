"""To Telegram: one call per chat at a time: notices in order, then the newest screen, then files, which take their time.

A chat that waits holds nobody else.

The screen rule (rule 6): after a tap the screen is edited in place; after the person's own message, or below a notice, it is sent
anew at the bottom and the old one is taken away. The contact button is a message of its own above the screen, removed when done.

What an answer means is `bot.telegram.classify`; what is done about it:

    answer     screen                              parcel
    ok, same   shown                               sent
    gone       sent anew                           sent (a deletion) or dead
    stop       shown; the person is unreachable    stopped; the same
    later      parked for `retry_after`            parked
    lost       parked a second                     parked; at-most-once: unknown, never repeated
    dead       the person sees a number            dead, visible in `python -m bot dead`
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.delivery import Hub
from bot.metrics import PARCELS
from bot.pace import Pacer
from bot.telegram import Answer, TelegramApi, Upload, Verdict
from services.db.pipe import Marks, ParcelRow, Parked, ScreenRow, Sent, Settled, Shown
from services.ports.core import CoreRefused, CoreTrouble

log = structlog.get_logger("sender")

BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0)


def pause_after(attempts: int) -> float:
    """Seconds until the next try."""
    return BACKOFF[min(attempts, len(BACKOFF) - 1)]


Documents = Callable[[str], Awaitable[bytes]]
"""The content of a document by its id at the core. Raises CoreTrouble (later) or CoreRefused (never)."""


@dataclass(slots=True)
class _Chat:
    """What one chat still has to be told."""

    parcels: deque[tuple[ParcelRow, dict[str, Any]]] = field(default_factory=deque)
    ids: set[int] = field(default_factory=set)
    screen: tuple[ScreenRow, dict[str, Any]] | None = None
    doing: int = 0  # the version being shown right now


class Sender:
    """`give_*` queue; a task per busy chat works. `aclose` lets calls in flight end."""

    def __init__(self, api: TelegramApi, hub: Hub, pacer: Pacer, documents: Documents) -> None:
        self._api, self._hub, self._pacer, self._documents = api, hub, pacer, documents
        self._chats: dict[int, _Chat] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._files: set[int] = set()  # parcels with a file, from the fetching to the mark
        self._parked: dict[int, float] = {}
        self._latest: dict[str, Shown] = {}  # marks may still be on their way to the database
        self._closing = False

    @property
    def busy(self) -> int:
        """Chats that are being told something, and files on their way to one."""
        return len(self._chats) + len(self._files)

    def give_parcel(self, row: ParcelRow, body: dict[str, Any]) -> None:
        """Queue a message, after its file has been fetched if it has one; what is in hand already is ignored."""
        if "document" not in body:
            self._queue(row, body)
        elif not self._closing and row.id not in self._files:
            self._files.add(row.id)
            self._spawn(self._fetch(row, body))

    def _queue(self, row: ParcelRow, body: dict[str, Any]) -> bool:
        """False when the chat is parked: the parcel comes back from the table."""
        chat = self._open(row.chat_id)
        if chat and row.id not in chat.ids:
            chat.ids.add(row.id)
            chat.parcels.append((row, body))
        return chat is not None

    def give_screen(self, row: ScreenRow, body: dict[str, Any]) -> None:
        """Queue a screen; it takes the place of an older one that has not left."""
        chat = self._open(row.chat_id)
        if chat and row.version > max(chat.doing, chat.screen[0].version if chat.screen else 0):
            chat.screen = (row, body)

    async def aclose(self) -> None:
        """No new chats; what is in flight ends."""
        self._closing = True
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _open(self, number: int) -> _Chat | None:
        if self._closing or self._parked.get(number, 0.0) > time.time():
            return None
        if number not in self._chats:
            self._chats[number] = _Chat()
            self._spawn(self._talk(number, self._chats[number]))
        return self._chats[number]

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _talk(self, number: int, chat: _Chat) -> None:
        try:
            await asyncio.sleep(0)  # the whole of a commit is handed over first
            while chat.parcels or chat.screen:
                if chat.parcels and not (chat.screen and "document" in chat.parcels[0][1]):
                    go_on = await self._parcel(*chat.parcels[0])
                    done, _ = chat.parcels.popleft()
                    chat.ids.discard(done.id)
                    self._files.discard(done.id)
                else:
                    screen, chat.screen = chat.screen, None
                    go_on = screen is None or await self._show(chat, *screen)
                if not go_on or self._closing:
                    return
        except Exception as bug:
            log.exception("sender_failed", error=type(bug).__name__)
            self._park(number, 5.0)
        finally:
            self._files.difference_update(chat.ids)
            del self._chats[number]

    def _park(self, number: int, seconds: float) -> float:
        until = self._parked[number] = time.time() + seconds
        if len(self._parked) > 1000:
            self._parked = {chat: t for chat, t in self._parked.items() if t > time.time()}
        return until

    # -- screens --------------------------------------------------------------------------------------------------------

    async def _show(self, chat: _Chat, row: ScreenRow, body: dict[str, Any]) -> bool:
        """Make the chat show this version. False: parked."""
        chat.doing = row.version
        latest = self._latest.get(row.lane)
        shown = max(row.shown, latest.version) if latest else row.shown
        old = latest.message_id if latest else row.message_id
        keyboard = latest.keyboard_id if latest else row.keyboard_id
        body = dict(body)
        wanted = body.pop("keyboard", None)
        anew = row.anew > shown or old is None
        if bool(wanted) != bool(keyboard):
            anew = True
            answer, keyboard = await self._keyboard(row.chat_id, wanted, keyboard)
            if answer.verdict not in (Verdict.OK, Verdict.GONE):
                return await self._not_shown(row, answer, old, keyboard)
        answer = Answer(Verdict.GONE)
        if not anew:
            answer = await self._send("editMessageText", row.chat_id, {**body, "message_id": old})
        sent_anew = answer.verdict is Verdict.GONE
        if sent_anew:
            answer = await self._send("sendMessage", row.chat_id, body)
        if answer.verdict not in (Verdict.OK, Verdict.SAME):
            return await self._not_shown(row, answer, old, keyboard)
        message_id = answer.result["message_id"] if sent_anew else old
        self._shown(Shown(row.lane, row.version, message_id, keyboard), lazy=not sent_anew)
        if sent_anew and old is not None and old != message_id:
            await self._take_away(row.chat_id, old)
        return True

    async def _keyboard(self, chat: int, wanted: dict[str, Any] | None, old: int | None) -> tuple[Answer, int | None]:
        """Bring the contact button, or take it away: Telegram removes a keyboard only by a message, which goes at once."""
        if wanted:
            answer = await self._send("sendMessage", chat, wanted)
            return answer, answer.result["message_id"] if answer.verdict is Verdict.OK else None
        answer = await self._send("sendMessage", chat, {"text": "✓", "reply_markup": {"remove_keyboard": True}})
        if answer.verdict is Verdict.OK:
            await self._api.call("deleteMessages", {"chat_id": chat, "message_ids": [old, answer.result["message_id"]]})
        return answer, old if answer.verdict is not Verdict.OK else None

    async def _take_away(self, chat: int, message_id: int) -> None:
        """The old screen. What is too old to be deleted loses its buttons; if even that fails, they are stale."""
        answer = await self._api.call("deleteMessage", {"chat_id": chat, "message_id": message_id})
        if answer.verdict is Verdict.GONE and "can't be deleted" in answer.words:
            await self._api.call("editMessageReplyMarkup", {"chat_id": chat, "message_id": message_id})

    async def _not_shown(self, row: ScreenRow, answer: Answer, old: int | None, keyboard: int | None) -> bool:
        if answer.verdict in (Verdict.LATER, Verdict.LOST):
            until = self._park(row.chat_id, answer.retry_after or BACKOFF[0])
            self._hub.mark(Marks(parked=[Parked("screen", row.lane, until, answer.words)]))
            if keyboard:
                self._latest[row.lane] = Shown(row.lane, row.shown, old, keyboard)
            return False
        self._shown(Shown(row.lane, row.version, old, keyboard), lazy=False)
        if answer.verdict is Verdict.STOP:
            await self._report(row.lane, f"unreachable:{row.lane}:{row.version}", {"type": "unreachable"})
        else:
            log.error("screen_refused", words=answer.words)
            facts = {"type": "screen.refused", "words": answer.words}
            await self._report(row.lane, f"refused:{row.lane}:{row.version}", facts)
        return True

    def _shown(self, mark: Shown, *, lazy: bool) -> None:
        self._latest.pop(mark.lane, None)
        self._latest[mark.lane] = mark
        while len(self._latest) > 10_000:
            self._latest.pop(next(iter(self._latest)))
        self._hub.mark(Marks(shown=[mark]), lazy=lazy)

    # -- parcels --------------------------------------------------------------------------------------------------------

    async def _parcel(self, row: ParcelRow, body: dict[str, Any]) -> bool:
        """Send one message. False: the chat is parked."""
        if row.expires_at is not None and row.expires_at < time.time():
            self._settle(row, Sent.STOPPED, "expired")
            return True
        if row.at_most_once:
            await self._hub.marked(Marks(settled=[Settled(row.id, Sent.SENDING, None)]))
        answer = await self._call(row, body)
        match answer.verdict:
            case Verdict.OK | Verdict.SAME:
                if arrived := body.get(
                    "on_sent"
                ):  # of each copy, if one goes twice: the screen stands below the last one
                    await self._report(row.lane, f"sent:{row.id}:{answer.result['message_id']}", arrived)
                self._settle(row, Sent.SENT, None)
            case Verdict.GONE:
                self._settle(row, Sent.SENT, answer.words)
            case Verdict.STOP:
                await self._report(row.lane, f"unreachable:{row.id}", {"type": "unreachable"})
                self._settle(row, Sent.STOPPED, answer.words)
            case Verdict.LOST if row.at_most_once:
                log.error("outcome_unknown", parcel=row.id)
                self._settle(row, Sent.UNKNOWN, answer.words)
            case Verdict.LATER | Verdict.LOST:
                until = self._park(row.chat_id, answer.retry_after or pause_after(row.attempts))
                self._hub.mark(Marks(parked=[Parked("outbox", row.id, until, answer.words)]))
                return False
            case Verdict.DEAD:
                await self._dead(row, body, answer.words)
        return True

    async def _call(self, row: ParcelRow, body: dict[str, Any]) -> Answer:
        if body["method"].startswith("delete"):
            return await self._api.call(body["method"], {"chat_id": row.chat_id, **body["payload"]})
        return await self._send(body["method"], row.chat_id, body["payload"], body.get("upload"))

    async def _fetch(self, row: ParcelRow, body: dict[str, Any]) -> None:
        """Bring the file of a parcel, then queue it. This goes on beside the chat: a slow core holds no screen."""
        document, queued = body["document"], False
        try:
            await self._api.call("sendChatAction", {"chat_id": row.chat_id, "action": "upload_document"})
            content = await self._documents(document["id"])
        except CoreTrouble as trouble:
            until = time.time() + pause_after(row.attempts)
            self._hub.mark(Marks(parked=[Parked("outbox", row.id, until, str(trouble))]))
        except CoreRefused as refused:
            await self._dead(row, body, str(refused))
        else:
            upload = Upload("document", document["file_name"], document["mime_type"], content)
            queued = self._queue(row, {**body, "upload": upload})
        finally:
            if not queued:
                self._files.discard(row.id)

    async def _dead(self, row: ParcelRow, body: dict[str, Any], words: str) -> None:
        log.error("parcel_dead", parcel=row.id, words=words)
        if failed := body.get("on_dead"):
            await self._report(row.lane, f"dead:{row.id}", failed)
        self._settle(row, Sent.DEAD, words)

    def _settle(self, row: ParcelRow, state: Sent, words: str | None) -> None:
        PARCELS.labels("telegram", state.name.lower()).inc()
        self._hub.mark(Marks(settled=[Settled(row.id, state, words)]))

    async def _report(self, lane: str, event_id: str, facts: dict[str, Any]) -> None:
        if lane.startswith("tg:"):
            await self._hub.report("sender", event_id, lane, facts)

    async def _send(self, method: str, chat: int, payload: dict[str, Any], upload: Upload | None = None) -> Answer:
        await self._pacer.turn(chat)
        return await self._api.call(method, {"chat_id": chat, **payload}, upload)
