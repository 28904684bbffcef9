"""The demo's last part: nobody has written for weeks, the day comes, a reminder comes by itself and renews in three taps (H1, D12)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from playground.demo_renewal import Failed, Step
from playground.visitor import Visitor

MOSCOW = ZoneInfo("Europe/Moscow")
AHEAD = timedelta(days=7)
"""How long before the end of the contract the clock stops."""
LOOKS = 300
"""How often the chat is looked at, ten times a second."""


class Reminded:
    """`dmitry` has a contract that ends in two months, and comes in once, now."""

    def __init__(self, dmitry: Visitor) -> None:
        self.dmitry = dmitry

    def story(self) -> Iterator[Step]:
        """From the login to the link to pay by."""
        yield "Дмитрий", "входит по коду из SMS", self._enter, ("вы вошли", "Дмитрий")
        yield (
            "время",
            "идёт: до конца полиса неделя",
            self._weeks,
            ("полис заканчивается через 7 дней",),
        )
        yield "Дмитрий", "нажимает «Продлить»", lambda: self.dmitry.do("tap", label="Продлить"), ("Новый срок",)
        yield "Дмитрий", "нажимает «Оплатить»", self._pay, ("К оплате", "Ссылка работает")
        yield "Дмитрий", "открывает ссылку и платит", self._link, ("Полис", "оформлен")

    async def _enter(self) -> None:
        dmitry = self.dmitry
        await dmitry.do("text", text="/start")
        await dmitry.do("tap", label="Войти")
        await dmitry.do("tap", label="Соглашаюсь", exact=True)
        await dmitry.do("contact", own=True)
        await dmitry.do("text", text=await dmitry.code())

    async def _weeks(self) -> None:
        """The clock goes by days, not in one leap: as it does for people."""
        desk = await self.dmitry.call("GET", "/desk")
        users = await self.dmitry.call("GET", "/client/users")
        phone = next(user["phone"] for user in users if user["id"] == self.dmitry.user)
        owner = next(row["customerId"] for row in desk["customers"] if row["phone"] == phone)
        ends = max(date.fromisoformat(row["end"]) for row in desk["policies"] if row["customerId"] == owner)
        morning = datetime.combine(ends - AHEAD, time(10, 5), MOSCOW)
        for days in (2, 1, 0):
            target = {"set": (morning - timedelta(days=days)).isoformat()}
            await self.dmitry.call("POST", "/clock", target)
            await self.dmitry.settle()
        await self._until("полис заканчивается через 7 дней")

    async def _pay(self) -> None:
        """The insurer's check passes by itself; the link comes without another tap."""
        await self.dmitry.do("tap", label="Оплатить")
        await self._until("Ссылка работает")

    async def _link(self) -> None:
        screen = (await self.dmitry.messages())[-1]
        (link,) = (button["url"] for row in screen["buttons"] for button in row if button.get("url"))
        await self.dmitry.call("POST", f"/payments/{link.rpartition('/')[2]}/succeed", {})
        await self.dmitry.settle()

    async def _until(self, words: str) -> None:
        """Nobody does anything: it comes into the chat by itself. Raises Failed."""
        for _ in range(LOOKS):
            if words in await self.dmitry.sees():
                return
            await asyncio.sleep(0.1)
        raise Failed(f"«{words}» has not come: {await self.dmitry.sees()}")
