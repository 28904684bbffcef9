"""The insurer's register: customers, policies, documents, questions, applications, claims.

Every change counts a version and tells the cabinet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from playground.core.applications import Application
from playground.core.claims import Claim, ClaimRequest
from playground.core.courier import Courier
from playground.core.resources import Answer, Customer, Document, Employee, Policy, Question, Resource, Status
from playground.world import World

MOSCOW = ZoneInfo("Europe/Moscow")
EMPLOYEES = (
    Employee(name="Мария", post="специалист по полисам"),
    Employee(name="Андрей", post="старший специалист поддержки"),
)

NOTICE = "core.notice"

R = TypeVar("R", bound=Resource)


class Drawer(Generic[R]):
    """Resources of one kind; a change goes out as `event`."""

    def __init__(self, world: World, courier: Courier, model: type[R], event: str, key: Callable[[R], str]) -> None:
        self._world, self._courier, self._model, self._event, self._key = world, courier, model, event, key
        self.kind = f"core.{model.__name__.lower()}"

    def wire(self) -> dict[str, dict[str, Any]]:
        """All of them as they travel, by id, oldest first."""
        return self._world.store.all(self.kind)

    def all(self) -> list[R]:
        """All of them, oldest first."""
        return [self._model.model_validate(row) for row in self.wire().values()]

    def where(self, field: str, value: str) -> list[R]:
        """Those whose field (as it is called on the wire) has this value, oldest first."""
        return [self._model.model_validate(row) for row in self._world.store.where(self.kind, field, value).values()]

    def column(self, field: str) -> list[Any]:
        """One plain field of all of them, oldest first."""
        return self._world.store.column(self.kind, field)

    def get(self, key: str) -> R | None:
        """One of them, or None."""
        row = self._world.store.get(self.kind, key)
        return self._model.model_validate(row) if row else None

    def add(self, resource: R) -> R:
        """File it as it is and tell nobody: what is there on the first day is read from the lists."""
        self._world.store.put(self.kind, self._key(resource), resource.wire())
        return resource

    def save(self, resource: R) -> R:
        """File a new resource or a changed one under the next version, tell the cabinet and the desk."""
        known = self._world.store.get(self.kind, self._key(resource))
        saved = self.add(resource.model_copy(update={"version": known["version"] + 1 if known else 1}))
        self._courier.post(self._event, saved.wire())
        self._world.live.publish("desk", resource=self.kind, id=self._key(saved))
        return saved


class Register:
    """Everything the core remembers. What is decided by the calendar is decided here: `roll`."""

    def __init__(self, world: World, courier: Courier) -> None:
        self.world = world
        self.after_change: list[Callable[[Policy], None]] = []
        self.after_claim: list[Callable[[Claim], None]] = []
        self.customers = Drawer(world, courier, Customer, "customer.changed", lambda it: it.customer_id)
        self.policies = Drawer(world, courier, Policy, "policy.changed", lambda it: it.policy_id)
        self.documents = Drawer(world, courier, Document, "document.changed", lambda it: it.document_id)
        self.answers = Drawer(world, courier, Answer, "question.answered", lambda it: it.number)
        self.applications = Drawer(world, courier, Application, "application.changed", lambda it: it.number)
        self.claims = Drawer(world, courier, Claim, "claim.changed", lambda it: it.claim_id)

    def today(self) -> date:
        """Dates of contracts are Moscow dates."""
        return self.world.clock.now().astimezone(MOSCOW).date()

    def change(self, policy: Policy) -> Policy:
        """Save a changed policy; whoever has to know it here learns it from `after_change`."""
        saved = self.policies.save(policy)
        for learn in self.after_change:
            learn(saved)
        return saved

    def file_claim(self, claim: Claim, notice: ClaimRequest) -> Claim:
        """A claim with what was told in it, as it is and without a word to anybody."""
        self.world.store.put(NOTICE, claim.claim_id, notice.wire())
        return self.claims.add(claim)

    def new_claim(self, claim: Claim, notice: ClaimRequest) -> Claim:
        """The same for one that has just come."""
        self.world.store.put(NOTICE, claim.claim_id, notice.wire())
        return self.change_claim(claim)

    def change_claim(self, claim: Claim) -> Claim:
        """Save a claim; whoever has to know it here learns it from `after_claim`."""
        saved = self.claims.save(claim)
        for learn in self.after_claim:
            learn(saved)
        return saved

    def notice(self, claim_id: str) -> ClaimRequest:
        """What the client has told in a claim that exists."""
        return ClaimRequest.model_validate(self.world.store.get(NOTICE, claim_id))

    def roll(self) -> None:
        """Terms begin and end at Moscow midnight, and so do the days of grace of an instalment. A status somebody set by hand is left
        alone until the next date of that policy.
        """
        today = self.today()
        known = self.world.store.get("core.day", "rolled")
        yesterday = date.fromisoformat(known["day"]) if known else today
        self.world.store.put("core.day", "rolled", {"day": today.isoformat()})
        for policy in self.policies.all():
            over = policy.lapsed_on(today)
            if over and not policy.lapsed_on(yesterday) and policy.status in (Status.ACTIVE, Status.ISSUED):
                self.change(policy.model_copy(update={"status": Status.TERMINATED, "term_end_date": over}))
                continue
            now = policy.status_on(today)
            if now is not policy.status and policy.status_on(yesterday) is policy.status:
                self.policies.save(policy.model_copy(update={"status": now}))

    def take(self, question: Question) -> None:
        """File a question; the desk sees it."""
        self.world.store.put("core.question", question.number, question.wire())
        self.world.live.publish("desk", resource="core.question", id=question.number)

    def answer(self, number: str, text: str) -> Answer | None:
        """An employee answers the question, or corrects the answer (then the same employee); None: no such question."""
        question = self.world.store.get("core.question", number)
        if question is None:
            return None
        earlier = self.answers.get(number)
        employee = earlier.answered_by if earlier else EMPLOYEES[len(self.answers.wire()) % len(EMPLOYEES)]
        return self.answers.save(
            Answer(
                number=number,
                customer_id=question["customerId"],
                answer=text,
                answered_by=employee,
                answered_at=self.world.clock.now(),
            )
        )
