"""What leaves for the core, by SMS and by mail: repeated until taken, told when it cannot be, one channel never holding another."""

from __future__ import annotations

from typing import Any

import pytest

from services.db.pipe import Event, Parcel, Sent
from services.db.unit import Unit
from services.ports.mail import Attachment, MailRefused, MailTrouble
from tests.support.ops import eventually, fault, rows, stepping, unparked
from tests.support.person import Person
from tests.support.town import Town

pytestmark = pytest.mark.usefixtures("calm")


async def messages(harbour: Town, phone: str) -> list[str]:
    async with harbour.http.get(f"{harbour.url}/sms", params={"phone": phone}) as response:
        return [message["text"] for message in await response.json()]


async def client(harbour: Town, number: int, phone: str) -> Person:
    """A new account whose phone is that of this client at the core."""
    await harbour.call("POST", f"/desk/customers/cus-{number:04}", {"phone": phone, "phoneStatus": "confirmed"})
    person = await harbour.person(phone)
    await harbour.settle()
    await person.knock()
    return person


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (5, {"error": 502, "times": 2}),
        (6, {"error": 429}),
        (7, {"drop_answer": True}),
        (8, {"error": 503, "times": 3}),
    ],
)
async def test_a_code_arrives_once_after_trouble_at_the_gateway(
    harbour: Town, number: int, trouble: dict[str, Any]
) -> None:
    phone = f"+7907000700{number}"
    person = await client(harbour, number, phone)
    await fault(harbour, on="sms", **trouble)
    await person.share_contact()
    await unparked(harbour)
    assert len(await messages(harbour, phone)) == 1
    await person.say(await person.code())
    assert await rows(harbour, "select count(*) from outbox where channel = 'sms' and state <> 1") == [(0,)]


async def test_a_number_that_takes_no_sms_is_told_with_another_way(harbour: Town) -> None:
    person = await client(harbour, 2, "+74950000001")
    await person.share_contact()
    screen = await person.screen()
    assert "SMS" in screen["text"]
    assert "Человек" in await person.labels()
    assert (await rows(harbour, "select state from outbox where channel = 'sms' order by id desc limit 1"))[0][
        0
    ] == Sent.DEAD


async def ask(person: Person, words: str) -> None:
    await person.say("/support")
    await person.say(words)
    await person.tap("Отправить")


async def questions(harbour: Town) -> list[str]:
    return [row["text"] for row in (await harbour.call("GET", "/desk"))["questions"]]


@pytest.mark.parametrize("trouble", [{"error": 503, "times": 2}, {"error": 401}, {"drop_answer": True}, {"error": 429}])
async def test_a_question_waits_for_the_core(harbour: Town, trouble: dict[str, Any]) -> None:
    person = await harbour.person()
    words = f"Есть ли скидка? {trouble}"
    await person.say("/start")
    await fault(harbour, on="core", **trouble)
    await ask(person, words)
    await unparked(harbour)
    assert (await questions(harbour)).count(words) == 1


async def test_a_question_the_core_refuses_is_told(harbour: Town) -> None:
    person = await harbour.person()
    await person.say("/start")
    await fault(harbour, on="core", error=422)
    await ask(person, "Вы тут?")
    await harbour.settle()
    sent, undelivered, screen = (await person.chat())[-3:]
    assert "В-0" in sent["text"]
    assert "В-0" in undelivered["text"]
    assert screen["buttons"]


async def test_one_channel_that_hangs_holds_no_other(harbour: Town) -> None:
    asking, entering = await harbour.person(), await client(harbour, 3, "+79070006003")
    await asking.say("/start")
    await asking.say("/support")
    await asking.say("Ау?")
    await fault(harbour, on="core", delay=1.5)
    labels = next(b for row in (await asking.screen())["buttons"] for b in row if "Отправить" in b["text"])
    await harbour.call("POST", f"/client/{asking.id}/tap", {"label": labels["text"]})
    await harbour.call("POST", f"/client/{entering.id}/contact", {"own": True})

    async def came() -> bool:
        return bool(await messages(harbour, entering.phone))

    await eventually(came, 1.4)
    assert "Ау?" not in await questions(harbour)
    await harbour.settle()
    assert "Ау?" in await questions(harbour)


async def test_what_is_too_late_to_be_sent_is_not_sent_and_is_told(harbour: Town) -> None:
    person = await client(harbour, 4, "+79070006004")
    told = {"type": "code.undelivered", "channel": "sms"}

    async def step(unit: Unit) -> bool:
        if unit.event.source == "late":
            unit.send(Parcel("late", "sms", {"phone": person.phone, "text": "1", "on_dead": told}, lives=-1.0))
        return unit.event.source == "late"

    async with stepping(harbour, step):
        await harbour.process.parts.lanes.submit(Event("late", "1", f"tg:{person.id}", b""))
    await harbour.settle()
    assert await rows(harbour, "select state, error, body from outbox where dedup = 'late'") == [(3, "expired", None)]
    assert await messages(harbour, person.phone) == []
    assert "SMS" in (await person.screen())["text"]


class Postman:
    """A mail server that says what it is told to, then takes everything."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.letters: list[tuple[str, str]] = []

    async def send(self, to: str, subject: str, text: str, attachment: Attachment | None, message_id: str) -> None:
        self.letters.append((to, message_id))
        if self.troubles:
            raise self.troubles.pop(0)


LETTER = {"to": "a@pochta.example", "subject": "Код", "text": "Код 000000"}


async def post(harbour: Town, person: Person, key: str, postman: Postman) -> tuple[int, str | None]:
    async def step(unit: Unit) -> bool:
        if unit.event.source == "post":
            failed = {"type": "code.undelivered", "channel": "mail"}
            unit.send(Parcel(f"letter:{key}", "mail", {**LETTER, "on_dead": failed}))
        return unit.event.source == "post"

    harbour.process.parts.courier._mail = postman
    async with stepping(harbour, step):
        await harbour.process.parts.lanes.submit(Event("post", key, f"tg:{person.id}", b""))
        await unparked(harbour)
    [(state, error)] = await rows(harbour, "select state, error from outbox where dedup = :key", key=f"letter:{key}")
    return state, error


async def test_a_letter_is_repeated_under_the_same_id(harbour: Town) -> None:
    person = await harbour.person()
    await person.say("/start")
    postman = Postman(MailTrouble("451"), MailTrouble("reset"))
    assert await post(harbour, person, "1", postman) == (Sent.SENT, None)
    assert postman.letters == [("a@pochta.example", "letter.1")] * 3


async def test_a_refused_letter_is_dead_and_told(harbour: Town) -> None:
    person = await harbour.person()
    await person.say("/start")
    postman = Postman(MailRefused("SMTP 550"))
    assert await post(harbour, person, "2", postman) == (Sent.DEAD, "SMTP 550")
    assert len(postman.letters) == 1
    await person.sees("Письмо не удалось отправить")


async def test_a_bug_in_a_channel_is_tried_again_and_seen(harbour: Town) -> None:
    person = await harbour.person()
    await person.say("/start")
    assert await post(harbour, person, "3", Postman(ZeroDivisionError())) == (Sent.SENT, None)
