"""A client who owes something, made at the insurer's core: a KASKO in instalments, and a repair whose deductible is theirs to pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any

from playground.core.claim_moves import Move
from playground.core.claims import Claim, ClaimEvent, ClaimRequest, ClaimState, Place
from playground.core.drafts import Drafts, cover, rub
from playground.core.resources import Compensation, Payment, Policy, Product
from tests.support.insured import Insured, insured
from tests.support.town import Town

INSTALMENT, DEDUCTIBLE = "18350.50", "20000.00"
SUM, OWN = "18\N{NO-BREAK SPACE}350,50\N{NO-BREAK SPACE}₽", "20\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽"
"""The same as a person reads them."""


class Debtor(Insured):
    """`kasko` is the contract that is paid in parts."""

    kasko: Policy

    async def newest(self) -> Policy:
        """The contract as the insurer has it now."""
        found = self.town.world.core.register.policies.get(self.kasko.policy_id)
        assert found
        return found


async def debtor(town: Town, days: Sequence[int] = (-94, -3, 88, 179), paid: int = 1) -> Debtor:
    """A client whose instalments are due in so many days; the first `paid` are paid."""
    known = await insured(town, ends_in=(200,))
    person = Debtor(town, known.id, known.phone)
    person.client_id, person.policies = known.client_id, known.policies
    register = town.world.core.register
    customer = register.customers.get(person.client_id)
    assert customer
    drafts = Drafts(register.today(), Random(known.id))
    driver = drafts.driver(customer.name, customer.birth_date, drafts.day(-4000), customer.sex)
    car = drafts.car("Changan Uni-K", 2023, "LS4", "796")
    payments = [
        Payment(maturity_date=drafts.day(day), amount=rub(INSTALMENT), paid=turn < paid)
        for turn, day in enumerate(days)
    ]
    covers = [cover("damage", "Ущерб", "2420000", DEDUCTIBLE), cover("theft", "Угон и хищение", "2420000")]
    made = drafts.kasko(customer, car, drafts.since(min(days)), payments, covers, driver, Compensation.REPAIR)
    kasko = made.model_copy(update={"policy_id": f"pol-{person.client_id}-kasko"})
    person.kasko = register.policies.save(kasko)
    await town.settle()
    return person


async def to_repair(person: Debtor) -> str:
    """The car is damaged and sent to be repaired. Returns the insurer's number of the claim."""
    return (await damaged(person, Move(status=ClaimState.REPAIR))).claim_number


async def damaged(person: Debtor, move: Move, turn: int = 9, event: ClaimEvent = ClaimEvent.DAMAGE) -> Claim:
    """The car is damaged, or stolen, and an employee has decided so; `turn`, a digit, tells the claims of one person apart."""
    core, now = person.town.world.core, person.town.world.world.clock.now()
    claim = core.adjusting.submit(f"У-{turn}{person.id}", _told(person, now, event))[0]
    claim = core.adjusting.move(claim.claim_id, move)
    await person.town.settle()
    return claim


def _told(person: Debtor, now: datetime, event: ClaimEvent) -> ClaimRequest:
    return ClaimRequest(
        customer_id=person.client_id,
        policy_id=person.kasko.policy_id,
        product=Product.KASKO,
        event=event,
        happened_on=now.date(),
        happened_at=None,
        place=Place(words="Двор дома", latitude=None, longitude=None),
        story="Задела столб",
        injured=False,
        participants=[],
        registration="police",
        europrotocol=None,
        circumstances=[],
        without_certificates=False,
        compensation=Compensation.REPAIR,
        contact_phone=person.phone,
        files=[],
        submitted_at=now,
    )


async def charges(person: Debtor) -> list[dict[str, Any]]:
    """What the provider keeps of this person's, oldest first."""
    mine = {
        person.kasko.number,
        *(it.claim_number for it in person.town.world.core.register.claims.where("customerId", person.client_id)),
    }
    everything = await person.town.call("GET", "/payments")
    return [it for it in everything if any(number in it["description"] for number in mine)]


async def payer(person: Debtor, deed: str = "succeed", **more: Any) -> None:
    """The payer does something about the newest payment."""
    newest = (await charges(person))[-1]
    await person.town.call("POST", f"/payments/{newest['id']}/{deed}", more)
    await person.town.settle()


async def said(person: Debtor) -> list[str]:
    """What stands in the chat beside the screen."""
    return [str(message["text"]) for message in (await person.chat())[:-1] if message["from"] == "bot"]


async def heard(person: Debtor, words: str) -> bool:
    return any(words in text for text in await said(person))


async def links(person: Debtor) -> list[str]:
    return [b["url"] for row in (await person.screen())["buttons"] for b in row if b["kind"] == "url"]


async def to_link(person: Debtor) -> None:
    """From the menu to the link."""
    await person.say("/menu")
    await person.tap("К оплате")
    await person.tap(f"Оплатить · {SUM}")
    await person.sees(SUM, "Ссылка работает")


async def paid(person: Debtor) -> list[bool]:
    return [it.paid for it in (await person.newest()).premium.payments]
