"""What a client wants of reminders: kept per client, so that all their chats agree (B5)."""

from __future__ import annotations

import json
from dataclasses import replace

from services.db.unit import Unit
from services.reminders import statements as sql
from services.reminders.values import Choices, Kind


async def read(unit: Unit, client_id: str) -> Choices:
    """The client's choices, or what is meant by silence."""
    row = await sql.CHOICE.first(unit, client=client_id)
    if row is None:
        return Choices()
    zone, chosen, quiet_from, quiet_to, off, mail, sms = row
    known = frozenset(Kind(word) for word in json.loads(off) if word in Kind._value2member_map_)
    return Choices(zone, chosen, quiet_from, quiet_to, known, mail, sms)


async def write(unit: Unit, client_id: str, choices: Choices) -> None:
    """Keep them."""
    await sql.CHOOSE.run(
        unit,
        client_id=client_id,
        zone=choices.zone,
        chosen=choices.chosen,
        quiet_from=choices.quiet_from,
        quiet_to=choices.quiet_to,
        off=json.dumps(sorted(choices.off)),
        mail=choices.mail,
        sms=choices.sms,
    )


async def suppose(unit: Unit, client_id: str, zone: str) -> Choices | None:
    """A plate has shown where the client may live: not by Moscow's time. Returns the choices then; None: nothing new."""
    before = await read(unit, client_id)
    if before.chosen or zone in (before.zone, Choices().zone):
        return None
    supposed = replace(before, zone=zone)
    await write(unit, client_id, supposed)
    return supposed
