"""Many clients who are late with an instalment and pay it by link, while the provider is in a storm and the insurer changes its mind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from playground.core.drafts import Drafts, cover
from playground.core.resources import Compensation, Customer, Money, Payment, Policy
from tests.support.payers import BORN, Chaos, Fate, Payers, audit_money
from tests.support.tally import Tally

DAYS = (-94, -3, 88, 179)
"""The first of four is paid, the second is three days late."""
LATE = 1
MORE = Decimal("100.01")
"""By so many roubles the insurer raises an instalment somebody is about to pay."""
FATES = {
    "pays": Fate(50, ("succeeded",), issued=True),
    "is declined, then pays": Fate(10, ("canceled", "succeeded"), issued=True),
    "is declined": Fate(7, ("canceled",), issued=False),
    "never pays": Fate(7, ("canceled",), issued=False),
    "pays for a terminated contract": Fate(8, ("refunded",), issued=False),
    "pays what an office has taken": Fate(8, ("refunded",), issued=True),
    "pays an old sum and the new one": Fate(10, ("refunded", "succeeded"), issued=True),
}


class Owing(Payers):
    """A crowd whom the insurer knows, with a KASKO in instalments each; no two owe the same sum."""

    def owner(self, charge: dict[str, Any]) -> int:
        return self.owners[charge["description"].removeprefix("Договор ").partition(",")[0]]

    async def order(self, times: int = 1) -> None:
        """From the menu to the link; the tap that asks for it comes so many times at once."""
        await self.order_of(self.people, times)

    async def order_of(self, users: Sequence[int], times: int = 1) -> None:
        """These people do."""
        await self.tap_of(users, "debts")
        await self.tap_of(users, "pay", times)

    def contract(self, user: int) -> Policy:
        """As the insurer has it now."""
        found = self.scene.world.core.register.policies.get(f"pol-{user}")
        assert found
        return found

    def _contract(self, drafts: Drafts, customer: Customer, turn: int) -> Policy:
        driver = drafts.driver(customer.name, BORN, date(2011, 6, 7))
        each = Money(amount=f"{18350 + turn}.{turn % 100:02d}")
        payments = [
            Payment(maturity_date=drafts.day(day), amount=each, paid=place < LATE) for place, day in enumerate(DAYS)
        ]
        covers = [cover("damage", "Ущерб", "2420000", "20000")]
        car = drafts.car("Changan Uni-K", 2023, "LS4", "796")
        return drafts.kasko(customer, car, drafts.since(DAYS[0]), payments, covers, driver, Compensation.REPAIR)


class Struggle(Chaos):
    """What becomes of their instalments, played at once."""

    payers: Owing

    async def play(self) -> None:
        """From the first links to the last word of the provider."""
        payers = self.payers
        for user in self.of("pays for a terminated contract"):
            await self._desk(user, {"status": "terminated"})
        for user in self.of("pays what an office has taken"):
            await self._instalment(user, paid=True)
        dearer = self.of("pays an old sum and the new one")
        for user in dearer:
            now = Decimal(payers.contract(user).premium.payments[LATE].amount.amount)
            await self._instalment(user, amount={"amount": f"{now + MORE:.2f}", "unit": "RUB"})
        await payers.calm()
        await payers.tap_of(dearer, "menu")
        await payers.order_of(dearer)
        await self.pay()

    async def _instalment(self, user: int, **changed: Any) -> None:
        payments = [it.wire() for it in self.payers.contract(user).premium.payments]
        payments[LATE] |= changed
        await self._desk(user, {"premium": {"payments": payments}})

    async def _desk(self, user: int, changed: dict[str, Any]) -> None:
        await self.payers.scene.call("POST", f"/desk/policies/pol-{user}", changed)


async def audit_struggle(chaos: Struggle) -> Tally:
    """The insurer has each instalment paid once or not at all, and of all money exactly what the provider did not return."""
    payers = chaos.payers
    late = {user: payers.contract(user).premium.payments[LATE] for user in payers.people}
    tally = await audit_money(chaos, {user: it.paid for user, it in late.items()})
    others = [it for user in payers.people for it in payers.contract(user).premium.payments[LATE + 1 :] if it.paid]
    tally.check("doubled", len(others), f"{len(others)} instalments are paid that nobody has paid")
    taken = sum(Decimal(it["amount"]["value"]) for it in await payers.charges() if it["status"] == "succeeded")
    back = sum(Decimal(r["amount"]["value"]) for it in await payers.charges() for r in it["refunds"])
    office = chaos.of("pays what an office has taken")
    booked = sum(Decimal(it.amount.amount) for user, it in late.items() if it.paid and user not in office)
    tally.check("lost", taken - back != booked, f"{taken} taken, {back} returned, {booked} booked")
    return tally
