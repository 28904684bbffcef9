"""The public page that verifies a receipt: what anybody may see of a claim, and what nobody does."""

from __future__ import annotations

import re
from argparse import Namespace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser

from bot.commands import do
from bot.web.receipts import A_MINUTE, MOST, Looks, language_of
from services.claims import Claim
from tests.playground.browser import WIDTHS, browsing, needs_chromium
from tests.support.insured import insured
from tests.support.office import Office
from tests.support.second import database
from tests.support.town import Town

RUSSIAN = {"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.8"}


@pytest.fixture
async def office(city: Town, tmp_path: Path) -> Office:
    return Office(city, await insured(city), tmp_path)


@pytest.fixture(autouse=True)
def unhurried(city: Town) -> None:
    """Each test looks as if a minute had passed."""
    city.process.parts.receipts._looks._counts.clear()


async def look(
    city: Town, token: str, headers: dict[str, str] | None = None, method: str = "GET"
) -> tuple[int, str, dict[str, str]]:
    url = f"{city.bot_url}/verify/{token}"
    async with aiohttp.ClientSession() as http, http.request(method, url, headers=headers or RUSSIAN) as response:
        return response.status, await response.text(), dict(response.headers)


async def token_of(office: Office, claim: Claim) -> str:
    now, _ = await office.now(claim)
    return now.token


async def test_the_page_shows_what_was_handed_over_and_nothing_personal(city: Town, office: Office) -> None:
    hashes = [await office.photo(number, bytes([number]) * 3000) for number in (1, 2)]
    claim = await office.file()
    await city.settle()
    now, files = await office.now(claim)
    status, page, _ = await look(city, now.token)
    assert status == 200
    for sha256, file in zip(hashes, files, strict=True):
        assert sha256 in page
        assert file.source in page
    assert "цел: записи не меняли" in page
    assert f"№ …{now.core_number[-3:]}" in page
    personal = (
        now.core_number,
        claim.number,
        "Фото",
        "бампер",
        "Тверская",
        "светофоре",
        "О777",
        office.person.phone[2:],
        office.person.client_id,
        office.person.policies[0].number,
        office.person.policies[0].policy_id,
        "Соколова",
        "Kia",
    )
    assert not [word for word in personal if word in page]


async def test_a_journal_that_was_changed_is_said_to_be(city: Town, office: Office) -> None:
    claim = await office.file()
    await city.settle()
    token = await token_of(office, claim)
    with database(city) as second:
        second.execute("update journal set kind = 'paid' where claim_id = ? and seq = 1", (claim.id,))
    _, page, _ = await look(city, token)
    assert "нарушен: записи меняли" in page
    with database(city) as second:
        second.execute("update journal set kind = 'filed' where claim_id = ? and seq = 1", (claim.id,))


async def test_the_doctor_finds_it_while_the_bot_runs(
    city: Town, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = await office.file()
    await city.settle()
    doctor = Namespace(command="doctor", verify_journal=True)
    assert await do(doctor, city.settings) == 0
    with database(city) as second:
        second.execute("update journal set kind = 'paid' where claim_id = ? and seq = 1", (claim.id,))
    assert await do(doctor, city.settings) == 1
    with database(city) as second:
        second.execute("update journal set kind = 'filed' where claim_id = ? and seq = 1", (claim.id,))
    said = capsys.readouterr()
    assert "нарушено: 0" in said.out
    assert claim.number in said.err
    assert "нарушено: 1" in said.err


async def test_before_the_insurers_answer_it_says_so(city: Town, office: Office) -> None:
    await city.call("POST", "/faults", {"on": "core", "error": 422, "times": 1})
    claim = await office.file()
    await city.settle()
    status, page, _ = await look(city, await token_of(office, claim))
    assert status == 200
    assert "ответа пока нет" in page


@pytest.mark.parametrize(
    "token", ["AAAAAAAAAAAAAAAAAAAAAA", "x", "%00", "..%2f..", "а" * 22, "' or 1=1 --", "A" * 5000]
)
async def test_a_link_nobody_was_given_says_what_to_do(city: Town, token: str) -> None:
    status, page, headers = await look(city, token)
    assert status == 404
    assert "Такой квитанции нет" in page
    assert "наведя камеру" in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_nothing_comes_from_elsewhere_and_nothing_is_kept(city: Town, office: Office) -> None:
    claim = await office.file()
    status, page, headers = await look(city, await token_of(office, claim))
    assert status == 200
    assert not re.findall(r"(?:src|href|action)\s*=|url\(|@import|https?://", page)
    assert not re.findall(r"\son\w+=|style=", page), "what the policy would not allow"
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == 2
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    status, page, _ = await look(city, await token_of(office, claim), method="HEAD")
    assert (status, page) == (200, "")


@needs_chromium
@pytest.mark.parametrize("width", WIDTHS)
async def test_a_file_is_looked_for_in_the_readers_browser(
    city: Town, office: Office, browser: Browser, tmp_path: Path, width: int
) -> None:
    mine, other = tmp_path / "mine.jpg", tmp_path / "other.jpg"
    mine.write_bytes(b"a photo")
    other.write_bytes(b"another photo")
    await office.photo(1, b"a photo")
    claim = await office.file()
    async with browsing(browser, width) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(f"{city.bot_url}/verify/{await token_of(office, claim)}")
        await page.set_input_files("input[type=file]", other)
        await page.wait_for_selector("#told.bad:has-text('Такого файла в списке нет')")
        await page.set_input_files("input[type=file]", mine)
        await page.wait_for_selector("#told.good:has-text('Этот файл есть в списке')")
        assert await page.locator("li.found").count() == 1
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert len(asked) == 1, "the file has not left the browser"


@pytest.mark.parametrize(("accepted", "title"), [("en-GB", "Receipt of claim"), ("de", "Квитанция"), ("", "Квитанция")])
async def test_it_speaks_the_readers_language(city: Town, office: Office, accepted: str, title: str) -> None:
    claim = await office.file()
    _, page, _ = await look(city, await token_of(office, claim), {"Accept-Language": accepted})
    assert title in page


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("de, en;q=0.5", "en"),
        ("en;q=0.1, ru;q=0.2", "ru"),
        ("en;q=0", "ru"),
        ("en;q=x", "ru"),
        (";;;,,=", "ru"),
        ("*", "ru"),
    ],
)
def test_a_language_by_its_weight(accepted: str, chosen: str) -> None:
    assert language_of(accepted, ("ru", "en")) == chosen


async def test_one_who_looks_too_often_is_told_to_wait(city: Town) -> None:
    seen = [await look(city, "AAAAAAAAAAAAAAAAAAAAAA") for _ in range(A_MINUTE + 1)]
    assert [status for status, _, _ in seen] == [404] * A_MINUTE + [429]
    assert "Подождите минуту" in seen[-1][1]
    assert seen[-1][2]["Retry-After"] == "60"


def test_looks_are_counted_by_address_and_minute() -> None:
    now = [0.0]
    looks = Looks(lambda: now[0])
    one, other = ip_address("198.51.100.1"), ip_address("198.51.100.2")
    assert [looks.allow(one) for _ in range(A_MINUTE + 1)] == [True] * A_MINUTE + [False]
    assert looks.allow(other)
    now[0] = 60.0
    assert looks.allow(one)


def test_a_household_is_one_address_and_memory_has_an_end() -> None:
    looks = Looks(lambda: 0.0)
    home: list[Any] = [ip_address(f"2001:db8::{number:x}") for number in range(1, A_MINUTE + 2)]
    assert [looks.allow(source) for source in home][-1] is False
    for number in range(MOST):
        looks.allow(ip_address(number))
    assert len(looks._counts) == MOST
