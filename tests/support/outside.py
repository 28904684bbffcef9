"""What happens outside of the chat: SMS and letters arrive, time goes by."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.clock import MOSCOW
from tests.support.person import Person
from tests.support.town import Town


async def sms(person: Person) -> list[str]:
    """What came by SMS to this person's number."""
    async with person.town.http.get(f"{person.town.url}/sms", params={"phone": person.phone}) as response:
        return [sms["text"] for sms in await response.json()]


async def letters(town: Town, address: str) -> list[dict[str, Any]]:
    """What came by e-mail to this address."""
    async with town.http.get(f"{town.url}/mail", params={"to": address}) as response:
        found: list[dict[str, Any]] = await response.json()
        return found


async def later(town: Town, span: str) -> None:
    """The clock goes on by an ISO-8601 duration."""
    await town.call("POST", "/clock", {"advance": span})
    await town.settle()


def moscow(town: Town, plus: timedelta = timedelta()) -> datetime:
    """The Moscow time of this world."""
    return town.world.world.clock.now().astimezone(MOSCOW) + plus
