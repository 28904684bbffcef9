"""Requests on both sides: the client's card and the topic of the staff group (I2, I4, K4)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from playground.photos import Photo, sample
from tests.support.desk import ANNA, PAVEL, staff, told, topics, words_in
from tests.support.photographs import send
from tests.support.town import Town, town
from tests.test_agent_call import called
from tests.test_requests import filed, inside


@pytest.fixture(scope="module")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("errands")) as own:
        yield own


async def topic_with(harbour: Town, words: str) -> int:
    """The topic that says this."""
    for it in await topics(harbour):
        if words in await words_in(harbour, it["id"]):
            return int(it["id"])
    raise AssertionError(words)


async def test_a_request_stands_in_the_topic_and_is_answered_there(harbour: Town) -> None:
    irina = await inside(harbour)
    number = await filed(irina)
    topic = await topic_with(harbour, number)
    text = await words_in(harbour, topic)
    assert "Жалоба" in text
    assert "не приняли заявление" in text
    await staff(harbour, topic, "text", operator=ANNA, text=f"/req {number} clarify Какой это был офис?")
    await irina.sees("требуется уточнение", "Какой это был офис?", "Анна")
    await irina.say("На Парусной, 5")
    assert "На Парусной, 5" in await words_in(harbour, topic)
    await staff(harbour, topic, "text", operator=ANNA, text=f"/req {number} done Заявление приняли")
    await irina.sees("завершено", "Заявление приняли")


@pytest.mark.parametrize(
    "words", ["/req", "/req ОБ-999999 done Готово", "/req {number} nonsense-state-only", "/req {number}"]
)
async def test_a_wrong_order_is_answered_with_how_to_write_it(harbour: Town, words: str) -> None:
    irina = await inside(harbour)
    number = await filed(irina)
    topic = await topic_with(harbour, number)
    before = [message["text"] for message in await irina.chat()]
    await staff(harbour, topic, "text", operator=ANNA, text=words.format(number=number))
    if "nonsense" not in words:
        assert "номер нужен всегда" in await words_in(harbour, topic)
        assert [message["text"] for message in await irina.chat()] == before


async def test_a_number_of_somebody_elses_tells_them_nothing(harbour: Town) -> None:
    irina, other = await inside(harbour), await inside(harbour)
    topic, number = await topic_with(harbour, await filed(irina)), await filed(other)
    await staff(harbour, topic, "text", operator=ANNA, text=f"/req {number} done Справка о выплате готова")
    assert "обращения именно этого клиента" in await words_in(harbour, topic)
    await other.sees("в обработке")


async def test_somebody_without_rights_answers_nothing(harbour: Town) -> None:
    irina = await inside(harbour)
    number = await filed(irina)
    topic = await topic_with(harbour, number)
    await staff(harbour, topic, "text", operator=PAVEL, text=f"/req {number} done Готово")
    await irina.sees("в обработке")


async def test_a_call_of_an_agent_stands_in_the_topic(harbour: Town) -> None:
    irina = await inside(harbour)
    number = await called(irina)
    text = await words_in(harbour, await topic_with(harbour, number))
    assert "Визит или звонок агента" in text
    assert f"/req {number}" in text


async def test_whoever_looks_through_papers_of_a_request_that_is_over_is_led_to_it(harbour: Town) -> None:
    irina = await inside(harbour)
    number = await filed(irina)
    await irina.tap("Приложить файлы")
    await send(irina, sample("sharp", 1))
    await irina.tap("Что прислали")
    await irina.sees("Нажмите на номер")
    await irina.tap("Назад")
    await irina.sees("Готово, отправить")
    await irina.tap("Что прислали")
    topic = await topic_with(harbour, number)
    await staff(harbour, topic, "text", operator=ANNA, text=f"/req {number} done Заявление приняли")
    await irina.sees(number, "завершено", "Заявление приняли")


async def test_files_reach_the_topic_with_a_request_and_after_it_but_none_that_was_refused(harbour: Town) -> None:
    irina = await inside(harbour)
    for label in ("Обращения", "Новое обращение", "Жалоба"):
        await irina.tap(label)
    await irina.say("На Причальной не приняли заявление")
    await send(irina, sample("sharp", 1))
    await send(irina, Photo("virus.jpg", "image/jpeg", b"MZ no picture"), plain=True)
    await irina.tap("Готово")
    await irina.tap("Отправить", exact=True)
    number = (await irina.sees("ОБ-"))["text"].split("ОБ-")[1][:6]
    topic = await topic_with(harbour, f"ОБ-{number}")
    assert await files_in(harbour, topic) == ["photo"]
    await irina.tap("Приложить файлы")
    await send(irina, sample("pdf"), plain=True)
    assert await files_in(harbour, topic) == ["photo"], "not given yet"
    await irina.tap("Готово, отправить")
    assert await files_in(harbour, topic) == ["photo", "document"]


async def files_in(harbour: Town, topic: int) -> list[str]:
    """What kind of files stand in a topic, in order."""
    return [it["kind"] for it in await told(harbour, topic) if it["kind"] in ("photo", "document")]
