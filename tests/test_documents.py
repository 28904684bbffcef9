"""Papers come to the chat and to e-mail, signed, once for each wish, and by themselves when the core is back (C3)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from tests.support.insured import Insured, come_in, insured
from tests.support.outside import later
from tests.support.person import Message, Person
from tests.support.town import Town


async def at_the_policy(town: Town, **how: Any) -> Insured:
    """A client who stands before the paper of the policy in force."""
    irina = await insured(town, papers=True, **how)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Документы")
    await irina.tap("Полис", exact=True)
    return irina


async def files(person: Person) -> list[Message]:
    """The files in the chat."""
    return [message for message in await person.chat() if "document" in message]


async def content(town: Town, address: str) -> bytes:
    async with town.http.get(town.url + address) as response:
        assert response.status == 200
        return await response.read()


async def fetched(person: Person, count: int) -> list[Message]:
    """Wait, without a pause of our own, until so many files are there."""
    for _ in range(200):
        if len(await files(person)) >= count:
            break
        await person.town.settle()
    return await files(person)


async def test_the_policy_comes_as_a_message_of_its_own_and_its_signature_holds(city: Town) -> None:
    irina = await at_the_policy(city)
    await irina.sees("Полис", "Куда прислать?")
    await irina.tap("Прислать сюда")
    (paper,) = await files(irina)
    assert paper["document"]["mime_type"] == "application/pdf"
    assert paper["document"]["file_name"].endswith(".pdf")
    assert "показать инспектору" in paper["caption"]
    assert "Внутри файла подпись страховщика" in paper["caption"]
    assert paper["caption"].startswith(f"Полис ОСАГО {irina.policies[0].full_number}. ")
    await irina.sees("Куда прислать?")
    assert (await irina.chat())[-2]["message_id"] == paper["message_id"], "the screen stands below the file"

    pdf = await content(city, paper["document"]["url"])
    async with city.http.get(f"{city.settings.core.url}/authority.pem") as response:
        roots = list(load_certs_from_pemder_data(await response.read()))
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    now = city.world.world.clock.now()
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=now)
    status = await async_validate_pdf_signature(signature, context)
    assert status.bottom_line, "intact, trusted, and over the whole file"
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert irina.policies[0].number in text.replace(" ", "")


async def test_the_policy_goes_to_the_address_on_file(city: Town) -> None:
    irina = await at_the_policy(city, email="polis@pochta.example")
    await irina.tap("На почту p***@pochta.example")
    await irina.sees("Куда прислать?")
    title = f"Полис ОСАГО {irina.policies[0].full_number}"
    await irina.sees(title)
    assert any(f"Письмо с документом «{title}» ушло на вашу почту" in m["text"] for m in await irina.chat())
    async with city.http.get(f"{city.url}/mail", params={"to": "polis@pochta.example"}) as response:
        (letter,) = await response.json()
    assert letter["subject"] == f"{title}, «Тихая гавань»"
    (attached,) = letter["attachments"]
    await irina.tap("Прислать сюда")
    (paper,) = await files(irina)
    assert await content(city, attached["url"]) == await content(city, paper["document"]["url"])


async def test_whoever_has_no_address_is_told_how_to_give_one(city: Town) -> None:
    irina = await at_the_policy(city, email=None)
    await irina.sees("Чтобы получать документы на почту, нажмите «Человек»")
    assert not [label for label in await irina.labels() if "почту" in label]


async def test_a_double_tap_sends_one_file_and_another_tap_another(city: Town) -> None:
    irina = await at_the_policy(city)
    screen = await irina.screen()
    data = next(b["data"] for row in screen["buttons"] for b in row if b["text"] == "Прислать сюда")
    await asyncio.gather(*(irina.press(screen["message_id"], data) for _ in range(4)))
    assert len(await files(irina)) == 1
    await irina.tap("Прислать сюда")
    assert len(await files(irina)) == 2


async def test_while_the_core_is_away_the_chat_goes_on_and_the_file_comes_later(city: Town) -> None:
    irina = await at_the_policy(city)
    await city.call("POST", "/faults", {"on": "core", "method": "content", "error": 503, "times": 1})
    await irina.tap("Прислать сюда")
    await irina.sees("Готовим файл, он придёт сюда сам")
    assert not await files(irina)
    await irina.tap("В меню")
    await irina.sees("Здравствуйте, Ирина!")
    (paper,) = await fetched(irina, 1)
    await city.settle()
    await irina.sees("Здравствуйте, Ирина!")
    assert (await irina.chat())[-2]["message_id"] == paper["message_id"]


async def test_a_slow_core_holds_no_screen(city: Town) -> None:
    irina = await at_the_policy(city)
    await city.call("POST", "/faults", {"on": "core", "method": "content", "delay": 1.5, "times": 1})
    await city.call("POST", f"/client/{irina.id}/tap", {"label": "Прислать сюда"})
    await eventually(lambda: irina.sees("Готовим файл"))
    await city.call("POST", f"/client/{irina.id}/tap", {"label": "В меню"})
    await eventually(lambda: irina.sees("Здравствуйте, Ирина!"))
    assert not await files(irina), "the menu came while the core was still thinking"
    await city.settle()
    assert len(await files(irina)) == 1
    await irina.sees("Здравствуйте, Ирина!")


async def eventually(look: Callable[[], Awaitable[object]]) -> None:
    """Until the look succeeds; it fails as itself when it never does."""
    for _ in range(200):
        try:
            await look()
            return
        except AssertionError:
            continue
    await look()


async def test_a_letter_waits_for_the_core_too(city: Town) -> None:
    irina = await at_the_policy(city, email="potom@pochta.example")
    await city.call("POST", "/faults", {"on": "core", "method": "content", "error": 503, "times": 1})
    await irina.tap("На почту")
    await irina.sees("Отправляем на p***@pochta.example. Когда письмо уйдёт, скажем.")
    for _ in range(200):
        if any("ушло на вашу почту" in m["text"] for m in await irina.chat()):
            break
        await city.settle()
    async with city.http.get(f"{city.url}/mail", params={"to": "potom@pochta.example"}) as response:
        assert len(await response.json()) == 1


async def test_a_paper_that_is_gone_is_said_and_leads_to_the_human(city: Town) -> None:
    irina = await at_the_policy(city)
    await city.call("POST", "/faults", {"on": "core", "method": "content", "error": 404, "times": 1})
    await irina.tap("Прислать сюда")
    title = f"Полис ОСАГО {irina.policies[0].full_number}"
    assert any(f"«{title}» сейчас прислать не удалось" in m["text"] for m in await irina.chat())
    await irina.sees("Куда прислать?")
    assert not await files(irina)


async def test_a_contract_without_papers_says_so(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Документы")
    await irina.sees("Документов пока нет", "нажмите «Человек»")


async def test_what_is_no_osago_says_nothing_of_inspectors(city: Town) -> None:
    customer = next(it for it in city.world.core.register.customers.all() if it.customer_id == "cus-0008")
    (dms,) = (
        it for it in city.world.core.register.policies.all() if it.customer_id == "cus-0008" and it.product == "dms"
    )
    alexey = await city.person(phone=customer.phone, first_name="Алексей")
    await come_in(alexey, customer.birth_date)
    await alexey.tap("Мои полисы")
    if not any(label.startswith("ДМС") for label in await alexey.labels()):
        await alexey.tap("Дальше")
    await alexey.tap("ДМС ·")
    await alexey.tap("Документы")
    await alexey.tap("Полис", exact=True)
    await alexey.sees(f"Полис ДМС {dms.full_number}")
    await alexey.tap("Прислать сюда")
    (paper,) = await files(alexey)
    assert paper["caption"] == (
        f"Полис ДМС {dms.full_number}.\n\nВнутри файла подпись страховщика: её проверит программа для чтения PDF."
    )


async def test_every_paper_says_of_which_contract_it_is(city: Town) -> None:
    irina = await at_the_policy(city)
    await irina.tap("Назад")
    await irina.tap("Правила")
    await irina.sees(f"Правила страхования, ОСАГО {irina.policies[0].full_number}")
    await irina.tap("Прислать сюда")
    (paper,) = await files(irina)
    assert paper["caption"] == f"Правила страхования, ОСАГО {irina.policies[0].full_number}"


async def test_a_file_that_takes_its_time_is_spoken_of_once(village: Town) -> None:
    irina = await at_the_policy(village)
    await village.call("POST", "/faults", {"on": "core", "method": "content", "error": 503, "times": 99})
    await irina.tap("Прислать сюда")
    await later(village, "PT61S")
    late = [m["text"] for m in await irina.chat() if "задерживается, продолжаем" in m["text"]]
    assert len(late) == 1
    assert "Придёт сюда сам, ждать у экрана не нужно" in late[0]
    await village.call("DELETE", "/faults")
    await fetched(irina, 1)
    await irina.tap("Прислать сюда")
    await fetched(irina, 2)
    await later(village, "PT61S")
    assert len([m for m in await irina.chat() if "задерживается" in m["text"]]) == 1, "what has come is not late"
