"""What became of a talk with staff: every word of both sides once in the database, in order, and there where it was meant for."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.support.kills import Client
from tests.support.scene import Scene
from tests.support.tally import Tally

KINDS = {"photo": "copy", "file": "file"}
"""How what is no text goes up: photos as they came, of files what was made of them."""
SEEN = {"photo": "photo", "file": "document"}
"""What stands in the topic then."""


async def audit_talks(tally: Tally, scene: Scene, people: list[Client]) -> None:
    """Everything is calm: the rows, the topic, the chat. What was in flight at a death may stand there twice."""
    with closing(sqlite3.connect(f"file:{scene.database}?mode=ro", uri=True)) as database:
        for person in people:
            if person.talks:
                _rows(tally, database, person)
                await _sides(tally, scene, person)


def _rows(tally: Tally, database: sqlite3.Connection, person: Client) -> None:
    """One talk, as far as it went; a line for each thing said, all of them arrived."""
    who = f"of {person.user}"
    talks = database.execute(
        "select closed_by, rating, employee_id is not null from talk where account_id = ?", (person.user,)
    ).fetchall()
    wanted_talk = ("staff" if "staff /close" in person.talks else None, 1 if person.rated else None, True)
    tally.check("lost", talks != [wanted_talk], f"talks {who} are {talks}")
    lines = database.execute(
        "select way, kind, state, arrived_at is not null from line where account_id = ? order by id", (person.user,)
    ).fetchall()
    tally.check("lost", sum(not arrived for *_, arrived in lines), f"lines {who} are {lines}")
    tally.check("lost", sum(state == "lost" for _, _, state, _ in lines), f"lines {who} are {lines}")
    kinds = [(way, kind) for way, kind, _, _ in lines if kind != "note"]
    said = [("down", "text") if it.startswith("staff ") else _up(it) for it in person.talks if "/" not in it]
    wanted = [("up", "text"), *said]  # the question comes first
    tally.count(f"lines {who}", len(kinds), len(wanted))
    tally.check("order", kinds != wanted, f"lines {who} are {kinds}, not {wanted}")


def _up(said: str) -> tuple[str, str]:
    return ("up", KINDS.get(said, "text"))


async def _home(tally: Tally, scene: Scene, person: Client) -> int:
    """The one topic in use, which the database knows too. Others were in flight at a death: nothing was ever said there."""
    topics = await scene.call("GET", "/staff/topics")
    with closing(sqlite3.connect(f"file:{scene.database}?mode=ro", uri=True)) as database:
        known = [thread for (thread,) in database.execute("select thread_id from topic")]
    used = [it["id"] for it in topics if it["messages"]]
    tally.check("doubled", used != known, f"topics {used} of {person.user} are in use, known are {known}")
    tally.check("lost", [it["id"] for it in topics if it["pinned"]] != known, f"no card is pinned in {known}")
    tally.doubled_topics += len(topics) - len(used)
    return int(known[0])


async def _sides(tally: Tally, scene: Scene, person: Client) -> None:
    """The client's words stand in the topic, in order; those of staff in the chat."""
    topic = await _home(tally, scene, person)
    stands = (await scene.call("GET", f"/staff/topics/{topic}/chat?since=0"))["messages"]
    there = [it for it in stands if not it["deleted"] and it["from"] == "bot"]
    found = [
        next(
            (place for place, it in enumerate(there) if (it.get(SEEN[word]) if word in SEEN else word in it["text"])),
            -1,
        )
        for word in ("первое", "второе", *person.talks)
        if not word.startswith("staff ")
    ]
    tally.check("lost", found.count(-1), f"in the topic of {person.user}: {[it['text'] for it in there]}")
    tally.check("order", found != sorted(found), f"in the topic of {person.user}: {[it['text'] for it in there]}")
    words = [it["text"] for it in there if "<" not in it["text"] and "Клиент:" in it["text"]]
    tally.doubled_notices += len(words) - len(set(words))
    for word, seen in SEEN.items():
        tally.doubled_notices += max(0, sum(bool(it.get(seen)) for it in there) - person.talks.count(word))
    chat = await person.chat()
    for answer in (it.removeprefix("staff ") for it in person.talks if it.startswith("staff ") and "/" not in it):
        said = sum(answer in str(it["text"]) for it in chat)
        tally.check("lost", said == 0, f"{answer} is not in the chat of {person.user}")
        tally.doubled_notices += max(0, said - 1)
    cards = [it for it in there if it["buttons"]]
    tally.check("lost", not cards, f"no card in the topic of {person.user}")
    tally.doubled_screens += max(0, len(cards) - 1)
