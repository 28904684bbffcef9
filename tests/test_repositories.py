"""What the services keep, on both databases: the newest word of the core wins, one live session an account, questions by number."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.accounts import Accounts
from services.clients import Clients
from services.consent import MARKETING, PROCESSING, Consents, ConsentText
from services.db.pipe import Store
from services.db.unit import Unit
from services.documents import Documents
from services.errors import NotFound
from services.history import History
from services.model import Access, Actor
from services.policies import Policies
from services.questions import Questions
from services.sessions import Sessions
from tests.support.resources import customer, document, policy
from tests.support.stores import NOW, VAULT, opened, rows, unit

TODAY = date(2026, 11, 21)
TEXTS = {(p, "ru"): ConsentText(p, "ru", "2026-1", "Соглашаюсь") for p in (PROCESSING, MARKETING)}


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as made:
        yield made


def actor(account: int = 1, client: str | None = "cus-x") -> Actor:
    return Actor(account, "ru", 0, datetime.fromtimestamp(NOW, UTC), consented=True, client_id=client)


history = History(VAULT)
accounts = Accounts("2026-1", ("ru", "en"), history)
consents = Consents(TEXTS, history)
sessions = Sessions(VAULT, history)
clients = Clients(VAULT, sessions)
policies, documents, questions = Policies(VAULT), Documents(history), Questions(VAULT, history)


# -- the core's word --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "taken"), [(4, False), (5, False), (6, True)])
async def test_only_a_higher_version_of_a_client_is_taken(store: Store, version: int, taken: bool) -> None:
    async with store.tx() as tx:
        await clients.apply(unit(tx), customer(version=5))
        await clients.apply(unit(tx), customer(version=version, email="new@pochta.example"))
        found = await clients.by_id(unit(tx), "cus-x")
    assert found is not None
    assert found.email == ("new@pochta.example" if taken else "p@pochta.example")
    assert found.birth == date(1990, 3, 15)
    assert found.name.full == "Пробный Пётр Петрович"


@pytest.mark.parametrize(("version", "taken"), [(4, False), (5, False), (6, True)])
async def test_only_a_higher_version_of_a_policy_is_taken(store: Store, version: int, taken: bool) -> None:
    async with store.tx() as tx:
        await policies.apply(unit(tx), policy(version=5))
        await policies.apply(unit(tx), policy(version=version, number="0000000001", termEndDate="2026-12-31"))
        [line] = (await policies.page(unit(tx), actor(), TODAY, "all", 0)).lines
        card = await policies.card(unit(tx), actor(), line.id)
    assert card.number == ("ХХХ 0000000001" if taken else "ХХХ 0166171796")
    assert card.ends == line.ends == (date(2026, 12, 31) if taken else date(2027, 1, 14))
    assert str(card.premium) == "12345.67"


@pytest.mark.parametrize(("version", "taken"), [(4, False), (5, False), (6, True)])
async def test_only_a_higher_version_of_a_document_is_taken(store: Store, version: int, taken: bool) -> None:
    async with store.tx() as tx:
        await documents.apply(unit(tx), document(version=5))
        await documents.apply(unit(tx), document(version=version, title="Новый полис"))
        [found] = await documents.of_policy(unit(tx), actor(), "pol-x")
    assert found.title == ("Новый полис" if taken else "Полис ОСАГО")
    assert found.issued_at == datetime(2026, 1, 10, 9, tzinfo=UTC)


async def test_a_number_is_kept_for_its_row_over_newer_versions(store: Store) -> None:
    """Buttons carry our own short number: it must not change under them."""
    async with store.tx() as tx:
        await policies.apply(unit(tx), policy("pol-a"))
        await policies.apply(unit(tx), policy("pol-b"))
    before = await rows(store, "select core_id, id from policy order by id")
    async with store.tx() as tx:
        await policies.apply(unit(tx), policy("pol-a", version=2))
    assert await rows(store, "select core_id, id from policy order by id") == before
    assert len({number for _, number in before}) == 2


async def test_personal_data_is_not_readable_in_the_tables(store: Store) -> None:
    async with store.tx() as tx:
        await clients.apply(unit(tx), customer())
        await policies.apply(unit(tx), policy())
        await questions.ask(unit(tx), actor(), "policy", "Где мой полис?")
    stored = [
        *await rows(store, "select * from client"),
        *await rows(store, "select * from policy"),
        *await rows(store, "select * from question"),
    ]
    for secret in ("Пробный", "1990-03-15", "79070009999", "p@pochta", "0166171796", "А123ВС777", "Где мой"):
        for row in stored:
            assert not any(secret.encode() in bytes(v) if isinstance(v, bytes) else secret in str(v) for v in row)


async def test_a_client_is_found_by_phone_in_any_spelling_of_the_core(store: Store) -> None:
    async with store.tx() as tx:
        await clients.apply(unit(tx), customer(phone="8 (907) 000-99-99"))
        await clients.apply(unit(tx), customer("cus-y", phone="+79070009999"))
        await clients.apply(unit(tx), customer("cus-z", phone=None))
        found = await clients.by_phone(unit(tx), "+79070009999")
        nobody = await clients.by_phone(unit(tx), "+79070009998")
    assert [client.id for client in found] == ["cus-x", "cus-y"]
    assert nobody == []


# -- whose it is ------------------------------------------------------------------------------------------------------


async def test_another_clients_things_are_not_there(store: Store) -> None:
    async with store.tx() as tx:
        await policies.apply(unit(tx), policy())
        await documents.apply(unit(tx), document())
        mine = (await policies.page(unit(tx), actor(), TODAY, "all", 0)).lines[0].id
        paper = (await documents.of_policy(unit(tx), actor(), "pol-x"))[0].id
        for stranger in (actor(2, "cus-y"), actor(3, None)):
            with pytest.raises(NotFound):
                await policies.card(unit(tx), stranger, mine)
            with pytest.raises(NotFound):
                await documents.one(unit(tx), stranger, paper)
            assert await documents.of_policy(unit(tx), stranger, "pol-x") == []
            assert (await policies.page(unit(tx), stranger, TODAY, "all", 0)).lines == []


# -- accounts and sessions --------------------------------------------------------------------------------------------


async def entered(tx: Any, account: int = 1, now: float = NOW, language: str | None = "ru") -> tuple[Unit, Actor]:
    step = unit(tx, f"tg:{account}", now)
    return step, await accounts.enter(step, account, language)


@pytest.mark.parametrize(
    ("code", "language"), [("ru", "ru"), (None, "ru"), ("en-GB", "en"), ("de", "en"), ("ru-RU", "ru")]
)
async def test_the_first_language_follows_telegrams(store: Store, code: str | None, language: str) -> None:
    async with store.tx() as tx:
        _, found = await entered(tx, language=code)
    assert found.language == language


async def test_one_live_session_an_account_by_the_database_itself(store: Store) -> None:
    async with store.tx() as tx:
        step, found = await entered(tx)
        await sessions.bind(step, found, "cus-x")
    errors = (sqlite3.IntegrityError, asyncpg.UniqueViolationError)

    async def twice() -> None:
        async with store.tx() as tx:
            await sessions.bind(unit(tx), actor(1, None), "cus-y")

    with pytest.raises(errors):
        await twice()
    assert await rows(store, "select client_id from binding where ended_at is null") == [("cus-x",)]


async def test_a_new_login_ends_the_accounts_old_session(store: Store) -> None:
    async with store.tx() as tx:
        step, found = await entered(tx)
        await sessions.bind(step, found, "cus-x")
        step, found = await entered(tx)
        await sessions.bind(step, found, "cus-y")
        step, found = await entered(tx)
    assert found.client_id == "cus-y"
    assert await rows(store, "select client_id, ended_by from binding order by id") == [
        ("cus-x", "relogin"),
        ("cus-y", None),
    ]


async def test_a_new_login_tells_the_clients_other_chats(store: Store) -> None:
    async with store.tx() as tx:
        for account in (1, 2, 3):
            step, found = await entered(tx, account)
            await sessions.bind(step, found, "cus-x")
        assert sorted(event.lane for event in step.events) == ["tg:1", "tg:2"]
        assert len({event.event_id for event in step.events}) == 2


async def test_a_number_that_changed_hands_ends_every_session(store: Store) -> None:
    async with store.tx() as tx:
        await clients.apply(unit(tx), customer())
        for account in (1, 2):
            step, found = await entered(tx, account)
            await sessions.bind(step, found, "cus-x")
        step = unit(tx, "client:cus-x")
        await clients.apply(step, customer(version=2, email=None))
        assert step.events == [], "another datum changes nothing here"
        await clients.apply(step, customer(version=3, phone="+79070009998"))
    assert sorted(event.lane for event in step.events) == ["tg:1", "tg:2"]
    assert await rows(store, "select ended_by from binding") == [("phone",), ("phone",)]


async def test_nobody_ends_another_clients_session(store: Store) -> None:
    async with store.tx() as tx:
        step, found = await entered(tx)
        await sessions.bind(step, found, "cus-x")
        [session] = await sessions.all(step, actor())
        with pytest.raises(NotFound):
            await sessions.end(step, actor(2, "cus-y"), session.id, "owner")
        assert await sessions.all(step, actor()) == [session]


@pytest.mark.parametrize(
    ("hours", "access"), [(0.4, Access.FRESH), (1, Access.UNLOCKED), (23, Access.UNLOCKED), (25, Access.BOUND)]
)
async def test_idleness_takes_away_what_a_code_has_opened(store: Store, hours: float, access: Access) -> None:
    async with store.tx() as tx:
        step, found = await entered(tx)
        await consents.answer(step, found, PROCESSING, given=True)
        await sessions.bind(step, found, "cus-x")
        later = NOW + hours * 3600
        _, found = await entered(tx, now=later)
        assert found.access(datetime.fromtimestamp(later, UTC)) is access
        _, again = await entered(tx, now=later + 120)
        assert again.access(datetime.fromtimestamp(later, UTC)) is access, "coming back does not bring it back"


async def test_who_was_unreachable_is_reachable_by_their_next_word(store: Store) -> None:
    async with store.tx() as tx:
        step, found = await entered(tx)
        await accounts.unreachable(step, 1)
        _, found = await entered(tx, now=NOW + 1)
        assert found.unreachable
        _, found = await entered(tx, now=NOW + 2)
        assert not found.unreachable


async def test_who_lets_the_bot_in_again_is_reachable_without_being_active(store: Store) -> None:
    async with store.tx() as tx:
        step, before = await entered(tx)
        await accounts.unreachable(step, 1)
        await accounts.reachable(step, 1)
        assert await accounts.find(step, 1) == before


# -- consent ----------------------------------------------------------------------------------------------------------


async def test_a_consent_is_a_record_of_what_was_said_when_and_to_which_text(store: Store) -> None:
    async with store.tx() as tx:
        step, found = await entered(tx)
        assert await consents.given(step, found, PROCESSING) is None
        await consents.answer(step, found, PROCESSING, given=False)
        assert await consents.given(step, found, PROCESSING) is False
        await consents.answer(step, found, PROCESSING, given=True)
        assert await consents.given(step, found, PROCESSING) is True
        assert await consents.given(step, found, MARKETING) is None
        _, found = await entered(tx)
        assert found.consented
        await consents.withdraw(step, found, PROCESSING)
        assert await consents.given(step, found, PROCESSING) is False
        _, found = await entered(tx)
        assert not found.consented
    kept = await rows(store, "select purpose, version, sha256, at, withdrawn_at from consent where id = 2")
    assert kept == [(PROCESSING, "2026-1", TEXTS[PROCESSING, "ru"].sha256, NOW, NOW)]


async def test_a_consent_to_an_older_text_does_not_count(store: Store) -> None:
    newer = Accounts("2027-1", ("ru", "en"), history)
    async with store.tx() as tx:
        step, found = await entered(tx)
        await consents.answer(step, found, PROCESSING, given=True)
        assert not (await newer.enter(step, 1, "ru")).consented


# -- questions --------------------------------------------------------------------------------------------------------


def answer(number: str, version: int = 1, **more: Any) -> dict[str, Any]:
    return {"number": number, "version": version, "answer": f"Ответ {version}", "answeredBy": {"name": "Мария"}} | more


async def test_questions_have_numbers_of_their_own(store: Store) -> None:
    async with store.tx() as tx:
        step = unit(tx)
        first = await questions.ask(step, actor(), "policy", "  Где мой полис?  ")
        second = await questions.ask(step, actor(1, None), "human", "А это что?")
        assert first != second
        assert [parcel.body["number"] for parcel in step.parcels] == [first, second]
        assert [parcel.body["client_id"] for parcel in step.parcels] == ["cus-x", None]
        assert step.parcels[0].body["text"] == "Где мой полис?"
        assert {q.number for q in await questions.waiting(step, actor())} == {first, second}


async def test_an_answer_comes_once_a_version_to_the_one_who_asked(store: Store) -> None:
    async with store.tx() as tx:
        number = await questions.ask(unit(tx), actor(7), "policy", "Где?")
        step = unit(tx, "client:cus-x")
        for version in (1, 1, 2, 1):
            await questions.answered(step, answer(number, version))
        assert [(event.lane, event.event_id) for event in step.events] == [
            ("tg:7", f"answer:{number}:1"),
            ("tg:7", f"answer:{number}:2"),
        ]
        assert await questions.waiting(unit(tx), actor(7)) == []


@pytest.mark.parametrize("number", ["В-999999", "B-000001", "В-", "", "В-١", "В-1; drop table question"])
async def test_an_answer_to_nobodys_question_is_ignored(store: Store, number: str) -> None:
    async with store.tx() as tx:
        step = unit(tx, "client:cus-x")
        await questions.answered(step, answer(number))
        assert step.events == []


async def test_the_steps_moment_is_kept_to_the_microsecond(store: Store) -> None:
    moment = datetime.fromtimestamp(NOW, UTC) + timedelta(microseconds=123_456)
    async with store.tx() as tx:
        step = unit(tx, now=moment.timestamp())
        await questions.ask(step, actor(), "", "Когда?")
        [waiting] = await questions.waiting(step, actor())
    assert abs(waiting.asked_at - moment) < timedelta(microseconds=2)
