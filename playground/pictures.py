"""`python -m playground.pictures`: the README's pictures, taken from the running thing by a headless Chromium.

Needs Debian's `chromium` (or CHROMIUM, a path); playwright drives it and downloads nothing.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

import aiohttp
from playwright.async_api import Browser, async_playwright

from playground.app import serve
from playground.demo import ANNA, Demo
from playground.ports import free_ports
from playground.world import Settings

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
CLOSED = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STEPS = 9
"""How far the demo's story goes before the picture: the policy's card is open."""


async def take(folder: Path) -> None:
    """Play the first steps of the demo, then photograph the page at both widths, light and dark."""
    with tempfile.TemporaryDirectory(prefix="cabinet-pictures-") as data:
        world = await serve(Settings(port=free_ports(), data=Path(data)), bot=True)
        try:
            await world.wait_for_bot()
            async with aiohttp.ClientSession() as http:
                done = 0
                async for _, _, deed, _ in Demo(world, http).story():
                    await deed()
                    done += 1
                    if done == STEPS:
                        break
            async with async_playwright() as playwright:
                path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
                browser = await playwright.chromium.launch(executable_path=path, args=CLOSED)
                for name, width, height, scheme in (
                    ("wide", 1400, 900, "light"),
                    ("phone", 390, 844, "light"),
                    ("dark", 1400, 900, "dark"),
                ):
                    await _picture(
                        browser, f"{world.url}/?user={ANNA}", folder / f"chat-{name}.png", width, height, scheme
                    )
                await browser.close()
        finally:
            await world.close()


async def _picture(browser: Browser, url: str, file: Path, width: int, height: int, scheme: str) -> None:
    page = await browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    await page.goto(url)
    await page.get_by_role("log").get_by_text("Кто может управлять").last.wait_for()
    await page.screenshot(path=file)
    await page.close()
    if problems:
        raise RuntimeError(f"{file.name}: {problems}")


def main() -> int:
    """Writes docs/pictures/*.png, or into the folder given as the argument."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
