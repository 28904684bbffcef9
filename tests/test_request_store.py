"""What is kept of requests, on both databases: a thing is said once however often its step runs, two who act at once cannot both win."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from handlers.desk.errands import Errands
from handlers.texts import Texts
from services.db.pipe import Store, Tx
from services.db.unit import Unit
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar
from services.employees import Employee, Role
from services.errors import NotFound, RequestOver
from services.history import History
from services.model import Actor
from services.requests import Kind, Request, Requests, State
from services.requests.values import files_of, row_of
from services.sessions import Sessions
from services.uploads import Limits, Sent, Uploads
from tests.support.stores import NOW, VAULT, opened, rows, unit

MARIA = Employee(7, "Мария", "специалист", "поддержка", frozenset({Role.OPERATOR}))
uploads = Uploads(VAULT, Limits())
history = History(VAULT)
requests = Requests(VAULT, Deadlines(Calendar.known()), Sessions(VAULT, history), uploads, history)


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as made:
        yield made


def actor(client: str | None = "cus-x", account: int = 1) -> Actor:
    return Actor(account, "ru", 0, datetime.fromtimestamp(NOW, UTC), consented=True, client_id=client)


async def filed(tx: Tx, kind: Kind = Kind.COMPLAINT, draft: str = "tg-1", who: Actor | None = None) -> Request:
    return await requests.file(unit(tx), who or actor(), kind, draft, {"text": "Что-то не так"}, policy="pol-x")


def told(step: Unit) -> list[str]:
    """Events of a step for the staff's side."""
    return [event.event_id.split(":")[0] for event in step.events if event.lane == "staff"]


async def test_a_draft_becomes_one_request(store: Store) -> None:
    async with store.tx() as tx:
        first, again = await filed(tx), await filed(tx)
        assert first == again
        assert first.number == f"ОБ-{first.id:06d}"
        assert row_of(f" {first.number.lower()} ") == first.id
        assert (await filed(tx, Kind.AGENT, "tg-2")).number.startswith("АГ-")
        with pytest.raises(NotFound):  # somebody else's draft
            await filed(tx, who=actor("cus-y", 2))


async def test_whose_it_is_is_decided_in_the_query(store: Store) -> None:
    async with store.tx() as tx:
        own = await filed(tx)
        strangers = await filed(tx, Kind.RECOVERY, "tg-3", actor(None, 9))
        for other in (actor("cus-y"), actor(None, 1), actor(None, 2)):
            with pytest.raises(NotFound):
                await requests.one(unit(tx), other, own.id)
        assert await requests.one(unit(tx), actor(account=5), own.id) == own, "another account of the same client"
        assert await requests.one(unit(tx), actor("cus-z", 9), strangers.id) == strangers, "a client since then"
        with pytest.raises(NotFound):
            await requests.one(unit(tx), actor("cus-x", 1), strangers.id)


async def test_the_same_event_says_a_thing_once(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)
        for _ in range(3):
            step = unit(tx, "desk:1")
            step.event.event_id = "order-1"
            after = await requests.answer(step, MARIA, it.number, State.CLARIFY, "Какой офис?")
            assert after.state is State.CLARIFY
        for _ in range(3):
            step = unit(tx, "tg:1")
            step.event.event_id = "update-1"
            after = await requests.comment(step, actor(), it.id, "На Причальной")
            assert after.state is State.WORK
        history = await requests.history(unit(tx), it)
        assert [(one.state, one.text) for one in history] == [(State.CLARIFY, "Какой офис?"), (None, "На Причальной")]


async def test_what_is_over_is_over(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)
        assert await requests.cancel(named(tx, "u-1"), actor(), it.id)
        assert not await requests.cancel(named(tx, "u-2"), actor(), it.id)
        with pytest.raises(RequestOver):
            await requests.comment(named(tx, "u-3"), actor(), it.id, "Ещё")
        with pytest.raises(RequestOver):
            await requests.answer(named(tx, "u-4"), MARIA, it.number, State.DONE, "Готово")


def named(tx: Tx, event: str) -> Unit:
    step = unit(tx)
    step.event.event_id = event
    return step


async def test_staff_cannot_give_what_there_is_not(store: Store) -> None:
    async with store.tx() as tx:
        it, call = await filed(tx), await filed(tx, Kind.AGENT, "tg-2")
        for number, state, text in (
            (it.number, State.ASSIGNED, ""),
            (call.number, State.CLARIFY, ""),
            (it.number, None, ""),
            (it.number, State.CANCELLED, ""),
        ):
            with pytest.raises(ValueError, match=number):
                await requests.answer(named(tx, "x"), MARIA, number, state, text)
        for number in ("ОБ-999999", "ОБ-x", "", call.number.replace("АГ", "ОБ"), "О-000001"):
            with pytest.raises(NotFound):
                await requests.answer(named(tx, "x"), MARIA, number, State.DONE, "")


async def test_of_a_client_who_cancels_and_an_employee_who_ends_it_one_wins(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)

    async def cancel() -> str:
        async with store.tx() as tx:
            return "client" if await requests.cancel(named(tx, "u-1"), actor(), it.id) else ""

    async def end() -> str:
        try:
            async with store.tx() as tx:
                await requests.answer(named(tx, "u-2"), MARIA, it.number, State.DONE, "Готово")
        except RequestOver:
            return ""
        return "staff"

    won = [who for who in await asyncio.gather(cancel(), end()) if who]
    assert len(won) == 1
    assert await rows(store, "select state from request") == [({"client": "cancelled", "staff": "done"}[won[0]],)]
    async with store.tx() as tx:
        assert len(await requests.history(unit(tx), it)) == 1


async def test_staff_read_each_comment_however_late_they_hear_of_it(store: Store) -> None:
    notes: list[str] = []

    async def note(unit: Unit, account: int, client: str | None, html: str) -> None:
        notes.append(html)

    async with store.tx() as tx:
        it = await filed(tx)
        steps = [named(tx, f"c-{word}") for word in ("первое", "второе")]
        for step in steps:
            await requests.comment(step, actor(), it.id, step.event.event_id)
        cabinet: Any = SimpleNamespace(requests=requests, groups=True, lines=SimpleNamespace(note=note))
        heard = Errands(cabinet, Texts("ru", {}, {})).events["request.commented"]
        for step in steps:
            [event] = [it for it in step.events if it.lane == "staff"]
            await heard(named(tx, event.event_id), json.loads(event.body))
    assert [("первое" in words, "второе" in words) for words in notes] == [(True, False), (False, True)]


async def test_files_are_given_once_and_for_good(store: Store) -> None:
    """Those sent with it, those added later, and those that are here only afterwards."""
    async with store.tx() as tx:
        for message in (1, 2):
            await uploads.take(named(tx, f"f-{message}"), actor(), files_of("tg-1"), sent(message))
        it = await filed(tx)
        assert [one.handed for one in await requests.files(unit(tx), it)] == [True, True]
        first = (await requests.files(unit(tx), it))[0]
        assert not await uploads.remove(unit(tx), actor(), first.id), "staff have it"
        assert not await requests.attach(named(tx, "a-1"), actor(), it.id, "Приложены файлы.")
        await uploads.take(named(tx, "f-3"), actor(), it.files, sent(3))
        step = named(tx, "a-2")
        assert await requests.attach(step, actor(), it.id, "Приложены файлы.")
        assert told(step) == ["request.commented"]
        late = named(tx, "s-1")
        kept = {"sha256": "b" * 64, "size": 10, "mime": "image/jpeg", "width": 1, "height": 1}
        facts = {"upload": first.id, "sha256": "a" * 64, "kept": kept, "looks": [], "likeness": "", "taken": None}
        assert await uploads.stored(late, actor(), facts)
        assert told(late) == ["file-ready"]
        owner = await requests.of_files(unit(tx), it.files)
        assert owner
        assert owner.id == it.id


def sent(message: int) -> Sent:
    return Sent(f"file-{message}", message, f"{message}.jpg", "image/jpeg", 10, "", datetime.fromtimestamp(NOW, UTC))


async def test_nothing_that_was_told_can_be_read_in_the_database(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)
        await requests.comment(named(tx, "u-1"), actor(), it.id, "На Причальной, 12")
    ((entered,),) = await rows(store, "select entered_sealed from request")
    ((text,),) = await rows(store, "select text_sealed from remark")
    assert "не так".encode() not in bytes(entered)
    assert "Причальной".encode() not in bytes(text)
