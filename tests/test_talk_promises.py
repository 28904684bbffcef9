"""Place in the queue, promised times, warnings before a breach, the report of a day; several groups (X2, K3)."""

from __future__ import annotations

import pytest

from tests.support.desk import ANNA, MARIA, asked, chat_of, later, press, topics, words_in, writes
from tests.support.town import Town, town


async def clock(own: Town, moment: str) -> None:
    """The Moscow time of this world."""
    await own.call("POST", "/clock", {"set": f"{moment}:00+03:00"})
    await own.settle()


MONDAY = "2026-11-30T10:00"


async def test_the_queue_and_the_promise_are_honest(village: Town) -> None:
    await clock(village, MONDAY)
    first, topic = await asked(village)
    second, _ = await asked(village)
    await first.sees("Ваше место в очереди: 1. Ответим до 10:30 мск")
    await second.sees("Ваше место в очереди: 2. Ответим до 10:30 мск")
    await press(village, topic, "Взять")
    await first.sees("На связи Анна", "Ответ будет до 10:30 мск")
    await later(village, 31)
    await second.sees("Ваше место в очереди: 1")


async def test_at_night_nobody_is_promised_the_night(village: Town) -> None:
    await clock(village, "2026-11-30T22:15")
    person, _ = await asked(village)
    await person.sees("Сейчас специалисты не работают", "Ответим до 01.12.2026 09:30 мск", "+7 800 000-00-00")
    await clock(village, "2026-12-01T09:15")
    assert "ждёт ответа" not in await words_in(village, "general")
    await clock(village, "2026-12-01T09:21")
    assert "ждёт ответа до 09:30 мск" in await words_in(village, "general")
    assert "Не успели" not in await chat_of(person)


async def test_staff_are_warned_and_the_client_hears_of_a_broken_promise(village: Town) -> None:
    await clock(village, MONDAY)
    person, topic = await asked(village)
    await clock(village, "2026-11-30T10:21")
    general = await words_in(village, "general")
    assert "ждёт ответа до 10:30 мск. Его никто не взял" in general
    await clock(village, "2026-11-30T10:31")
    assert "Не успели ответить вовремя, извините" in await chat_of(person)
    await writes(village, topic, "Извините, я здесь")
    await clock(village, "2026-11-30T12:00")
    assert (await chat_of(person)).count("Не успели") == 1
    assert (await words_in(village, "general")).count("ждёт ответа") == 1


async def test_an_answer_in_time_warns_nobody(village: Town) -> None:
    await clock(village, MONDAY)
    person, topic = await asked(village)
    await writes(village, topic, "Уже отвечаю")
    await clock(village, "2026-11-30T12:00")
    await person.say("И ещё вопрос")
    await person.sees("На связи Анна", "Ответ будет до 13:00 мск")
    await clock(village, "2026-11-30T12:51")
    assert "ждёт ответа до 13:00 мск. Ведёт Анна" in await words_in(village, "general")
    await writes(village, topic, "Ответ")
    await clock(village, "2026-11-30T14:00")
    assert "Не успели" not in await chat_of(person)


async def test_the_evening_brings_a_report(village: Town) -> None:
    await clock(village, MONDAY)
    for _ in range(2):
        person, topic = await asked(village)
    await clock(village, "2026-11-30T10:10")
    await writes(village, topic, "Готово")
    await writes(village, topic, "/close")
    await person.tap("4 из 5")
    await clock(village, "2026-12-01T21:06")  # nobody ran on Monday evening: its report is of Monday all the same
    _, _, reports = (await words_in(village, "general")).partition("За сутки до 30.11.2026 21:05 мск")
    monday, _, tuesday = reports.partition("За сутки до 01.12.2026 21:05 мск")
    assert "Новых разговоров: 2, завершено: 1" in monday
    assert "Первый ответ: 10 мин, решение: 10 мин рабочего времени" in monday
    assert "Первый ответ: —, решение: —" in tuesday


async def test_a_closed_talk_is_somebody_elses_after_three_days(village: Town) -> None:
    await clock(village, MONDAY)
    person, topic = await asked(village)
    await writes(village, topic, "Готово", MARIA)
    await writes(village, topic, "/close", MARIA)
    await clock(village, "2026-12-03T10:01")
    await person.say("/support")
    await person.say("Снова я")
    await person.tap("Отправить")
    await person.sees("Ваше место в очереди")


@pytest.mark.parametrize("rights", [None, ["can_pin_messages"]], ids=["thrown out", "without rights"])
async def test_a_group_that_shuts_the_bot_out_loses_nothing(village: Town, rights: list[str] | None) -> None:
    early, topic = await asked(village, "До беды")
    out = {"status": "administrator", "rights": rights} if rights else {"status": "kicked"}
    await village.call("POST", "/staff/demote", {"bot": "tihaya_gavan_bot", **out})
    await early.say("Во время беды")
    late = await village.person()
    await late.say("/support")
    await late.say("Новый вопрос")
    await late.tap("Отправить")
    await late.sees("Ваше место в очереди")
    await later(village, 31)
    assert rights or "задерживается" in (await late.screen())["text"]
    for status in ("member", "administrator"):
        await village.call("POST", "/staff/promote", {"bot": "tihaya_gavan_bot", "status": status})
    await later(village, 301)
    assert "Во время беды" in await words_in(village, topic)
    texts = [await words_in(village, it["id"]) for it in await topics(village)]
    assert sum("Новый вопрос" in text for text in texts) == 1


@pytest.mark.parametrize("how_many", [3])
async def test_several_groups_share_the_clients(tmp_path_factory: pytest.TempPathFactory, how_many: int) -> None:
    async with town(tmp_path_factory.mktemp("groups")) as own:
        await own.stop_bot()  # it would leave a group that is not in its settings
        groups = [(await own.call("GET", "/staff"))["chat_id"]]
        while len(groups) < how_many:
            made = await own.call("POST", "/staff/groups", {"title": f"Смена {len(groups)}"})
            groups.append(made["chat_id"])
        own.settings = own.settings.model_copy(
            update={"staff": own.settings.staff.model_copy(update={"groups": groups})}
        )
        await own.start_bot()
        people = []
        for n in range(2 * how_many):
            person = await own.person()
            await person.say("/support")
            await person.say(f"Вопрос номер {n}")
            await person.tap("Отправить")
            people.append(person)
        found = {group: await topics(own, group) for group in groups}
        assert [len(it) for it in found.values()] == [2] * how_many
        for group, theirs in found.items():
            for it in theirs:
                body = {"operator": ANNA, "text": f"Ответ в {it['name'][-8:]}", "group": group}
                await own.call("POST", f"/staff/topics/{it['id']}/text", body)
        await own.settle()
        for person in people:
            number = (await person.sees("Разговор О-"))["text"].split("Разговор ")[1][:8]
            assert f"Ответ в {number}" in await chat_of(person)
