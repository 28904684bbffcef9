"""`docs/core-gateway.openapi.yaml` is what the reference core really answers and tells."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from playground.core.applications import (
    Acceptance,
    Application,
    ApplicationPayment,
    ApplicationRequest,
    Cancellation,
    Check,
    DiagnosticCard,
    Quote,
    QuoteRequest,
)
from playground.core.claims import (
    Claim,
    ClaimRequest,
    Deductible,
    Direction,
    Europrotocol,
    FileNote,
    Inspection,
    Participant,
    Payout,
    Place,
    Refusal,
    Required,
    Station,
)
from playground.core.resources import Answer, Customer, Document, Part, Policy, Question
from tests.playground.accident import accident, hand_over
from tests.playground.insurer import Cabinet, Insurer, insurer
from tests.playground.renewal import renewal

API: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "docs" / "core-gateway.openapi.yaml").read_text(encoding="utf-8")
)
SCHEMAS: dict[str, Any] = API["components"]["schemas"]
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
UNDERSTOOD = {
    *("$ref", "type", "enum", "const", "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "anyOf"),
    *("properties", "required", "additionalProperties", "items", "description", "examples"),
}
"""The part of JSON Schema the document uses; the check below knows all of it."""
PARAMETER = {"claims": "key"}


def faults(value: Any, schema: dict[str, Any], path: str = "$") -> Iterator[str]:
    """What in `value` is not as the schema says."""
    assert schema.keys() <= UNDERSTOOD, schema.keys() - UNDERSTOOD
    if "$ref" in schema:
        yield from faults(value, SCHEMAS[schema["$ref"].rpartition("/")[2]], path)
    if "anyOf" in schema and all(list(faults(value, option, path)) for option in schema["anyOf"]):
        yield f"{path}: none of the alternatives"
    if not _typed(value, schema) or value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{path}: {value!r} is not {schema}"
    elif isinstance(value, dict):
        yield from _members(value, schema, path)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from faults(item, schema.get("items", {}), f"{path}[{place}]")
    elif isinstance(value, str):
        yield from _text(value, schema, path)
    elif isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{path}: {value} is too small or too large"


def _typed(value: Any, schema: dict[str, Any]) -> bool:
    names = schema.get("type", [])
    kinds = [TYPES[name] for name in ([names] if isinstance(names, str) else names)]
    return not kinds or any(isinstance(value, it) and not (isinstance(value, bool) and it is not bool) for it in kinds)


def _members(value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in set(schema.get("required", [])) - value.keys():
        yield f"{path}.{name}: missing"
    for name, member in value.items():
        if name in known:
            yield from faults(member, known[name], f"{path}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{path}.{name}: not described"


def _text(value: str, schema: dict[str, Any], path: str) -> Iterator[str]:
    if not re.search(schema.get("pattern", ""), value):
        yield f"{path}: {value!r} does not match"
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{path}: too short or too long"
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if schema.get("format") == "date-time":
        assert datetime.fromisoformat(value).tzinfo is not None


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


def described(path: str, method: str, status: int, kind: str) -> dict[str, Any]:
    answer = API["paths"][path][method]["responses"][str(status)]
    if "$ref" in answer:
        answer = API["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    schema: dict[str, Any] = answer["content"][kind]["schema"]
    return schema


@pytest.mark.parametrize(
    ("name", "key"),
    [("customers", "customerId"), ("policies", "policyId"), ("documents", "documentId"), ("claims", "claimId")],
)
async def test_lists_and_resources(house: Insurer, name: str, key: str) -> None:
    page = await house.get(f"/{name}?limit=500")
    assert list(faults(page, described(f"/{name}", "get", 200, "application/json"))) == []
    one = await house.get(f"/{name}/{page['data'][0][key]}")
    assert (
        list(faults(one, described(f"/{name}/{{{PARAMETER.get(name, 'id')}}}", "get", 200, "application/json"))) == []
    )


@pytest.mark.parametrize(
    ("path", "template", "status"),
    [("/policies?limit=0", "/policies", 400), ("/customers/none", "/customers/{id}", 404)],
)
async def test_problems(house: Insurer, path: str, template: str, status: int) -> None:
    async with house.session.get(house.at_core(path)) as answer:
        problem = await answer.json()
    assert list(faults(problem, described(template, "get", status, "application/problem+json"))) == []


async def test_questions(house: Insurer) -> None:
    for number, customer, expected in (("В-000001", "cus-0001", 201), ("nonsense", None, 422)):
        status, body = await house.ask(number, customer)
        kind = "application/json" if status == 201 else "application/problem+json"
        assert status == expected
        assert list(faults(body, described("/questions", "post", status, kind))) == []


async def test_every_kind_of_event(house: Insurer) -> None:
    await house.ask("В-000001", None)
    await house.get("/documents")
    async with Cabinet().at(house.port + 9) as cabinet:
        await house.tell_desk("/customers/cus-0001", email=None)
        await house.tell_desk("/policies/pol-0002", unlimitedDrivers=True, drivers=[])
        await house.tell_desk("/questions/В-000001", answer="Да")
        await (await renewal(house)).submit()
        await (await accident(house)).submit()
        events = [await cabinet.next() for _ in range(7)]  # the claim's paper is one of them
    assert {event["type"] for event in events} == API["webhooks"].keys()
    for event in events:
        content = API["webhooks"][event["type"]]["post"]["requestBody"]["content"]
        assert list(faults(event, content["application/json"]["schema"])) == []


async def test_applications(house: Insurer) -> None:
    made = await renewal(house)
    path = "/applications/{number}"
    _, early = await made.pay("1.00")
    answers = [(path + "/payment", "put", 404, early)]
    answers += [(path, "put", 422, (await made.submit(drivers=[]))[1])]
    answers += [(path, "put", 422, (await made.submit(colour="red"))[1])]
    answers += [(path, "put", 201, (await made.submit())[1]), (path, "put", 200, (await made.submit())[1])]
    answers += [(path + "/payment", "put", 409, (await made.pay("1.00"))[1])]
    price = (await made.decide())["price"]["amount"]
    answers += [(path + "/acceptance", "put", 409, (await made.accept("1.00"))[1])]
    answers += [(path + "/acceptance", "put", 200, (await made.accept(price))[1])]
    answers += [(path, "put", 409, (await made.submit(revision=2))[1])]
    answers += [(path + "/cancellation", "put", 200, (await made.cancel())[1])]
    answers += [(path + "/payment", "put", 200, (await made.pay(price))[1])]
    answers += [(path + "/cancellation", "put", 409, (await made.cancel())[1])]
    answers += [(path + "/cancellation", "put", 422, (await made.cancel(""))[1])]
    file, of = path + "/files/{sha256}", f"/applications/{quote(made.number)}"
    answers += [(file, "put", 201, (await hand_over(house, of, b"a copy", "licence-front"))[1])]
    answers += [(file, "put", 422, (await hand_over(house, of, b"a copy", "licence-front", sha256="0" * 64))[1])]
    answers += [("/applications", "get", 200, await house.get("/applications"))]
    other = await renewal(house, "cus-0002")
    answers += [("/quotes/{number}", "put", 200, (await other.quote())[1])]
    answers += [("/quotes/{number}", "put", 422, (await other.quote(revision=2, drivers=[]))[1])]
    for address, method, status, body in answers:
        kind = "application/json" if status < 300 else "application/problem+json"
        assert list(faults(body, described(address, method, status, kind))) == [], (address, status)


async def test_claims(house: Insurer) -> None:
    made = await accident(house)
    path, photo = "/claims/{key}", b"a photo"
    answers = [(path + "/files/{sha256}", "put", 404, (await made.send(photo))[1])]
    answers += [(path, "put", 422, (await made.submit(product="kasko"))[1])]
    answers += [(path, "put", 422, (await made.submit(colour="red"))[1])]
    answers += [(path, "put", 201, (await made.submit())[1]), (path, "put", 200, (await made.submit())[1])]
    answers += [(path, "put", 409, (await made.submit(story="Нет, всё было иначе."))[1])]
    files = path + "/files/{sha256}"
    answers += [(files, "put", 201, (await made.send(photo))[1]), (files, "put", 200, (await made.send(photo))[1])]
    answers += [(files, "put", 422, (await made.send(photo, sha256="0" * 64))[1])]
    answers += [(files, "put", 400, (await made.send(photo, slot="Two Words"))[1])]
    answers += [
        ("/claims", "get", 200, await house.get("/claims")),
        (path, "get", 200, await house.get(f"/claims/{quote(made.number)}")),
    ]
    for address, method, status, body in answers:
        kind = "application/json" if status < 300 else "application/problem+json"
        assert list(faults(body, described(address, method, status, kind))) == [], (address, status)


async def test_money_for_an_instalment_and_a_deductible(house: Insurer) -> None:
    late = next(it for it in house.core.register.policies.all() if it.customer_id == "cus-0020")
    repaired = next(it for it in house.core.register.claims.all() if it.deductible and not it.deductible.paid)
    assert repaired.deductible
    instalment = "/policies/{id}/instalments/{number}/payment", f"/policies/{late.policy_id}/instalments/2/payment"
    nowhere = instalment[0], f"/policies/{late.policy_id}/instalments/5/payment"
    deductible = "/claims/{key}/deductible/payment", f"/claims/{repaired.claim_id}/deductible/payment"
    price, own = late.premium.payments[1].amount.amount, repaired.deductible.amount.amount
    for (address, path), reference, amount, status in (
        (instalment, "one", "1.00", 409),
        (instalment, "one", price, 200),
        (instalment, "one", price, 200),
        (instalment, "two", price, 409),
        (nowhere, "one", price, 404),
        (instalment, "", price, 422),
        (deductible, "one", "1.00", 409),
        (deductible, "one", own, 200),
        (deductible, "one", own, 200),
        (deductible, "two", own, 409),
    ):
        body = {"reference": reference, "amount": {"amount": amount, "unit": "RUB"}, "paidAt": "2026-11-21T12:30:00Z"}
        async with house.session.put(house.at_core(path), json=body) as answer:
            said = await answer.json()
        assert answer.status == status, said
        kind = "application/json" if status < 300 else "application/problem+json"
        assert list(faults(said, described(address, "put", status, kind))) == [], (address, status)
    paid = house.core.register.policies.get(late.policy_id)
    settled = house.core.register.claims.get(repaired.claim_id)
    assert paid
    assert settled
    assert settled.deductible
    assert [it.paid for it in paid.premium.payments] == [True, True, False, False]
    assert (paid.version, settled.deductible.paid) == (late.version + 1, True)


MODELS: list[type[Part]] = [
    *(Answer, Customer, Document, Policy, Question),
    *(
        Claim,
        ClaimRequest,
        Deductible,
        Direction,
        Europrotocol,
        FileNote,
        Inspection,
        Participant,
        Payout,
        Place,
        Refusal,
        Required,
        Station,
    ),
    *(Acceptance, Application, ApplicationPayment, ApplicationRequest, Cancellation, Check, DiagnosticCard),
    *(Quote, QuoteRequest),
]


@pytest.mark.parametrize("model", MODELS)
def test_examples_are_good_and_fields_are_ours(model: type[Part]) -> None:
    schema = SCHEMAS[model.__name__]
    for example in schema["examples"]:
        assert list(faults(example, schema)) == []
        assert model.model_validate(example).wire() == example
    aliases = {field.alias for field in model.model_fields.values()}
    assert schema["properties"].keys() == set(schema["required"]) == aliases


async def test_every_address_is_described(house: Insurer) -> None:
    assert house.core.addresses() == {
        (method.upper(), path) for path, methods in API["paths"].items() for method in methods
    }
