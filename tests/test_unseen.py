"""What nobody asked for and could not be shown yet is never lost, whatever renders the chat meanwhile, and whenever the process dies."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest

from handlers import unasked
from handlers.events import HEARD
from handlers.turn import Turn
from services.db.pipe import Event
from tests.support.insured import Insured, insured
from tests.support.ops import change, cursor, eventually, fault, rows, unparked
from tests.support.person import Person
from tests.support.reminders import look, never_quiet
from tests.support.town import Town

PARKED = "select 1 from screen where lane = :lane and due_at > 0"
OFFER = "Что умеет кабинет"
UNKNOWN = "select 1 from inbox where lane = :lane and event_id like 'unknown:%'"


pytestmark = pytest.mark.usefixtures("calm")


async def reminded_in_vain(harbour: Town, but: int | None = None, **facts: Any) -> Insured:
    """A client with a contract that ends today; Telegram has taken their reminder for too much, and asks to wait for minutes.

    `but`: of this contract they do not want to hear.
    """
    irina = await insured(harbour, **({"ends_in": (0,)} | facts))
    await irina.log_in()
    never_quiet(harbour, irina.client_id)
    if but is not None:
        about = {"client": irina.client_id, "policy": irina.policies[but].policy_id}
        await change(
            harbour,
            "insert into hush(client_id, kind, subject, until, since) "
            "select :client, 'renewal', id, null, 0 from policy where core_id = :policy",
            **about,
        )
    await fault(harbour, method="sendMessage", error=429, retry_after=300)
    await look(harbour, irina.client_id)
    await eventually(lambda: rows(harbour, PARKED, lane=f"tg:{irina.id}"))
    return irina


async def offered(harbour: Town, person: Person) -> None:
    """The chat is shown a room that may be shown once only."""

    async def heard(turn: Turn, _: dict[str, Any]) -> None:
        turn.aside("help")
        unasked.owe(turn, once=True)

    with patch.dict(HEARD, {"offering": heard}):
        await tell(harbour, person, "offering")


async def tell(harbour: Town, person: Person, kind: str = "login.elsewhere") -> None:
    """Something renders the chat that is no act of the person."""
    event = Event(
        "test", f"{kind}:{person.id}:{await cursor(harbour)}", f"tg:{person.id}", json.dumps({"type": kind}).encode()
    )
    await harbour.process.parts.lanes.submit(event)


async def waited(harbour: Town) -> None:
    """Until Telegram may be asked again."""
    harbour.process.parts.sender._line._parked.clear()
    for table in ("outbox", "screen"):
        await change(harbour, f"update {table} set due_at = 0 where due_at > 0")  # noqa: S608 - two names of our own
    await unparked(harbour)


async def seen(person: Person, words: str) -> int:
    """Messages of the chat that say so."""
    return sum(words in (message["text"] or "") for message in await person.chat() if message["from"] == "bot")


async def letters(harbour: Town, email: str) -> int:
    """Reminders by mail."""
    found = await harbour.call("GET", f"/mail?to={email}")
    return sum("Напоминание" in letter["subject"] for letter in found)


@pytest.mark.parametrize("death", [False, True])
async def test_a_reminder_that_waits_goes_by_mail_though_the_chat_was_rendered_meanwhile(
    harbour: Town, death: bool
) -> None:
    irina = await reminded_in_vain(harbour, email=f"unseen{death:d}@pochta.example")
    await tell(harbour, irina)
    if death:
        await harbour.restart_bot()
    await irina._do("block", {})
    await waited(harbour)
    assert await letters(harbour, f"unseen{death:d}@pochta.example") == 1


async def test_what_joins_it_takes_nothing_from_what_waits(harbour: Town) -> None:
    """A second reminder comes into the message that has not left: the letter has both."""
    irina = await reminded_in_vain(harbour, ends_in=(0, 1), email="joined@pochta.example", but=1)
    await change(harbour, "delete from hush where client_id = :client", client=irina.client_id)
    await look(harbour, irina.client_id)
    await irina._do("block", {})
    await waited(harbour)
    (letter,) = await harbour.call("GET", "/mail?to=joined@pochta.example")
    assert letter["text"].count("полис заканчивается") == 2


async def test_a_death_between_the_two_words_about_a_shut_chat_loses_neither(harbour: Town) -> None:
    irina = await insured(harbour, ends_in=(0,), email="between@pochta.example")
    await irina.log_in()
    never_quiet(harbour, irina.client_id)
    hub, died = harbour.process.parts.hub, list[str]()
    told = hub.report

    async def report(source: str, event_id: str, lane: str, facts: dict[str, Any]) -> None:
        if event_id.startswith("stopped:") and not died:
            died.append(event_id)
            raise RuntimeError
        await told(source, event_id, lane, facts)

    await fault(harbour, method="sendMessage", error=403, times=2)
    with patch.object(hub, "report", report):
        await look(harbour, irina.client_id)
        assert died
        await waited(harbour)
    assert await letters(harbour, "between@pochta.example") == 1


async def test_once_it_stands_there_what_comes_later_is_a_plain_screen(harbour: Town) -> None:
    irina = await reminded_in_vain(harbour, email="shown@pochta.example")
    await tell(harbour, irina)
    await waited(harbour)
    assert await seen(irina, "полис заканчивается") == 1
    await irina._do("block", {})
    await tell(harbour, irina)
    await unparked(harbour)
    assert await letters(harbour, "shown@pochta.example") == 0


async def test_who_writes_before_it_has_come_is_answered_and_reminded(harbour: Town) -> None:
    irina = await reminded_in_vain(harbour)
    await irina.say("/language")
    await waited(harbour)
    assert await seen(irina, "полис заканчивается") == 1


async def test_what_telegram_took_too_late_is_decided_anew(harbour: Town) -> None:
    """It is shown while it stands, and no more once its cause has gone; until then what stood there works."""
    irina, other = await reminded_in_vain(harbour), await reminded_in_vain(harbour)
    await harbour.call("POST", f"/desk/policies/{quote(other.policies[0].number)}", {"status": "terminated"})
    await harbour.call("POST", "/clock", {"advance": "PT75M"})
    await tell(harbour, irina)
    await waited(harbour)
    assert await seen(irina, "полис заканчивается") == 1
    assert await seen(other, "полис заканчивается") == 0
    await other.tap("Настройки")
    await other.sees("Настройки")


# -- at most once -----------------------------------------------------------------------------------------------------


async def newcomer(harbour: Town) -> Person:
    person = await harbour.person()
    await person.say("/start")
    return person


async def test_an_offer_that_is_rendered_anew_before_it_left_goes_at_most_once(harbour: Town) -> None:
    person = await newcomer(harbour)
    await fault(harbour, method="sendMessage", error=429, retry_after=300)
    await offered(harbour, person)
    await eventually(lambda: rows(harbour, PARKED, lane=f"tg:{person.id}"))
    await tell(harbour, person, "paper.sent")
    await fault(harbour, method="sendMessage", drop_answer=True)
    await waited(harbour)
    assert await seen(person, OFFER) == 1
    assert await rows(harbour, UNKNOWN, lane=f"tg:{person.id}") == [(1,)]


async def test_an_offer_that_is_rendered_anew_while_it_leaves_goes_at_most_once(harbour: Town) -> None:
    """Nobody knows what became of the first; the second is not even tried."""
    person = await newcomer(harbour)
    await fault(harbour, method="sendMessage", delay=0.5, drop_answer=True)
    await offered(harbour, person)
    await eventually(
        lambda: rows(harbour, "select 1 from screen where lane = :lane and sending > shown", lane=f"tg:{person.id}")
    )
    await asyncio.gather(tell(harbour, person, "paper.sent"), unparked(harbour))
    await unparked(harbour)
    assert await seen(person, OFFER) == 1
    assert await rows(harbour, UNKNOWN, lane=f"tg:{person.id}") == [(1,)]


async def test_an_offer_found_under_way_after_a_crash_is_not_shown_by_what_came_after_it(harbour: Town) -> None:
    person = await newcomer(harbour)
    await fault(harbour, method="sendMessage", error=429, retry_after=300)
    await offered(harbour, person)
    await tell(harbour, person, "paper.sent")
    await harbour.settle()
    await harbour.stop_bot()
    await change(
        harbour, "update screen set sending = version - 1, due_at = 0 where lane = :lane", lane=f"tg:{person.id}"
    )
    await harbour.start_bot()
    await unparked(harbour)
    assert await seen(person, OFFER) == 0
    assert await rows(harbour, UNKNOWN, lane=f"tg:{person.id}") == [(1,)]
