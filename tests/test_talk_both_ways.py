"""Whatever a chat can hold passes between a client and staff, both ways, and replies find what they answer (I3, K2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from playground.photos import draw, jpeg
from tests.support.desk import (
    ANNA,
    IGOR,
    MARIA,
    ask,
    asked,
    chat_of,
    later,
    press,
    sends_album,
    staff,
    told,
    topic_of,
    topics,
    words_in,
    writes,
)
from tests.support.insured import insured
from tests.support.second import database
from tests.support.town import Town, town

KINDS = ("voice", "video_note", "sticker", "video", "audio", "animation", "venue")


@pytest.fixture(scope="module")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("both")) as own:
        yield own


@pytest.mark.parametrize("kind", KINDS)
async def test_whatever_a_client_sends_reaches_the_topic(harbour: Town, kind: str) -> None:
    person, topic = await asked(harbour)
    await person.send(kind)
    assert (await told(harbour, topic))[-1]["kind"] == kind
    await person.sees("Разговор О-")


async def test_a_place_of_the_client_reaches_the_topic(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await person.send_location(55.7539, 37.6208)
    assert (await told(harbour, topic))[-1]["kind"] == "location"


@pytest.mark.parametrize("kind", [*KINDS, "location"])
async def test_whatever_an_employee_sends_reaches_the_client_signed(harbour: Town, kind: str) -> None:
    person, topic = await asked(harbour)
    if kind == "location":
        await staff(harbour, topic, "location", latitude=55.7539, longitude=37.6208)
    else:
        await staff(harbour, topic, "send", kind=kind)
    chat = await person.chat()
    place = next(n for n, it in enumerate(chat) if it["from"] == "bot" and it["kind"] == kind)
    signed = chat[place]["caption"] or chat[place - 1]["text"]
    assert "Анна, специалист поддержки" in signed
    await person.sees("На связи Анна")


def find(messages: list[dict[str, Any]], words: str) -> dict[str, Any]:
    return next(it for it in messages if words in (it["text"] or it["caption"] or ""))


async def test_replies_find_what_they_answer_both_ways(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await person.say("Первый вопрос")
    await person.say("Второй вопрос")
    first = find(await told(harbour, topic), "Первый вопрос")
    await writes(harbour, topic, "Ответ на первый", reply_to=first["message_id"])
    chat = await person.chat()
    answer = find(chat, "Ответ на первый")
    assert answer["reply_to"] == find(chat, "Первый вопрос")["message_id"]

    await harbour.call("POST", f"/client/{person.id}/text", {"text": "А к этому?", "reply_to": answer["message_id"]})
    await harbour.settle()
    topic_chat = await told(harbour, topic)
    assert find(topic_chat, "А к этому?")["reply_to"] == find(topic_chat, "Ответ на первый")["message_id"]


async def test_a_reply_from_another_screen_goes_to_the_talk(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await writes(harbour, topic, "Отвечаю")
    await person.say("/menu")
    answer = find(await person.chat(), "Отвечаю")
    await harbour.call("POST", f"/client/{person.id}/text", {"text": "Понятно", "reply_to": answer["message_id"]})
    await harbour.settle()
    assert "Понятно" in await words_in(harbour, topic)


async def test_what_an_employee_forwards_stays_with_staff(harbour: Town) -> None:
    """Somebody else has said it: words, and what is copied from another chat."""
    person, topic = await asked(harbour)
    other, _ = await asked(harbour, "Чужой вопрос")
    await other.send("voice")
    voice = (await other.chat())[-2]
    assert voice["kind"] == "voice"
    before = await person.chat()
    for body in ({"text": "Чужие слова"}, {"message_id": voice["message_id"]}):
        await staff(harbour, topic, "forward", user=other.id, **body)
        stands = await told(harbour, topic)
        assert "Пересланное клиент не получит. Напишите ответ сами." in stands[-1]["text"]
        assert stands[-1]["reply_to"] == stands[-2]["message_id"], "it is said about which"
    assert await person.chat() == before
    await person.sees("Ваше место в очереди")  # nobody has taken the talk by that


async def test_an_album_that_is_a_note_stays_with_staff(harbour: Town) -> None:
    person, topic = await asked(harbour)
    files = {f"{n}.jpg": jpeg(draw(n, (320, 240))) for n in range(3)}
    await sends_album(harbour, topic, files, caption="// только для своих")
    await later(harbour, seconds=2)
    assert not [it for it in await person.chat() if it["from"] == "bot" and it["kind"] == "photo"]
    await person.sees("Ваше место в очереди")
    await sends_album(harbour, topic, files, caption="А это вам")
    await later(harbour, seconds=2)
    assert len([it for it in await person.chat() if it["from"] == "bot" and it["kind"] == "photo"]) == 3


async def test_an_answer_can_be_taken_back(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await writes(harbour, topic, "Это не вам")
    mine = find(await told(harbour, topic), "Это не вам")
    await writes(harbour, topic, "/del", reply_to=mine["message_id"])
    assert "Это не вам" not in await chat_of(person)


@pytest.mark.parametrize(
    ("words", "by"), [("Игорь", "Игорь, специалист по урегулированию"), ("мария", "Мария, старшая смены")]
)
async def test_a_talk_is_transferred_by_name(harbour: Town, words: str, by: str) -> None:
    person, topic = await asked(harbour)
    await press(harbour, topic, "Взять")
    await writes(harbour, topic, f"/transfer {words}")
    assert f"Теперь с вами на связи {by}" in await chat_of(person)
    await person.sees(f"На связи {by.split(',')[0]}")


async def test_a_talk_is_transferred_to_a_department_and_waits_there(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await press(harbour, topic, "Взять")
    await writes(harbour, topic, "/transfer урегулирование")
    await person.sees("Ваше место в очереди: 1")
    assert "повторять вопрос не нужно" in await chat_of(person)
    assert "Игорь" in await press(harbour, topic, "Взять", IGOR) or "На связи Игорь" in (await person.screen())["text"]


async def test_a_talk_given_back_waits_for_somebody_else(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await press(harbour, topic, "Взять")
    await writes(harbour, topic, "/release")
    await person.sees("Ваше место в очереди")
    await press(harbour, topic, "Взять", MARIA)
    await person.sees("На связи Мария")


async def closed(harbour: Town) -> tuple[Any, int]:
    person, topic = await asked(harbour)
    await writes(harbour, topic, "Готово", IGOR)
    await writes(harbour, topic, "/close", IGOR)
    await person.sees("завершён")
    return person, topic


async def test_a_talk_goes_on_with_the_same_person(harbour: Town) -> None:
    person, topic = await closed(harbour)
    await person.tap("Продолжить разговор")
    await person.say("Ещё вопрос")
    await person.tap("Отправить")
    await person.sees("На связи Игорь", "Ответ будет до")
    assert await topic_of(harbour, person) == topic
    assert "Игорь" in await words_in(harbour, topic)


async def test_whoever_has_left_is_not_promised(harbour: Town) -> None:
    person, _ = await closed(harbour)
    with database(harbour) as second:
        second.execute("update employee set ended_at = 1 where id = ?", (IGOR,))
    await ask(person, "Ещё вопрос")
    await person.sees("Ваше место в очереди")
    with database(harbour) as second:
        second.execute("update employee set ended_at = null where id = ?", (IGOR,))


async def test_the_insurers_own_answer_stands_in_the_topic_too(harbour: Town) -> None:
    person, topic = await asked(harbour)
    number = (await harbour.call("GET", "/desk"))["questions"][-1]["id"]
    await harbour.call("POST", f"/desk/questions/{number}", {"answer": "Приходите <завтра>"})
    await harbour.settle()
    text = await words_in(harbour, topic)
    assert "Клиент получил ответ из системы страховщика" in text
    assert "Приходите <завтра>" in text
    assert "клиент не ждёт" in text
    await person.sees("Ответ выше")


async def test_a_stranger_who_logs_in_is_known_in_their_topic(harbour: Town) -> None:
    irina = await insured(harbour)
    topic = await ask(irina, "Я ещё не вошла")
    assert "Не клиент" in await words_in(harbour, topic)
    await irina.log_in()
    text = await words_in(harbour, topic)
    assert "Клиент вошёл в кабинет" in text
    assert "Не клиент" not in text
    name = next(it["name"] for it in await topics(harbour) if it["id"] == topic)
    assert "Гость" not in name
    await writes(harbour, topic, "Теперь вижу ваши полисы")
    assert "Теперь вижу" in await chat_of(irina)
    await writes(harbour, topic, "/close")
    assert await ask(irina, "Снова я") == topic, "one topic for one client"


async def test_a_stranger_whose_client_has_a_topic_ends_where_they_began(harbour: Town) -> None:
    irina = await insured(harbour)
    await irina.log_in()
    own = await ask(irina, "Мой вопрос")
    await writes(harbour, own, "/close")
    for label in ("В меню", "Настройки", "Выйти"):
        await irina.tap(label)
    await irina.tap("Выйти", exact=True)
    other = await ask(irina, "Вышла и спрашиваю")
    assert other != own
    await irina.say("/start")
    await irina.tap("Войти")
    await irina.share_contact()
    await irina.say(await irina.code())
    assert "Клиент вошёл в кабинет" in await words_in(harbour, other)
    await writes(harbour, other, "/close")
    assert await ask(irina, "И снова") == own
    await writes(harbour, other, "Не туда", ANNA)
    assert "уже пишет в другой теме" in await words_in(harbour, other)
    assert "Не туда" not in await chat_of(irina)
