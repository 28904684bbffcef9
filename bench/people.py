"""The people of the bench: clients with their contracts, logged in, written by the cabinet's own use cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bot import migrate
from bot.adapters import make_store, make_vault
from bot.config import Settings
from bot.insurer import consent_texts
from handlers.menu import LANGUAGES
from services.accounts import Accounts
from services.clients import Clients
from services.clock import Clock
from services.consent import PROCESSING, Consents
from services.db.pipe import Event, Tx
from services.db.unit import Unit
from services.history import History
from services.policies import Policies
from services.sessions import Sessions

FIRST = 700_001
AT_ONCE = 500
"""People a transaction."""


async def settle_in(settings: Settings, count: int) -> range:
    """File `count` people into an empty database. Returns their Telegram ids."""
    people = range(FIRST, FIRST + count)
    await migrate.upgrade(settings.database)
    store, vault, clock = make_store(settings), make_vault(settings), Clock()
    history = History(vault)
    consents, sessions = Consents(consent_texts(settings.brand), history), Sessions(vault, history)
    accounts = Accounts(consents.text(PROCESSING, "ru").version, tuple(LANGUAGES), history)
    clients, policies = Clients(vault, sessions), Policies(vault)

    async def one(tx: Tx, person: int) -> None:
        unit = Unit(tx, Event("bench", f"person:{person}", f"tg:{person}", b""), clock.now())
        client = f"cus-{person}"
        await clients.apply(unit, customer(client, person))
        for contract in contracts(client, person, clock.today()):
            await policies.apply(unit, contract)
        actor = await accounts.enter(unit, person, "ru")
        await consents.answer(unit, actor, PROCESSING, given=True)
        await sessions.bind(unit, actor, client)

    await store.open()
    try:
        for start in range(0, count, AT_ONCE):
            async with store.tx() as tx:
                for person in people[start : start + AT_ONCE]:
                    await one(tx, person)
    finally:
        await store.close()
    return people


def customer(client: str, person: int) -> dict[str, Any]:
    """A customer as the core tells of one."""
    return {
        "customerId": client,
        "version": 1,
        "name": {"last": "Ветрова", "first": "Анна", "middle": "Сергеевна"},
        "sex": "female",
        "birthDate": "1985-03-15",
        "phone": f"+7900{person:07}",
        "phoneStatus": "confirmed",
        "email": f"anna{person}@pochta.example",
        "language": "ru",
    }


def contracts(client: str, person: int, today: date) -> Iterator[dict[str, Any]]:
    """OSAGO with two drivers, KASKO in instalments, and last year's OSAGO."""
    osago: dict[str, Any] = {
        "product": "osago",
        "series": "ХХХ",
        "coverages": [{"code": "liability", "name": "Вред имуществу", "limit": _money(400_000), "deductible": None}],
        "drivers": [_driver("Ветрова", "Анна", "9912345678"), _driver("Ветров", "Иван", "9912876543")],
    }
    kasko: dict[str, Any] = {
        "product": "kasko",
        "series": None,
        "coverages": [
            {"code": "damage", "name": "Ущерб", "limit": _money(1_450_000), "deductible": _money(30_000)},
            {"code": "theft", "name": "Хищение", "limit": _money(1_450_000), "deductible": None},
        ],
        "drivers": [_driver("Ветрова", "Анна", "9912345678")],
    }
    begun = [(osago, today - timedelta(100)), (kasko, today - timedelta(30)), (osago, today - timedelta(465))]
    for number, (kind, starts) in enumerate(begun):
        ends = starts + timedelta(364)
        yield kind | {
            "policyId": f"pol-{person}-{number}",
            "version": 1,
            "customerId": client,
            "number": f"{person:07}{number:03}",
            "formNumber": None,
            "status": "active" if ends >= today else "expired",
            "issuanceDate": (starts - timedelta(3)).isoformat(),
            "termStartDate": starts.isoformat(),
            "termEndDate": ends.isoformat(),
            "premium": {
                "amount": _money(12_345),
                "paid": True,
                "payments": [{"maturityDate": starts.isoformat(), "amount": _money(12_345), "paid": True}],
            },
            "insuredObjects": [CAR],
            "unlimitedDrivers": False,
            "usagePeriods": [{"start": starts.isoformat(), "end": ends.isoformat()}],
            "insured": {"name": {"last": "Ветрова", "first": "Анна", "middle": "Сергеевна"}},
            "owner": {"name": {"last": "Ветрова", "first": "Анна", "middle": "Сергеевна"}},
        }


CAR = {
    "type": "vehicle",
    "identification": "Kia Rio, 2019",
    "plate": "А123ВС777",
    "vin": "Z94C241BBKR123456",
    "year": 2019,
    "address": None,
}


def _money(amount: int) -> dict[str, str]:
    return {"amount": f"{amount}.00", "unit": "RUB"}


def _driver(last: str, first: str, licence: str) -> dict[str, Any]:
    name = {"last": last, "first": first, "middle": None}
    return {"name": name, "birthDate": "1985-03-15", "licence": licence, "licensedSince": "2005-06-01"}
