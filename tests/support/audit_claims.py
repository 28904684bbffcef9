"""What became of a claim and its files: once at the insurer, every byte as it was kept, the journal whole, nothing left lying about."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from bot.adapters import make_files, make_vault
from services.claims.journal import Entry, Journal, fault
from services.ports.files import FileLost
from tests.support.kills import SENT, Client
from tests.support.scene import Scene
from tests.support.tally import Tally


async def audit_claims(tally: Tally, scene: Scene, people: list[Client]) -> None:
    """Everything is calm: the rows, the cabinet's store, the insurer, the cards, the journals."""
    with closing(sqlite3.connect(f"file:{scene.database}?mode=ro", uri=True)) as database:
        kept: set[str] = set()
        for person in people:
            kept |= await _person(tally, scene, database, person)
        _journals(tally, database, Journal(make_vault(scene.settings)))
    claims = sum(person.claims for person in people)
    tally.count("claims at the core", len((await scene.call("GET", "/desk"))["claims"]) - scene.claims, claims)
    await _store(tally, scene, kept)
    _litter(tally, scene)


async def _person(tally: Tally, scene: Scene, database: sqlite3.Connection, person: Client) -> set[str]:
    """One row for a claim and one for a file; the insurer has the files of it. Returns the hashes of what is kept."""
    who = f"of {person.user}"
    sent = database.execute(
        "select state, sha256, handed_at, claim_id from upload where account_id = ? order by message_id", (person.user,)
    ).fetchall()
    tally.count(f"messages with files {who}", len(sent), len(person.files))
    rows = [row for row in sent if row[0] != "removed"]  # the same content again, if it was sent again
    wanted = sum(len(SENT[deed]) for deed in set(person.files))
    kept = {str(sha256) for _, sha256, _, _ in rows}
    tally.count(f"files {who}", len(rows), wanted)
    tally.count(f"different contents {who}", len(kept), wanted)
    tally.check("lost", sum(state != "stored" for state, *_ in rows), f"files {who} are {rows}")
    numbers = database.execute(
        "select id, core_number, state from claim where account_id = ? order by id", (person.user,)
    ).fetchall()
    tally.count(f"claims {who}", len(numbers), person.claims)
    filed = [(sha256, handed) for _, sha256, handed, claim in rows if claim]
    tally.check("lost", sum(handed is None for _, handed in filed), f"not handed over {who}")
    tally.check("lost", abs(len(filed) - (wanted if person.claims else 0)), f"files {who} without a claim")
    at_core = await scene.claims_of(person.user) if person.claims else []
    there = Counter(file["sha256"] for claim in at_core for file in claim["files"] if file["received"])
    tally.count(f"files at the core {who}", there.total(), len(filed))
    tally.check("lost", len({sha256 for sha256, _ in filed} - set(there)), f"files at the core {who}")
    for claim in at_core:
        for file in claim["files"]:
            url = f"{scene.world.url}/desk/claims/{quote(claim['claimNumber'])}/files/{file['sha256']}"
            async with scene.http.get(url) as answer:
                found = hashlib.sha256(await answer.read()).hexdigest()
            tally.check("lost", found != file["sha256"], f"{file['name']} {who} is another one at the core")
    await _card(tally, scene, database, person, numbers)
    return kept


async def _card(
    tally: Tally,
    scene: Scene,
    database: sqlite3.Connection,
    person: Client,
    claims: list[tuple[int, str, str]],
) -> None:
    """The live card of a claim is the one the database knows, and says how things are; copies of what was in flight may stand above."""
    chat = {message["message_id"]: message for message in await person.chat()}
    for number, shown, state in claims:
        row = database.execute(
            "select message_id from screen where lane = ?", (f"card:claim:{number}@tg:{person.user}",)
        ).fetchone()
        cards = [
            message
            for message in chat.values()
            if message["from"] == "bot" and not message["buttons"] and message["text"].startswith(f"Случай {shown}: ")
            if "\n\n" in message["text"]
        ]
        live = chat.get(row[0]) if row else None
        wrong = live is None or (state == "closed" and "завершено" not in live["text"])
        tally.check("wrong_edits", wrong, f"the card of {shown} is {live}, {len(cards)} of them")
        tally.doubled_notices += max(0, len(cards) - 1)


def _journals(tally: Tally, database: sqlite3.Connection, journal: Journal) -> None:
    """Each is whole, tells of the notice once and of each file once."""
    for number, count, head, account in database.execute("select id, entries, head, account_id from claim").fetchall():
        entries = [
            Entry(number, seq, datetime.fromtimestamp(at, UTC), kind, facts, mark)
            for seq, at, kind, facts, mark in database.execute(
                "select seq, at, kind, facts, hash from journal where claim_id = ? order by seq", (number,)
            )
        ]
        if wrong := fault(entries, count, journal.head(number, count, head)):
            tally.check("lost", 1, f"the journal of {number} is broken: {wrong}")
        said = Counter((it.kind, it.facts if it.kind == "handed" else "") for it in entries)
        once = [what for what in said if what[0] in ("filed", "registered", "handed") and said[what] > 1]
        tally.check("doubled", len(once), f"in the journal of {number}: {once}")
        missing = {("filed", ""), ("registered", "")} - set(said) if account else set()
        tally.check("lost", len(missing), f"in the journal of {number}: {missing}")


async def _store(tally: Tally, scene: Scene, kept: set[str]) -> None:
    """Every content can be read and is itself; nothing is kept that no row knows."""
    files = make_files(scene.settings, make_vault(scene.settings))
    for sha256 in kept:
        try:
            found = hashlib.sha256(await files.open(sha256)).hexdigest()
        except FileLost:
            found = ""
        tally.check("lost", found != sha256, f"{sha256} is not what is in the store")
    there = [path for path in scene.store.rglob("*") if path.is_file()]
    tally.count("files in the store", len(there), len(kept))


def _litter(tally: Tally, scene: Scene) -> None:
    """Nothing is left of files that were under way: here when the process died, at the core when the connection broke."""
    received = scene.world.world.store.files / "received"
    left = [*_files(scene.scratch), *(path for path in _files(received) if path.suffix)]
    tally.check("loud", len(left), f"left behind: {left[:3]}")
    folders = len(list(scene.scratch.iterdir()))
    tally.check("loud", folders != 1, f"{folders} folders for files on their way")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
