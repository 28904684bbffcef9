"""Bindings of Telegram accounts to clients, and their ends: logout, another's session, a number that changed hands (A4, A5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from services.db.statement import Command, Query, as_it_comes
from services.db.tables import binding
from services.db.unit import Unit
from services.errors import NotFound
from services.history import Deed, History
from services.model import Actor
from services.vault import Vault


@dataclass(frozen=True, slots=True)
class Session:
    """One linked Telegram account of the client. `known_as` is its name in Telegram; empty if it was not told."""

    id: int
    account_id: int
    bound_at: datetime
    active_at: datetime
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    account_id: int
    bound_at: datetime
    active_at: datetime
    name_sealed: bytes | None


BIND = Query(
    insert(binding)
    .values(
        account_id=bindparam("account"),
        client_id=bindparam("client"),
        bound_at=bindparam("now", type_=binding.c.bound_at.type),
        unlocked_at=bindparam("now", type_=binding.c.bound_at.type),
        fresh_at=bindparam("now", type_=binding.c.bound_at.type),
        active_at=bindparam("now", type_=binding.c.bound_at.type),
        name_sealed=bindparam("name", type_=binding.c.name_sealed.type),
    )
    .returning(binding.c.id),
    int,
)
UNLOCK = Command(
    update(binding)
    .where(binding.c.id == bindparam("binding"), binding.c.ended_at.is_(None))
    .values(
        unlocked_at=bindparam("now", type_=binding.c.bound_at.type),
        fresh_at=bindparam("now", type_=binding.c.bound_at.type),
        active_at=bindparam("now", type_=binding.c.bound_at.type),
    )
)
END = Command(
    update(binding)
    .where(
        binding.c.id == bindparam("binding"), binding.c.client_id == bindparam("client"), binding.c.ended_at.is_(None)
    )
    .values(ended_at=bindparam("now", type_=binding.c.bound_at.type), ended_by=bindparam("why"))
)
LIVE = Query(
    select(binding.c.id, binding.c.account_id, binding.c.bound_at, binding.c.active_at, binding.c.name_sealed)
    .where(binding.c.client_id == bindparam("client"), binding.c.ended_at.is_(None))
    .order_by(binding.c.active_at.desc(), binding.c.id),
    _Row,
)
EVER = Query(
    select(binding.c.account_id, binding.c.name_sealed)
    .where(binding.c.client_id == bindparam("client"))
    .order_by(binding.c.id),
    as_it_comes,
)
ELSEWHERE = Query(
    select(binding.c.id)
    .where(binding.c.client_id == bindparam("client"), binding.c.account_id != bindparam("account"))
    .limit(1),
    int,
)


class Sessions:
    """A session that ends from elsewhere tells its own chat by an event of its own."""

    def __init__(self, vault: Vault, history: History) -> None:
        self._vault, self._history = vault, history

    async def bind(self, unit: Unit, actor: Actor, client_id: str, known_as: str = "") -> None:
        """This account is this client from now on; the client's other accounts are told (A5)."""
        if actor.binding_id is not None and actor.client_id is not None:
            await END.run(unit, binding=actor.binding_id, client=actor.client_id, now=unit.now, why="relogin")
            await self._history.record(unit, actor.client_id, actor.account_id, Deed.LOGOUT)
        name = self._vault.seal("binding.name", actor.account_id, known_as) if known_as else None
        number = await BIND.first(unit, account=actor.account_id, client=client_id, now=unit.now, name=name)
        await self._history.record(unit, client_id, actor.account_id, Deed.LOGIN)
        for other in await self.of_client(unit, client_id):
            if other.account_id != actor.account_id:
                unit.submit(f"tg:{other.account_id}", f"login:{number}:{other.account_id}", "login.elsewhere")

    async def unlock(self, unit: Unit, actor: Actor) -> None:
        """A code was entered: the whole cabinet is open again."""
        await UNLOCK.run(unit, binding=actor.binding_id, now=unit.now)
        await self._history.record(unit, actor.client_id, actor.account_id, Deed.UNLOCK)

    async def known_elsewhere(self, unit: Unit, actor: Actor, client_id: str) -> bool:
        """Was this client ever bound to another Telegram account? Then a fact is asked as well (A3)."""
        return await ELSEWHERE.first(unit, client=client_id, account=actor.account_id) is not None

    async def all(self, unit: Unit, actor: Actor) -> list[Session]:
        """The client's sessions, the most recently active first."""
        return await self.of_client(unit, actor.client_id) if actor.client_id else []

    async def of_client(self, unit: Unit, client_id: str) -> list[Session]:
        """The chats that have to hear of something; for events, never for a person."""
        return [
            Session(row.id, row.account_id, row.bound_at, row.active_at, self._name(row))
            for row in await LIVE.all(unit, client=client_id)
        ]

    async def tell(self, unit: Unit, client_id: str, kind: str, once: str, whose: int, **facts: Any) -> None:
        """An event for each chat of the client, but not for the one whose own step this is. `mine`: account `whose` began it."""
        for session in await self.of_client(unit, client_id):
            lane = f"tg:{session.account_id}"
            if lane != unit.event.lane:
                name = f"{once}:{unit.event.source}:{unit.event.event_id}:{session.account_id}"
                unit.submit(lane, name, kind, mine=session.account_id == whose, **facts)

    async def end(self, unit: Unit, actor: Actor, binding_id: int, why: str) -> None:
        """End one of the client's own sessions. Raises NotFound for anybody else's."""
        ending = next((s for s in await self.all(unit, actor) if s.id == binding_id), None)
        if ending is None or not await END.run(unit, binding=binding_id, client=actor.client_id, now=unit.now, why=why):
            raise NotFound
        if ending.account_id == actor.account_id:
            await self._history.record(unit, actor.client_id, actor.account_id, Deed.LOGOUT)
            return
        await self._history.record(
            unit, actor.client_id, actor.account_id, Deed.ENDED, whose=ending.account_id, why=why
        )
        self._tell(unit, ending, why)

    async def end_all(self, unit: Unit, client_id: str, why: str) -> None:
        """End every session of a client, and tell each chat why."""
        for session in await self.of_client(unit, client_id):
            await END.run(unit, binding=session.id, client=client_id, now=unit.now, why=why)
            once = f"{why}:{session.id}"
            await self._history.record(unit, client_id, None, Deed.ENDED, once=once, whose=session.account_id, why=why)
            self._tell(unit, session, why)

    async def names(self, unit: Unit, actor: Actor) -> dict[int, str]:
        """What every account that ever was this client's is called in Telegram; empty where it was not told."""
        rows = await EVER.all(unit, client=actor.client_id)
        return {account: self._open(account, sealed) for account, sealed in rows}

    def _name(self, row: _Row) -> str:
        return self._open(row.account_id, row.name_sealed)

    def _open(self, account_id: int, sealed: bytes | None) -> str:
        return self._vault.text("binding.name", account_id, sealed) if sealed else ""

    def _tell(self, unit: Unit, session: Session, why: str) -> None:
        unit.submit(f"tg:{session.account_id}", f"ended:{session.id}", "session.ended", why=why)
