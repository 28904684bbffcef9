"""The payer's page and the chat's panel of payments, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.playground.browser import WIDTHS, browsing, needs_chromium, open_panel
from tests.playground.provider_world import Shop, shop

pytestmark = needs_chromium


@pytest.fixture
async def till(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop(tmp_path) as opened:
        yield opened


@pytest.fixture(params=WIDTHS)
async def page(request: pytest.FixtureRequest, browser: Browser, till: Shop) -> AsyncIterator[Page]:
    async with browsing(browser, request.param) as opened:
        yield opened


async def open_link(page: Page, till: Shop) -> str:
    """A payment's id, its page being open."""
    made = await till.payment()
    await page.goto(made["confirmation"]["confirmation_url"])
    await page.wait_for_selector("#pay-form")
    return str(made["id"])


async def outcome(page: Page) -> str:
    """The page's words once it is over; the heading has the focus, so that it is read out."""
    await page.wait_for_selector("h1.words:focus")
    return await page.inner_text("main")


async def test_paying_without_a_mouse(page: Page, till: Shop) -> None:
    payment = await open_link(page, till)
    words = await page.inner_text("main")
    assert "7 432,18" in words.replace("\xa0", " ")
    assert "ОСАГО ХХХ 0123456789, продление" in words
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for key in ("Tab", "ArrowDown", "Tab", "Enter"):
        await page.keyboard.press(key)
    assert "Оплачено" in await outcome(page)
    assert await page.get_attribute("main a", "href") == "/?start=pay_01J"
    found = await till.get(f"/payments/{payment}")
    assert (found["status"], found["payment_method"]["type"]) == ("succeeded", "sbp")
    await page.click("text=Вернуться в чат")
    await page.wait_for_selector("text=/start pay_01J")


async def test_being_declined_for_a_reason(page: Page, till: Shop) -> None:
    payment = await open_link(page, till)
    await page.click("summary")
    await page.get_by_label("Почему").select_option("card_expired")
    await page.click("text=Отклонить платёж")
    assert "Срок карты истёк" in await outcome(page)
    assert (await till.get(f"/payments/{payment}"))["cancellation_details"]["reason"] == "card_expired"


async def test_the_link_ends_while_it_is_looked_at(page: Page, till: Shop) -> None:
    payment = await open_link(page, till)
    assert await page.get_by_text("Вернуться в чат, не заплатив").get_attribute("href") == "/?start=pay_01J"
    await till.world.post("/clock", advance="PT61M")
    assert "Ссылка больше не действует" in await outcome(page)
    await page.goto(f"{till.world.running.url}/pay/{payment}")
    await page.wait_for_selector("text=Ссылка больше не действует")


async def test_the_panel_plays_the_provider(page: Page, till: Shop) -> None:
    await till.payment()
    await open_panel(page, till.world.running.url, "payments")
    panel = page.locator("#panel-payments")
    await panel.get_by_text("Уведомления боту").click()
    await panel.get_by_text("Подделать").click()
    assert (await till.cabinet.until(1))[0]["event"] == "payment.succeeded"
    await panel.get_by_text("Оплатить по СБП").click()
    await panel.get_by_text("оплачен", exact=True).wait_for()
    await till.cabinet.until(2)
    await panel.get_by_label("Сколько").select_option("5")
    await panel.get_by_text("Отправить ещё раз").click()
    assert [said["object"]["payment_method"]["type"] for said in (await till.cabinet.until(7))[1:]] == ["sbp"] * 6
