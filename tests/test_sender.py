"""The sender's tables, row by row, against the playground's Telegram: what an answer means, and what the person sees of it."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import aiohttp
import pytest

from bot.pace import Window
from bot.telegram import Answer, TelegramApi, Verdict, classify
from handlers import unasked
from handlers.events import HEARD
from handlers.turn import Turn
from services.db.pipe import Event, Parcel, Sent
from services.db.unit import Unit
from tests.support.ops import calls, change, command, cursor, eventually, fault, rows, stepping, unparked
from tests.support.person import Person
from tests.support.town import Town

pytestmark = pytest.mark.usefixtures("calm")


async def texts(person: Person) -> list[str]:
    """What the bot has said and not taken back."""
    return [message["text"] or message["kind"] for message in await person.chat() if message["from"] == "bot"]


async def newcomer(harbour: Town) -> Person:
    person = await harbour.person()
    await person.say("/start")
    return person


# -- screens ----------------------------------------------------------------------------------------------------------


async def test_after_a_tap_the_screen_is_edited_in_place(harbour: Town) -> None:
    person = await newcomer(harbour)
    before, since = await person.screen(), await cursor(harbour)
    await person.tap("Помощь")
    after = await person.screen()
    assert (after["message_id"], after["edited"]) == (before["message_id"], True)
    assert await calls(harbour, since) == ["answerCallbackQuery", "editMessageText"]


async def test_after_a_message_the_screen_stands_at_the_bottom_and_the_old_one_is_gone(harbour: Town) -> None:
    person = await newcomer(harbour)
    before = await person.screen()
    await person.say("/help")
    assert (await person.screen())["message_id"] > before["message_id"]
    assert len(await texts(person)) == 1


async def test_a_screen_that_did_not_change_is_no_trouble(harbour: Town) -> None:
    """`message is not modified` comes when an edit is repeated: what was wanted stands there."""
    person = await newcomer(harbour)
    await fault(harbour, method="editMessageText", drop_answer=True)
    await person.tap("Помощь")
    await unparked(harbour)
    assert len(await texts(person)) == 1
    assert await rows(harbour, "select count(*) from screen where version > shown") == [(0,)]


async def test_429_parks_the_chat_and_only_the_newest_screen_goes(harbour: Town) -> None:
    person = await newcomer(harbour)
    since = await cursor(harbour)
    await fault(harbour, method="sendMessage", error=429, retry_after=1.5)
    for words in ("/help", "/support", "/language"):
        await harbour.call("POST", f"/client/{person.id}/text", {"text": words})
        await eventually(lambda: taken(harbour))
    await unparked(harbour)
    assert (await calls(harbour, since)).count("sendMessage") == 1
    assert len(await texts(person)) == 1
    assert "English" in await person.labels()


MARKED = "select unreachable_at is not null from account where id = :id"


async def test_403_marks_the_person_and_their_next_word_unmarks_them(harbour: Town) -> None:
    person = await newcomer(harbour)
    await fault(harbour, method="sendMessage", error=403)
    await person.say("/help")
    assert await rows(harbour, MARKED, id=person.id) == [(1,)]
    await person.say("/help")
    assert await rows(harbour, MARKED, id=person.id) == [(0,)]
    await person.screen()


async def test_who_blocks_the_bot_is_left_in_peace_and_welcome_again(harbour: Town) -> None:
    person = await newcomer(harbour)
    await person._do("block", {})
    since = await cursor(harbour)
    await harbour.process.parts.lanes.submit(
        Event("cabinet", f"x:{person.id}", f"tg:{person.id}", b'{"type": "paper.sent"}')
    )
    await harbour.settle()
    assert await calls(harbour, since) == ["sendMessage!403"], "refused once, not tried again"
    await person._do("unblock", {})
    await person.say("/start")
    await person.screen()


async def test_a_block_marks_the_person_an_unblock_unmarks_them_and_neither_is_answered(harbour: Town) -> None:
    person = await newcomer(harbour)
    since = await cursor(harbour)
    for deed, marked in (("block", 1), ("unblock", 0), ("block", 1)):
        await person._do(deed, {})
        assert await rows(harbour, MARKED, id=person.id) == [(marked,)]
    await person._do("unblock", {})
    assert await calls(harbour, since) == []
    assert await person.screen(), "what stood there works"
    assert await rows(harbour, "select 1 from inbox where state <> 1 and lane = :lane", lane=f"tg:{person.id}") == []


async def test_who_blocks_the_bot_before_the_first_word_is_no_account(harbour: Town) -> None:
    person = await harbour.person()
    since = await cursor(harbour)
    for deed in ("block", "unblock"):
        await person._do(deed, {})
    assert await rows(harbour, MARKED, id=person.id) == []
    assert await calls(harbour, since) == []


async def test_400_is_a_dead_letter_and_the_person_gets_a_number_and_a_safe_screen(
    harbour: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    person = await newcomer(harbour)
    await fault(harbour, method="sendMessage", error=400)
    await person.say("/help")
    await unparked(harbour)
    [(number,)] = await rows(harbour, "select seq from inbox where state = 2 and lane = :lane", lane=f"tg:{person.id}")
    notice, screen = (await texts(person))[-2:]
    assert str(number) in notice
    assert await person.screen()
    assert str(number) not in screen
    assert {"В начало", "Человек"} <= set(await person.labels())
    _, listed = await command(harbour, capsys, "list")
    assert f"{number}  " in listed
    assert "Hopeless" in listed


@pytest.mark.parametrize("trouble", [{"error": 502}, {"error": 500}, {"error": 409}])
async def test_a_server_in_trouble_is_asked_again(harbour: Town, trouble: dict[str, Any]) -> None:
    person = await newcomer(harbour)
    since = await cursor(harbour)
    await fault(harbour, method="sendMessage", times=2, **trouble)
    await person.say("/help")
    await unparked(harbour)
    seen = [call for call in await calls(harbour, since) if call.startswith("sendMessage")]
    assert seen == [f"sendMessage!{trouble['error']}"] * 2 + ["sendMessage"]
    assert len(await texts(person)) == 1


async def test_a_screen_whose_answer_was_lost_may_appear_twice_and_the_older_copy_is_stale(harbour: Town) -> None:
    person = await newcomer(harbour)
    await fault(harbour, method="sendMessage", drop_answer=True)
    await person.say("/help")
    await unparked(harbour)
    older, newer = [message for message in await person.chat() if message["from"] == "bot" and message["buttons"]][-2:]
    assert older["text"] == newer["text"]
    await person.toasts()
    await person.press(older["message_id"], older["buttons"][0][0]["data"])
    assert len(await person.toasts()) == 1
    assert (await person.screen())["text"] == newer["text"]
    await person.say("/start")
    assert (await person.chat())[-1]["buttons"]


async def taken_away(harbour: Town, person: Person, screen: dict[str, Any]) -> None:
    """The person deletes it by hand."""
    token = harbour.settings.telegram.token.get_secret_value()
    await harbour.call("POST", f"/bot{token}/deleteMessage", {"chat_id": person.id, "message_id": screen["message_id"]})


async def test_a_screen_deleted_by_hand_is_sent_anew(harbour: Town) -> None:
    person = await newcomer(harbour)
    screen = await person.screen()
    await taken_away(harbour, person, screen)
    await person.press(screen["message_id"], screen["buttons"][0][0]["data"])
    after = await person.screen()
    assert after["message_id"] > screen["message_id"]
    assert after["text"] != screen["text"], "the tap counted"


async def test_a_chat_that_hangs_holds_nobody(harbour: Town) -> None:
    slow, quick = await newcomer(harbour), await newcomer(harbour)
    await fault(harbour, method="sendMessage", delay=1.5)
    await harbour.call("POST", f"/client/{slow.id}/text", {"text": "/help"})
    await eventually(lambda: taken(harbour))
    await harbour.call("POST", f"/client/{quick.id}/text", {"text": "/help"})

    async def answered() -> bool:
        last = (await quick.chat())[-1]
        return bool(last["from"] == "bot")

    await eventually(answered, 1.4)
    assert (await slow.chat())[-1]["from"] == "user"
    await harbour.settle()
    await slow.screen()


async def taken(harbour: Town) -> bool:
    """The fault that was ordered has struck."""
    return not await harbour.call("GET", "/faults")


# -- the contact button -----------------------------------------------------------------------------------------------


async def test_the_contact_button_comes_with_its_screen_and_goes_with_it(harbour: Town) -> None:
    person = await newcomer(harbour)
    assert await person.keyboard() is None
    await person.tap("Войти")
    await person.tap("Соглашаюсь", exact=True)
    assert [[button["kind"] for button in row] for row in await person.keyboard() or []] == [["contact"]]
    assert (await person.screen())["buttons"], "the screen stands below the keyboard's message"
    await person.say("/help")
    assert await person.keyboard() is None
    assert len(await texts(person)) == 1, "neither the keyboard's message nor the one that removes it stays"


async def test_the_contact_button_is_not_brought_twice_by_a_retry(harbour: Town) -> None:
    person = await newcomer(harbour)
    await person.tap("Войти")
    since = await cursor(harbour)
    await fault(harbour, method="sendMessage", error=500)
    await person.tap("Соглашаюсь", exact=True)
    await unparked(harbour)
    sent = [call for call in await calls(harbour, since) if call.startswith("sendMessage")]
    assert sent == ["sendMessage!500", "sendMessage", "sendMessage"]
    assert await person.keyboard()


# -- parcels ----------------------------------------------------------------------------------------------------------


async def asked(person: Person) -> None:
    await person.say("/support")
    await person.say("Есть ли скидка?")
    await person.tap("Отправить")


async def test_notices_stand_above_the_screen(harbour: Town) -> None:
    person = await newcomer(harbour)
    await asked(person)
    notice, screen = (await person.chat())[-2:]
    assert notice["from"] == screen["from"] == "bot"
    assert "В-0" in notice["text"]
    assert not notice["buttons"]
    assert screen["buttons"]


async def test_a_file_takes_its_time_and_the_screen_does_not_wait_for_it(harbour: Town) -> None:
    anna = harbour.seeded(100001)
    await anna.log_in()
    await anna.tap("полис")
    await anna.tap((await anna.labels())[0])
    await anna.tap("Документы")
    await anna.tap((await anna.labels())[0])
    since = await cursor(harbour)
    await anna.tap((await anna.labels())[0])
    seen = [call for call in await calls(harbour, since) if call in ("editMessageText", "sendDocument", "sendMessage")]
    assert seen == ["editMessageText", "sendDocument", "sendMessage"]
    *_, file, screen = await anna.chat()
    assert file["document"]["mime_type"] == "application/pdf"
    assert screen["buttons"]


async def test_a_refused_notice_is_a_dead_letter_and_can_be_sent_again(
    harbour: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    person = await newcomer(harbour)
    await person.say("/support")
    await person.say("Есть ли скидка?")
    await fault(harbour, method="sendMessage", error=400)
    await person.tap("Отправить")
    await unparked(harbour)
    assert not any("В-0" in said for said in await texts(person))
    [(number,)] = await rows(harbour, "select id from outbox where state = 2 and chat_id = :id", id=person.id)
    code, listed = await command(harbour, capsys, "show", f"p{number}")
    assert (code, "to telegram" in listed) == (0, True)
    assert "скидка" not in listed
    code, _ = await command(harbour, capsys, "retry", f"p{number}")
    assert code == 0

    async def sent() -> bool:
        return any("В-0" in said for said in await texts(person))

    await eventually(sent)


async def send_once(harbour: Town, person: Person, words: str) -> None:
    """A message that is better lost than said twice."""

    async def step(unit: Unit) -> bool:
        if unit.event.source == "offer":
            body = {"method": "sendMessage", "payload": {"text": words}}
            unit.send(Parcel(f"offer:{words}", "telegram", body, chat_id=person.id, at_most_once=True))
        return unit.event.source == "offer"

    async with stepping(harbour, step):
        await harbour.process.parts.lanes.submit(Event("offer", words, f"tg:{person.id}", b""))
    await harbour.settle()


STATE = "select state, error from outbox where dedup = :dedup"


async def test_at_most_once_is_sent_once(harbour: Town) -> None:
    person = await newcomer(harbour)
    await send_once(harbour, person, "Скидка 5 %")
    assert (await texts(person)).count("Скидка 5 %") == 1
    assert await rows(harbour, STATE, dedup="offer:Скидка 5 %") == [(int(Sent.SENT), None)]


@pytest.mark.parametrize(("trouble", "arrived"), [({"drop_answer": True}, 1), ({"error": 502}, 0)])
async def test_at_most_once_is_never_repeated_when_the_outcome_is_unknown(
    harbour: Town, trouble: dict[str, Any], arrived: int
) -> None:
    person = await newcomer(harbour)
    words = f"Скидка {trouble}"
    since = await cursor(harbour)
    await fault(harbour, method="sendMessage", **trouble)
    await send_once(harbour, person, words)
    await unparked(harbour)
    [(state, _)] = await rows(harbour, STATE, dedup=f"offer:{words}")
    assert state == Sent.UNKNOWN
    assert (await texts(person)).count(words) == arrived
    assert len([call for call in await calls(harbour, since) if call.startswith("sendMessage")]) == 1


async def test_at_most_once_found_under_way_after_a_crash_is_unknown(harbour: Town) -> None:
    person = await newcomer(harbour)
    await send_once(harbour, person, "Скидка 7 %")
    await change(harbour, "update outbox set state = 4, body = x'00' where dedup = 'offer:Скидка 7 %'")
    await harbour.restart_bot()
    await harbour.settle()
    assert await rows(harbour, STATE, dedup="offer:Скидка 7 %") == [(int(Sent.UNKNOWN), "crash")]
    assert (await texts(person)).count("Скидка 7 %") == 1


async def test_a_file_the_core_will_never_give_is_told_and_holds_nobody(harbour: Town) -> None:
    boris = harbour.seeded(100002)
    await boris.log_in()
    await boris.tap("полис")
    await boris.tap((await boris.labels())[0])
    await boris.tap("Документы")
    await boris.tap((await boris.labels())[0])
    await fault(harbour, on="core", error=422)
    await boris.tap((await boris.labels())[0])
    await unparked(harbour)
    assert not any(message["kind"] == "document" for message in await boris.chat())
    [(state,)] = await rows(
        harbour,
        "select state from outbox where channel = 'telegram' and chat_id = :id and dedup like 'paper:%'",
        id=boris.id,
    )
    assert state == Sent.DEAD
    await boris.say("/menu")
    await boris.screen()


async def test_what_no_key_opens_is_lost_alone(harbour: Town) -> None:
    person = await newcomer(harbour)
    await change(
        harbour,
        "insert into outbox(dedup, channel, lane, chat_id, body) values('odd', 'telegram', 'tg:5', 5, x'0102')",
    )
    await change(harbour, "insert into screen(lane, chat_id, body) values('tg:5', 5, x'0102')")

    async def settled() -> bool:
        found = await rows(
            harbour, "select (select state from outbox where dedup = 'odd'), shown from screen where lane = 'tg:5'"
        )
        return found == [(int(Sent.DEAD), 1)]

    await eventually(settled)
    await person.say("/help")
    await person.screen()


async def test_what_is_too_old_to_be_deleted_loses_its_buttons(harbour: Town) -> None:
    person = await newcomer(harbour)
    old = await person.screen()
    await harbour.call("POST", "/clock", {"advance": "PT49H"})
    await person.say("/help")
    left = next(message for message in await person.chat() if message["message_id"] == old["message_id"])
    assert not left["buttons"]
    await person.screen()


# -- what nobody asked for --------------------------------------------------------------------------------------------

SCREEN = "select version - shown, version - sending from screen where lane = :lane"


async def remind(harbour: Town, person: Person, place: str = "help", *, mend: bool = False, **how: Any) -> None:
    """The chat is shown a room it has not asked for, as in `unasked.owe`, or in the place of what stands there, as in `Turn.mend`."""

    async def heard(turn: Turn, _: dict[str, Any]) -> None:
        turn.aside(place)
        turn.mend() if mend else unasked.owe(turn, **how)

    with patch.dict(HEARD, {"reminding": heard}):
        body = b'{"type": "reminding"}'
        await harbour.process.parts.lanes.submit(
            Event("test", f"{person.id}:{await cursor(harbour)}", f"tg:{person.id}", body)
        )
    await harbour.settle()


async def test_what_nobody_asked_for_comes_at_the_bottom_and_works(harbour: Town) -> None:
    person = await newcomer(harbour)
    before = await person.screen()
    await remind(harbour, person)
    after = await person.screen()
    assert after["message_id"] > before["message_id"]
    assert len(await texts(person)) == 1
    await person.tap("начало")
    assert (await person.screen())["text"] == before["text"]


async def test_whose_bot_is_blocked_is_heard_of(harbour: Town) -> None:
    person, stopped = await newcomer(harbour), []

    async def heard(turn: Turn, facts: dict[str, Any]) -> None:
        stopped.append(facts["ids"])
        turn.quiet = True

    await fault(harbour, method="sendMessage", error=403)
    with patch.dict(HEARD, {"reminder.stopped": heard}):
        await remind(harbour, person, on_stop={"type": "reminder.stopped", "ids": [7]})
        await unparked(harbour)
    assert stopped == [[7]]
    assert await rows(harbour, MARKED, id=person.id) == [(1,)]


async def test_what_could_not_leave_in_its_time_is_not_shown(harbour: Town) -> None:
    person = await newcomer(harbour)
    before = await person.chat()
    await remind(harbour, person, until=harbour.process.parts.clock.now() - timedelta(seconds=1))
    assert await person.chat() == before
    outdated = "select event_id from inbox where lane = :lane and event_id like 'outdated:%'"
    assert len(await rows(harbour, outdated, lane=f"tg:{person.id}")) == 1


async def test_what_is_put_right_at_night_is_edited_or_left_alone(harbour: Town) -> None:
    """Somebody who has taken the message away is not woken by another."""
    person = await newcomer(harbour)
    before = await person.screen()
    await remind(harbour, person, mend=True)
    after = await person.screen()
    assert (after["message_id"], len(await texts(person))) == (before["message_id"], 1)
    assert after["text"] != before["text"]
    await taken_away(harbour, person, after)
    await remind(harbour, person, "language", mend=True)
    assert await texts(person) == []
    await person.say("/help")
    await person.screen()


async def test_at_most_once_a_screen_is_sent_and_its_buttons_work(harbour: Town) -> None:
    person = await newcomer(harbour)
    await remind(harbour, person, once=True)
    await person.tap("начало")
    assert len(await texts(person)) == 1


@pytest.mark.parametrize(("trouble", "arrived"), [({"drop_answer": True}, 1), ({"error": 502}, 0)])
async def test_at_most_once_a_screen_is_not_repeated_when_nobody_knows(
    harbour: Town, trouble: dict[str, Any], arrived: int
) -> None:
    person = await newcomer(harbour)
    stood = await person.screen()
    since = await cursor(harbour)
    await fault(harbour, method="sendMessage", **trouble)
    await remind(harbour, person, once=True)
    await unparked(harbour)
    assert len([call for call in await calls(harbour, since) if call.startswith("sendMessage")]) == 1
    assert len(await texts(person)) == 1 + arrived
    unknown = "select event_id from inbox where lane = :lane and event_id like 'unknown:%'"
    assert len(await rows(harbour, unknown, lane=f"tg:{person.id}")) == 1
    await person.say("/start")
    assert (await person.screen())["text"] == stood["text"]


async def test_at_most_once_a_screen_that_was_refused_for_now_goes_later(harbour: Town) -> None:
    person = await newcomer(harbour)
    since = await cursor(harbour)
    await fault(harbour, method="sendMessage", error=429, retry_after=0.1)
    await remind(harbour, person, once=True)
    await unparked(harbour)
    assert [call for call in await calls(harbour, since) if call.startswith("send")] == [
        "sendMessage!429",
        "sendMessage",
    ]
    assert len(await texts(person)) == 1


async def test_at_most_once_a_screen_found_under_way_after_a_crash_is_unknown(harbour: Town) -> None:
    """And every other screen that was due is shown."""
    person, other = await newcomer(harbour), await newcomer(harbour)
    await fault(harbour, method="sendMessage", error=429, retry_after=300, times=2)
    await remind(harbour, person, once=True)
    await remind(harbour, other)
    await change(harbour, "update screen set sending = version where lane = :lane", lane=f"tg:{person.id}")
    await change(harbour, "update screen set due_at = 0 where version > shown")
    since = await cursor(harbour)
    await harbour.restart_bot()
    await unparked(harbour)
    assert [call for call in await calls(harbour, since) if call.startswith("send")] == ["sendMessage"]
    assert await rows(harbour, SCREEN, lane=f"tg:{person.id}") == [(0, 0)]
    assert "Помощь" in await person.labels(), "it stands where it stood"
    assert "Помощь" not in await other.labels()


async def test_a_long_429_waits_in_the_database_and_outlives_a_restart(harbour: Town) -> None:
    """Screens and notices alike; the next process leaves them there until their time has come."""
    person = await newcomer(harbour)
    await person.say("/support")
    await person.say("Есть ли скидка?")
    since = await cursor(harbour)
    await fault(harbour, method="sendMessage", error=429, retry_after=300)
    await person.tap("Отправить")
    other = await newcomer(harbour)
    await fault(harbour, method="sendMessage", error=429, retry_after=300)
    await remind(harbour, other)
    await harbour.restart_bot()
    await harbour.settle()
    due = "select due_at from {} where chat_id in ({}, {}) and due_at > 0"
    parked = [await rows(harbour, due.format(table, person.id, other.id)) for table in ("outbox", "screen")]
    assert all(200 < moment - time.time() < 301 for found in parked for (moment,) in found)
    assert [len(found) for found in parked] == [1, 2], "also what comes after what was refused"
    refused = [call for call in await calls(harbour, since) if "!" in call]
    assert refused == ["sendMessage!429", "sendMessage!429"]
    for table in ("outbox", "screen"):
        await change(harbour, f"update {table} set due_at = 0 where due_at > 0")  # noqa: S608 - two names of our own
    await unparked(harbour)
    assert any("В-0" in said for said in await texts(person))
    assert "Помощь" not in await other.labels()


async def test_a_tap_does_not_wait_behind_its_own_chats_reminder(harbour: Town) -> None:
    """The reminder is still in the line when the person acts: it is out of date and never sent."""
    person = await newcomer(harbour)
    since = await cursor(harbour)
    pacer = harbour.process.parts.sender._line._pacer
    full = Window(1, 3600.0)
    with patch.object(pacer, "_overall", full):
        await full.turn()
        body = b'{"type": "paper.sent"}'
        lanes = harbour.process.parts.lanes

        async def heard(turn: Turn, _: dict[str, Any]) -> None:
            turn.aside("help")
            unasked.owe(turn, once=True)

        with patch.dict(HEARD, {"paper.sent": heard}):
            await lanes.submit(Event("test", f"late:{person.id}", f"tg:{person.id}", body))
        await eventually(lambda: stands(full))
    await harbour.call("POST", f"/client/{person.id}/text", {"text": "/language"})
    await harbour.settle()
    assert [call for call in await calls(harbour, since) if call.startswith("send")] == ["sendMessage"]
    assert "English" in await person.labels()
    assert await rows(harbour, SCREEN, lane=f"tg:{person.id}") == [(0, 1)]


async def stands(window: Window) -> bool:
    """Somebody waits at it behind everybody."""
    return bool(window._unasked)


# -- words and verdicts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words", "verdict"),
    [
        (400, "Bad Request: MESSAGE IS NOT MODIFIED: specified new message content", Verdict.SAME),
        (400, "Bad Request: message to edit not found", Verdict.GONE),
        (400, "Bad Request: message can't be deleted for everyone", Verdict.GONE),
        (400, "Bad Request: chat not found", Verdict.STOP),
        (400, "Bad Request: can't parse entities", Verdict.DEAD),
        (403, "Forbidden: user is deactivated", Verdict.STOP),
        (404, "Not Found", Verdict.DEAD),
        (413, "Request Entity Too Large", Verdict.DEAD),
        (401, "Unauthorized", Verdict.LOST),
        (409, "Conflict", Verdict.LOST),
        (500, "Internal Server Error", Verdict.LOST),
        (599, "?", Verdict.LOST),
    ],
)
def test_telegrams_words_have_one_meaning(status: int, words: str, verdict: Verdict) -> None:
    assert classify(status, {"ok": False, "error_code": status, "description": words}).verdict is verdict


def test_429_says_how_long() -> None:
    answer = classify(429, {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 7}})
    assert answer == Answer(Verdict.LATER, None, "x", 7.0)


async def test_nobody_at_the_other_end_is_no_exception() -> None:
    async with aiohttp.ClientSession() as http:
        api = TelegramApi("http://127.0.0.1:9", "1:x", http)
        answers = await asyncio.gather(*(api.call("getMe", {}) for _ in range(3)))
    assert [answer.verdict for answer in answers] == [Verdict.LOST] * 3


# -- cards ------------------------------------------------------------------------------------------------------------


async def test_a_card_is_sent_once_then_edited_in_place_above_the_screen(harbour: Town) -> None:
    """Also by a person who has deleted it: then it is sent again."""
    person = await newcomer(harbour)
    words = iter(("Осталось 3 дня", "Осталось 2 дня"))

    async def pin(unit: Unit) -> bool:
        if json.loads(unit.event.body).get("type") != "pinning":
            return False
        unit.pin("deadline:1", {"text": next(words)})
        return True

    async with stepping(harbour, pin):
        for number, said in enumerate(("Осталось 3 дня", "Осталось 2 дня")):
            event = Event("test", f"pin:{person.id}:{number}", f"tg:{person.id}", b'{"type": "pinning"}')
            await harbour.process.parts.lanes.submit(event)
            await harbour.settle()
            card, screen = (await person.chat())[-2:]
            assert (card["text"], card["edited"]) == (said, bool(number))
            assert screen["buttons"], "the screen stays at the bottom"
    assert len(await texts(person)) == 2
