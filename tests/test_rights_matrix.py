"""A matrix of every action of every room: pressed logged out, with a session that sleeps, and about somebody else's things.

The buttons are signed with the cabinet's own key: even with a stolen key the rooms decide who may do what.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from bot.adapters import make_vault
from bot.config import key_bytes
from bot.dispatcher import HOUSE
from fsm.dialog import Dialog
from fsm.saved import dump
from handlers.buttons import Buttons, Press
from services.cabinet import Cabinet
from services.db.unit import Unit
from services.payments import Kind as Owed
from services.payments import Purpose
from services.requests import Kind
from tests.support.claims import resource
from tests.support.insured import Insured, insured
from tests.support.matrix import MATRIX, SITUATIONS
from tests.support.person import Message, Person
from tests.support.second import database, rows
from tests.support.staff_side import order
from tests.support.town import Town

pytestmark = pytest.mark.lengthy


def test_the_matrix_has_a_row_for_every_action_there_is() -> None:
    actions = {(room.name, action) for room in HOUSE.rooms.values() for action in room.taps}
    assert actions == set(MATRIX)


class Stage:
    """Accounts put into a room each, by hand, in the database: `me` is their client, `victim` somebody else."""

    def __init__(self, town: Town, me: Insured, victim: Insured) -> None:
        self.town, self.me, self.victim = town, me, victim
        find = {
            "policy": "select id from policy where client_id = ?",
            "document": "select id from document where client_id = ? and kind = 'policy'",
            "binding": "select id from binding where client_id = ?",
            "application": "select id from application where client_id = ?",
            "claim": "select id from claim where client_id = ?",
            "upload": "select id from upload where client_id = ?",
            "asked": "select id from request where client_id = ? and kind = 'complaint'",
            "entry": "select id from deed where client_id = ?",
            "called": "select id from request where client_id = ? and kind = 'agent'",
            "note": "select id from note where client_id = ?",
            "said": "select id from reminder where client_id = ?",
        }
        self.ids = {name: rows(town, sql, victim.client_id)[0][0] for name, sql in find.items()}
        self.ids["owed"] = str(Purpose(Owed.INSTALMENT, self.ids["policy"], 1))
        self.buttons = Buttons(key_bytes(town.settings.keys.buttons))
        self.vault = make_vault(town.settings)

    def _meant(self, what: Any) -> Any:
        """With the victim's ids where a row names them."""
        if isinstance(what, dict):
            return {name: self._meant(value) for name, value in what.items()}
        if isinstance(what, tuple | list):
            return [self._meant(value) for value in what]
        return self.ids.get(what, what) if isinstance(what, str) else what

    def put(self, person: Person, room: str, action: str, situation: str) -> str:
        """Let the person stand there; returns a button that is as good as a real one."""
        row = MATRIX[room, action]
        args = self._meant(row.args)
        dialog = Dialog(place=room, args=args, rev=7)
        theirs = {"code": "theirs", "title": "Паспорт Жертвиной"}
        dialog.wanted = {"client": self.victim.client_id, "key": "theirs", "papers": [theirs]}
        if at := row.flow(self.ids) if callable(row.flow) else row.flow:
            dialog.flows[at.flow.name] = dump(at)
        now = self.town.world.world.clock.time()
        entered = {"idle": None, "other": now}.get(situation)
        with database(self.town) as second:
            second.execute(
                "insert into consent(account_id, purpose, version, sha256, language, given, update_id, at) "
                "select ?, purpose, version, sha256, language, 1, 'matrix', at from consent where account_id = ? limit 1",
                (person.id, self.me.id),
            )
            if situation != "out":
                second.execute(
                    "insert into binding(account_id, client_id, bound_at, unlocked_at, fresh_at, active_at) "
                    "values(?, ?, ?, ?, ?, ?)",
                    (person.id, self.me.client_id, now, entered, entered, now),
                )
            lane = f"tg:{person.id}"
            second.execute(
                "update lane set state = ? where lane = ?", (self.vault.seal("lane.state", lane, dialog.dump()), lane)
            )
        return self.buttons.make(person.id, 0, Press(dialog.where, action, str(self.ids.get(row.arg, row.arg)), 7))


Case = tuple[str, str, str]


@dataclass(frozen=True)
class Played:
    """What came of it: by room, action and situation."""

    stage: Stage
    people: dict[Case, Person]
    screens: dict[Case, Message]
    chats: dict[Case, list[Message]]
    before: list[list[tuple[Any, ...]]]


async def to_link(person: Person) -> None:
    """Their only policy on its way to be prolonged, with a link to pay by."""
    for label in ("Мои полисы", "ОСАГО", "Продлить", "Всё верно"):
        await person.tap(label)
    waiting = [row["id"] for row in (await person.town.call("GET", "/desk"))["checks"]]
    await person.town.call("POST", f"/desk/checks/{waiting[-1]}", {"outcome": "passed"})
    await person.town.settle()
    await person.tap("Согласиться и оплатить")
    await person.sees("Ссылка работает")


def bought(town: Town) -> list[list[tuple[Any, ...]]]:
    """Everything anybody has applied for and paid, and what went to the core and the provider."""
    timely = "dedup not like 'question:%' and dedup not like 'look:%'"
    sent = f"select dedup from outbox where channel in ('core', 'provider') and {timely} order by id"  # noqa: S608 - our own words
    paid = "select id, kind, subject_id, part, key, amount, state, charge_id, reason, refund_id, closed_at from payment"
    tables = (
        "application",
        "quote",
        "claim",
        "upload",
        "request",
        "remark",
        "note",
        "hush",
    )  # how often the provider is asked about a payment is a matter of time
    return [rows(town, sql) for sql in (*(f"select * from {table}" for table in tables), paid, sent)]  # noqa: S608 - our own names


async def with_a_claim(town: Town, person: Insured) -> None:
    """An insured event of theirs, with a photo."""
    whose = {"claimId": "clm-theirs", "customerId": person.client_id, "policyId": person.policies[0].policy_id}
    said = resource(None, 1, "clarification", **whose)
    await order(town, lambda cabinet, unit: cabinet.adjusting.heard(unit, said))
    now = town.world.world.clock.time()
    with database(town) as second:
        second.execute(
            "insert into upload(client_id, account_id, draft, message_id, state, mime, size, sent_at) "
            "values(?, ?, 'claim:' || (select max(id) from claim), 1, 'stored', 'image/jpeg', 1000, ?)",
            (person.client_id, person.id, now),
        )


async def with_requests(town: Town, person: Insured) -> None:
    """A complaint of theirs, a call of an agent, a note, and what they were reminded of."""

    async def file(cabinet: Cabinet, unit: Unit) -> None:
        actor = await cabinet.accounts.find(unit, person.id)
        assert actor
        await cabinet.requests.file(unit, actor, Kind.COMPLAINT, "theirs-1", {"text": "Жертвина жалуется"})
        called = {"name": "Жертвина Злата", "day": "2027-01-11", "hour": 9, "phone": person.phone}
        await cabinet.requests.file(unit, actor, Kind.AGENT, "theirs-2", called)
        await cabinet.reminders.add_note(unit, actor, date(2027, 12, 1), "Жертвина, позвонить")

    await order(town, file)
    with database(town) as second:
        second.execute(
            "insert into reminder(key, client_id, kind, subject, thing, day, step, urgent, moment, said_at) "
            "select 'theirs', ?, 'note', id, 'note:' || id, day, 0, 0, 0, 0 from note where client_id = ?",
            (person.client_id, person.client_id),
        )


@pytest.fixture(scope="module")
async def played(city: Town) -> Played:
    """Every action in every situation: the screen each of them led to, and the whole chat. No contract is to be reminded of today."""
    me = await insured(city, papers=True, ends_in=(33,), email="ya@pochta.example")
    victim = await insured(
        city, last="Жертвина", first="Злата", papers=True, ends_in=(33,), email="zhertva@pochta.example"
    )
    for person in (me, victim):
        await person.log_in()
    await to_link(victim)
    await with_a_claim(city, victim)
    await with_requests(city, victim)
    stage, before = Stage(city, me, victim), bought(city)
    cases = [
        (room, action, situation)
        for (room, action), row in MATRIX.items()
        for situation in SITUATIONS
        if getattr(row, situation)
    ]
    people = {case: await city.person() for case in cases}

    async def start(person: Person) -> None:
        await city.call("POST", f"/client/{person.id}/text", {"text": "/start"})

    async def press(case: Case) -> None:
        data = stage.put(people[case], *case)
        standing = (await people[case].chat())[-1]["message_id"]
        await city.call("POST", f"/client/{people[case].id}/tap", {"message_id": standing, "data": data})

    await asyncio.gather(*(start(person) for person in people.values()))
    await city.settle()
    for case in cases:
        await press(case)
    await city.settle()
    screens = {case: await person.screen() for case, person in people.items()}
    return Played(stage, people, screens, {case: await person.chat() for case, person in people.items()}, before)


def place(screen: Message) -> str:
    """Where a screen says it stands: `room` or `room.step`."""
    return str(screen["buttons"][-1][-1]["data"]).split(":")[0]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_action_leads_where_the_matrix_says(played: Played, situation: str) -> None:
    led = {case: place(screen) for case, screen in played.screens.items() if case[2] == situation}
    assert led == {(room, action, situation): getattr(MATRIX[room, action], situation) for room, action, _ in led}


def test_nothing_of_anybody_elses_was_shown_or_sent_or_ended(city: Town, played: Played) -> None:
    victim = played.stage.victim
    policy = victim.policies[0]
    number = f"З-{played.stage.ids['application']:06d}"
    secrets = (
        policy.number,
        "Жертвина",
        "Же***",
        policy.insured_objects[0].plate or "-",
        victim.phone[2:],
        number,
        "/pay/",
    )
    for case, chat in played.chats.items():
        assert not [word for word in secrets if word in str(chat)], case
        assert not [m for m in chat if "document" in m], case
        lane = f"tg:{played.people[case].id}"
        assert not rows(city, "select id from outbox where channel = 'mail' and lane = ?", lane), case
    assert rows(city, "select ended_at from binding where client_id = ?", victim.client_id) == [(None,)]


def test_nothing_of_anybody_elses_was_bought_or_cancelled(city: Town, played: Played) -> None:
    """Nor anything of one's own by a draft over another client's policy."""
    assert bought(city) == played.before
