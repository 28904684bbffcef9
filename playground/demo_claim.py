"""The demo's third part: an accident is reported from the roadside with photos, and followed to the repair station."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import aiohttp

from playground import photos
from playground.demo_renewal import Deed, Failed, Step
from playground.photos import Photo
from playground.visitor import Visitor

STREET = (55.7539, 37.6208)


class Accident:
    """`anna` is logged in and has a contract in force."""

    def __init__(self, anna: Visitor, http: aiohttp.ClientSession) -> None:
        self.anna, self._http = anna, http
        self._sent: list[Photo] = []

    def story(self) -> Iterator[Step]:
        """From the roadside to the direction for repair: an album of five, two photos and a PDF on the way."""

        def types(text: str) -> Deed:
            return lambda: self.anna.do("text", text=text)

        def taps(label: str, *, exact: bool = False) -> Deed:
            return lambda: self.anna.do("tap", label=label, exact=exact)

        def sends(*sample: tuple[str, int], as_file: bool = False) -> Deed:
            return lambda: self._send([photos.sample(kind, seed) for kind, seed in sample], as_file=as_file)

        album = sends(*(("sharp", seed) for seed in range(1, 6)))
        yield "Анна", "возвращается в меню", taps("В меню"), ("Анна", "Выберите")
        yield "Анна", "попала в ДТП", taps("ДТП сейчас"), ("112", "эвакуатор")
        yield "Анна", "отправляет место", taps("Отправить место"), ("Я здесь",)
        yield "Анна", "делится точкой на карте", self._here, ("Место записали",)
        yield "Анна", "сообщает страховщику", taps("Сообщить страховщику"), ("По какому полису",)
        yield "Анна", "выбирает полис", self._in_force, ("Кто виноват",)
        yield "Анна", "виноват другой", taps("Виноват другой"), ("своими словами",)
        yield "Анна", "рассказывает", types("Стояла на светофоре, в меня въехали сзади"), ("Записали",)
        yield "Анна", "идёт дальше", taps("Дальше"), ("Как оформили",)
        yield "Анна", "оформляет европротокол", taps("По европротоколу"), ("Сколько машин",)
        yield "Анна", "машин две", taps("Две"), ("пострадал",)
        yield "Анна", "никто не пострадал", taps("Никто"), ("ОСАГО",)
        yield "Анна", "ОСАГО у всех", taps("Да, у всех"), ("спорите",)
        yield "Анна", "не спорит", taps("Не спорим"), ("через приложение",)
        yield "Анна", "снимает через приложение", taps("Да, через"), ("Выплата до 400", "Другие машины")
        yield "Анна", "пишет номер другой машины", types("а123вс 77"), ("Где застрахован",)
        yield "Анна", "больше ничего не знает", taps("Больше не знаю"), ("А123**77",)
        yield "Анна", "идёт дальше", taps("Дальше"), ("ремонт или деньги",)
        yield "Анна", "выбирает ремонт", taps("Ремонт", exact=True), ("0 из 10",)
        yield "Анна", "присылает альбом из пяти снимков", album, ("5 из 10",)
        yield "Анна", "присылает слишком тёмный снимок", sends(("dark", 6)), ("6 из 10", "слишком темно")
        yield "Анна", "оставляет его", taps("Оставить как есть"), ("6 из 10",)
        yield "Анна", "присылает ещё один", sends(("sharp", 7)), ("7 из 10",)
        yield "Анна", "присылает извещение файлом PDF", sends(("pdf", 8), as_file=True), ("8 из 10",)
        yield "Анна", "смотрит, что получилось", taps("Дальше"), ("Проверьте перед отправкой", "8 из 10")
        yield "Анна", "отправляет страховщику", taps("Отправить страховщику"), ("принято", "8 из 8")
        yield "программа", "сверяет файлы у страховщика", self._intact, ("принято",)
        yield "программа", "читает квитанцию и проверяет её", self._receipt, ("принято",)
        yield "страховщик", "рассматривает", lambda: self._desk(status="review"), ("рассмотрении",)
        yield "страховщик", "просит документ", self._ask, ("Права",)
        yield "страховщик", "направляет на ремонт", self._repair, ("направление на ремонт", "Позвоните на станцию")
        yield "Анна", "открывает направление", taps("Направление"), ("Куда прислать",)
        yield "Анна", "просит прислать сюда", taps("Прислать сюда"), ("Направление",)
        yield "программа", "читает направление", self._direction, ("Куда прислать",)

    async def _here(self) -> None:
        await self.anna.do("location", latitude=STREET[0], longitude=STREET[1])

    async def _in_force(self) -> None:
        """The contract in force today comes first; the one that follows it is below."""
        screen = (await self.anna.messages())[-1]
        await self.anna.do("tap", message_id=screen["message_id"], row=0, col=0)

    async def _send(self, files: Sequence[Photo], *, as_file: bool) -> None:
        """One message, or an album."""
        form = aiohttp.FormData()
        for file in files:
            form.add_field("file", file.content, filename=file.name, content_type=file.mime)
        if as_file:
            form.add_field("as_document", "1")
        async with self._http.post(f"{self.anna.url}/client/{self.anna.user}/photo", data=form) as response:
            if response.status != 200:
                raise Failed(await response.text())
        self._sent += files
        await self.anna.settle()

    async def _claim(self) -> dict[str, Any]:
        """The newest claim at the insurer, in full."""
        brief = (await self.anna.call("GET", "/desk"))["claims"][-1]
        found: dict[str, Any] = await self.anna.call("GET", f"/desk/claims/{quote(brief['claimNumber'])}")
        return found

    async def _desk(self, **body: Any) -> None:
        claim = await self._claim()
        await self.anna.call("POST", f"/desk/claims/{quote(claim['claimNumber'])}", body)
        await self.anna.settle()

    async def _ask(self) -> None:
        await self._desk(status="clarification", documents=["Права, лицевая сторона"])

    async def _repair(self) -> None:
        await self._desk(status="review")
        await self._desk(status="repair")

    async def _intact(self) -> None:
        """As many files as were sent, each the one whose checksum it carries."""
        claim = await self._claim()
        hashes = claim["filesReceived"]
        for sha256 in hashes:
            content = await self.anna.fetch(f"/desk/claims/{quote(claim['claimNumber'])}/files/{sha256}")
            if hashlib.sha256(content).hexdigest() != sha256:
                raise Failed(f"{sha256} is another file")
        if len(hashes) != len(self._sent):
            raise Failed(f"{len(hashes)} files of {len(self._sent)}")

    async def _receipt(self) -> None:
        """It names the case and every file; its code leads to a public page that knows it and names nobody."""
        claim, text = await self._claim(), await self._newest()
        for words in (claim["claimNumber"], *claim["filesReceived"]):
            if words not in text:
                raise Failed(f"the receipt does not say {words}: {text[:500]}")
        page = (
            await self.anna.fetch(next(word for word in text.split("\n") if "/verify/" in word).split()[-1])
        ).decode()
        if claim["filesReceived"][0] not in page or "Ковал" in page or claim["claimNumber"] in page:
            raise Failed(f"the public page: {page[:500]}")

    async def _direction(self) -> None:
        claim, text = await self._claim(), await self._newest()
        if claim["direction"]["station"]["name"] not in text:
            raise Failed(f"the direction does not name the station: {text[:500]}")

    async def _newest(self) -> str:
        """The text of the newest document of the chat."""
        from pypdf import PdfReader

        paper = next(m["document"] for m in reversed(await self.anna.messages()) if m.get("document"))
        content = await self.anna.fetch(paper["url"])
        pages = await asyncio.to_thread(lambda: [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages])
        return "\n".join(pages)
