"""A client's side of a claim at the reference core, over HTTP: for the tests of the core alone."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote

from tests.playground.insurer import Insurer

NUMBER = "У-000001"


@dataclass
class Accident:
    """One claim about a policy of one customer; `body` is what a careful cabinet would send."""

    house: Insurer
    body: dict[str, Any]
    number: str = NUMBER

    async def submit(self, **change: Any) -> tuple[int, Any]:
        path = self.house.at_core(f"/claims/{quote(self.number)}")
        async with self.house.session.put(path, json=self.body | change) as answer:
            return answer.status, await answer.json()

    async def send(self, photo: bytes, slot: str = "damage-close", **change: str) -> tuple[int, Any]:
        return await hand_over(self.house, f"/claims/{quote(change.pop('key', self.number))}", photo, slot, **change)

    async def seen(self) -> Any:
        return (await self.house.get(f"/claims/{quote(self.number)}"))["data"]

    async def order(self, status: str, **more: Any) -> tuple[int, Any]:
        """What the insurer's employee does."""
        return await self.house.tell_desk(f"/claims/{quote(self.number)}", status=status, **more)


async def hand_over(house: Insurer, owner: str, photo: bytes, slot: str, **change: str) -> tuple[int, Any]:
    """The bytes of a file to a claim or an application; `change` may lie about their `sha256`, `name` or `type`."""
    sha256 = change.get("sha256", hashlib.sha256(photo).hexdigest())
    headers = {
        "X-File-Name": quote(change.get("name", "Бампер спереди.jpg")),
        "X-File-Slot": slot,
        "Content-Type": change.get("type", "image/jpeg"),
    }
    async with house.session.put(
        house.at_core(f"{owner}/files/{sha256}"), data=BytesIO(photo), headers=headers
    ) as answer:
        return answer.status, await answer.json() if "json" in answer.content_type else await answer.text()


async def accident(
    house: Insurer, customer: str = "cus-0001", product: str = "osago", event: str = "injured"
) -> Accident:
    """Somebody has driven into the car of the customer."""
    policies = (await house.get("/policies?limit=500"))["data"]
    policy = next(row for row in policies if row["customerId"] == customer and row["product"] == product)
    return Accident(
        house,
        {
            "customerId": customer,
            "policyId": policy["policyId"],
            "product": product,
            "event": event,
            "happenedOn": house.core.register.today().isoformat(),
            "happenedAt": "08:15",
            "place": {"words": "Якорный проезд, 3", "latitude": 55.8102, "longitude": 37.4611},
            "story": "Стояла на светофоре, сзади въехала другая машина.",
            "injured": False,
            "participants": [{"plate": "М412ОР750", "insurer": "СК «Северный берег»", "policyNumber": None}],
            "registration": "police",
            "europrotocol": None,
            "circumstances": [],
            "withoutCertificates": False,
            "compensation": policy["compensation"],
            "contactPhone": "+79070000101",
            "files": [],
            "submittedAt": house.world.clock.now().isoformat(),
        },
    )
