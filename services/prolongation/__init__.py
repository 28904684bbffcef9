"""Prolongation as a person does it: offer, check, agreement, payment, cancelling (D1–D10, F1). What becomes of it is `course`.

Persons act in their chats' lanes, the insurer and the provider in the client's; what both may touch is changed by conditional updates
only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.applications import CORRECTABLE, Application, Applications, Stage
from services.db.unit import Unit
from services.errors import AlreadyProlonged, NotFound, NotProlongable, TooEarly
from services.model import Actor, Policy, Standing
from services.payments import Payment, Payments
from services.policies import Policies
from services.prolongation.copies import Copies
from services.prolongation.course import Course, purpose_of
from services.prolongation.rules import (
    AdmittedDriver,
    DiagnosticCard,
    Entered,
    Period,
    Window,
    carried,
    of_wire,
    prolongable,
    to_wire,
    window_of,
)

__all__ = [
    "AdmittedDriver",
    "Copies",
    "Course",
    "DiagnosticCard",
    "Entered",
    "Offer",
    "Period",
    "Prolongation",
    "Window",
    "prolongable",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done about a contract today. `application` is the one on its way, or the one that has prolonged it."""

    policy: Policy
    window: Window
    application: Application | None

    @property
    def carried(self) -> Entered:
        """What carries over if nothing is changed."""
        return carried(self.policy)


class Prolongation:
    def __init__(self, course: Course, applications: Applications, payments: Payments, policies: Policies) -> None:
        self._course, self._applications, self._payments, self._policies = course, applications, payments, policies

    # -- what a person sees -------------------------------------------------------------------------------------------

    async def offer(self, unit: Unit, actor: Actor, policy_id: int, today: date) -> Offer:
        """The contract and what its prolongation would be. Raises NotFound, TooEarly, NotProlongable with what to do instead."""
        policy = await self._policies.card(unit, actor, policy_id)
        window = window_of(policy, today)
        live = await self.of_policy(unit, actor, policy, today)
        if live is None and not prolongable(policy, today):
            if policy.product == "osago" and policy.standing(today) is Standing.ACTIVE:
                raise TooEarly(window.opens)
            raise NotProlongable
        return Offer(policy, window, live)

    async def application(self, unit: Unit, actor: Actor, application_id: int) -> tuple[Application, Payment | None]:
        """One of the actor's own, with its newest attempt to pay. Raises NotFound."""
        found = await self._applications.one(unit, actor, application_id)
        return found, await self._payments.newest(unit, purpose_of(found))

    async def of_policy(self, unit: Unit, actor: Actor, policy: Policy, today: date) -> Application | None:
        """The application of the actor's own contract that is on its way, or has prolonged it: a contract is prolonged once."""
        if policy.product != "osago" or policy.client_id != actor.client_id:
            return None
        live = await self._applications.live(unit, policy.client_id, policy.core_id)
        if live is not None or not prolongable(policy, today):
            return live
        done = await self._applications.renewed(unit, policy.client_id, policy.core_id)
        new = await self.new_policy(unit, actor, done) if done else None
        return None if new and new.standing(today) is Standing.TERMINATED else done

    async def on_the_way(self, unit: Unit, actor: Actor) -> list[Application]:
        """The client's applications that are not over, the newest first."""
        return await self._applications.all_live(unit, actor)

    async def policy_of(self, unit: Unit, actor: Actor, application: Application) -> Policy:
        """The contract an application prolongs. Raises NotFound."""
        return await self._policies.by_core_id(unit, actor, application.policy_core_id)

    async def new_policy(self, unit: Unit, actor: Actor, issued: Application) -> Policy | None:
        """The policy that was issued on it, as soon as the insurer has told us of it."""
        try:
            return await self._policies.by_core_id(unit, actor, issued.issued_policy)
        except NotFound:
            return None

    def entered(self, application: Application) -> Entered:
        """What the client has entered in it."""
        return of_wire(application.entered, (application.starts, application.ends))

    # -- what a person does -------------------------------------------------------------------------------------------

    async def check(
        self,
        unit: Unit,
        actor: Actor,
        policy_id: int,
        entered: Entered,
        today: date,
        correcting: int = 0,
        agreed: Decimal | None = None,
    ) -> Application:
        """Hand the data to the insurer to be checked and priced. `correcting` is the application these data are a correction of.

        `agreed`: the price of a quote the client has agreed to; if the check brings the same, the application is saved by itself (D12).
        Another application of this policy, on its way or issued already, is opened instead (D9). Raises NotFound, TooEarly, NotProlongable.
        """
        offer = await self.offer(unit, actor, policy_id, today)
        term = (offer.window.starts, offer.window.ends)
        if offer.application is None:
            begun = await self._applications.begin(
                unit, actor, offer.policy.core_id, term, to_wire(entered, term), agreed
            )
            if begun is not None:
                return begun
            offer = await self.offer(unit, actor, policy_id, today)  # somebody was quicker
        live = offer.application
        if live is None:
            raise AlreadyProlonged
        if live.id == correcting and live.stage in CORRECTABLE:
            await self._applications.correct(unit, live, term, to_wire(entered, term))
            await self._course.tell(unit, live, "checking")
            return await self._applications.one(unit, actor, live.id)
        return live

    async def save(self, unit: Unit, actor: Actor, application_id: int, price: int, today: date) -> str:
        """The client agrees to the price shown (kopecks). Returns what has come of it, as a word:

        `saved`, `price` (it is another one now), `term` (the day has changed and with it the first day of cover: it is checked again),
        `gone` (it has moved on meanwhile).
        """
        it = await self._applications.one(unit, actor, application_id)
        if it.stage is not Stage.PRICED or it.price is None:
            return "gone"
        policy = await self.policy_of(unit, actor, it)
        window = window_of(policy, today)
        if not prolongable(policy, today):
            await self._course.end(unit, it, "policy")
            return "gone"
        if window.starts != it.starts:
            term = (window.starts, window.ends)
            await self._applications.correct(unit, it, term, to_wire(moved(self.entered(it), it, term), term))
            return "term"
        if it.price * 100 != price:
            return "price"
        return "saved" if await self._applications.save(unit, it) else "gone"

    async def pay(self, unit: Unit, actor: Actor, application_id: int) -> bool:
        """A new link. False: there is nothing to pay any more. One that is live stays the one."""
        it = await self._applications.one(unit, actor, application_id)
        if it.stage is not Stage.SAVED:
            return False
        await self._course.begin_payment(unit, it)
        return True

    async def cancel(self, unit: Unit, actor: Actor, application_id: int) -> bool:
        """The client has changed their mind. False: it is paid already, or over."""
        it = await self._applications.one(unit, actor, application_id)
        return await self._course.end(unit, it, "client")


def moved(entered: Entered, before: Application, term: Period) -> Entered:
    """The same in a term that begins later: periods that do not fit any more give way to the whole year."""
    fits = all(term[0] <= first and last <= term[1] for first, last in entered.periods)
    return entered if fits else Entered(entered.drivers, entered.unlimited, (), entered.card)
