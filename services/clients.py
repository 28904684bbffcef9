"""Clients as the insurer's core tells us of them. Their personal data is sealed per field; a phone is found by its index."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from services.db.statement import Query, as_it_comes, upsert
from services.db.tables import client
from services.db.unit import Unit
from services.formats import to_e164
from services.model import Client, Name
from services.sessions import Sessions
from services.vault import Vault

STORE = upsert(client, key=["id"], newer=True)
ROW = (
    client.c.id,
    client.c.phone_status,
    client.c.name_sealed,
    client.c.birth_sealed,
    client.c.phone_sealed,
    client.c.email_sealed,
)
BY_PHONE = Query(
    select(*ROW)
    .where(client.c.phone_index == bindparam("phone", type_=client.c.phone_index.type))
    .order_by(client.c.id),
    as_it_comes,
)
BY_ID = Query(select(*ROW).where(client.c.id == bindparam("client")), as_it_comes)
IDS = Query(
    select(client.c.id).where(client.c.id > bindparam("after")).order_by(client.c.id).limit(bindparam("most")), str
)
KNOWN = Query(
    select(client.c.version, client.c.phone_index, client.c.phone_status).where(client.c.id == bindparam("client")),
    as_it_comes,
)

PHONE = "phone:v1"


class Clients:
    def __init__(self, vault: Vault, sessions: Sessions) -> None:
        self._vault, self._sessions = vault, sessions

    async def by_phone(self, unit: Unit, phone: str) -> list[Client]:
        """All clients with this number (E.164) on file. Only for a number its owner has shared (A3)."""
        rows = await BY_PHONE.all(unit, phone=self._vault.index(PHONE, phone))
        return [self._open(*row) for row in rows]

    async def by_id(self, unit: Unit, client_id: str) -> Client | None:
        """The client of an actor; never call it with an id that came from outside."""
        row = await BY_ID.first(unit, client=client_id)
        return self._open(*row) if row else None

    async def page_of_ids(self, unit: Unit, after: str, most: int) -> list[str]:
        """So many clients after this one; for work on everything, never for a person."""
        return await IDS.all(unit, after=after, most=most)

    async def apply(self, unit: Unit, resource: dict[str, Any]) -> None:
        """Take in the core's newest word on a client; a lower or equal version changes nothing (L1).

        A number that changed hands ends the client's bindings (A4): whoever holds the old number must not stay inside.
        """
        client_id, version = str(resource["customerId"]), int(resource["version"])
        phone = to_e164(resource.get("phone") or "")
        index = self._vault.index(PHONE, phone) if phone else None
        status = str(resource.get("phoneStatus", "unconfirmed"))
        known = await KNOWN.first(unit, client=client_id)
        if known and known[0] >= version:
            return
        await STORE.run(
            unit,
            id=client_id,
            version=version,
            phone_index=index,
            phone_status=status,
            name_sealed=self._seal("name", client_id, Name.of(resource["name"]).full_parts),
            birth_sealed=self._seal("birth", client_id, resource["birthDate"]),
            phone_sealed=self._seal("phone", client_id, phone) if phone else None,
            email_sealed=self._seal("email", client_id, resource["email"]) if resource.get("email") else None,
        )
        if known and (known[1] != index or (status == "changed" and known[2] != "changed")):
            await self._sessions.end_all(unit, client_id, why="phone")

    def _seal(self, field: str, client_id: str, value: str) -> bytes:
        return self._vault.seal(f"client.{field}", client_id, value)

    def _open(
        self, client_id: str, status: str, name: bytes, birth: bytes, phone: bytes | None, email: bytes | None
    ) -> Client:
        text = self._vault.text
        return Client(
            client_id,
            Name.of_parts(text("client.name", client_id, name)),
            date.fromisoformat(text("client.birth", client_id, birth)),
            text("client.phone", client_id, phone) if phone else "",
            status,
            text("client.email", client_id, email) if email else "",
        )
