"""The page's view of the staff groups in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page

from tests.playground.browser import WIDTHS, browsing, needs_chromium, open_panel
from tests.playground.staff_room import ANNA, IGOR, STAFF_CHAT, Room
from tests.playground.telegram_world import ANNA as CLIENT
from tests.playground.telegram_world import playground

pytestmark = needs_chromium
CARD = {"inline_keyboard": [[{"text": "Взять", "callback_data": "take"}]]}


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with playground(tmp_path) as tg:
        await tg.does(CLIENT, "text", text="/start")
        yield Room(tg)


@pytest.fixture(params=WIDTHS)
async def page(request: pytest.FixtureRequest, browser: Browser, room: Room) -> AsyncIterator[Page]:
    """The tab of the staff at the width of a phone and of a desk."""
    async with browsing(browser, request.param) as opened:
        await open_panel(opened, room.tg.running.url, "staff", CLIENT)
        await opened.wait_for_selector('[data-topic="general"]')
        yield opened
        assert await opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def pane(page: Page, number: int = 0) -> Locator:
    return page.locator(".pane").nth(number)


async def menu(page: Page, item: str) -> None:
    await pane(page).locator(".pane-head .menu-place button").first.click()
    await page.click(f"[role=menu]:not([hidden]) >> text={item}")


async def test_two_employees_work_side_by_side(page: Page, room: Room) -> None:
    topic = await room.topic("Анна Ковалёва")
    card = await room.writes(topic, "Карточка клиента", reply_markup=CARD)
    await room.tg.bot("pinChatMessage", chat_id=STAFF_CHAT, message_id=card["message_id"])
    await page.wait_for_selector(f'[data-topic="{topic}"] .unread')
    await page.click(f'[data-topic="{topic}"]')
    await page.wait_for_selector(".pinned-bar:has-text('Карточка клиента')")
    await pane(page).locator("textarea").fill("Добрый день!")
    await pane(page).locator(".send").click()
    await pane(page).locator(".out", has_text="Добрый день!").wait_for()
    await page.click("text=Ещё сотрудник рядом")
    second = pane(page, 1)
    await second.locator(".in", has_text="Анна Соколова").wait_for()
    await second.locator(".key", has_text="Взять").click()
    await second.locator(".in", has_text="Добрый день!").locator(".aside").click()
    await page.click("dialog >> text=Ответить")
    await second.locator("textarea").fill("Взял")
    await second.locator("textarea").press("Enter")
    await second.locator(".out", has_text="Взял").wait_for()
    shown = await room.shown(topic)
    assert [(one["text"], one.get("operator")) for one in shown[1:]] == [("Добрый день!", ANNA), ("Взял", IGOR)]
    assert shown[2]["reply_to"] == shown[1]["message_id"]
    taps = [one["callback_query"]["from"]["id"] for one in await room.news() if "callback_query" in one]
    assert taps == [IGOR]


async def test_topics_and_groups_come_and_go(page: Page, room: Room) -> None:
    topic = await room.topic("Анна Ковалёва")
    await page.click(f'[data-topic="{topic}"]')
    await menu(page, "Закрыть тему")
    await page.wait_for_selector(".closed:has-text('Тема закрыта')")
    await menu(page, "Открыть тему")
    await pane(page).locator("textarea").wait_for()
    await menu(page, "Удалить тему")
    await page.click("dialog .danger")
    await page.wait_for_selector(".toast:has-text('Тему удалили')")
    assert await room.topics() == []
    await menu(page, "Группа стала супергруппой")
    await page.click("dialog[open] >> text=Превратить >> nth=-1")
    await page.wait_for_selector(".toast:has-text('У группы новый номер')")
    assert (await room.tg.get("/staff"))[1]["chat_id"] != STAFF_CHAT
    await menu(page, "Новая группа")
    await page.click("dialog[open] >> text=Создать")
    await page.wait_for_selector(".pane h3:has-text('вечерняя смена')")
