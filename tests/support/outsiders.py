"""What others do about one client's newest application or claim: the insurer's desk and the payer at the provider's page."""

from __future__ import annotations

import random
from typing import Any

from tests.support.desk import topics, writes
from tests.support.town import Town

FIELDS = (["drivers/0/licence"], ["drivers/1/birthDate", "drivers/0/name"], ["usagePeriods"], ["diagnosticCard/number"])
"""What a desk may find wrong."""
REASONS = ("insufficient_funds", "3d_secure_failed", "general_decline", "fraud_suspected", "expired_on_confirmation")
NEWS = (
    ("desk", "passed"),
    ("desk", "mismatch"),
    ("desk", "unreliable"),
    ("desk", "price"),
    ("payer", "cancel"),
    ("insurer", "review"),
    ("insurer", "clarification"),
)
"""What may happen at any moment without ending anything."""


class Outsiders:
    """Deeds that do not fit what the application or its payment is at the moment do nothing."""

    def __init__(self, town: Town, phone: str, chance: random.Random) -> None:
        self.town, self._phone, self._chance = town, phone, chance

    async def do(self, who: str, what: str) -> None:
        """`desk`: an outcome of the check, `price`, `refused`, `cancelled`. `payer`: `succeed`, `cancel`; of any open link.
        `insurer`: a state of the newest claim that may come to it, or `open`: one more claim. `staff`: an order in the newest topic.
        """
        if who == "payer":
            await self._pay(what)
        elif who == "insurer":
            await self._settle(what)
        elif who == "staff":
            await self._order(what)
        else:
            await self._decide(what)

    async def _decide(self, what: str) -> None:
        numbers = [row["number"] for row in await self._own("applications")]
        if not numbers:
            return
        match what:
            case "price":
                await self._try(
                    f"/desk/applications/{numbers[-1]}", {"price": f"{self._chance.randint(3000, 19999)}.5"}
                )
            case "refused" | "cancelled":
                await self._try(
                    f"/desk/applications/{numbers[-1]}", {"status": what, "reason": "Так решил страховщик."}
                )
            case "passed":
                await self._try(f"/desk/checks/{numbers[-1]}", {"outcome": what})
            case _:
                doubt = {"outcome": what, "fields": self._chance.choice(FIELDS), "comment": "Проверьте, пожалуйста."}
                await self._try(f"/desk/checks/{numbers[-1]}", doubt)

    async def _order(self, words: str) -> None:
        if found := await topics(self.town):
            await writes(self.town, max(it["id"] for it in found), words)

    async def _settle(self, status: str) -> None:
        claims = await self._own("claims")
        if status == "open" and claims:
            core, number = self.town.world.core, f"У-{self._chance.randrange(10**8, 10**9)}"
            core.adjusting.submit(number, core.register.notice(claims[-1]["claimId"]))
        elif moving := [it for it in claims if status in it["next"]]:
            await self._try(f"/desk/claims/{moving[-1]['claimNumber']}", {"status": status})

    async def _pay(self, what: str) -> None:
        own = [row["number"] for row in await self._own("policies")]
        waiting = [
            payment["id"]
            for payment in await self.town.call("GET", "/payments")
            if payment["status"] == "pending" and any(number in payment["description"] for number in own)
        ]
        if waiting:
            body = {"reason": self._chance.choice(REASONS)} if what == "cancel" else {}
            await self._try(f"/payments/{self._chance.choice(waiting)}/{what}", body)

    async def _own(self, what: str) -> list[dict[str, Any]]:
        """The client's `applications` or `policies` on the desk, the newest last."""
        desk = await self.town.call("GET", "/desk")
        own = {row["customerId"] for row in desk["customers"] if row["phone"] == self._phone}
        return [row for row in desk[what] if row["customerId"] in own]

    async def _try(self, path: str, body: dict[str, Any]) -> None:
        async with self.town.http.post(self.town.url + path, json=body) as response:
            assert response.status < 400 or response.status == 409, (path, await response.text())
