"""SMSC.ru's contract and a mail server, as a client of either meets them."""

from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiosmtplib
import pytest

from playground.faults import Fault
from tests.playground.insurer import Insurer, insurer

LOGIN = {"login": "playground", "psw": "playground", "fmt": "3", "charset": "utf-8"}
SMS = LOGIN | {"phones": "+79070000101", "mes": "Код 123456 для входа. Никому не сообщайте."}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


async def smsc(house: Insurer, script: str, **form: str) -> Any:
    async with house.session.post(house.outside(f"/smsc/sys/{script}.php"), data=form) as answer:
        assert answer.status == 200, "a refusal is 200, too"
        return await answer.json()


async def received(house: Insurer, **query: str) -> Any:
    async with house.session.get(house.outside("/sms"), params=query) as answer:
        return await answer.json()


async def test_a_message_arrives(house: Insurer) -> None:
    with house.world.live.subscribe() as changes:
        assert await smsc(house, "send", **SMS, id="77", cost="3") == {
            "id": 77,
            "cnt": 1,
            "cost": "3.20",
            "balance": "99996.80",
        }
        assert changes.get_nowait() == {"kind": "sms", "phone": "+79070000101"}
    (message,) = await received(house, phone="+79070000101")
    assert (message["id"], message["phone"], message["text"]) == (77, "+79070000101", SMS["mes"])
    assert message["status"] == "delivered"
    assert await received(house, phone="+79070000102") == []
    status = await smsc(house, "status", **LOGIN, phone="79070000101", id="77")
    assert (status["status"], status["err"]) == (1, 0)
    assert status["last_timestamp"] == pytest.approx(house.world.clock.time(), abs=60)
    assert (await smsc(house, "status", **LOGIN, phone="79070000101", id="78"))["status"] == -3


async def test_the_key_alone_and_a_query_will_do(house: Insurer) -> None:
    query = urlencode({"apikey": "playground", "fmt": "3", "phones": "89070000101", "mes": "ok", "charset": "utf-8"})
    async with house.session.get(house.outside(f"/smsc/sys/send.php?{query}")) as answer:
        assert await answer.json() == {"id": 1, "cnt": 1}


async def test_without_a_charset_it_is_windows_1251(house: Insurer) -> None:
    form = {name: value for name, value in SMS.items() if name != "charset"}
    await smsc(house, "send", **form)
    (message,) = await received(house)
    assert message["text"] == SMS["mes"].encode().decode("windows-1251", "replace")


async def test_parts_are_counted_as_they_are_billed(house: Insurer) -> None:
    for text, count in (("я" * 70, 1), ("я" * 71, 2), ("я" * 134, 2), ("я" * 135, 3), ("a" * 160, 1), ("a" * 161, 2)):
        assert (await smsc(house, "send", **(SMS | {"mes": text}), cost="1"))["cnt"] == count
    both = await smsc(house, "send", **(SMS | {"phones": "79070000101,79070000102"}))
    assert both["cnt"] == 2
    assert len(await received(house)) == 2


@pytest.mark.parametrize(
    ("change", "code", "with_id"),
    [
        ({"mes": ""}, 1, False),
        ({"phones": ""}, 1, False),
        ({"id": "0"}, 1, False),
        ({"id": "2147483648"}, 1, False),
        ({"fmt": "0"}, 1, False),
        ({"psw": "guess"}, 2, False),
        ({"sender": "SomebodyElse"}, 6, True),
        ({"phones": "+7907"}, 7, True),
        ({"phones": "nobody"}, 7, True),
        ({"phones": "+74951234567"}, 8, True),
    ],
)
async def test_refusals(house: Insurer, change: dict[str, str], code: int, with_id: bool) -> None:
    answer = await smsc(house, "send", **(SMS | change))
    assert answer["error_code"] == code
    assert answer["error"]
    assert ("id" in answer) is with_id
    assert await received(house) == []


async def test_an_empty_purse(house: Insurer) -> None:
    house.world.store.put("sms.account", "balance", {"rub": "3.19"})
    answer = await smsc(house, "send", **SMS, id="5")
    assert (answer["error_code"], answer["id"]) == (3, 5)


async def test_the_same_twice_a_minute_is_a_duplicate(house: Insurer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await smsc(house, "send", **SMS))["cnt"] == 1
    assert (await smsc(house, "send", **SMS))["error_code"] == 9
    assert (await smsc(house, "send", **(SMS | {"mes": "Код 654321"})))["cnt"] == 1
    answers = [await smsc(house, "send", **SMS, cost="1") for _ in range(6)]
    assert [answer.get("error_code") for answer in answers] == [None] * 5 + [9]
    monkeypatch.setattr("playground.sms._MINUTE", 0.0)
    assert (await smsc(house, "send", **SMS))["cnt"] == 1


async def test_the_gateway_may_be_down(house: Insurer) -> None:
    house.world.faults.order("sms", Fault(error=503))
    async with house.session.post(house.outside("/smsc/sys/send.php"), data=SMS) as answer:
        assert (answer.status, answer.content_type) == (503, "text/html")
    assert await received(house) == []


def letter() -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Тихая гавань <kabinet@tihaya-gavan.example>"
    mail["To"] = "Анна Ковалёва <anna.kovaleva@pochta.example>"
    mail["Subject"] = "Полис ОСАГО ХХХ 0847144854: ваш экземпляр"
    mail.set_content("Здравствуйте!\n\nПолис приложен.\n")
    mail.add_alternative("<p>Здравствуйте!</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.7 \x00\xff", maintype="application", subtype="pdf", filename="Полис ОСАГО.pdf")
    return mail


async def test_a_letter_arrives_with_its_attachment(house: Insurer) -> None:
    with house.world.live.subscribe() as changes:
        await aiosmtplib.send(letter(), hostname="127.0.0.1", port=house.port + 2, use_tls=False, start_tls=False)
        assert changes.get_nowait() == {"kind": "mail", "to": ["anna.kovaleva@pochta.example"]}
    async with house.session.get(house.outside("/mail"), params={"to": "Anna.Kovaleva@pochta.example"}) as answer:
        (mail,) = await answer.json()
    assert mail["from"] == "Тихая гавань <kabinet@tihaya-gavan.example>"
    assert mail["to"] == "anna.kovaleva@pochta.example"
    assert mail["subject"] == "Полис ОСАГО ХХХ 0847144854: ваш экземпляр"
    assert mail["text"] == "Здравствуйте!\n\nПолис приложен."
    assert mail["html"] == "<p>Здравствуйте!</p>"
    (attachment,) = mail["attachments"]
    assert (attachment["file_name"], attachment["mime_type"]) == ("Полис ОСАГО.pdf", "application/pdf")
    async with house.session.get(house.outside(attachment["url"])) as answer:
        body = await answer.read()
    assert (body, len(body)) == (b"%PDF-1.7 \x00\xff", attachment["size"])
    async with house.session.get(house.outside("/mail"), params={"to": "nobody@pochta.example"}) as answer:
        assert await answer.json() == []
    async with house.session.get(house.outside("/mail/1/7")) as answer:
        assert (answer.status, (await answer.json()).keys()) == (404, {"error", "hint"})


async def test_a_plain_letter_to_two(house: Insurer) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "c@d.example, e@f.example", "Hi"
    mail.set_content("One line")
    await aiosmtplib.send(mail, hostname="127.0.0.1", port=house.port + 2, use_tls=False, start_tls=False)
    async with house.session.get(house.outside("/mail"), params={"to": "e@f.example"}) as answer:
        (kept,) = await answer.json()
    assert (kept["to"], kept["text"], kept["html"], kept["attachments"]) == (
        "c@d.example, e@f.example",
        "One line",
        None,
        [],
    )
