"""A real browser for the playground's pages."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
WIDTHS = [390, 1400]
"""Of a phone and of a desk."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser without a window."""
    async with async_playwright() as engine:
        browser = await engine.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def browsing(browser: Browser, width: int) -> AsyncIterator[Page]:
    """A page of that width, with nothing of an earlier one; what the browser complains of fails the test."""
    complaints: list[str] = []
    visit = await browser.new_context(viewport={"width": width, "height": 844}, locale="ru-RU")
    opened = await visit.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    try:
        yield opened
    finally:
        await visit.close()
    assert complaints == []


async def open_panel(page: Page, url: str, tab: str, user: int | None = None) -> None:
    """The chat page with that tab of the tools; on a phone they come as a sheet."""
    await page.goto(f"{url}/#{f'user={user}&' if user else ''}tab={tab}")
    if (page.viewport_size or {"width": 0})["width"] < 880:
        await page.click("#open-tools")
