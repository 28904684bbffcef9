"""Money that did not go as it should: a note in the client's topic says whose it is, how much, and what an employee has to do (F2).

/pay 2f3a7c11-000f-5000-8000-1a2b3c4d5e6f
"""

from __future__ import annotations

from typing import Any

from handlers import format as show
from handlers.desk.posting import Hear
from handlers.desk.turn import DeskTurn
from handlers.texts import Texts
from services.cabinet import Cabinet
from services.db.unit import Unit


class Money:
    """`events` of the clients' lanes."""

    def __init__(self, cabinet: Cabinet, t: Texts) -> None:
        self._cabinet, self._t = cabinet, t
        self.events: dict[str, Hear] = {"payment.trouble": self._trouble}

    async def _trouble(self, unit: Unit, facts: dict[str, Any]) -> None:
        """`word`: disputed or stuck, which people have to settle; twice or returning, which they have to know of."""
        it = await self._cabinet.payments.by_id(unit, facts["payment"])
        if it is None or not self._cabinet.groups:
            return
        wrong = ", ".join(self._t.plain("desk-money-wrong", what=word) for word in it.reason.split())
        text = self._t(
            f"desk-money-{facts['word']}",
            what=facts["what"],
            amount=show.money(it.amount),
            number=it.charge_id or it.key,
            wrong=wrong,
        )
        await self._cabinet.lines.note(unit, it.account_id, it.client_id, text)


async def settle(desk: DeskTurn, words: str) -> None:
    """`/pay NUMBER`: no money of this payment in dispute is left with us, so that the client may pay by a new link."""
    client = desk.talk.client_id or desk.topic.client_id
    it = await desk.cabinet.payments.disputed(desk.unit, client, words.strip()) if client else None
    if it is None:
        desk.reply("desk-pay-how")
        return
    once = f"undisputed:{it.id}"
    desk.unit.submit(f"client:{it.client_id}", once, "payment.undisputed", payment=it.id)
    await desk.cabinet.employees.record(desk.unit, desk.who, desk.whose, f"pay {it.id}")
    desk.reply("desk-pay-open")
