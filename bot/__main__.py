"""The command line: `python -m bot run | migrate | doctor [--verify-journal] | dead … | staff … | reminders …`."""

from __future__ import annotations

import argparse
import asyncio
import sys

from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.config import Settings
from bot.safety import Unsafe, mended, require_safe


def main(argv: list[str] | None = None) -> int:
    """Returns the exit code: 0 done, 1 not done, 2 wrong settings or words."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="An insurance client's cabinet in a Telegram chat"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="everything in one process")
    commands.add_parser("migrate", help="bring the database to this release")
    doctor = commands.add_parser("doctor", help="look at the settings and at every neighbour")
    doctor.add_argument("--verify-journal", action="store_true", help="look at the journals of claims instead")
    dead = commands.add_parser("dead", help="what has failed for good").add_subparsers(dest="what", required=True)
    dead.add_parser("list", help="all dead letters")
    for name in ("show", "retry"):
        dead.add_parser(name).add_argument("number", help="12 for an event, p12 for a parcel")
    staff = commands.add_parser("staff", help="who may act in the staff groups").add_subparsers(
        dest="what", required=True
    )
    staff.add_parser("list", help="everybody")
    adding = staff.add_parser("add", help="a new employee, or another name, post or role")
    adding.add_argument("number", type=int, help="the id of their Telegram account")
    adding.add_argument("--name", required=True, help="the first name: clients see it")
    adding.add_argument("--post", required=True, help="the post: clients see it")
    adding.add_argument("--department", default="поддержка")
    adding.add_argument(
        "--roles", nargs="+", default=["operator"], choices=["operator", "claims", "supervisor", "admin"]
    )
    staff.add_parser("remove", help="may not act any more").add_argument("number", type=int)
    reminders = commands.add_parser("reminders", help="the round of reminders").add_subparsers(
        dest="what", required=True
    )
    reminders.add_parser("status", help="what waits, what was sent today, until when")
    reminders.add_parser("pause", help="begin none until it is resumed")
    reminders.add_parser("resume", help="go on with what waits")
    chosen = parser.parse_args(argv)
    settings = read_settings()
    if settings is None:
        return 2
    from bot import (
        commands as work,
    )  # after the settings: its imports take seconds, and a wrong setting should be told at once
    from bot.logs import set_up

    set_up(settings.log_level)
    return asyncio.run(work.do(chosen, settings))


def read_settings() -> Settings | None:
    """The settings, or None after saying on stderr what is wrong and what to write."""
    try:
        return require_safe(Settings())  # type: ignore[call-arg] # the fields come from the environment
    except ValidationError as wrong:
        print("Настройки не годятся / the settings are wrong:", file=sys.stderr)
        for error in wrong.errors():
            print(f"  {mended(error)}", file=sys.stderr)
    except SettingsError as wrong:  # a group of settings that is no JSON: its name is in pydantic's words
        print(f"Настройки не годятся, нужен JSON / the settings are wrong: {wrong}", file=sys.stderr)
    except Unsafe as unsafe:
        print("С такими настройками запускаться нельзя / unsafe settings:", file=sys.stderr)
        for reason in unsafe.reasons:
            print(f"  {reason}", file=sys.stderr)
    return None


if __name__ == "__main__":
    sys.exit(main())
