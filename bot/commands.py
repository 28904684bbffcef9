"""What the command line does, once the settings are good."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import aiohttp

from bot import dead, migrate, process, roster, rounds
from bot.adapters import make_antivirus, make_files, make_provider, make_vault
from bot.config import Settings
from bot.insurer import make_calendar
from bot.telegram import TelegramApi, Verdict
from services.adapters.core_http import HttpCore
from services.claims.journal import Journal
from services.claims.values import number_of
from services.clock import MOSCOW, Clock
from services.db.engine import Plain, engine_of
from services.db.pipe import Occupied
from services.employees import Employee, Role
from services.ports.antivirus import AntivirusTrouble
from services.ports.core import CoreRefused, CoreTrouble
from services.ports.files import FilesTrouble
from services.ports.payments import ProviderRefused, ProviderTrouble
from services.reminders import wakes

FAULTS = {
    "missing": "записи не хватает / an entry is missing",
    "changed": "запись изменена / an entry was changed",
    "head": "последняя запись не та или опечатана не нами / the newest entry is another one, or not sealed by us",
}
"""What `services.claims.journal.fault` finds, for the person on duty."""


async def do(chosen: argparse.Namespace, settings: Settings) -> int:
    """Run the chosen command; the exit code."""
    match chosen.command:
        case "run":
            try:
                await process.run(settings)
            except Occupied as busy:
                say(
                    f"База {busy} уже открыта другим процессом / the database is in use by another process.", error=True
                )
                return 1
        case "migrate":
            await migrate.upgrade(settings.database, vault=make_vault(settings))
            say(await migrate.current(settings.database))
        case "doctor":
            return await (verify_journal(settings) if chosen.verify_journal else doctor(settings))
        case "staff":
            return await staff(chosen, settings)
        case "reminders":
            await reminders(chosen, settings)
        case "dead":
            return await dead_letters(chosen, settings)
    return 0


async def staff(chosen: argparse.Namespace, settings: Settings) -> int:
    """`staff list | add NUMBER … | remove NUMBER`."""
    engine = engine_of(settings.database)
    try:
        now = Clock().now()
        if chosen.what == "add":
            person = Employee(
                chosen.number, chosen.name, chosen.post, chosen.department, frozenset(map(Role, chosen.roles))
            )
            await roster.add(engine, person, now)
        elif chosen.what == "remove" and not await roster.remove(engine, chosen.number, now):
            say("нет такого / no such employee", error=True)
            return 1
        for person in await roster.everybody(engine):
            roles = ", ".join(sorted(person.roles))
            say(f"{person.id:>12}  {person.name}, {person.post} · {person.department} · {roles}")
        return 0
    finally:
        await engine.dispose()


async def reminders(chosen: argparse.Namespace, settings: Settings) -> None:
    """`reminders status | pause | resume`; whatever was done, it is said how the round stands."""
    engine = engine_of(settings.database)
    try:
        if chosen.what == "pause":
            await rounds.pause(engine, Clock().now())
        elif chosen.what == "resume":
            await rounds.resume(engine)
        rate = settings.reminders.rate
        stands = await rounds.standing(engine, wakes, Clock().now(), rate)
    finally:
        await engine.dispose()
    say(f"отправлено сегодня / sent today: {stands.sent}")
    say(f"клиентов просмотрено / clients looked at: {stands.looked_at}")
    say(f"осталось просмотреть / left to look at: {stands.waiting}")
    if stands.until:
        say(f"закончится около / until about: {stands.until.astimezone(MOSCOW):%H:%M} МСК, {rate}/с")
    say(f"приостановлено с / paused since: {stands.paused}" if stands.paused else "идёт / running")


async def dead_letters(chosen: argparse.Namespace, settings: Settings) -> int:
    """`dead list | show NUMBER | retry NUMBER`."""
    engine = engine_of(settings.database)
    try:
        if chosen.what == "retry":
            done = await dead.retry(engine, chosen.number)
            say("будет повторено / will be tried again" if done else "нет такого / no such dead letter", error=not done)
            return int(not done)
        letters = await dead.dead_letters(engine)
        if chosen.what == "show":
            letters = [letter for letter in letters if letter.number == chosen.number]
        for letter in letters:
            say(str(letter))
        return int(chosen.what == "show" and not letters)
    finally:
        await engine.dispose()


async def doctor(settings: Settings) -> int:
    """Look at the database and at every neighbour; 1 if something is not well."""
    findings = {"database": await _database(settings)}
    async with aiohttp.ClientSession() as http:
        me = await TelegramApi(settings.telegram.api, settings.telegram.token.get_secret_value(), http).call(
            "getMe", {}
        )
        findings["telegram"] = f"@{me.result['username']}" if me.verdict is Verdict.OK else f"NO: {me.words}"
        try:
            await HttpCore(settings.core.url, settings.core.key.get_secret_value(), http).page("customers", None)
            findings["core"] = "answers"
        except (CoreTrouble, CoreRefused) as trouble:
            findings["core"] = f"NO: {trouble}"
        try:
            await make_provider(settings, http).find("doctor", Clock().now())
            findings["payments"] = "answers"
        except (ProviderTrouble, ProviderRefused) as trouble:
            findings["payments"] = f"NO: {trouble}"
    findings["files"] = await _files(settings)
    findings["antivirus"] = await _antivirus(settings)
    gap = make_calendar(settings).gap(Clock().today())
    findings["calendar"] = f"NO: add {gap} by CABINET_CALENDAR, docs/deadlines.md" if gap else "known"
    findings["mail"] = settings.mail.host or "not set up: documents and codes are not offered by mail"
    for name, words in findings.items():
        say(f"{name:>9}  {words}")
    return int(any(words.startswith("NO") for words in findings.values()))


async def _files(settings: Settings) -> str:
    """Is the place of clients' files there? An unknown file is asked for."""
    try:
        await make_files(settings, make_vault(settings)).has("0" * 64)
    except (FilesTrouble, OSError) as trouble:
        return f"NO: {trouble}"
    return settings.files.folder or f"bucket {settings.files.bucket}"


async def _antivirus(settings: Settings) -> str:
    antivirus = make_antivirus(settings)
    if antivirus is None:
        return "not set up: files are made safe, but not scanned"
    try:
        found = await antivirus.scan(Path(__file__))
    except AntivirusTrouble as trouble:
        return f"NO: {trouble}"
    return f"NO: it finds {found} in our own code" if found else "answers"


async def verify_journal(settings: Settings) -> int:
    """Look at the chain of every claim's journal; 1 and the claim's number if one was changed afterwards. The bot may run meanwhile."""
    engine = engine_of(settings.database)
    count = broken = 0
    try:
        async with engine.connect() as connection:
            async for claim, fault in Journal(make_vault(settings)).verify(Plain(connection)):
                count += 1
                if fault:
                    broken += 1
                    say(f"{number_of(claim)}  {FAULTS[fault]}", error=True)
    finally:
        await engine.dispose()
    say(f"журналов: {count}, нарушено: {broken} / journals: {count}, broken: {broken}", error=bool(broken))
    return int(bool(broken))


async def _database(settings: Settings) -> str:
    found, newest = await migrate.current(settings.database), migrate.head()
    return (
        f"at {newest}"
        if found == newest
        else f"NO: at {found or 'nothing'}, this release needs {newest}: python -m bot migrate"
    )


def say(words: str, *, error: bool = False) -> None:
    """To the person at the terminal."""
    (sys.stderr if error else sys.stdout).write(words + "\n")
