"""The demo's part with people: in the middle of a new driver an employee takes over, fills the step, and the client goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.demo_renewal import Deed, Failed, Step
from playground.visitor import Visitor

MARIA, IGOR = 200003, 200002
"""Employees: a supervisor, a claim handler."""
LICENCE = "99 12 345678"


class HandOver:
    """`anna` stands at the number of a new driver's licence, where what she has written was refused."""

    def __init__(self, anna: Visitor) -> None:
        self.anna = anna

    def story(self) -> Iterator[Step]:
        """From the licence to the human and back to the licence, which is filled in then."""

        def types(text: str) -> Deed:
            return lambda: self.anna.do("text", text=text)

        def taps(label: str) -> Deed:
            return lambda: self.anna.do("tap", label=label)

        def orders(text: str, employee: int = MARIA) -> Deed:
            return lambda: self._write(employee, text)

        yield "Анна", "зовёт человека", taps("Человек"), ("Позвоните",)
        yield "Анна", "спрашивает", types("Где на правах номер? Запуталась"), ("Отправляем?", "Запуталась")
        yield "Анна", "отправляет", taps("Отправить"), ("Разговор О-", "место в очереди: 1")
        yield "программа", "смотрит на карточку в теме", self._card, ("Разговор О-",)
        yield "Мария", "берёт разговор", self._take, ("На связи Мария",)
        yield "Игорь", "опаздывает взять его", self._late, ("На связи Мария",)
        yield "Мария", "пишет заметку для своих", orders("// права есть в заявке прошлого года"), ("На связи Мария",)
        yield "Мария", "отвечает", orders("Это пункт 5 на лицевой стороне."), ("На связи Мария",)
        yield "Анна", "отвечает голосом", self._voice, ("На связи Мария",)
        yield "программа", "сверяет чат и тему", self._both_ways, ("На связи Мария",)
        yield "Мария", "вписывает номер", orders(f"/fill {LICENCE}"), ("Предлагаю заполнить шаг", LICENCE)
        yield "Анна", "подтверждает", taps("Да, всё верно"), ("есть права",)
        yield "Мария", "завершает разговор", orders("/close"), ("завершён", "оценку")
        yield "Анна", "ставит пятёрку", taps("5 из 5"), ("Спасибо за оценку",)
        yield "Анна", "возвращается к водителю", taps("Назад"), ("есть права",)

    async def _topic(self) -> dict[str, Any]:
        """The topic of this client: the newest one."""
        found: dict[str, Any] = (await self.anna.call("GET", "/staff/topics"))[-1]
        return found

    async def _stands(self) -> list[dict[str, Any]]:
        """What stands in it."""
        path = f"/staff/topics/{(await self._topic())['id']}/chat?since=0"
        return [it for it in (await self.anna.call("GET", path))["messages"] if not it["deleted"]]

    async def _do(self, employee: int, deed: str, **what: Any) -> None:
        path = f"/staff/topics/{(await self._topic())['id']}/{deed}"
        await self.anna.call("POST", path, {"operator": employee, **what})
        await self.anna.settle()

    async def _write(self, employee: int, text: str) -> None:
        await self._do(employee, "text", text=text)

    async def _card(self) -> None:
        """Pinned: where she was, what waits; and nothing of hers in full."""
        pinned = (await self._topic())["pinned"]
        card = next((it for it in await self._stands() if it["message_id"] in pinned), {"text": "no card"})
        for words in ("никто не взял", "Начато: продление", "номер прав", "ОСАГО", "***"):
            if words not in card["text"]:
                raise Failed(f"the card does not say {words}: {card['text']}")
        if "Ковал" in card["text"]:
            raise Failed(f"the card says who she is: {card['text']}")
        if not any("Запуталась" in it["text"] for it in await self._stands() if it["text"]):
            raise Failed("the question is not in the topic")

    async def _take(self) -> None:
        await self._press(MARIA)

    async def _late(self) -> None:
        """Of two who take it the first has it."""
        await self._write(IGOR, "/take")
        if "уже ведёт Мария" not in (await self._stands())[-1]["text"]:
            raise Failed("two have taken it")

    async def _press(self, employee: int) -> None:
        (card,) = [it for it in await self._stands() if it["buttons"]]
        await self._do(employee, "tap", message_id=card["message_id"], row=0, col=0)

    async def _voice(self) -> None:
        await self.anna.do("send", kind="voice")

    async def _both_ways(self) -> None:
        """The answer is signed in the chat, the note is not there; the voice is in the topic."""
        said = "\n".join(it["text"] or "" for it in await self.anna.messages())
        if "Мария, " not in said or "Это пункт 5" not in said or "прошлого года" in said:
            raise Failed(f"the chat says {said[-500:]}")
        if not any(it.get("voice") for it in await self._stands()):
            raise Failed("the voice is not in the topic")
