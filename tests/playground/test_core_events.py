"""Events of the core: signed, in order, repeated until taken, not lost by a restart."""

import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from playground import keys
from playground.core.courier import Courier, signature
from tests.playground.insurer import Cabinet, Insurer, free_port, insurer

OPENAPI = Path(__file__).parents[2] / "docs" / "core-gateway.openapi.yaml"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Courier, "first_pause", 0.01)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


def pending(house: Insurer) -> int:
    return sum(count() for count in house.world.pending)


async def test_a_change_is_told_whole_with_the_next_version(house: Insurer) -> None:
    async with Cabinet().at(house.port + 9) as cabinet:
        status, customer = await house.tell_desk("/customers/cus-0001", phoneStatus="changed")
        event = await cabinet.next()
    assert (status, customer["version"], customer["phoneStatus"]) == (200, 2, "changed")
    assert re.fullmatch(r"evt_[0-9a-f]{32}", event["id"])
    assert event["type"] == "customer.changed"
    assert event["resource"] == customer == (await house.get("/customers/cus-0001"))["data"]


async def test_the_signature_holds_over_the_very_bytes(house: Insurer) -> None:
    house.world.clock.advance(timedelta(days=400))
    async with Cabinet().at(house.port + 9) as cabinet:
        await house.tell_desk("/customers/cus-0002", email=None)
        await cabinet.next()
    headers, body = cabinet.headers[-1], cabinet.bodies[-1]
    stamp = headers["X-Cabinet-Timestamp"]
    key = keys.load(house.world.settings.data)["core"]
    expected = hmac.new(key.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Cabinet-Signature"] == f"v1={expected}"
    assert headers["X-Cabinet-Key-Id"] == "core-1"
    assert abs(int(stamp) - house.world.clock.time()) < 300


def test_the_published_test_vector_is_right() -> None:
    assert signature("secret", "1795300000", b'{"id":"evt_1"}') in OPENAPI.read_text()


async def test_what_was_refused_comes_again_the_same(house: Insurer) -> None:
    async with Cabinet().at(house.port + 9) as cabinet:
        cabinet.statuses.extend([503, 401, 302])
        await house.tell_desk("/customers/cus-0001", language="en")
        event = await cabinet.next()
    assert [refused["id"] for refused in cabinet.refused] == [event["id"]] * 3
    assert len(set(cabinet.bodies)) == 1


async def test_one_customer_in_order_others_do_not_wait(house: Insurer) -> None:
    async with Cabinet().at(house.port + 9) as cabinet:
        cabinet.refuses.add("cus-0001")
        await house.tell_desk("/customers/cus-0001", language="en")
        await house.tell_desk("/customers/cus-0001", language="ru")
        await house.tell_desk("/customers/cus-0002", language="en")
        assert (await cabinet.next())["resource"]["customerId"] == "cus-0002"
        assert {refused["resource"]["version"] for refused in cabinet.refused} <= {2}
        cabinet.refuses.clear()
        assert [(await cabinet.next())["resource"]["version"] for _ in range(2)] == [2, 3]
    assert pending(house) == 0


async def test_events_survive_a_restart(tmp_path: Path) -> None:
    port = free_port()
    async with insurer(tmp_path, port) as house:
        await house.tell_desk("/customers/cus-0003", email="new@pochta.example")
        assert pending(house) == 1
    async with Cabinet().at(port + 9) as cabinet, insurer(tmp_path, port):
        assert (await cabinet.next())["resource"]["email"] == "new@pochta.example"


async def test_whoever_comes_back_is_served_at_once(house: Insurer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Courier, "first_pause", 3600.0)
    async with Cabinet().at(house.port + 9) as cabinet:
        cabinet.statuses.append(503)
        await house.tell_desk("/customers/cus-0001", language="en")
        await house.tell_desk("/customers/cus-0002", language="en")
        await cabinet.next()
        house.core.hurry()
        assert (await cabinet.next())["resource"]["version"] == 2


async def test_after_a_day_an_event_is_given_up(
    house: Insurer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with Cabinet().at(house.port + 9) as cabinet:
        monkeypatch.setattr("playground.core.courier.GIVE_UP_AFTER", -1.0)
        cabinet.refuses.add("cus-0001")
        await house.tell_desk("/customers/cus-0001", language="en")
        while pending(house):
            await house.get("/customers?limit=1")
    assert "given up" in caplog.text


async def test_terms_begin_and_end_at_midnight(house: Insurer) -> None:
    async with Cabinet().at(house.port + 9) as cabinet:
        house.world.clock.advance(timedelta(days=6))
        first, second = [await cabinet.next() for _ in range(2)]
    told = {event["resource"]["policyId"]: event["resource"] for event in (first, second)}
    assert {row["customerId"] for row in told.values()} == {"cus-0001", "cus-0005"}
    assert {row["status"] for row in told.values()} == {"expired"}
    unpaid = next(policy for policy in house.core.register.policies.all() if policy.customer_id == "cus-0007")
    assert (unpaid.status, unpaid.version) == ("issued", 1)


async def test_a_new_world_forgets_what_was_under_way(house: Insurer) -> None:
    await house.tell_desk("/customers/cus-0001", language="en")
    house.world.reset()
    assert pending(house) == 0
    customer = (await house.get("/customers/cus-0001"))["data"]
    assert (customer["version"], customer["language"]) == (1, "ru")
