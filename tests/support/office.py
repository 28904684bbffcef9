"""What a person does about a claim without the chat: each deed is a step of its own, stored and delivered as any other."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from bot.adapters import make_files, make_vault
from bot.container import make_dialogs
from bot.pipe import Pipe
from handlers.turn import Turn
from services.cabinet import Cabinet
from services.claims import Claim
from services.db.pipe import Event
from services.db.unit import Unit
from services.model import Actor
from services.uploads import Sent, Upload
from tests.support.claims import AT, REPORT
from tests.support.insured import Insured
from tests.support.town import Town

T = TypeVar("T")
Deed = Callable[[Unit, Cabinet, Actor], Awaitable[T]]


class Office:
    """`person` needs no chat; `folder` is for what is on its way."""

    def __init__(self, town: Town, person: Insured, folder: Path) -> None:
        self.town, self.person, self.folder = town, person, folder
        self._vault, self._number = make_vault(town.settings), 0
        parts = town.process.parts
        hall, _ = make_dialogs(town.settings, self._vault, parts.clock, parts.calendar)
        self._conversation = hall.conversation
        self.files = make_files(town.settings, self._vault)
        self.actor = Actor(person.id, "ru", 0, AT, consented=True, client_id=person.client_id)

    def turn(self, unit: Unit) -> Turn:
        return self._conversation.turn(unit, self.actor)

    async def do(self, deed: Deed[T]) -> T:
        parts = self.town.process.parts
        self._number += 1
        event = Event("test", f"{self.person.id}:{self._number}", f"tg:{self.person.id}", b"{}")
        async with parts.store.tx() as tx:
            await tx.lock([event.lane])
            unit = Unit(tx, event, parts.clock.now())
            found = await deed(unit, self.turn(unit).cabinet, self.actor)
            pipe = Pipe(parts.store, self._vault, parts.clock, _nothing)
            unit.parcels = [parcel for parcel in unit.parcels if parcel.channel != "file"]
            await tx.write(pipe.ledger([unit]), time.time())
        parts.hub.poke()
        return found

    async def photo(self, message: int, content: bytes, draft: str = "d") -> str:
        """A file that has gone all the way into the store; its hash."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.folder / sha256
        path.write_bytes(content)
        await self.files.put(path, sha256)
        sent = Sent("f", message, f"Фото {message}, бампер.jpg", "image/jpeg", len(content), "", AT)
        kept = {"sha256": sha256, "size": len(content), "mime": "image/jpeg", "width": 8, "height": 8}

        async def taken(unit: Unit, cabinet: Cabinet, actor: Actor) -> None:
            await cabinet.uploads.take(unit, actor, draft, sent)
            row = unit.parcels[-1].body["upload"]
            found = {"upload": row, "sha256": sha256[::-1], "kept": kept, "looks": [], "likeness": "", "taken": None}
            await cabinet.uploads.stored(unit, actor, found)

        await self.do(taken)
        return sha256

    async def file(self, draft: str = "d") -> Claim:
        async def filed(unit: Unit, cabinet: Cabinet, actor: Actor) -> Claim:
            policy = await cabinet.policies.by_core_id(unit, actor, self.person.policies[0].policy_id)
            return await cabinet.claims.file(unit, actor, policy, REPORT, draft)

        return await self.do(filed)

    async def now(self, claim: Claim) -> tuple[Claim, list[Upload]]:
        async def looked(unit: Unit, cabinet: Cabinet, actor: Actor) -> tuple[Claim, list[Upload]]:
            one = await cabinet.claims.one(unit, actor, claim.id)
            return one, await cabinet.uploads.of_claim(unit, actor, claim.id)

        return await self.do(looked)


async def _nothing(_: Unit) -> None:
    return None
