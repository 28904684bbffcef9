"""What the database, the partners and the chats say when everything is calm again: what is wrong, and what may happen."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Set
from contextlib import closing
from typing import Any

from bot.adapters import make_vault
from fsm.dialog import Dialog
from tests.support.audit_claims import audit_claims
from tests.support.audit_talks import audit_talks
from tests.support.kills import LOGIN, Client, Deed, live_once, pressable
from tests.support.person import Message
from tests.support.scene import Scene
from tests.support.tally import Tally

PAYMENTS = "from payment p where p.account_id = ? and p.kind = 'application'"
EXPECTED = ('"unclean_exit"', '"telegram_away"')
"""What a bot may log when it was killed before."""


async def audit(scene: Scene, people: list[Client]) -> Tally:
    """Everything is calm: look into the database by a second connection, at the partners, and into the chats."""
    tally = Tally(
        kills=len(scene.deaths), points=Counter(scene.deaths), repeated_deeds=sum(person.repeats for person in people)
    )
    with closing(sqlite3.connect(f"file:{scene.database}?mode=ro", uri=True)) as database:
        _pipe(tally, database, people)
        for person in people:
            _effects(tally, database, person)
    await _partners(tally, scene, people)
    await audit_claims(tally, scene, people)
    await audit_talks(tally, scene, people)
    for person in people:
        await _chat(tally, scene, person)
    loud = [line for line in scene.log.read_text().splitlines() if not any(word in line for word in EXPECTED)]
    tally.check("loud", len(loud), loud[:3])
    return tally


def _pipe(tally: Tally, database: sqlite3.Connection, people: list[Client]) -> None:
    done = {row[0] for row in database.execute("select event_id from inbox where source = 'tg' and state = 1")}
    for person in people:
        lane = f"tg:{person.user}"
        taken = database.execute("select event_id from inbox where source = 'tg' and lane = ? order by seq", (lane,))
        turn = {int(row[0]): number for number, row in enumerate(taken)}
        for queue in person.updates.values():
            missing = [update for update in queue if str(update) not in done]
            tally.check("lost", len(missing), f"updates {missing} of {person.user}")
            turns = [turn[update] for update in queue if update in turn]
            tally.check("order", turns != sorted(turns), f"updates {queue} of {person.user} were taken as {turns}")
    waiting = database.execute(
        "select source, event_id, state from inbox where state = 2 or (state = 0 and due_at = 0)"
    ).fetchall()
    tally.check("lost", len(waiting), waiting)
    unsent = database.execute("select channel, dedup, state, error from outbox where state <> 1").fetchall()
    tally.check("lost", len(unsent), unsent)
    dirty = database.execute("select lane from screen where version > shown").fetchall()
    tally.check("lost", len(dirty), dirty)


def _effects(tally: Tally, database: sqlite3.Connection, person: Client) -> None:
    """One consent, one binding, one used code, and as many questions, letters, applications and payments as were made."""
    for what, wanted, sql in (
        ("consents", 1, "select count(*) from consent where account_id = ? and given"),
        ("bindings", 1, "select count(*) from binding where account_id = ?"),
        ("codes used", 1, "select count(*) from code where account_id = ? and state = 'used'"),
        ("codes made", 1, "select count(*) from code where account_id = ?"),
        ("questions", person.questions, "select count(*) from question where account_id = ?"),
        ("applications", person.checks, "select count(*) from application where account_id = ?"),
        ("payments", person.links, f"select count(*) {PAYMENTS}"),
        ("payments made", person.policies, f"select count(*) {PAYMENTS} and p.state = 'succeeded'"),
        (
            "policies handed over",
            person.policies,
            "select count(*) from application where account_id = ? and state = 'issued' and handed_at is not null",
        ),
        ("letters", person.letters, "select count(*) from outbox where lane = 'tg:' || ? and dedup like 'letter:%'"),
    ):
        tally.count(f"{what} of {person.user}", database.execute(sql, (person.user,)).fetchone()[0], wanted)


async def _partners(tally: Tally, scene: Scene, people: list[Client]) -> None:
    """The core has each question once, with its lines in order; each code and each letter is one message."""
    desk = await scene.call("GET", "/desk")
    core = desk["questions"]
    asked = sum(person.questions for person in people)
    tally.check("doubled", max(0, len(core) - asked), f"{len(core)} questions at the core, {asked} were sent")
    tally.check("lost", max(0, asked - len(core)), f"{len(core)} questions at the core, {asked} were sent")
    broken = [question["text"] for question in core if question["text"] != "первое\nвторое"]
    tally.check("order", len(broken), broken)
    messages = await scene.call("GET", "/sms")
    texts = {message["id"]: {m["text"] for m in messages if m["id"] == message["id"]} for message in messages}
    tally.check("doubled", sum(len(said) - 1 for said in texts.values()), "one SMS number, several texts")
    policies = sum(person.policies for person in people)
    wanted = len(people) + policies
    tally.check("doubled", abs(len(texts) - wanted), f"{len(texts)} SMS: {wanted} codes and numbers of policies")
    tally.doubled_notices += len(messages) - len(texts)
    mails = await scene.call("GET", "/mail")
    letters = {mail["message_id"] for mail in mails}
    wanted = sum(person.letters for person in people) + policies
    tally.check("lost", max(0, wanted - len(letters)), f"{len(letters)} letters, {wanted} were sent")
    tally.check("doubled", max(0, len(letters) - wanted), f"{len(letters)} letters, {wanted} were sent")
    tally.doubled_notices += len(mails) - len(letters)
    issued = [one["issuedPolicy"] for one in desk["applications"] if one["issuedPolicy"]]
    known = [policy["number"] for policy in desk["policies"]]
    tally.count("applications at the core", len(desk["applications"]), sum(person.checks for person in people))
    tally.count("policies issued", len(issued), policies)
    tally.count("new policies at the core", len(known) - scene.policies, policies)
    charges = await scene.call("GET", "/payments")
    tally.count("charges", len(charges), sum(person.links for person in people))
    tally.count("charges paid", sum(charge["status"] == "succeeded" for charge in charges), policies)
    tally.check("doubled", sum(len(charge["refunds"]) for charge in charges), "money went back")


async def _chat(tally: Tally, scene: Scene, person: Client) -> None:
    """The last screen is what the dialog's state says; copies of older ones are stale, and one tap takes them away."""
    tally.check("wrong_edits", not await person.look(), f"no screen at the bottom for {person.user}")
    dialog = state_of(scene, person.user)
    seen = (person.place, person.rev)
    tally.check(
        "wrong_edits",
        seen != (dialog.where, dialog.rev),
        f"{person.user} sees {seen}, stands at {dialog.where}, {dialog.rev}",
    )
    chat = await person.chat()
    copies = [message for message in chat if message["buttons"]][:-1]
    tally.doubled_screens += len(copies)
    notices = Counter(message["text"] or message["document"]["file_name"] for message in chat if _is_notice(message))
    papers = sum(count for name, count in notices.items() if name.endswith(".pdf"))
    wanted = person.papers + person.policies + person.claims
    tally.check("lost", max(0, wanted - papers), f"{papers} papers came, not {wanted}")
    twice = max(0, papers - wanted)
    tally.doubled_notices += twice
    if not person.retyped:  # a copy of a file may count as an input of its own: it brings the screen below it
        extra = dialog.rev - person.inputs
        tally.check(
            "doubled", not 0 <= extra <= twice, f"{person.user} did {person.inputs} things, revision {dialog.rev}"
        )
    tally.doubled_notices += sum(count - 1 for name, count in notices.items() if "В-0" in name or " АТ-" in name)
    for copy in copies:
        for data in pressable(copy):
            await scene.call("POST", f"/client/{person.user}/tap", {"message_id": copy["message_id"], "data": data})
    if copies:
        assert await scene.calm()
        tally.check("doubled", state_of(scene, person.user).rev != dialog.rev, "a copy's button has acted")
        left = [message for message in await person.chat() if message["buttons"]]
        tally.check("wrong_edits", len(left) != 1, f"{len(left)} screens of {person.user} stand after a tap on a copy")


def _is_notice(message: Message) -> bool:
    return bool(message["from"] == "bot" and not message["buttons"])


def state_of(scene: Scene, user: int) -> Dialog:
    """The dialog as the database has it."""
    with closing(sqlite3.connect(f"file:{scene.database}?mode=ro", uri=True)) as database:
        sealed = database.execute("select state from lane where lane = ?", (f"tg:{user}",)).fetchone()[0]
    return Dialog.load(make_vault(scene.settings).open("lane.state", f"tg:{user}", sealed))


async def die_everywhere(
    scene: Scene,
    life: tuple[Deed, ...],
    spared: Set[str] = frozenset(),
    enough: int = 10**9,
    stride: int = 1,
    **how: Any,
) -> Tally:
    """At each deed once at its first point, once at its second, and so on until no deed has so many. `how`: see `Scene.renew`.

    `stride`: of so many points one. A life ends with the last deed that was deadly the time before, but not before the person is logged in.
    """
    total, point = Tally(), 0
    while total.kills < enough and (not point or scene.deaths):
        point += stride
        await scene.renew(**how)
        person = await live_once(scene, point, life, spared)
        total.add(await audit(scene, [person]))
        life = life[: max(person.mortal, len(LOGIN))]
    return total
