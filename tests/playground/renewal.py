"""A client's side of a prolongation at the reference core, over HTTP: for the tests of the core alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from playground.core.drafts import year_later
from playground.core.register import MOSCOW
from tests.playground.insurer import Insurer

NUMBER = "З-000001"


@dataclass
class Renewal:
    """One application about the policy of one customer; `body` is what a careful cabinet would send."""

    house: Insurer
    body: dict[str, Any]
    number: str = NUMBER

    @property
    def start(self) -> date:
        return date.fromisoformat(self.body["termStartDate"])

    def begin(self, start: date) -> None:
        """Let the term, and the only period of use, begin on that day."""
        end = year_later(start).isoformat()
        self.body |= {"termStartDate": start.isoformat(), "termEndDate": end}
        self.body["usagePeriods"] = [{"start": start.isoformat(), "end": end}]

    async def put(self, deed: str = "", /, **body: Any) -> tuple[int, Any]:
        path = f"/applications/{quote(self.number)}" + (f"/{deed}" if deed else "")
        async with self.house.session.put(self.house.at_core(path), json=body) as answer:
            return answer.status, await answer.json()

    async def submit(self, **change: Any) -> tuple[int, Any]:
        now = self.house.world.clock.now().isoformat()
        return await self.put(**({"submittedAt": now} | self.body | change))

    async def quote(self, number: str = "К-000001", **change: Any) -> tuple[int, Any]:
        """What it would cost."""
        body = {"askedAt": self.house.world.clock.now().isoformat()} | self.body | change
        async with self.house.session.put(self.house.at_core(f"/quotes/{quote(number)}"), json=body) as answer:
            return answer.status, await answer.json()

    async def accept(self, price: str, revision: int = 1) -> tuple[int, Any]:
        now = self.house.world.clock.now().isoformat()
        return await self.put("acceptance", revision=revision, price=rub(price), acceptedAt=now)

    async def cancel(self, reason: str = "Вы отменили заявку.") -> tuple[int, Any]:
        return await self.put("cancellation", reason=reason, cancelledAt=self.house.world.clock.now().isoformat())

    async def pay(self, amount: str, reference: str = "pay-1") -> tuple[int, Any]:
        now = self.house.world.clock.now().isoformat()
        return await self.put("payment", reference=reference, amount=rub(amount), paidAt=now)

    async def seen(self) -> Any:
        return (await self.house.get(f"/applications/{quote(self.number)}"))["data"]

    async def decide(self, outcome: str = "passed", **more: Any) -> Any:
        status, application = await self.house.tell_desk(f"/checks/{quote(self.number)}", outcome=outcome, **more)
        assert status == 200, application
        return application

    async def priced(self) -> str:
        """Submitted and checked; the price."""
        assert (await self.submit())[0] == 201
        return str((await self.decide())["price"]["amount"])

    async def accepted(self) -> str:
        price = await self.priced()
        assert (await self.accept(price))[1]["data"]["status"] == "accepted"
        return price


async def renewal(house: Insurer, customer: str = "cus-0001", change: Callable[[Any], Any] | None = None) -> Renewal:
    """The customer's OSAGO contract, prolonged as it is from the earliest day; the desk decides checks by hand."""
    await house.tell_desk("/checks", auto=False)
    policies = (await house.get("/policies?limit=500"))["data"]
    policy = next(row for row in policies if row["customerId"] == customer and row["product"] == "osago")
    today = house.world.clock.now().astimezone(MOSCOW).date()
    made = Renewal(
        house,
        {
            "customerId": customer,
            "policyId": policy["policyId"],
            "revision": 1,
            "unlimitedDrivers": policy["unlimitedDrivers"],
            "drivers": policy["drivers"],
            "diagnosticCard": None,
        },
    )
    made.begin(max(date.fromisoformat(policy["termEndDate"]) + timedelta(days=1), today + timedelta(days=4)))
    if change:
        change(made)
    return made


def rub(amount: str) -> dict[str, str]:
    return {"amount": amount, "unit": "RUB"}


def at_fault(problem: dict[str, Any]) -> set[str]:
    """The pointers of a refusal."""
    return {error["pointer"] for error in problem["errors"]}
