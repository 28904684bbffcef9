"""One message to a chat, and the file it may carry, which is fetched or printed first (`bot.papers`).

What is done about an answer (`bot.telegram.classify`):

    ok, same   sent
    gone       sent: what was to be deleted is not there
    moved      parked, until its rows carry the group's new id
    stop       stopped; the person is unreachable; `on_stop` is told, so that what matters is said later
    later      parked for `retry_after`
    lost       parked; at-most-once: unknown, never repeated
    dead       dead, visible in `python -m bot dead`
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.delivery import pause_after
from bot.line import Line
from bot.metrics import PARCELS
from bot.telegram import Answer, Upload, Verdict
from services.db.pipe import Marks, ParcelRow, Parked, Sent, Settled
from services.ports.core import CoreRefused, CoreTrouble
from services.ports.files import FileLost, FilesTrouble

log = structlog.get_logger("parcels")

Documents = Callable[[dict[str, Any]], Awaitable[bytes]]
"""The content of a paper. Raises CoreTrouble or FilesTrouble (later), CoreRefused or FileLost (never)."""


class Parcels:
    """Sends what is due; a mark and, where somebody has to hear of it, an event say what became of it."""

    def __init__(self, line: Line, documents: Documents) -> None:
        self._line, self._documents = line, documents

    async def send(self, row: ParcelRow, body: dict[str, Any]) -> bool:
        """Send one message. False: the chat is parked."""
        if row.expires_at is not None and row.expires_at < time.time():
            self._settle(row, Sent.STOPPED, "expired")
            return True
        if row.at_most_once:
            await self._line.hub.marked(Marks(settled=[Settled(row.id, Sent.SENDING, None)]))
        answer = await self._call(row, body)
        match answer.verdict:
            case Verdict.OK | Verdict.SAME:
                # of each copy, if one goes twice: the screen stands below the last one
                if arrived := body.get("on_sent"):
                    ids = ids_of(answer.result)
                    once = f"sent:{row.id}:{':'.join(map(str, ids))}"
                    await self._line.report(row.lane, once, {**arrived, "ids": ids})
                self._settle(row, Sent.SENT, None)
            case Verdict.GONE:
                self._settle(row, Sent.SENT, answer.words)
            case Verdict.MOVED:
                self._later(row, await self._line.moved(row.chat_id, answer.result), answer.words)
                return False
            case Verdict.STOP:
                await self._line.report(row.lane, f"unreachable:{row.id}", {"type": "unreachable"})
                if stopped := body.get("on_stop"):
                    await self._line.report(row.lane, f"stopped:{row.id}", stopped)
                self._settle(row, Sent.STOPPED, answer.words)
            case Verdict.LOST if row.at_most_once:
                log.error("outcome_unknown", parcel=row.id)
                self._settle(row, Sent.UNKNOWN, answer.words)
            case Verdict.LATER | Verdict.LOST:
                until = self._line.park(row.chat_id, answer.retry_after or pause_after(row.attempts))
                self._later(row, until, answer.words)
                return False
            case Verdict.DEAD:
                await self._dead(row, body, answer.words)
        return True

    async def fetch(self, row: ParcelRow, body: dict[str, Any]) -> dict[str, Any] | None:
        """The body with its file in it; None when it did not come, which is marked."""
        document = body["document"]
        try:
            await self._line.call("sendChatAction", row.chat_id, {"action": "upload_document"})
            content = await self._documents(document)
        except (CoreTrouble, FilesTrouble) as trouble:
            self._later(row, time.time() + pause_after(row.attempts), str(trouble))
        except (CoreRefused, FileLost) as refused:
            await self._dead(row, body, str(refused))
        except Exception as bug:  # of a press: a newer release may mend it
            log.exception("paper_failed", parcel=row.id, error=type(bug).__name__)
            self._later(row, time.time() + pause_after(row.attempts), type(bug).__name__)
        else:
            return {**body, "upload": Upload("document", document["file_name"], document["mime_type"], content)}
        return None

    async def _call(self, row: ParcelRow, body: dict[str, Any]) -> Answer:
        if body["method"].startswith("delete"):
            return await self._line.call(body["method"], row.chat_id, body["payload"])
        return await self._line.send(body["method"], row.chat_id, body["payload"], body.get("upload"))

    async def _dead(self, row: ParcelRow, body: dict[str, Any], words: str) -> None:
        log.error("parcel_dead", parcel=row.id, words=words)
        if failed := body.get("on_dead"):
            await self._line.report(row.lane, f"dead:{row.id}", {**failed, "words": words})
        self._settle(row, Sent.DEAD, words)

    def _later(self, row: ParcelRow, until: float, words: str) -> None:
        self._line.hub.mark(Marks(parked=[Parked("outbox", row.id, until, words)]))

    def _settle(self, row: ParcelRow, state: Sent, words: str | None) -> None:
        PARCELS.labels("telegram", state.name.lower()).inc()
        self._line.hub.mark(Marks(settled=[Settled(row.id, state, words)]))


def ids_of(result: Any) -> list[int]:
    """What stands in the chat now: the messages' ids, or that of a topic that was made."""
    if isinstance(result, dict):
        result = [result]
    found = result if isinstance(result, list) else []
    return [it.get("message_id") or it["message_thread_id"] for it in found]
