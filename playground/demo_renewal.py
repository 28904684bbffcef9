"""The demo's second half: a contract in its window is prolonged, paid for and issued; every proof is taken from outside of the bot."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

from playground.visitor import Visitor

CHECK_LOOKS = 200
"""How often the chat is looked at, ten times a second, until the desk has passed a check by itself."""
NBSP = "\N{NO-BREAK SPACE}"
Deed = Callable[[], Awaitable[None]]
Step = tuple[str, str, Deed, tuple[str, ...]]
"""Who does what, how it is done, and the words that must be seen afterwards."""


class Failed(Exception):
    """A step did not show what it should."""


class Renewal:
    """`anna` is logged in and owns the contract of a Kia Rio that ends soon; `port` is the playground's first."""

    def __init__(self, port: int, anna: Visitor) -> None:
        self._port, self.anna = port, anna
        self._charge = ""

    def story(self, help_at_the_licence: Iterable[Step]) -> Iterator[Step]:
        """From the page of a paper to the new policy; somebody helps with a new driver's licence, and fills its number in."""

        def types(text: str) -> Deed:
            return lambda: self.anna.do("text", text=text)

        def taps(label: str, *, exact: bool = False) -> Deed:
            return lambda: self.anna.do("tap", label=label, exact=exact)

        yield "Анна", "возвращается к документам", taps("Назад"), ("Выберите документ",)
        yield "Анна", "возвращается к полису", taps("Назад"), ("осталось 5 дней", "Продлить можно уже сейчас")
        yield "Анна", "нажимает «Продлить»", taps("Продлить"), ("Новый срок", "Кто будет управлять")
        yield "Анна", "меняет список водителей", taps("Водители", exact=True), ("Кто будет управлять",)
        yield "Анна", "добавляет водителя", taps("Добавить водителя"), ("Новый водитель",)
        yield "Анна", "пишет имя", types("ковалёв илья андреевич"), ("Дата рождения", "Илья")
        yield "Анна", "пишет дату рождения", types("7 мая 2004"), ("удостоверения",)
        yield "Анна", "ошибается в номере прав", types("99 12 34567"), ("10 знаков",)
        yield from help_at_the_licence
        yield "Анна", "пишет год прав", types("2023"), ("Ковалёв Илья Андреевич", "07.05.2004", "99 ** ***678")
        yield "Анна", "добавляет", taps("Добавить", exact=True), ("Ко***в И. А.",)
        yield "Анна", "заканчивает список", taps("Готово"), ("Новый срок", "Ко***в И. А.")
        yield "Анна", "отправляет на проверку", taps("Всё верно"), ("АИС страхования",)
        yield "страховщик", "проверяет данные сам", self._checked, ("Проверка прошла", "в прошлый раз")
        yield "Анна", "соглашается с ценой", taps("Согласиться и оплатить"), ("К оплате", "Ссылка работает")
        yield "Анна", "открывает ссылку и платит", self._pay, ("Полис", "оформлен")
        yield "программа", "читает новый полис и проверяет подпись", self._issued, ("Полис", "оформлен")
        yield "программа", "находит SMS с номером и письмо", self._told, ("Полис", "оформлен")

    async def _checked(self) -> None:
        """Nobody does anything: the result comes into the chat by itself."""
        for _ in range(CHECK_LOOKS):
            if "Проверка прошла" in await self.anna.sees():
                break
            await asyncio.sleep(0.1)
        await self.anna.settle()

    async def _pay(self) -> None:
        """The link leads to the provider's page, which names the price of the chat; there it is paid."""
        screen = (await self.anna.messages())[-1]
        (link,) = (button["url"] for row in screen["buttons"] for button in row if button.get("url"))
        self._charge = link.rpartition("/")[2]
        page = (await self.anna.fetch(link)).decode()
        charge = await self.anna.call("GET", f"/payments/{self._charge}")
        price = f"{float(charge['amount']['value']):,.2f}".replace(",", NBSP).replace(".", ",")
        if "<html" not in page or price not in screen["text"]:
            raise Failed(f"the page of {link} is not about {price}")
        await self.anna.call("POST", f"/payments/{self._charge}/succeed", {})
        await self.anna.settle()

    async def _issued(self) -> None:
        """The newest document of the chat is the new policy with the new driver, and its signature is right."""
        text = "".join((await signed_text(self.anna, self._port)).split())
        number = (await self._application())["issuedPolicy"]
        for words in (number.split()[-1], "Ковалёв Илья Андреевич"):
            if words.replace(" ", "") not in text:
                raise Failed(f"the PDF does not say {words}: {text}")

    async def _told(self) -> None:
        """Outside of Telegram, too: the number by SMS, the file by mail."""
        desk = await self.anna.call("GET", "/desk")
        owner = (await self._application())["customerId"]
        client = next(row for row in desk["customers"] if row["customerId"] == owner)
        number = (await self._application())["issuedPolicy"]
        said = (await self.anna.call("GET", f"/sms?phone={client['phone'].removeprefix('+')}"))[-1]["text"]
        letter = (await self.anna.call("GET", f"/mail?to={client['email']}"))[-1]
        if number not in said or number not in letter["subject"] or not letter["attachments"]:
            raise Failed(f"SMS {said!r}, letter {letter['subject']!r}")

    async def _application(self) -> Any:
        """The newest one, as the desk sees it."""
        return (await self.anna.call("GET", "/desk"))["applications"][-1]


async def signed_text(reader: Visitor, port: int) -> str:
    """The first page of the newest document of the chat, whose signature the demo authority vouches for. Raises Failed."""
    paper = next(m["document"] for m in reversed(await reader.messages()) if m.get("document"))
    content = await reader.fetch(paper["url"])
    root = await reader.fetch(f"http://127.0.0.1:{port + 1}/authority.pem")
    return await asyncio.to_thread(_checked_text, content, root)


def _checked_text(pdf: bytes, root_pem: bytes) -> str:
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext
    from pypdf import PdfReader

    trusted = ValidationContext(trust_roots=list(load_certs_from_pemder_data(root_pem)))
    status = validate_pdf_signature(PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0], trusted)
    if not (status.intact and status.valid and status.trusted):
        raise Failed(f"signature: {status.summary()}")
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
