"""Notifications: once for everything that happens, again until they are taken, and whatever goes wrong on the way on request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground.provider.notices import Notices
from tests.playground.provider_world import HELD, WANTED, Shop, answering, shop
from tests.playground.telegram_world import eventually


@pytest.fixture
async def till(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause after a failed attempt is a matter of milliseconds."""
    monkeypatch.setattr(Notices, "first_pause", 0.01)


def under_way(till: Shop) -> int:
    """What `settled` waits for."""
    return sum(count() for count in till.world.running.world.pending)


async def calm(till: Shop) -> None:
    await eventually(lambda: not under_way(till))


async def test_everything_that_happens_is_told(till: Shop) -> None:
    held = await till.paid(HELD)
    await till.cabinet.until(1)
    await till.post(f"/payments/{held['id']}/capture")
    await till.cabinet.until(2)
    await till.post("/refunds", {"payment_id": held["id"], "amount": held["amount"]})
    await till.cabinet.until(3)
    await calm(till)
    assert till.cabinet.events == ["payment.waiting_for_capture", "payment.succeeded", "refund.succeeded"]
    for said in till.cabinet.got:
        assert said["type"] == "notification"
    assert till.cabinet.got[0]["object"]["expires_at"]
    assert till.cabinet.got[1]["object"]["metadata"] == WANTED["metadata"]
    assert till.cabinet.headers[0]["Content-Type"] == "application/json"
    assert till.cabinet.headers[0]["X-Forwarded-For"] == "185.71.76.1"


@pytest.mark.usefixtures("quick")
async def test_what_is_not_taken_comes_again(till: Shop) -> None:
    till.cabinet.statuses.extend([500, 404, 302, 503])
    await till.paid()
    await till.cabinet.until(5)
    await calm(till)
    assert len(till.cabinet.got) == 5
    assert all(said == till.cabinet.got[0] for said in till.cabinet.got)


async def test_it_waits_for_a_cabinet_that_is_down_even_over_a_restart(tmp_path: Path) -> None:
    async with shop(tmp_path, listening=False) as down:
        paid = await down.paid()
        assert (await down.world.get(f"/payments/{paid['id']}"))[1]["under_way"] == 1
        port = down.world.running.settings.port
    async with shop(tmp_path, port) as up:
        up.world.running.provider.hurry()
        (said,) = await up.cabinet.until(1)
        assert (said["event"], said["object"]["id"]) == ("payment.succeeded", paid["id"])
        await calm(up)
        assert (await up.world.get(f"/payments/{paid['id']}"))[1]["under_way"] == 0


async def test_a_cabinet_that_comes_back_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Notices, "first_pause", 3600.0)
    async with shop(tmp_path, listening=False) as till:
        await till.paid()
        notices = till.world.running.provider._notices
        await eventually(lambda: any(notice.tries for notice in notices._notices.values()))
        async with answering(till):
            till.world.running.provider.hurry()
            await till.cabinet.until(1)
            await calm(till)


@pytest.mark.usefixtures("quick")
async def test_after_a_day_it_is_given_up(tmp_path: Path) -> None:
    async with shop(tmp_path, listening=False) as till:
        await till.paid()
        await till.world.post("/clock", advance="PT23H")
        assert under_way(till) or (await till.world.get("/payments"))[1][0]["under_way"]
        await till.world.post("/clock", advance="PT2H")
        till.world.running.provider.hurry()
        notices = till.world.running.provider._notices
        await eventually(lambda: not notices._notices)


async def test_again_by_hand(till: Shop) -> None:
    paid = await till.paid()
    (first,) = await till.cabinet.until(1)
    await till.post("/refunds", {"payment_id": paid["id"], "amount": paid["amount"]})
    await till.cabinet.until(2)
    told = await till.hand(f"/payments/{paid['id']}/notify", event="payment.succeeded", times=20)
    assert (told["times"], told["forged"]) == (20, False)
    await till.cabinet.until(22)
    assert till.cabinet.got[2:] == [first] * 20, "word for word as the first time"
    await till.hand(f"/payments/{paid['id']}/notify")
    assert (await till.cabinet.until(23))[-1]["event"] == "refund.succeeded"


async def test_only_a_forger_tells_what_has_not_happened(till: Shop) -> None:
    made = await till.payment()
    notify = f"/payments/{made['id']}/notify"
    status, answer = await till.world.post(notify, event="payment.succeeded")
    assert (status, answer["error"]) == (409, "payment.succeeded has not happened to this payment")
    await till.hand(notify, event="payment.succeeded", forged=True)
    (said,) = await till.cabinet.until(1)
    assert (said["event"], said["object"]["status"], said["object"]["paid"]) == ("payment.succeeded", "succeeded", True)
    assert said["object"]["amount"] == made["amount"]
    assert till.cabinet.headers[0]["X-Forwarded-For"].endswith("203.0.113.66"), "no address of the provider's"
    assert await till.get(f"/payments/{made['id']}") == made
    for event in ("payment.canceled", "payment.waiting_for_capture", "refund.succeeded"):
        await till.hand(notify, event=event, forged=True)
    cheap = {"amount": {"value": "1.00", "currency": "RUB"}}
    await till.hand(notify, event="payment.succeeded", forged=True, object=cheap)
    assert (await till.cabinet.until(5))[-1]["object"]["amount"]["value"] == "1.00"
    await till.hand("/payments/nobody/notify", event="payment.succeeded", forged=True)
    assert (await till.cabinet.until(6))[-1]["object"]["id"] == "nobody"


async def test_nonsense_by_hand(till: Shop) -> None:
    made = await till.payment()
    for path, body, expected in (
        (f"/payments/{made['id']}/notify", {"times": 0}, 400),
        (f"/payments/{made['id']}/notify", {"times": 101}, 400),
        (f"/payments/{made['id']}/notify", {"delay": -1}, 400),
        (f"/payments/{made['id']}/notify", {"event": "payment.lost", "forged": True}, 400),
        (f"/payments/{made['id']}/notify", {"event": ["payment.lost"], "forged": True}, 400),
        (f"/payments/{made['id']}/notify", {"object": "everything", "forged": True}, 400),
        (f"/payments/{made['id']}/cancel", {"reason": ["no mood"]}, 400),
        (f"/payments/{made['id']}/cancel", {"reason": "no mood"}, 400),
        (f"/payments/{made['id']}/succeed", {"method": "barter"}, 400),
        ("/payments/nobody/succeed", {}, 404),
        ("/payments/nobody/cancel", {}, 404),
        ("/payments/nobody/notify", {}, 404),
        ("/refunds/nobody/succeed", {}, 404),
    ):
        status, answer = await till.world.post(path, **body)
        assert (status, set(answer)) == (expected, {"error", "hint"}), path
    held = await till.payment(HELD)
    status, answer = await till.world.post(f"/payments/{held['id']}/succeed", method="sbp")
    assert (status, answer["hint"]) == (400, "one of bank_card")


async def test_twice(till: Shop) -> None:
    await till.hand("/faults", on="provider", method="notification", error="duplicate")
    await till.paid()
    await till.cabinet.until(2)
    await calm(till)
    assert till.cabinet.got[0] == till.cabinet.got[1]
    assert len(till.cabinet.got) == 2


async def test_taken_but_the_answer_lost(till: Shop) -> None:
    await till.hand("/faults", on="provider", method="notification", drop_answer=True)
    await till.paid()
    await till.cabinet.until(2)
    await calm(till)


async def test_never(till: Shop) -> None:
    await till.hand("/faults", on="provider", method="notification", error="lost")
    first, second = await till.paid(), await till.paid()
    (said,) = await till.cabinet.until(1)
    await calm(till)
    assert said["object"]["id"] == second["id"]
    assert (await till.get(f"/payments/{first['id']}"))["status"] == "succeeded"


async def test_late_so_that_a_later_one_overtakes(till: Shop) -> None:
    await till.hand("/faults", on="provider", method="notification", error="late", delay=0.5)
    held = await till.paid(HELD)
    await till.post(f"/payments/{held['id']}/capture")
    await till.cabinet.until(1)
    await calm(till)
    assert len(till.cabinet.got) == 1, "what is due later is not waited for"
    await till.cabinet.until(2)
    assert till.cabinet.events == ["payment.succeeded", "payment.waiting_for_capture"]


async def test_late_by_hand(till: Shop) -> None:
    paid = await till.paid()
    await till.cabinet.until(1)
    await calm(till)
    await till.hand(f"/payments/{paid['id']}/notify", delay=0.2)
    assert not under_way(till)
    await till.cabinet.until(2)


@pytest.mark.usefixtures("quick")
async def test_refused_in_the_cabinets_place(till: Shop) -> None:
    await till.hand("/faults", on="provider", method="notification", error=502, times=2)
    await till.paid()
    await till.cabinet.until(1)
    await calm(till)
    assert len(till.cabinet.got) == 1
    assert (await till.world.get("/faults"))[1] == []


async def test_a_fault_for_any_call_leaves_notifications_alone(till: Shop) -> None:
    made = await till.payment()
    await till.hand("/faults", on="provider", error=502)
    await till.hand(f"/payments/{made['id']}/succeed")
    await till.cabinet.until(1)
    assert len((await till.world.get("/faults"))[1]) == 1
