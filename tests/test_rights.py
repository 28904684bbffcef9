"""Nobody acts on anybody else's data: forged, replayed and stale buttons. Real ones: `test_rights_matrix`."""

from __future__ import annotations

from bot.config import key_bytes
from handlers.buttons import Buttons, Press
from tests.support.insured import another_account, insured
from tests.support.person import Message, Person
from tests.support.second import message, rows, update
from tests.support.town import Town

STALE = "Это кнопка прежнего экрана. Вот что сейчас."


def button(screen: Message, label: str) -> str:
    """The data of a button."""
    return str(next(b["data"] for row in screen["buttons"] for b in row if label in b["text"]))


async def unmoved(person: Person, screen: Message, data: str) -> None:
    """Pressing this changes nothing: the same screen stands, and a toast says why."""
    await person.toasts()
    await person.press(screen["message_id"], data)
    assert (await person.screen())["text"] == screen["text"]
    assert await person.toasts() == [STALE]


# -- forged and replayed ------------------------------------------------------------------------------------------------


async def test_a_forged_button_never_acts(city: Town) -> None:
    irina, other = await insured(city, papers=True), await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    screen = await irina.screen()
    real = button(screen, "ОСАГО")
    place, action, number, rev, signature = real.split(":")
    ((policy,),) = rows(city, "select id from policy where client_id = ?", other.client_id)
    forged = [
        f"{place}:{action}:{policy}:{rev}:{signature}",
        f"{place}:{action}:{policy}:{rev}:",
        f"{place}:{action}:{policy}:{rev}",
        f"policy:full:1:{rev}:{signature}",
        real.swapcase(),
        real + "A",
        real[:-1],
        "menu",
        ":::::",
        "",
        " ",
        "я" * 32,
        "\x00",
        "policies:open:1:zz:" + signature,
        Buttons(b"x" * 32).make(irina.id, 1, Press("policies", "open", str(policy), int(rev, 16))),
        Buttons(key_bytes(city.settings.keys.buttons)).make(irina.id, 0, Press(place, action, number, int(rev, 16))),
    ]
    for data in forged:
        if 0 < len(data.encode()) <= 64:  # Telegram lets nothing else through
            await unmoved(irina, screen, data)
    await irina.press(screen["message_id"], real)
    await irina.sees("Срок:")


async def test_another_accounts_button_never_acts(city: Town) -> None:
    irina, other = await insured(city), await insured(city)
    await irina.log_in()
    await other.log_in()
    for person in (irina, other):
        await person.tap("Мои полисы")
    hers = button(await other.screen(), "ОСАГО")
    await unmoved(irina, await irina.screen(), hers)


async def test_a_button_of_an_earlier_session_never_acts_in_the_next(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    old = await irina.screen()
    await irina.tap("В меню")
    await irina.tap("Настройки")
    await irina.tap("Выйти")
    await irina.tap("Выйти", exact=True)
    await unmoved(irina, await irina.screen(), button(old, "ОСАГО"))
    await irina.tap("Войти")
    await irina.share_contact()
    await irina.say(await irina.code())
    await irina.tap("Мои полисы")
    await unmoved(irina, await irina.screen(), button(old, "ОСАГО"))


async def test_the_cabinet_speaks_in_private_only(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    before = await irina.chat()
    group = {"id": -100123, "type": "supergroup", "title": "Соседи"}
    hers = message(irina.id)
    since = (await city.call("GET", "/calls"))["cursor"]
    await update(city, "message", {**hers, "chat": group, "text": "/start"})
    await update(city, "message", {**hers, "chat": group, "contact": {"phone_number": irina.phone, "first_name": "И"}})
    press = {"id": "1", "from": hers["from"], "chat_instance": "1", "data": button(before[-1], "Мои полисы")}
    await update(city, "callback_query", {**press, "message": {**hers, "chat": group}})
    await update(city, "callback_query", {**press, "id": "2", "inline_message_id": "abc"})
    await city.settle()
    assert await irina.chat() == before
    calls = (await city.call("GET", f"/calls?since={since}"))["calls"]
    assert not [call["method"] for call in calls if call["method"] != "answerCallbackQuery"]


async def test_another_clients_session_cannot_be_ended(city: Town) -> None:
    irina, other = await insured(city), await insured(city)
    for person in (irina, other):
        await person.log_in()
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    await twin.tap("Настройки")
    await twin.tap("Где выполнен вход")
    ends = [
        b["data"] for row in (await twin.screen())["buttons"] for b in row if b["text"].startswith("Завершить вход")
    ]
    own = rows(city, "select id from binding where account_id = ?", irina.id)
    assert [data.split(":")[2] for data in ends] == [str(own[0][0])], "the list holds the client's own sessions only"
