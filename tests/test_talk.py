"""A talk with staff, seen from both sides: the client's chat and the topic of the staff group (I3, K1–K3)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from playground.photos import draw, jpeg, sample
from tests.support.desk import ANNA, IGOR, MARIA, PAVEL, VIKTOR, asked, later, staff, told, topic_of, topics, words_in
from tests.support.photographs import send
from tests.support.town import Town, town


@pytest.fixture(scope="module")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("talk")) as own:
        yield own


async def test_a_question_opens_a_topic_and_the_answer_comes_signed(harbour: Town) -> None:
    person, topic = await asked(harbour)
    texts = [it["text"] or "" for it in await told(harbour, topic)]
    assert any("Как вписать водителя?" in text for text in texts), texts
    await staff(harbour, topic, "text", text="Добрый день! Сейчас посмотрю.")
    chat = [message["text"] for message in await person.chat()]
    assert any("Анна, специалист поддержки" in text and "Сейчас посмотрю" in text for text in chat), chat
    await person.sees("На связи Анна")


async def test_ten_messages_at_once_make_one_topic_and_keep_their_order(harbour: Town) -> None:
    person, topic = await asked(harbour, "Первое сообщение")
    before = len(await topics(harbour))
    await asyncio.gather(
        *(harbour.call("POST", f"/client/{person.id}/text", {"text": f"слово-{n:02}"}) for n in range(10))
    )
    await harbour.settle()
    assert len(await topics(harbour)) == before
    text = await words_in(harbour, topic)
    said = [m["text"] for m in (await harbour.call("GET", f"/client/{person.id}/chat?since=0"))["messages"]]
    order = [words for words in said if (words or "").startswith("слово-")]
    assert re.findall(r"слово-\d\d", text) == order
    assert len(order) == 10


async def test_an_album_stays_one_both_ways(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await person.send_photos(*(jpeg(draw(seed, (320, 240))) for seed in range(3)))
    await later(harbour, seconds=2)
    albums = [it["album"] for it in await told(harbour, topic) if it.get("photo")]
    assert len(albums) == 3
    assert len(set(albums)) == 1
    assert albums[0]


async def test_an_edit_and_a_reply_of_the_client_reach_the_topic(harbour: Town) -> None:
    person, topic = await asked(harbour, "Сколко стоит?")
    await person.say("Опечатка тут")
    mine = next(m for m in await person.chat() if m["text"] == "Опечатка тут")
    await harbour.call("POST", f"/client/{person.id}/edit", {"message_id": mine["message_id"], "text": "Исправлено"})
    await harbour.settle()
    text = await words_in(harbour, topic)
    assert "Исправлено" in text
    assert "Опечатка" not in text


async def test_an_edit_of_the_employee_reaches_the_client(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await staff(harbour, topic, "text", text="Стоит 100 рублей")
    mine = next(it for it in await told(harbour, topic) if it["text"] == "Стоит 100 рублей")
    await staff(harbour, topic, "edit", message_id=mine["message_id"], text="Стоит 200 рублей")
    chat = "\n".join(message["text"] for message in await person.chat())
    assert "200 рублей" in chat
    assert "100 рублей" not in chat


async def edits(harbour: Town, topic: int, old: str, new: str) -> None:
    """An employee corrects a message of theirs."""
    mine = next(it for it in await told(harbour, topic) if it["text"] == old)
    await staff(harbour, topic, "edit", message_id=mine["message_id"], text=new)


async def test_an_edit_turns_no_note_into_an_answer_and_no_answer_into_a_note(harbour: Town) -> None:
    """Whichever the employee has meant, they are told what the client has."""
    person, topic = await asked(harbour)
    await staff(harbour, topic, "text", text="// платит всегда поздно")
    await edits(harbour, topic, "// платит всегда поздно", "// платит поздно")
    assert "после правки не получит" not in await words_in(harbour, topic), "a note stays one"
    await edits(harbour, topic, "// платит поздно", "Платите вовремя")
    notes = [it for it in await told(harbour, topic) if "после правки не получит" in (it["text"] or "")]
    assert len(notes) == 1
    assert "латит" not in str(await person.chat())

    await staff(harbour, topic, "text", text="Полис готов")
    await edits(harbour, topic, "Полис готов", "// полис готов")
    assert "У клиента остались прежние слова" in await words_in(harbour, topic)
    await edits(harbour, topic, "// полис готов", "Пришлите код из СМС")
    assert "номера карт у клиентов не спрашиваем" in await words_in(harbour, topic)
    said = "\n".join(message["text"] for message in await person.chat())
    assert "Полис готов" in said
    assert "код из СМС" not in said


async def test_a_topic_an_administrator_has_deleted_is_made_anew_with_its_history(harbour: Town) -> None:
    person, topic = await asked(harbour, "История начинается здесь")
    await staff(harbour, topic, "delete", operator=MARIA)
    others = len(await topics(harbour))
    words = ["А это уже после удаления", *(f"и ещё-{n}" for n in range(9))]
    await asyncio.gather(*(harbour.call("POST", f"/client/{person.id}/text", {"text": text}) for text in words))
    await harbour.settle()
    fresh = await topic_of(harbour, person)
    assert fresh != topic
    assert len(await topics(harbour)) == others + 1, "one topic, however many have found it gone"
    text = await words_in(harbour, fresh)
    assert "История начинается здесь" in text
    assert all(text.count(one) == 1 for one in words), text
    await staff(harbour, fresh, "text", text="Всё вижу, отвечаю")
    assert any("Всё вижу" in message["text"] for message in await person.chat())


@pytest.mark.parametrize(
    ("operator", "answer"),
    [(PAVEL, "нет в списке сотрудников"), (VIKTOR, "Анонимный администратор")],
)
async def test_who_is_not_in_the_table_does_not_reach_the_client(harbour: Town, operator: int, answer: str) -> None:
    person, topic = await asked(harbour)
    await staff(harbour, topic, "text", operator=operator, text="Привет от чужого")
    assert answer in await words_in(harbour, topic)
    assert all("Привет от чужого" not in message["text"] for message in await person.chat())


@pytest.mark.parametrize(
    "words",
    [
        "// заметка для своих",
        "/nonsense",
        "Пришлите код из СМС, пожалуйста",
        "Назовите номер вашей карты",
        "/doc код из СМС",
    ],
)
async def test_what_is_not_for_the_client_stays_in_the_topic(harbour: Town, words: str) -> None:
    person, topic = await asked(harbour)
    await staff(harbour, topic, "text", text=words)
    assert all(words not in message["text"] for message in await person.chat())


async def test_a_quick_exchange_costs_one_call_for_the_icon(harbour: Town) -> None:
    """A group takes twenty calls a minute, and a topic's icon is one of them."""
    person, topic = await asked(harbour)
    await staff(harbour, topic, "text", text="Здравствуйте!")
    before = await icons(harbour)
    for number in range(3):
        await person.say(f"Вопрос {number}")
        await staff(harbour, topic, "text", text=f"Ответ {number}")
    await later(harbour, seconds=11)
    assert await icons(harbour) == before, "it says what it said before the exchange"
    await person.say("И последнее")
    await person.say("Нет, ещё одно")
    assert await icons(harbour) == before
    await later(harbour, seconds=11)
    assert await icons(harbour) == before + 1
    await staff(harbour, topic, "text", text="/close")
    assert await icons(harbour) == before + 2, "a talk that ends is seen at once"


async def icons(harbour: Town) -> int:
    """How often the bot has changed a topic's icon or title."""
    return sum(call["method"] == "editForumTopic" for call in (await harbour.call("GET", "/calls?since=0"))["calls"])


async def test_of_two_who_take_at_once_the_first_has_it(harbour: Town) -> None:
    person, topic = await asked(harbour)
    card = next(it for it in await told(harbour, topic) if it["buttons"])
    tap = {"message_id": card["message_id"], "row": 0, "col": 0}
    await asyncio.gather(
        *(harbour.call("POST", f"/staff/topics/{topic}/tap", {"operator": who, **tap}) for who in (ANNA, IGOR))
    )
    await harbour.settle()
    joined = [message["text"] for message in await person.chat() if "Теперь с вами на связи" in message["text"]]
    assert len(joined) == 1
    assert "Анна" in joined[0]


async def test_codes_and_cards_are_masked_before_staff_see_them(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await person.say("Мой код из смс 123 456, карта 4111 1111 1111 1111, пробег 123456")
    text = await words_in(harbour, topic)
    assert "123 456" not in text
    assert "4111 1111" not in text
    assert "1111" in text, "the last four digits help to talk about it"
    await person.sees("скрыли")
    assert all("4111" not in (message["text"] or "") for message in await person.chat())


async def test_a_picture_with_a_card_number_beside_it_comes_without_the_number(harbour: Town) -> None:
    person, topic = await asked(harbour)
    before = (await words_in(harbour, topic)).count("photo")
    await send(person, sample("sharp", 1), caption="Платила картой 4111 1111 1111 1111")
    await person.sees("скрыли")
    text = await words_in(harbour, topic)
    assert "4111 1111" not in text
    assert "Платила картой" in text
    assert text.count("photo") == before + 1
    assert "не даёт переслать" not in text


async def test_closed_rated_and_taken_up_again(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await staff(harbour, topic, "text", text="/close")
    await person.sees("завершён", "Как мы справились")
    await person.tap("5 из 5")
    await person.sees("Спасибо за оценку")
    assert "5 из 5" in await words_in(harbour, topic)
    await person.say("Ещё одно забыла спросить")
    await person.sees("Передать это человеку?", "Ещё одно забыла")
    await staff(harbour, topic, "text", text="Забыла добавить важное")
    assert any("Забыла добавить важное" in message["text"] for message in await person.chat())
    await person.sees("На связи Анна")


async def test_a_blocked_client_is_told_later(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await harbour.call("POST", f"/client/{person.id}/block")
    await staff(harbour, topic, "text", text="Ответ в пустоту")
    await harbour.call("POST", f"/client/{person.id}/unblock")
    await harbour.settle()
    await person.say("/menu")
    assert any("Ответ в пустоту" in message["text"] for message in await person.chat())


async def test_the_group_gets_another_id_and_the_talk_goes_on(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with town(tmp_path_factory.mktemp("moved")) as own:
        person, _ = await asked(own, "До переезда")
        await own.call("POST", "/staff/upgrade", {})
        await person.say("После переезда")
        await own.settle()
        found = await topics(own)
        texts = [await words_in(own, it["id"]) for it in found]
        assert any("После переезда" in text for text in texts), texts
        await staff(own, found[0]["id"], "text", text="Вижу")
        assert any("Вижу" in message["text"] for message in await person.chat())


async def test_a_restart_in_the_middle_loses_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with town(tmp_path_factory.mktemp("again")) as own:
        person, topic = await asked(own)
        await own.stop_bot()
        await own.call("POST", f"/client/{person.id}/text", {"text": "Пока вас не было"})
        await own.call("POST", f"/staff/topics/{topic}/text", {"operator": ANNA, "text": "И ответ тоже"})
        await own.start_bot()
        await own.settle()
        assert "Пока вас не было" in await words_in(own, topic)
        assert any("И ответ тоже" in message["text"] for message in await person.chat())
