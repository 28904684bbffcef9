"""The receipt of a claim: what stands in it, that it prints the same for ever, that its code leads to the page; and how it comes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader

from bot.papers import Papers
from handlers.receipt_words import receipt_of
from services.claims import Claim
from services.db.unit import Unit
from services.model import Actor
from services.press import PRESSES
from services.press.receipt import Receipt, claim_receipt
from tests.support.insured import insured
from tests.support.office import Office
from tests.support.town import Town

LINK = "https://bot.example.ru/verify/AbCdEfGhIjKlMnOpQrStUv"
MAIL = "irina.receipt@pochta.example"
FILES = [[str(n), f"Общий вид\nФото {n}.jpg", "1200 КБ", f"{n:064x}\n{n + 64:064x}"] for n in range(1, 31)]
WORDS = Receipt(
    language="ru",
    brand="Тихая гавань",
    title="Квитанция о страховом случае",
    number="АТ-15004021 (У-000012)",
    below="Передано 17.11.2026 08:40 (Москва)",
    lines=[("Полис", "ОСАГО ХХХ 0166171796"), ("Рассказ", "Меня ударили сзади.\nЯ стоял.")],
    files_title="Файлы: 30",
    head=["№", "Файл", "Размер", "SHA-256"],
    files=FILES,
    journal_title="Журнал случая",
    journal=f"Первая запись: {'c' * 64}",
    verify_title="Как проверить",
    verify="Наведите камеру на код.",
    link=LINK,
    footer="Не является решением по случаю",
    made="2026-11-17T08:40:00+03:00",
)


def text_of(pdf: bytes) -> str:
    """Its text without the breaks of lines, which fall where they fall."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def code_of(pdf: bytes) -> str:
    """What a camera reads of the first page: its dark rectangles, drawn as the file says."""
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    content = page.get_contents()
    assert content is not None
    scale = 3
    picture = Image.new("L", (595 * scale, 842 * scale), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, width, height in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (-?[\d.]+) re f", content.get_data()):
        left, top, wide, high = float(x), 842 - float(y), float(width), -float(height)
        box = (left * scale, top * scale, (left + wide) * scale, (top + high) * scale)
        draw.rectangle(box, fill=0)
    [code] = zxingcpp.read_barcodes(picture)
    return str(code.text)


def test_it_prints_the_same_for_ever() -> None:
    assert claim_receipt(WORDS.words) == claim_receipt(json.loads(json.dumps(WORDS.words)))


def test_everything_stands_in_it() -> None:
    pdf = claim_receipt(WORDS.words)
    text = text_of(pdf)
    for words in (WORDS.title, WORDS.number, WORDS.below, WORDS.journal, WORDS.verify, WORDS.link, WORDS.footer):
        assert words.replace(" ", "") in text, words
    for row in FILES:
        assert all(part.replace("\n", "").replace(" ", "") in text for part in row), row
    assert code_of(pdf) == LINK
    about = PdfReader(io.BytesIO(pdf)).metadata
    assert about
    assert about.creation_date_raw == "D:20261117054000Z"


@pytest.mark.parametrize("story", ["😀" * 500, "x" * 1500, "ل" * 100, "\x00\x07\u202e", "Ы\n" * 60, ""])
def test_it_prints_whatever_is_told(story: str) -> None:
    words = WORDS.words | {"lines": [("Рассказ", story)], "files": []}
    assert claim_receipt(words).startswith(b"%PDF")


def test_a_release_that_says_more_can_be_printed_by_this_one() -> None:
    assert Receipt.of(WORDS.words | {"colour": "red"}) == WORDS


async def test_a_paper_is_printed_or_fetched() -> None:
    class Core:
        async def document(self, number: str) -> bytes:
            return number.encode()

    class Files:
        async def open(self, sha256: str) -> bytes:
            return sha256.encode()

    core: Any = Core()
    files: Any = Files()
    papers = Papers(core, files)
    assert await papers.content({"stored": "0f"}) == b"0f"
    assert await papers.content({"id": "doc-1"}) == b"doc-1"
    assert await papers.content({"print": "claim-receipt", "words": WORDS.words}) == claim_receipt(WORDS.words)
    assert "claim-receipt" in PRESSES


@pytest.fixture
async def office(city: Town, tmp_path: Path) -> Office:
    person = await insured(city, email=MAIL)
    await person.log_in()
    return Office(city, person, tmp_path)


async def pdfs(office: Office) -> list[bytes]:
    """The files that stand in the chat."""
    found = []
    for message in await office.person.chat():
        if "document" in message:
            async with office.town.http.get(office.town.url + message["document"]["url"]) as response:
                found.append(await response.read())
    return found


async def test_it_comes_by_itself_and_again_when_asked_for(city: Town, office: Office) -> None:
    sha256 = await office.photo(-1, b"a photo")
    claim = await office.file()
    await city.settle()
    now, [file] = await office.now(claim)
    [first] = await pdfs(office)
    text = text_of(first)
    for words in (
        now.core_number,
        claim.number,
        sha256,
        file.source,
        "Тверская,1",
        "Меняударилисзадинасветофоре",
        "О777ОО177,Другаягавань,ХХХ0123456789",
        "400000₽".replace("₽", ""),
        "Общийвидместа",
    ):
        assert words in text.replace("\N{NO-BREAK SPACE}", ""), words
    page = urlsplit(code_of(first))
    assert page.path == f"/verify/{now.token}"
    async with city.http.get(f"{city.bot_url}{page.path}") as response:
        shown = await response.text()
    first_entry = re.findall(r"SHA-256:([0-9a-f]{64})", text)
    assert first_entry
    assert all(mark in shown for mark in first_entry)

    irina = office.person
    await irina.tap("Квитанция")
    await irina.sees(f"Квитанция по случаю {now.core_number}", "Куда прислать?")
    await irina.tap("Прислать сюда")
    await irina.sees("Куда прислать?")
    again = (await pdfs(office))[-1]
    assert "ответ" in text_of(again), "as the claim is now"
    await irina.tap("На почту i***@pochta.example")
    await irina.sees("Куда прислать?")
    assert any(f"Письмо с квитанцией по случаю {now.core_number} ушло" in it["text"] for it in await irina.chat())
    [letter] = [it for it in await city.call("GET", f"/mail?to={MAIL}") if now.core_number in it["subject"]]
    assert letter["subject"] == f"Квитанция о страховом случае {now.core_number}, «Тихая гавань»"
    [attached] = letter["attachments"]
    async with city.http.get(city.url + attached["url"]) as response:
        assert await response.read() == again
    await irina.tap("Назад")
    await irina.sees(f"Случай {now.core_number}")


async def test_the_same_claim_has_the_same_receipt(office: Office) -> None:
    claim = await office.file("another")
    await office.town.settle()

    async def worded(unit: Unit, cabinet: Any, actor: Actor) -> dict[str, Any]:
        now: Claim = await cabinet.claims.one(unit, actor, claim.id)
        return (await receipt_of(office.turn(unit), now)).words

    assert claim_receipt(await office.do(worded)) == claim_receipt(await office.do(worded))
