"""Copies of papers for an application whose data did not match: sent by the client, handed to the insurer (D8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import structlog

from services.applications import Applications, row_of
from services.claims import ELSE
from services.db.unit import Unit
from services.model import Actor
from services.prolongation.course import Course
from services.uploads import Upload, Uploads

log = structlog.get_logger("prolongation")


def key_of(application_id: int) -> str:
    """Under which the copies of an application are kept."""
    return f"application:{application_id}"


class Copies:
    def __init__(self, applications: Applications, uploads: Uploads, course: Course) -> None:
        self._applications, self._uploads, self._course = applications, uploads, course

    async def of(self, unit: Unit, actor: Actor, application_id: int) -> list[Upload]:
        """What was sent for an application. Raises NotFound for somebody else's."""
        it = await self._applications.one(unit, actor, application_id)
        return await self._uploads.of_draft(unit, actor, key_of(it.id))

    async def send(self, unit: Unit, actor: Actor, application_id: int, shown: Iterable[tuple[str, Upload]]) -> None:
        """The client says that these are all: what is here goes to the insurer, each as what it shows. Raises NotFound."""
        it = await self._applications.one(unit, actor, application_id)
        for slot, file in shown:
            if file.state == "stored" and not file.handed:
                named = replace(file, slot=slot or ELSE)
                self._uploads.hand_over(unit, named, "application", it.number, f"client:{it.client_id}")

    async def sent(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer has a copy: whoever looks at the application sees it."""
        await self._uploads.handed(unit, facts["upload"])
        if it := await self._applications.by_id(unit, row_of(facts["number"])):
            await self._course.tell(unit, it, "copies")

    async def lost(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer does not take a copy: its people and ours have to look; the list of what was sent says so."""
        code = facts.get("code") or "refused"
        log.error("copy_lost", upload=facts["upload"], code=code)
        await self._uploads.lost(unit, facts["upload"], code)
