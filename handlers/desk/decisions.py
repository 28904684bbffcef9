"""What claim handlers decide in a client's topic: the insurer is told, its answer moves the claim and is a note in the topic (K4, G6).

/claim АТ-15004029 clarification Справка о ДТП
"""

from __future__ import annotations

from typing import Any

from handlers.desk.posting import Hear
from handlers.desk.turn import DeskTurn
from handlers.texts import Texts
from services.cabinet import Cabinet
from services.claims import State
from services.claims.adjusting import ORDERED
from services.db.unit import Unit
from services.errors import NotFound


class Decisions:
    """`events` of the clients' lanes: what the insurer has answered."""

    def __init__(self, cabinet: Cabinet, t: Texts) -> None:
        self._cabinet, self._t = cabinet, t
        self.events: dict[str, Hear] = {"claim.ordered": self._ordered, "claim.order-refused": self._refused}

    async def _ordered(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The client hears of it as of any word of the insurer's; the topic hears what came of the order."""
        await self._cabinet.adjusting.heard(unit, facts["resource"])
        if it := await self._cabinet.claims.by_id(unit, facts["claim"]):
            text = self._t("desk-claim-moved", number=it.shown, state=self._t.plain(f"claim-state-{it.state}"))
            await self._cabinet.lines.note(unit, facts["account"], it.client_id, text)

    async def _refused(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The claim is further already, or the insurer does not know such a way."""
        if it := await self._cabinet.claims.by_id(unit, facts["claim"]):
            now, wanted = (self._t.plain(f"claim-state-{state}") for state in (it.state, facts["status"]))
            text = self._t("desk-claim-refused", number=it.shown, state=now, wanted=wanted)
            await self._cabinet.lines.note(unit, facts["account"], it.client_id, text)


async def decide(desk: DeskTurn, words: str) -> None:
    """`/claim NUMBER STATUS [words]` about a claim of this topic's client."""
    number, _, rest = words.partition(" ")
    word, _, said = rest.strip().partition(" ")
    client = desk.talk.client_id or desk.topic.client_id
    try:
        if client is None:
            raise NotFound
        it = await desk.cabinet.adjusting.order(
            desk.unit, desk.who, client, number, State(word), said.strip(), desk.talk.account_id
        )
    except NotFound:
        desk.reply("desk-claim-unknown", number=number)
    except ValueError:
        names = "\n".join(f"{state}: {desk.t.plain(f'claim-state-{state}')}" for state in ORDERED)
        desk.reply("desk-claim-how", states=names)
    else:
        await desk.cabinet.employees.record(desk.unit, desk.who, desk.whose, f"claim {it.shown} {word}")
        desk.reply("desk-claim-sent", number=it.shown, state=desk.t.plain(f"claim-state-{word}"))
