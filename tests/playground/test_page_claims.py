"""Claims at the desk, and made-up photos, on the chat page in a real browser."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.async_api import Browser, Page

from playground import keys
from playground.photos import sample
from tests.playground.browser import WIDTHS, browsing, needs_chromium, open_panel
from tests.playground.telegram_world import Playground, playground

pytestmark = needs_chromium
MARINA = 100017
REPAIRED = "АТ-15004024"
"""Seeded: waits at the station."""


@pytest.fixture(scope="module")
async def tg(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Playground]:
    async with playground(tmp_path_factory.mktemp("page")) as running:
        yield running


@pytest.fixture(params=WIDTHS)
async def page(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    async with browsing(browser, request.param) as opened:
        yield opened


async def claim(tg: Playground, number: str) -> Any:
    return (await tg.get(f"/desk/claims/{quote(number)}"))[1]


async def hand_over(tg: Playground, number: str, content: bytes) -> None:
    """A photo of the client, as the cabinet brings it."""
    settings = tg.running.settings
    sha256 = hashlib.sha256(content).hexdigest()
    url = f"http://127.0.0.1:{settings.port + 1}/claims/{(await claim(tg, number))['claimId']}/files/{sha256}"
    headers = {
        "Authorization": f"Bearer {keys.load(settings.data)['core']}",
        "Content-Type": "image/jpeg",
        "X-File-Name": quote("Крыло.jpg"),
        "X-File-Slot": "damage-close",
    }
    async with tg.http.put(url, data=content, headers=headers) as answer:
        assert answer.status == 201


async def test_the_employee_moves_a_claim_on(page: Page, tg: Playground) -> None:
    await tg.post("/reset")
    await hand_over(tg, REPAIRED, sample("tiny").content)
    await open_panel(page, tg.running.url, "desk", MARINA)
    card = page.locator("#panel-desk li", has_text=REPAIRED)
    await card.locator("summary").click()
    assert "бетонный столбик" in await card.inner_text()
    async with page.expect_popup() as shown:
        await card.get_by_text("Крыло.jpg").click()
    await (await shown.value).close()
    await card.get_by_label("Что сделать").select_option("Назначить выплату")
    await card.get_by_label("Сумма").fill("12 500,50")
    await card.get_by_label("Пояснение").fill("Доплата за покраску.")
    await card.get_by_text("Перевести").click()
    await card.locator(".status", has_text="выплата").wait_for()
    now = await claim(tg, REPAIRED)
    assert (now["status"], now["payout"]["amount"]["amount"]) == ("payout", "12500.50")
    assert now["comment"] == "Доплата за покраску."
    await card.get_by_text("Клиенту: Доплата").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_documents_are_asked_for_line_by_line(page: Page, tg: Playground) -> None:
    await tg.post("/reset")
    await open_panel(page, tg.running.url, "desk", 100019)
    card = page.locator("#panel-desk li", has_text="ИМ-15004028")
    await card.locator("summary").click()
    await card.get_by_label("Что сделать").select_option("Запросить документы")
    await card.get_by_label("Какие документы").fill("Акт о заливе\n\n Смета ремонта ")
    await card.get_by_text("Перевести").click()
    await card.get_by_text("ждём: Смета ремонта").wait_for()
    wanted = (await claim(tg, "ИМ-15004028"))["requiredDocuments"]
    assert [it["title"] for it in wanted] == ["Акт о заливе", "Смета ремонта"]


async def test_an_album_of_made_up_photos(page: Page, tg: Playground) -> None:
    await tg.post("/reset")
    await page.goto(f"{tg.running.url}/#user={MARINA}")
    await page.click("#attach")
    await page.click("text=Готовые снимки")
    await page.get_by_label("Чёткий").fill("2")
    await page.get_by_label("Тёмный").fill("1")
    await page.click("dialog.modal >> text=Выбрать")
    await page.wait_for_selector("dialog.modal >> text=Отправить: 3 файла")
    await page.click("dialog.modal >> button:text('Отправить')")
    await page.wait_for_selector("dialog.modal", state="detached")
    messages = (await tg.get(f"/client/{MARINA}/chat?since=0"))[1]["messages"]
    assert len(messages) == 3
    assert {message["photo"] is not None for message in messages} == {True}
    assert len({message["album"] for message in messages}) == 1


async def test_samples_are_drawn(tg: Playground) -> None:
    status, answer = await tg.get("/samples")
    assert (status, answer["samples"][:3]) == (200, ["sharp", "blurred", "dark"])
    async with tg.http.get(f"{tg.running.url}/samples/dark?seed=3") as photo:
        assert (photo.content_type, await photo.read()) == ("image/jpeg", sample("dark", 3).content)
    for path in ("/samples/portrait", "/samples/dark?seed=-1"):
        status, answer = await tg.get(path)
        assert (status, set(answer)) == (404 if "portrait" in path else 400, {"error", "hint"})
