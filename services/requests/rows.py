"""Requests as rows: sealed and opened, what is said about each, who hears of it. Shared by the client's side and the staff's."""

from __future__ import annotations

import json
from typing import Any

from services.db.unit import Unit
from services.requests import statements as sql
from services.requests.values import Kind, Remark, Request, State
from services.sessions import Sessions
from services.vault import Vault

STAFF = "staff"
"""The lane of the staff's side."""


class Rows:
    def __init__(self, vault: Vault, sessions: Sessions) -> None:
        self._vault, self._sessions = vault, sessions

    def seal(self, draft: str, entered: dict[str, Any]) -> bytes:
        """What the client has told, bound to the draft it was filed from."""
        return self._vault.seal("request.entered", draft, json.dumps(entered, ensure_ascii=False))

    def open(self, row: tuple[Any, ...]) -> Request:
        """The inverse, with all that stands beside it."""
        number, account, client, draft, kind, state, employee, policy, filed, due, changed, ended, sealed = row
        return Request(
            number,
            account,
            client or "",
            draft,
            Kind(kind),
            State(state),
            employee,
            policy or "",
            filed,
            due,
            changed,
            ended,
            json.loads(self._vault.open("request.entered", draft, sealed)),
        )

    async def history(self, unit: Unit, request: Request) -> list[Remark]:
        """What was said and done about it, the oldest first."""
        return [
            Remark(
                number,
                State(state) if state else None,
                self._vault.text("remark.text", event, sealed) if sealed else "",
                at,
                name or "",
                post or "",
            )
            for number, state, event, sealed, at, name, post in await sql.HISTORY.all(unit, row=request.id)
        ]

    async def remark(
        self, unit: Unit, request: Request, *, state: State | None = None, text: str = "", who: int | None = None
    ) -> int | None:
        """Add a line to the history; its id. None: this event has made its own already."""
        event = f"{request.id}:{unit.event.source}:{unit.event.event_id}"
        sealed = self._vault.seal("remark.text", event, text) if text else None
        return await sql.REMARK.first(
            unit, request_id=request.id, employee_id=who, state=state, text_sealed=sealed, event=event, at=unit.now
        )

    def tell_staff(self, unit: Unit, kind: str, request: Request, **facts: Any) -> None:
        """Let the staff's side hear of it."""
        once = f"{kind}:{request.id}:{unit.event.source}:{unit.event.event_id}"
        unit.submit(STAFF, once, kind, request=request.id, number=request.number, **facts)

    async def tell(self, unit: Unit, request: Request, news: str) -> None:
        """Every chat of the client hears of it, but not the one whose own step this is."""
        kind, whose, lane = "request.news", request.account_id, f"tg:{request.account_id}"
        once = f"request:{request.id}"
        if request.client_id:
            await self._sessions.tell(unit, request.client_id, kind, once, whose, request=request.id, news=news)
        elif lane != unit.event.lane:
            once = f"{once}:{unit.event.source}:{unit.event.event_id}"
            unit.submit(lane, once, kind, mine=True, request=request.id, news=news)
