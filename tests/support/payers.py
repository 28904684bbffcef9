"""Many clients who renew and pay at once, and a payment provider in a storm: down, slow, silent after the work, its notifications
lost, late, repeated, reordered, forged.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from playground.core.drafts import Drafts
from playground.core.register import MOSCOW
from playground.core.resources import Customer, Name, PhoneStatus, Policy, Sex
from playground.faults import Fault, Faults
from tests.support.crowd import Crowd
from tests.support.tally import Tally

BORN = date(1990, 3, 15)
ENDS_IN = 30
NIGHT = timedelta(hours=3)
"""After Moscow's midnight."""
LINK = "PT61M"
"""After so long a link is dead."""
ASKED = "PT10M"
"""Within so long the provider was asked about every link, though its notification was lost."""


class Payers(Crowd):
    """A crowd whom the insurer knows, with one OSAGO each that may be prolonged."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.owners: dict[str, int] = {}  # whose a policy is, by its number

    def owner(self, charge: dict[str, Any]) -> int:
        """Who is to pay: the payer reads the number of the policy."""
        return self.owners[charge["description"].removeprefix("ОСАГО ").partition(",")[0]]

    async def come(self) -> None:
        """From the first word to the menu. It is noon, and no night has passed: at night the insurer's lists are read, all papers too."""
        moscow = self.scene.world.world.clock.now().astimezone(MOSCOW)
        noon = datetime.combine((moscow - NIGHT).date(), time(12), MOSCOW)
        await self.scene.call("POST", "/clock", {"set": noon.isoformat()})
        await self.calm()
        self._insure()
        await super().come()
        await self.tap("enter")
        await self.tap("yes")
        for user in self.people:
            await self.scene.call("POST", f"/client/{user}/contact", {"own": True})
        await self.calm()
        codes = {sms["phone"]: "".join(filter(str.isdigit, sms["text"]))[:6] for sms in await self._read("/sms")}
        for user in self.people:
            await self.scene.call("POST", f"/client/{user}/text", {"text": codes[f"+7907{user:07d}"]})
        await self.calm()

    async def order(self, times: int = 1) -> None:
        """From the menu to the link, unchanged; the tap that agrees comes so many times at once."""
        for action in ("policies", "open", "renew", "ok"):
            await self.tap(action)
        await self.tap("save", times)

    async def forward(self, span: str) -> None:
        """Time passes."""
        await self.scene.call("POST", "/clock", {"advance": span})
        await self.calm()

    async def charges(self) -> list[dict[str, Any]]:
        """What the provider keeps, oldest first."""
        return list(await self._read("/payments"))

    async def applications(self) -> dict[int, dict[str, Any]]:
        """Each person's application at the insurer."""
        rows = (await self._read("/desk"))["applications"]
        return {int(row["customerId"].removeprefix("cus-")): row for row in rows}

    def _insure(self) -> None:
        register = self.scene.world.core.register
        drafts = Drafts(register.today(), random.Random(len(self.people)))
        for turn, user in enumerate(self.people):
            name = Name(last="Соколова", first="Ирина", middle="Олеговна")
            customer = Customer(
                customer_id=f"cus-{user}",
                name=name,
                sex=Sex.FEMALE,
                birth_date=BORN,
                phone=f"+7907{user:07d}",
                phone_status=PhoneStatus.CONFIRMED,
                email=f"irina{user}@pochta.example",
                language="ru",
            )
            register.customers.save(customer)
            policy = self._contract(drafts, customer, turn)
            register.policies.save(policy.model_copy(update={"policy_id": f"pol-{user}"}))
            self.owners[policy.full_number] = user

    def _contract(self, drafts: Drafts, customer: Customer, turn: int) -> Policy:
        driver = drafts.driver(customer.name, BORN, date(2011, 6, 7))
        car = drafts.car("Kia Rio", 2019, "Z94", "799")
        return drafts.osago(customer, car, drafts.until(ENDS_IN), Decimal(7000 + turn), [driver])

    async def _read(self, path: str) -> Any:
        return await self.scene.call("GET", path)


SILENT = (Fault(error=500, after=True), Fault(drop_answer=True))
"""Done, but whoever asked cannot know."""


class Storm(Faults):
    """One call of the provider in twenty fails, each in its own way; of notifications one in twenty is lost, more are late or come again.

    Of what is made there (payments, refunds) one in ten more is done without an answer that says so. `hang`: seconds without an
    answer before the connection breaks.
    """

    def __init__(self, chance: random.Random, hang: float) -> None:
        super().__init__()
        self._chance = chance
        self._calls = (
            Fault(error=500),
            Fault(error=502),
            Fault(error=429, retry_after=1),
            *SILENT,
            Fault(error="reset", delay=hang),
        )
        self.suffered: Counter[str] = Counter()

    def take(self, on: str, method: str) -> Fault | None:
        if on != "provider":
            return super().take(on, method)
        dice = self._chance.random()
        if method == "notification":
            notices = ((0.05, Fault(error="lost")), (0.15, Fault(error="duplicate")), (0.4, self._late()))
            fault = next((fault for limit, fault in notices if dice < limit), None)
        else:
            silent = "create" in method and dice > 0.9
            fault = self._chance.choice(SILENT) if silent else self._chance.choice(self._calls) if dice < 0.05 else None
        if fault:
            self.suffered[f"{method.partition('/')[0]} {_words(fault)}"] += 1
        return fault

    def _late(self) -> Fault:
        return Fault(error="late", delay=self._chance.uniform(0.0, 1.0))


def _words(fault: Fault) -> str:
    return f"{fault.error or 'cut'}{' after the work' if fault.after or fault.drop_answer else ''}"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a person's payment: how many in a hundred, what the provider keeps at the end, has the insurer what was paid for
    (a policy issued, an instalment paid).
    """

    share: int
    charges: tuple[str, ...]
    issued: bool


FATES: Mapping[str, Fate] = {
    "pays": Fate(48, ("succeeded",), issued=True),
    "is declined, then pays": Fate(10, ("canceled", "succeeded"), issued=True),
    "is declined": Fate(7, ("canceled",), issued=False),
    "never pays": Fate(7, ("canceled",), issued=False),
    "cancels": Fate(5, ("canceled",), issued=False),
    "cancels, then pays": Fate(10, ("succeeded",), issued=True),
    "pays for a terminated contract": Fate(5, ("refunded",), issued=False),
    "pays an old price and the new one": Fate(8, ("refunded", "succeeded"), issued=True),
}
REASONS = ("insufficient_funds", "3d_secure_failed", "card_expired", "fraud_suspected", "issuer_unavailable")


class Chaos:
    """Everybody's fate, played at once. `people` are the payers."""

    def __init__(self, payers: Payers, chance: random.Random, known: Mapping[str, Fate] = FATES) -> None:
        self.payers, self.known, self._chance = payers, known, chance
        names, shares = list(known), [fate.share for fate in known.values()]
        drawn = [*names, *chance.choices(names, shares, k=max(0, len(payers.people) - len(names)))]
        self.fates = dict(zip(payers.people, drawn, strict=False))
        self._declined: set[int] = set()

    def of(self, *fates: str) -> list[int]:
        return [user for user in self.payers.people if self.fates[user] in fates]

    async def play(self) -> None:
        """From the first links to the last word of the provider."""
        payers = self.payers
        await self._change_prices(self.of("pays an old price and the new one"))
        leavers = self.of("cancels", "cancels, then pays")
        await payers.tap_of(leavers, "cancel")
        await payers.tap_of(leavers, "yes")
        for user in self.of("pays for a terminated contract"):
            await payers.scene.call("POST", f"/desk/policies/pol-{user}", {"status": "terminated"})
        await payers.calm()
        await self.pay()

    async def pay(self) -> None:
        """What payers do with their links, until the provider's last word."""
        payers = self.payers
        await self._at_the_provider()
        await payers.forward(ASKED)
        await payers.tap_of(self.of("is declined, then pays"), "pay")
        await self._at_the_provider()
        for _ in range(3):  # dead links end, lost notifications are asked for, refunds that wait are looked at
            await payers.forward(LINK)

    async def _change_prices(self, users: list[int]) -> None:
        applications = await self.payers.applications()
        for user in users:
            price = f"{Decimal(applications[user]['price']) + 100:.2f}"
            number = quote(applications[user]["number"])
            await self.payers.scene.call("POST", f"/desk/applications/{number}", {"price": price})
        await self.payers.calm()
        await self.payers.tap_of(users, "save")

    async def _at_the_provider(self) -> None:
        """The payers' hands, in any order; every deed is told several times, and lied about."""
        deeds = [self._deed(charge) for charge in await self.payers.charges() if charge["status"] == "pending"]
        self._chance.shuffle(deeds)
        await asyncio.gather(*deeds)
        await self.payers.calm()

    async def _deed(self, charge: dict[str, Any]) -> None:
        number, user = charge["id"], self.payers.owner(charge)
        fate, call = self.fates[user], self.payers.scene.call
        times, delay = self._chance.randint(0, 20), self._chance.uniform(0.0, 1.0)
        lies = self._chance.random() < 0.1
        if lies:
            lie = self._chance.choice(["payment.succeeded", "payment.canceled"])
            await call("POST", f"/payments/{number}/notify", {"event": lie, "forged": True, "times": 3})
        if fate in ("never pays", "cancels"):
            return
        if fate == "is declined" or (fate == "is declined, then pays" and user not in self._declined):
            self._declined.add(user)
            await call("POST", f"/payments/{number}/cancel", {"reason": self._chance.choice(REASONS)})
        else:
            await call("POST", f"/payments/{number}/succeed", {"method": self._chance.choice(["bank_card", "sbp"])})
        if times:
            await call("POST", f"/payments/{number}/notify", {"times": times, "delay": delay})


async def audit_orders(payers: Payers, links: int, *, calm: bool = True) -> Tally:
    """Everybody has agreed once: one application, one live payment, `links` charges at the provider. `calm`: nothing goes wrong."""
    tally, charges = Tally(), await payers.charges()
    counts = Counter(map(payers.owner, charges))
    wrong = {user: counts[user] for user in payers.people if counts[user] != links}
    tally.check("doubled", len(wrong), f"charges {wrong}, not {links}")
    applications = (await payers.scene.call("GET", "/desk"))["applications"]
    tally.check("doubled", abs(len(applications) - len(payers.people)), f"{len(applications)} applications at the core")
    with closing(sqlite3.connect(f"file:{payers.scene.database}?mode=ro", uri=True)) as database:
        live = database.execute(
            "select count(*), count(distinct client_id) from payment where closed_at is null and state = 'link'"
        ).fetchone()
        rows = database.execute("select count(*) from payment").fetchone()[0]
        tally.check("doubled", live != (len(payers.people),) * 2, f"live payments and people: {live}")
        tally.check("doubled", abs(rows - len(charges)), f"{rows} payments, {len(charges)} charges")
        if calm:
            _pipe(tally, database)
            tally.check("loud", payers.scene.log.stat().st_size, payers.scene.log.read_text()[:600])
    return tally


async def audit_chaos(chaos: Chaos) -> Tally:
    """Every state is the provider's, every policy was issued once, money that bought nothing went back once."""
    payers, applications = chaos.payers, await chaos.payers.applications()
    tally = await audit_money(chaos, {user: row["status"] == "issued" for user, row in applications.items()})
    issued = [row["issuedPolicy"] for row in applications.values() if row["issuedPolicy"]]
    register = payers.scene.world.core.register.policies.wire()
    new = len(register) - payers.scene.policies - len(payers.people)
    tally.check(
        "doubled", abs(new - len(issued)) + len(issued) - len(set(issued)), f"{new} policies, {len(issued)} paid"
    )
    with closing(sqlite3.connect(f"file:{payers.scene.database}?mode=ro", uri=True)) as database:
        stages = dict(database.execute("select client_id, state from application").fetchall())
    for user, row in applications.items():
        stage = stages[f"cus-{user}"]
        here = {"saved": "accepted"}.get(stage, stage)
        tally.check("lost", here != row["status"], f"application of {user}: {stage}, at the core {row['status']}")
    return tally


async def audit_money(chaos: Chaos, issued: Mapping[int, bool]) -> Tally:
    """Everybody's charges ended as their fate says, and so did what was paid for; both sides agree; nothing waits, nothing broke."""
    tally, payers = Tally(), chaos.payers
    charges = await payers.charges()
    ends: dict[int, list[str]] = {user: [] for user in payers.people}
    for charge in charges:
        ends[payers.owner(charge)].append(end_of(charge))
        back = [refund for refund in charge["refunds"] if refund["amount"] == charge["amount"]]
        tally.check("doubled", len(charge["refunds"]) - min(1, len(back)), f"refunds {charge['refunds']}")
    for user, fate in chaos.fates.items():
        got = (tuple(sorted(ends[user])), issued[user])
        wanted = (chaos.known[fate].charges, chaos.known[fate].issued)
        tally.check("lost", got != wanted, f"{user} {fate}: {got}, not {wanted}")
    with closing(sqlite3.connect(f"file:{payers.scene.database}?mode=ro", uri=True)) as database:
        ours = dict(database.execute("select charge_id, state from payment").fetchall())
        theirs = {charge["id"]: end_of(charge) for charge in charges}
        differ = {
            id_: (ours.get(id_), theirs.get(id_)) for id_ in ours.keys() | theirs if ours.get(id_) != theirs.get(id_)
        }
        tally.check("lost", len(differ), f"ours and the provider's: {list(differ.items())[:5]}")
        _pipe(tally, database)
    bugs = [line for line in payers.scene.log.read_text().splitlines() if "raceback" in line or '"exception"' in line]
    tally.check("loud", len(bugs), bugs[:2])
    return tally


def end_of(charge: dict[str, Any]) -> str:
    """The provider's status, or that the money went back."""
    back = any(refund["status"] == "succeeded" for refund in charge["refunds"])
    return "refunded" if back else str(charge["status"])


def _pipe(tally: Tally, database: sqlite3.Connection) -> None:
    """Nothing is dead, nothing waits; but the provider is asked by timers for ever, and a look may be on its way at any moment."""
    waiting = database.execute(
        "select source, event_id, state from inbox where state = 2 or (state = 0 and due_at = 0)"
    ).fetchall()
    tally.check("lost", len(waiting), waiting[:5])
    unsent = database.execute(
        "select channel, dedup, state, error from outbox where state <> 1 and not (state = 0 and dedup like 'look:%')"
    ).fetchall()
    tally.check("lost", len(unsent), unsent[:5])
