"""The insurer's employee: sees clients, policies, questions, applications and claims, answers and changes them.

What is changed goes out as an event.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

from aiohttp import web
from pydantic import ValidationError

from playground.core import Core
from playground.core.register import Register
from playground.core.resources import Customer, Policy, Resource
from playground.desk_applications import ApplicationDesk
from playground.desk_claims import ClaimDesk
from playground.refusal import NoError, body_of, wanted
from playground.world import World

R = TypeVar("R", bound=Resource)

SHORT = {"start": "termStartDate", "end": "termEndDate"}
"""Names a hurried hand may use for a policy's fields; `paid` marks the whole premium and every instalment."""
FIXED = {"customerId", "policyId", "version"}
_LOOKALIKES = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")


def routes(world: World, core: Core) -> list[web.RouteDef]:
    """The desk's addresses on the playground's main port."""
    applications = ApplicationDesk(core)
    claims = ClaimDesk(core)
    desk = _Desk(core.register, applications, claims)
    return [
        web.get("/desk", desk.overview),
        web.get("/desk/policies/{number}", desk.policy),
        web.post("/desk/policies/{number}", desk.change_policy),
        web.get("/desk/customers/{id}", desk.customer),
        web.post("/desk/customers/{id}", desk.change_customer),
        web.post("/desk/questions/{number}", desk.answer),
        *applications.routes(),
        *claims.routes(),
    ]


class _Desk:
    def __init__(self, register: Register, applications: ApplicationDesk, claims: ClaimDesk) -> None:
        self._register, self._applications, self._claims = register, applications, claims

    async def overview(self, request: web.Request) -> web.Response:
        """Everything on one table, briefly: for the page."""
        customers = {customer.customer_id: customer for customer in self._register.customers.all()}
        policies = {policy.policy_id: policy for policy in self._register.policies.all()}
        return web.json_response(
            {
                "questions": self._questions(customers),
                "customers": [_brief_customer(customer) for customer in customers.values()],
                "policies": [_brief_policy(policy, customers) for policy in policies.values()],
                **self._applications.table(customers),
                **self._claims.table(customers, policies),
            }
        )

    async def policy(self, request: web.Request) -> web.Response:
        """The whole resource."""
        return web.json_response(self._policy(request.match_info["number"]).wire())

    async def customer(self, request: web.Request) -> web.Response:
        """The whole resource."""
        return web.json_response(self._customer(request.match_info["id"]).wire())

    async def change_policy(self, request: web.Request) -> web.Response:
        """Merge the fields given; status follows from dates and money unless it is given, too."""
        policy = self._policy(request.match_info["number"])
        patch = _spelt_out(await body_of(request), policy)
        changed = _merged(policy, patch)
        if "status" not in patch:
            changed = changed.model_copy(update={"status": changed.status_on(self._register.today())})
        return web.json_response(self._register.change(changed).wire())

    async def change_customer(self, request: web.Request) -> web.Response:
        """Merge the fields given."""
        customer = self._customer(request.match_info["id"])
        changed = _merged(customer, await body_of(request))
        return web.json_response(self._register.customers.save(changed).wire())

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a question, or correct the answer."""
        text = wanted(await body_of(request), "answer", str, '{"answer": "Да, можно"}').strip()
        if not text:
            raise NoError(400, "the answer is empty")
        answer = self._register.answer(request.match_info["number"], text)
        if answer is None:
            raise NoError(404, "no such question", "GET /desk lists them; the id is the number, e.g. В-000123")
        return web.json_response(answer.wire())

    def _questions(self, customers: dict[str, Customer]) -> list[dict[str, Any]]:
        answers = self._register.answers.wire()
        rows = []
        for number, question in self._register.world.store.all("core.question").items():
            customer, answer = customers.get(question["customerId"]), answers.get(number)
            about = {"customer": str(customer.name) if customer else None, "answer": answer}
            rows.append({"id": number, **question, **about, "status": "answered" if answer else "waiting"})
        return rows

    def _policy(self, number: str) -> Policy:
        """By number with or without series and spaces, in Latin or Cyrillic letters, or by id."""
        plain = _plain(number)
        for policy in self._register.policies.all():
            if plain in (_plain(policy.full_number), _plain(policy.number), _plain(policy.policy_id)):
                return policy
        raise NoError(404, f"no policy {number}", "GET /desk lists them")

    def _customer(self, id_: str) -> Customer:
        customer = self._register.customers.get(id_)
        if customer is None:
            raise NoError(404, f"no customer {id_}", "GET /desk lists them")
        return customer


def _spelt_out(patch: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """The patch in the words of the resource."""
    full = {SHORT.get(name, name): value for name, value in patch.items()}
    if isinstance(paid := full.pop("paid", None), bool):
        payments = [payment.wire() | {"paid": paid} for payment in policy.premium.payments]
        full["premium"] = {"paid": paid, "payments": payments}
    return full


def _merged(resource: R, patch: dict[str, Any]) -> R:
    """The resource with the patch laid over it: objects are merged, lists and plain values replaced, `null` is a value."""
    if not patch:
        raise NoError(400, "nothing to change", "send at least one field of the resource")
    if wrong := FIXED & patch.keys():
        raise NoError(400, f"{', '.join(sorted(wrong))} cannot be changed", "ids stay, versions count by themselves")
    try:
        return type(resource).model_validate(_laid_over(resource.wire(), patch))
    except ValidationError as error:
        hints = "; ".join(f"{'.'.join(map(str, it['loc'])) or 'resource'}: {it['msg']}" for it in error.errors())
        raise NoError(400, "the resource would be invalid", hints) from error


def _laid_over(base: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, value in patch.items():
        below = base.get(name)
        merged[name] = _laid_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _plain(number: str) -> str:
    return re.sub(r"[\s-]", "", number).upper().translate(_LOOKALIKES)


def _brief_customer(customer: Customer) -> dict[str, Any]:
    row = customer.wire()
    return {
        **{name: row[name] for name in ("customerId", "birthDate", "phone", "phoneStatus", "email")},
        "name": str(customer.name),
    }


def _brief_policy(policy: Policy, customers: dict[str, Customer]) -> dict[str, Any]:
    row = policy.wire()
    return {
        **{name: row[name] for name in ("policyId", "customerId", "product", "status", "version")},
        "number": policy.full_number,
        "customer": str(customers[policy.customer_id].name),
        "object": ", ".join(thing.identification for thing in policy.insured_objects),
        "start": row["termStartDate"],
        "end": row["termEndDate"],
        "paid": policy.premium.paid,
    }
