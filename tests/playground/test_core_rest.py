"""The core's REST interface: who may ask, how lists are read, what a repeat and a mistake bring."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from playground.faults import Fault
from tests.playground.insurer import Insurer, insurer


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


async def test_nobody_is_answered_without_the_key(house: Insurer) -> None:
    for headers in ({"Authorization": ""}, {"Authorization": "Bearer guess"}):
        async with house.session.get(house.at_core("/customers"), headers=headers) as answer:
            problem = await answer.json()
            assert (answer.status, answer.content_type) == (401, "application/problem+json")
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert problem["type"] == "urn:core:problem:unauthorized"


async def test_the_interaction_id_comes_back(house: Insurer) -> None:
    async with house.session.get(house.at_core("/customers"), headers={"X-Interaction-Id": "try-7"}) as answer:
        assert answer.headers["X-Interaction-Id"] == "try-7"
    async with house.session.get(house.at_core("/nowhere"), headers={"X-Interaction-Id": "no spaces"}) as answer:
        assert answer.headers["X-Interaction-Id"] not in ("", "no spaces")


@pytest.mark.parametrize(
    ("name", "key"), [("customers", "customerId"), ("policies", "policyId"), ("documents", "documentId")]
)
async def test_pages_together_are_the_list(house: Insurer, name: str, key: str) -> None:
    whole = await house.get(f"/{name}?limit=500")
    seen: list[dict[str, object]] = []
    cursor: str | None = ""
    pages = 0
    while cursor is not None:
        page = await house.get(f"/{name}", params={"limit": "4", "cursor": cursor})
        assert page["meta"]["totalRecords"] == len(whole["data"])
        seen += page["data"]
        cursor, pages = page["links"]["next"], pages + 1
    assert seen == whole["data"]
    assert pages == -(-len(whole["data"]) // 4)
    assert len({row[key] for row in seen}) == len(seen)
    one = await house.get(f"/{name}/{seen[0][key]}")
    assert one["data"] == seen[0]


async def test_what_appears_while_reading_comes_at_the_end(house: Insurer) -> None:
    first = await house.get("/customers?limit=3")
    newcomer = house.core.register.customers.all()[0].model_copy(update={"customer_id": "cus-0000"})
    house.core.register.customers.add(newcomer)
    rest = await house.get("/customers", params={"limit": "500", "cursor": first["links"]["next"]})
    assert rest["data"][-1]["customerId"] == "cus-0000"
    assert rest["links"]["next"] is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/customers?limit=0", 400),
        ("/customers?limit=501", 400),
        ("/customers?limit=two", 400),
        ("/customers?cursor=%21%21", 400),
        ("/customers?cursor=Y3VzLTk5OTk", 400),
        ("/policies/pol-9999", 404),
        ("/documents/doc-9999/content", 404),
        ("/claims/none", 404),
        ("/losses", 404),
        ("/questions", 405),
    ],
)
async def test_every_refusal_is_a_problem(house: Insurer, path: str, status: int) -> None:
    async with house.session.get(house.at_core(path)) as answer:
        problem = await answer.json()
        assert (answer.status, answer.content_type) == (status, "application/problem+json")
        assert problem["status"] == status
        assert problem["title"]


async def test_a_repeated_question_is_one_question(house: Insurer) -> None:
    for _ in range(2):
        assert await house.ask("В-000001", "cus-0001") == (201, {"data": {"number": "В-000001", "status": "received"}})
    assert len(house.world.store.all("core.question")) == 1


async def test_a_key_is_good_for_one_body(house: Insurer) -> None:
    await house.ask("В-000001", "cus-0001")
    status, problem = await house.ask("В-000002", "cus-0001", **{"Idempotency-Key": "В-000001"})
    assert (status, problem["type"]) == (409, "urn:core:problem:idempotency-key-reused")
    status, problem = await house.ask("В-000001", "cus-0001", **{"Idempotency-Key": "another"})
    assert (status, problem["type"]) == (409, "urn:core:problem:number-taken")


async def test_a_stranger_may_ask(house: Insurer) -> None:
    status, _ = await house.ask("В-000003", None)
    assert status == 201


async def test_a_question_must_be_one(house: Insurer) -> None:
    status, problem = await house.ask("000004", "cus-0001")
    assert (status, problem["errors"][0]["pointer"]) == (422, "/number")
    status, problem = await house.ask("В-000004", "cus-9999")
    assert (status, problem["errors"][0]["pointer"]) == (422, "/customerId")
    status, problem = await house.ask("В-000004", "cus-0001", **{"Idempotency-Key": ""})
    assert (status, problem["type"]) == (400, "urn:core:problem:idempotency-key")
    async with house.session.post(
        house.at_core("/questions"), data=b"{", headers={"Idempotency-Key": "В-000004"}
    ) as answer:
        assert answer.status == 422
    assert not house.world.store.all("core.question")


async def test_an_answer_lost_on_the_way_may_be_asked_for_again(house: Insurer) -> None:
    house.world.faults.order("core", Fault(error=502))
    async with house.session.get(house.at_core("/customers")) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    house.world.faults.order("core", Fault(drop_answer=True), method="questions")
    with pytest.raises(aiohttp.ClientError):
        await house.ask("В-000005", "cus-0001")
    assert (await house.ask("В-000005", "cus-0001"))[0] == 201
    assert len(house.world.store.all("core.question")) == 1
