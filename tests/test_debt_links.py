"""Links for what is owed, when something goes wrong: none can be made, it has died, the sum is another, the money comes twice (F1, F6)."""

from __future__ import annotations

import pytest

import bot.delivery
from tests.support.debtor import SUM, Debtor, charges, debtor, heard, links, paid, payer, said, to_link
from tests.support.ops import unparked
from tests.support.payers import end_of
from tests.support.second import database
from tests.support.town import Town

NEWER, OTHER = "19000.00", "19\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽"


@pytest.fixture
async def late(city: Town) -> Debtor:
    """Logged in; the second of four instalments was due three days ago."""
    person = await debtor(city)
    await person.log_in()
    return person


async def settle(person: Debtor, charge: str, deed: str = "succeed") -> None:
    """The payer does it with this link, not with the newest."""
    await person.town.call("POST", f"/payments/{charge}/{deed}", {})
    await person.town.settle()


async def ends(person: Debtor) -> list[str]:
    """What became of each charge, in the order they were made."""
    return [end_of(it) for it in await charges(person)]


async def test_a_provider_that_is_away_makes_the_link_later(late: Debtor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.delivery, "BACKOFF", (0.5, *(0.05,) * 5))
    await late.town.call("POST", "/faults", {"on": "provider", "method": "payments", "error": 503, "times": 2})
    await late.say("/menu")
    await late.tap("К оплате")
    await late.tap(f"Оплатить · {SUM}")
    await late.sees("Готовим ссылку")
    await unparked(late.town)
    await late.sees("Ссылка работает")
    assert len(await charges(late)) == 1


async def test_a_link_that_is_refused_is_tried_again_by_one_tap(late: Debtor) -> None:
    await late.town.call("POST", "/faults", {"on": "provider", "method": "payments", "error": 400, "times": 1})
    await late.say("/menu")
    await late.tap("К оплате")
    await late.tap(f"Оплатить · {SUM}")
    await late.sees("Ссылку сделать не получилось", "«Человек»")
    await late.tap("Получить новую ссылку")
    await late.sees("Ссылка работает")


async def test_a_dead_link_gives_way_to_a_new_one_and_money_comes_but_once(late: Debtor) -> None:
    """The first is ended by the provider; the second is an hour old, of which nobody has told; it is paid all the same, as is the third."""
    await to_link(late)
    await payer(late, "cancel", reason="expired_on_confirmation")
    await late.sees("Прежняя ссылка закрылась")
    await late.tap("Получить новую ссылку")
    await late.sees("Ссылка работает")
    with database(late.town) as second:
        second.execute("update payment set created_at = created_at - 3700 where client_id = ?", (late.client_id,))
    await late.say("/menu")
    await late.tap("К оплате")
    await late.tap(f"Оплатить · {SUM}")
    await late.sees("Ссылка работает")
    _, forgotten, third = await charges(late)
    assert await links(late) == [third["link"]]
    await settle(late, third["id"])
    await settle(late, forgotten["id"])
    assert await heard(late, f"Оплата {SUM} пришла второй раз")
    assert await ends(late) == ["canceled", "refunded", "succeeded"]
    assert await paid(late) == [True, True, False, False]
    assert len([text for text in await said(late) if "зачёл" in text]) == 1
    for lie in ("payment.canceled", "payment.succeeded"):
        body = {"event": lie, "forged": True, "times": 3}
        await late.town.call("POST", f"/payments/{third['id']}/notify", body)
    await late.town.settle()
    assert await ends(late) == ["canceled", "refunded", "succeeded"]
    await late.say("/menu")
    assert not [label for label in await late.labels() if "К оплате" in label]


async def test_the_insurer_asks_for_another_sum_meanwhile(late: Debtor) -> None:
    """The old link is not offered any more; whoever pays it gets the money back, and the new sum is still owed."""
    await to_link(late)
    payments = [it.wire() for it in (await late.newest()).premium.payments]
    payments[1]["amount"]["amount"] = NEWER
    await late.town.call("POST", f"/desk/policies/{late.kasko.policy_id}", {"premium": {"payments": payments}})
    await late.town.settle()
    await late.say("/menu")
    await late.tap("К оплате")
    await late.tap(f"Оплатить · {OTHER}")
    await late.sees(OTHER, "Ссылка работает")
    old, new = await charges(late)
    await settle(late, old["id"])
    assert await heard(late, f"Оплата {SUM} пришла, когда её уже не ждали")
    assert await paid(late) == [True, False, False, False]
    await settle(late, new["id"])
    assert await heard(late, f"Страховщик зачёл оплату {OTHER}")
    assert await paid(late) == [True, True, False, False]
    assert await ends(late) == ["refunded", "succeeded"]
