"""The long proofs: `scripts/prove --kills 1000 --walks 50 --crowd 500 --payments 500 --staff 50 --reminders 10000 --seed 7`.

Without a number all run at their usual length, but for `--life`, which runs alone. One JSON object a line, the last of each proof its
summary; the seed repeats a run. Exit code 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from dataclasses import asdict, fields
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.logs import set_up
from tests.support.atlas import Atlas
from tests.support.audit import audit, die_everywhere
from tests.support.crowd import Crowd, audit_crowd
from tests.support.kills import (
    ACCIDENT,
    CLAIM,
    LIFE,
    LOGIN,
    ONE_TAP,
    RENEWAL,
    TALK,
    WANTED,
    Deed,
    live_together,
    points_of,
)
from tests.support.owing import FATES, Owing, Struggle, audit_struggle
from tests.support.payers import Chaos, Payers, Storm, audit_chaos, audit_orders, end_of
from tests.support.reminded import years
from tests.support.scene import Nursery, Scene, scene
from tests.support.stories import STORIES
from tests.support.switchboard import switchboard, write_at_once
from tests.support.tally import Tally
from tests.support.town import town
from tests.support.walk import Walker, quiet

USUAL = {"walks": 48, "kills": 1000, "crowd": 500, "payments": 500, "staff": 50, "reminders": 10_000}
STEPS = 300
YEARS = 3
LIVES: dict[str, tuple[tuple[Deed, ...], Set[str]]] = {
    "visit": (LIFE, frozenset()),
    "renewal": ((*LOGIN, *RENEWAL), {deed.what for deed in LOGIN}),
    "one-tap": ((*LOGIN, *ONE_TAP), {deed.what for deed in LOGIN}),
    "talk": ((*LOGIN, *TALK), {deed.what for deed in (*LOGIN, *TALK[:3])}),
    "papers": ((*LOGIN, *WANTED), {deed.what for deed in (*LOGIN, *TALK[:3])} | {"/take"}),
    "claim": ((*LOGIN, *CLAIM), {deed.what for deed in (*LOGIN, *ACCIDENT)} - {"say"}),
}
"""What somebody does, and where nobody dies in it, for they do in another one."""
AT_ONCE = 10
"""Random kills in one life of eight people."""
SHORT = 12.0
"""Seconds of a staff group's minute: the pace of Telegram and ours are both that much quicker."""
HANG = 2.0
"""Seconds a provider that hangs is silent before the connection breaks: few enough for a moment in which nothing is under way."""


def say(proof: str, **facts: object) -> None:
    """A line of the report."""
    sys.stdout.write(json.dumps({"proof": proof, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


async def walks(count: int, seed: int) -> bool:
    """So many people walk so many steps each, one atlas for all; every state meets every kind of message and stale buttons."""
    atlas, began, problems = Atlas(thorough=True), time.monotonic(), 0
    for number in range(count):
        story = STORIES[number % len(STORIES)]
        with tempfile.TemporaryDirectory(prefix="prove-") as folder, patch("bot.marks.LINGER", 0.0):
            async with town(Path(folder)) as own:
                walker = Walker(own, story, atlas, random.Random(seed + number))
                with quiet() as loud:
                    try:
                        await walker.begin()
                        await walker.walk(STEPS)
                    except AssertionError as wrong:
                        loud.append(str(wrong))
        if loud:
            problems += 1
            say("walk", number=number, seed=seed + number, story=story.name, problem=loud[:3])
    missed = sorted(atlas.missed()) if count >= len(STORIES) else []
    facts = {"walks": count, "moves": atlas.moves, "states": len(atlas.led), "rooms": len(atlas.rooms)}
    left = sum(there is None for moves in atlas.led.values() for there in moves.values())
    took = round(time.monotonic() - began)
    say("walks", seed=seed, **facts, untried=left, problems=problems, missed=missed, seconds=took)
    return not problems and not missed


async def kills(count: int, seed: int) -> bool:
    """At points of every deed of each life, before them and after them, careful and bold; then at random among eight people.

    Each life has its share of two thirds of all; if that is less than its points, every second of them, or fewer.
    """
    total, began = Tally(), time.monotonic()
    chance = random.Random(seed)
    async with stage() as own:
        ways = [*product((False, True), (False, True), LIVES)]
        for turn, (bold, before, life) in enumerate(ways):
            deeds, spared = LIVES[life]
            await own.renew(bold=bold, before=before)
            points = await points_of(own, deeds, spared)
            share = max(1, (count * 2 // 3 - total.kills) // (len(ways) - turn))
            stride = min(-(-sum(points) // share), max(points))
            total.add(await die_everywhere(own, deeds, spared, enough=share, stride=stride, bold=bold, before=before))
            facts = {"life": life, "bold": bold, "before": before, "stride": stride, "of": sum(points)}
            say("kills at points", **facts, **summary(total))
        said = total.kills // 100
        while total.kills < count:
            await own.renew(bold=chance.random() < 0.5)
            total.add(await audit(own, await live_together(own, min(AT_ONCE, count - total.kills), chance)))
            if total.kills // 100 > said:
                said = total.kills // 100
                say("kills at random", **summary(total))
    took = round(time.monotonic() - began)
    say("kills", seed=seed, **summary(total), seconds=took)
    return not total.wrong


async def life(name: str, seed: int) -> bool:
    """Death at every single point of one life, in every way: hours, unlike a share of them."""
    deeds, spared = LIVES[name]
    total, began = Tally(), time.monotonic()
    async with stage() as own:
        for bold, before in product((False, True), (False, True)):
            await own.renew(bold=bold, before=before)
            points = await points_of(own, deeds, spared)
            total.add(await die_everywhere(own, deeds, spared, bold=bold, before=before))
            say("life", life=name, bold=bold, before=before, of=sum(points), **summary(total))
    took = round(time.monotonic() - began)
    say("life", life=name, seed=seed, **summary(total), seconds=took)
    return not total.wrong


def summary(tally: Tally) -> dict[str, object]:
    """What was wrong with a few examples, and what may happen."""
    return {one.name: getattr(tally, one.name) for one in fields(tally)} | {"why": tally.why[:10]}


async def crowd(people: int, seed: int) -> bool:
    """So many people at once, and a stop in the middle."""
    began = time.monotonic()
    async with stage() as own:
        await own.renew(bold=False)
        many = Crowd(own, people, random.Random(seed))
        await many.come()
        await many.tap("enter")
        await many.tap("yes", 5)
        await many.tap("human")
        typing = asyncio.ensure_future(many.type_quickly())
        await many.more(4 * people)
        stopped = time.monotonic()
        code = await own.stop()
        stop = round(time.monotonic() - stopped, 2)
        await own.start()
        await typing
        await many.tap_and_type("send")
        await many.tap("send", 5)
        tally = await audit_crowd(many)
    facts = {"people": people, "updates": many.taken, "sent_again": many.sent_again, "stop_seconds": stop}
    took = round(time.monotonic() - began)
    say("crowd", seed=seed, **facts, exit_code=code, **summary(tally), seconds=took)
    return not tally.wrong and code == 0


def tell_of_money(
    proof: str, fates: dict[int, str], charges: list[dict[str, Any]], tally: Tally, facts: dict[str, object]
) -> None:
    """How every charge has ended, what was to become of it, and what was wrong."""
    ends = Counter(end_of(charge) for charge in charges)
    say(proof, **facts, charges=dict(ends), fates=dict(Counter(fates.values())), **summary(tally))


async def payments(people: int, seed: int) -> bool:
    """So many people agree, five times at once, and pay, or do not, in a storm at the provider; then people with debts, two of five."""
    began = time.monotonic()
    async with stage() as own:
        await own.renew(bold=False, papers=False)
        payers = Payers(own, people, random.Random(seed))
        await payers.come()
        payers.patience = 600.0
        storm = own.world.world.faults = Storm(random.Random(seed), HANG)
        await payers.order(5)
        tally = await audit_orders(payers, links=1, calm=False)
        chaos = Chaos(payers, random.Random(seed))
        await chaos.play()
        tally.add(await audit_chaos(chaos))
        charges = await payers.charges()
    facts = {"seed": seed, "people": people, "storm": dict(storm.suffered), "seconds": round(time.monotonic() - began)}
    tell_of_money("payments", chaos.fates, charges, tally, facts)
    return await debts(max(1, people * 2 // 5), seed) and not tally.wrong


async def debts(people: int, seed: int) -> bool:
    """So many people who are late ask for a link, five times at once, and pay the instalment, or do not, in such a storm."""
    began = time.monotonic()
    async with stage() as own:
        await own.renew(bold=False, papers=False)
        owing = Owing(own, people, random.Random(seed))
        await owing.come()
        owing.patience = 600.0
        storm = own.world.world.faults = Storm(random.Random(seed), HANG)
        await owing.order(5)
        chaos = Struggle(owing, random.Random(seed), FATES)
        await chaos.play()
        tally = await audit_struggle(chaos)
        charges = await owing.charges()
    facts = {"seed": seed, "people": people, "storm": dict(storm.suffered), "seconds": round(time.monotonic() - began)}
    tell_of_money("debts", chaos.fates, charges, tally, facts)
    return not tally.wrong


async def staff(count: int, seed: int) -> bool:
    """So many clients write ten messages in each of five minutes to three staff groups; a minute lasts `SHORT` seconds."""
    with tempfile.TemporaryDirectory(prefix="prove-") as folder:
        async with switchboard(Path(folder), groups=3, minute=SHORT) as own:
            result = await write_at_once(own, count, minutes=5, minute=SHORT, chance=random.Random(seed))
    say("staff", seed=seed, minute=SHORT, **asdict(result))
    return result.clean


@asynccontextmanager
async def stage() -> AsyncIterator[Scene]:
    """A scene in a folder that goes away."""
    nursery = await Nursery.open()
    try:
        with tempfile.TemporaryDirectory(prefix="prove-") as folder:
            async with scene(Path(folder), nursery) as own:
                yield own
    finally:
        await nursery.close()


async def reminders(count: int, seed: int) -> bool:
    """So many contracts in eleven zones for three years, with outages and crashes: what was said, and what was wrong about it."""
    lived = await years(seed, count, 365 * YEARS)
    say("reminders", seed=seed, contracts=count, years=YEARS, counts=lived.counts, wrong=lived.wrong[:50])
    return not lived.wrong


async def prove(wanted: dict[str, int], seed: int) -> bool:
    """True if nothing was wrong."""
    proofs = {
        "walks": walks,
        "crowd": crowd,
        "payments": payments,
        "staff": staff,
        "reminders": reminders,
        "kills": kills,
    }
    return all([await proof(wanted[name], seed) for name, proof in proofs.items() if wanted.get(name)])


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/prove", description=__doc__)
    parser.add_argument("--walks", type=int, help=f"people who walk {STEPS} steps each")
    parser.add_argument("--kills", type=int, help="deaths of the bot")
    parser.add_argument("--crowd", type=int, help="people at once")
    parser.add_argument("--payments", type=int, help="people who pay in a storm at the provider")
    parser.add_argument("--staff", type=int, help="clients who write to staff at once")
    parser.add_argument("--reminders", type=int, help=f"contracts reminded of for {YEARS} years")
    parser.add_argument("--life", choices=LIVES, help="deaths of the bot at every point of one life")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    asked = {name: getattr(chosen, name) for name in USUAL}
    set_up("WARNING")
    logging.getLogger("aiohttp.server").setLevel("CRITICAL")  # the playground's: connections of the dead break off
    say("prove", seed=chosen.seed)
    if chosen.life and not any(asked.values()):
        return 0 if asyncio.run(life(chosen.life, chosen.seed)) else 1
    wanted = {name: count or 0 for name, count in asked.items()} if any(asked.values()) else USUAL
    return 0 if asyncio.run(prove(wanted, chosen.seed)) else 1


if __name__ == "__main__":
    sys.exit(main())
