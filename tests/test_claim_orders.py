"""A claim handler decides in the client's topic: the insurer is told, the client hears of it, the topic sees what came of it (K4)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.desk import ANNA, IGOR, ask, chat_of, told, words_in, writes
from tests.support.ops import fault, unparked
from tests.support.person import Person
from tests.support.second import rows
from tests.support.town import Town, town
from tests.test_case import HIT, MARINA, REAR, YULIYA, enter, open_case


@pytest.fixture(scope="module")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("orders")) as own:
        yield own


@pytest.fixture(scope="module")
async def marina(harbour: Town) -> tuple[Person, int]:
    """Her car waits for an inspection; she has a talk open. And its topic."""
    marina = await enter(harbour, MARINA)
    return marina, await ask(marina, "Что с моей машиной?")


async def at_core(harbour: Town, number: str) -> str:
    claims = (await harbour.call("GET", "/desk"))["claims"]
    return str(next(it["status"] for it in claims if it["claimNumber"] == number))


async def test_the_card_names_open_claims_with_the_order(harbour: Town, marina: tuple[Person, int]) -> None:
    _, topic = marina
    (card,) = [it for it in await told(harbour, topic) if it["buttons"]]
    assert f"Случай {HIT} · осмотр · /claim {HIT} статус" in card["text"]


async def test_a_status_reaches_the_insurer_the_client_and_the_topic(harbour: Town, marina: tuple[Person, int]) -> None:
    person, topic = marina
    await writes(harbour, topic, f"/claim {HIT.lower()} clarification Справка о ДТП\nФото VIN", IGOR)
    assert await at_core(harbour, HIT) == "clarification"
    said = await words_in(harbour, topic)
    assert f"{HIT}: «требуется уточнение» отправлено страховщику" in said
    assert f"{HIT}: требуется уточнение. Клиент об этом узнал" in said
    assert f"Случай {HIT}: страховщик ждёт 2 документа" in await chat_of(person)
    await open_case(person, HIT)
    await person.sees("Справка о ДТП", "Фото VIN")
    await writes(harbour, topic, f"/claim {HIT} review", IGOR)
    await person.sees("рассматривает случай")
    found = rows(harbour, "select employee_id, deed from access where deed like 'claim %' order by id")
    assert found == [(IGOR, f"claim {HIT} clarification"), (IGOR, f"claim {HIT} review")]


async def test_the_words_of_a_refusal_are_its_reason(harbour: Town) -> None:
    yuliya = await enter(harbour, YULIYA)
    topic = await ask(yuliya, "Когда решение?")
    await writes(harbour, topic, f"/claim {REAR} refused", IGOR)
    assert "Так: /claim" in await words_in(harbour, topic), "a refusal needs a reason"
    await writes(harbour, topic, f"/claim {REAR} refused Срок заявления истёк", IGOR)
    await open_case(yuliya, REAR)
    await yuliya.sees("Срок заявления истёк")


async def test_what_the_insurer_does_not_accept_is_told_to_staff_alone(
    harbour: Town, marina: tuple[Person, int]
) -> None:
    person, topic = marina
    await writes(harbour, topic, f"/claim {HIT} payout", IGOR)
    heard = await chat_of(person)
    await writes(harbour, topic, f"/claim {HIT} inspection", IGOR)
    assert f"{HIT}: страховщик не принял статус «осмотр», сейчас: выплата" in await words_in(harbour, topic)
    assert (await chat_of(person), await at_core(harbour, HIT)) == (heard, "payout")


async def test_an_order_waits_for_a_core_that_is_away_and_is_carried_out_once(
    harbour: Town, marina: tuple[Person, int]
) -> None:
    person, topic = marina
    await fault(harbour, "core", drop_answer=True)
    await writes(harbour, topic, f"/claim {HIT} closed Спасибо, что обратились", IGOR)
    await unparked(harbour)
    assert (await words_in(harbour, topic)).count(f"{HIT}: завершено. Клиент об этом узнал") == 1
    await open_case(person, HIT)
    await person.sees("завершено", "Спасибо, что обратились")
    (history,) = [
        it for it in (await harbour.call("GET", f"/desk/claims/{HIT}"))["history"] if it["status"] == "closed"
    ]
    assert history["comment"] == "Спасибо, что обратились"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Так: /claim"),
        (f"{HIT} луна", "Статусы:"),
        (f"{REAR} review", "у этого клиента нет"),
        ("У-1 review", "нет"),
    ],
)
async def test_what_cannot_be_is_said(harbour: Town, marina: tuple[Person, int], words: str, told: str) -> None:
    """Another client's claim is not there."""
    _, topic = marina
    await writes(harbour, topic, f"/claim {words}".strip(), IGOR)
    assert told in await words_in(harbour, topic)


async def test_an_operator_moves_no_claim(harbour: Town, marina: tuple[Person, int]) -> None:
    _, topic = marina
    before = await at_core(harbour, HIT)
    await writes(harbour, topic, f"/claim {HIT} review", ANNA)
    assert "у вас нет прав" in await words_in(harbour, topic)
    assert await at_core(harbour, HIT) == before
