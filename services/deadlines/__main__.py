"""The table of deadlines on the command line: `python -m services.deadlines due --json | list`."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from services.deadlines import Deadlines
from services.deadlines.calendar import BadCalendar, Calendar, CalendarMissing
from services.deadlines.table import TABLE, NoSuchDeadline

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EXAMPLE = '{"product": "osago", "event": "file_claim", "from": "2026-12-29"}'
HELP = f"""\
One JSON object a line on standard input, one JSON object a line in answer, in the same order:

  {EXAMPLE}
  {{"due": "2027-01-14", "unit": "working_days", "edition": "2025", "source": "837-П 7.13"}}

product  osago or kasko
event    an id of `list`
from     the day of the event; counting begins on the next one
edition  of the rules, as in `list`; without it the one in force on the day `from`

A line that cannot be answered gets {{"error", "hint"}} and the rest goes on. Empty lines are skipped.
Exit status: 0 all answered, 1 some were not, 2 wrong words or a calendar that cannot be used.
"""


class BadLine(Exception):
    """A request that is none; `code` and `hint` go into the answer."""

    def __init__(self, code: str, hint: str) -> None:
        super().__init__(code)
        self.code, self.hint = code, hint


def main(argv: list[str] | None = None) -> int:
    """Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m services.deadlines", description="Until when something is to be done."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="due | list")
    due = commands.add_parser(
        "due",
        help="the last day, for each request",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    due.add_argument("--json", action="store_true", required=True, help="requests and answers are lines of JSON")
    due.add_argument(
        "--calendar", type=Path, metavar="FILE", help="years over the published ones, as of CABINET_CALENDAR"
    )
    commands.add_parser("list", help="every deadline with its unit, start and source, as a Markdown table")
    chosen = parser.parse_args(argv)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a text stream of the interpreter's own
    if chosen.command == "list":
        sys.stdout.writelines(f"{row}\n" for row in listed())
        return 0
    try:
        deadlines = Deadlines(Calendar.known(chosen.calendar))
    except BadCalendar as bad:
        sys.stderr.write(f"--calendar: {bad}\n")
        return 2
    failed = False
    for answer in answers(deadlines, sys.stdin.buffer):
        failed |= "error" in answer
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return int(failed)


def answers(deadlines: Deadlines, lines: Iterable[bytes]) -> Iterator[dict[str, str]]:
    """An answer to every line that is not empty."""
    for line in lines:
        if not line.strip():
            continue
        try:
            yield _answer(deadlines, line)
        except (BadLine, NoSuchDeadline) as wrong:
            yield {"error": wrong.code, "hint": wrong.hint}
        except CalendarMissing as missing:
            hint = f"the production calendar of {missing.year} is not known: add it by --calendar, docs/deadlines.md"
            yield {"error": "calendar-missing", "hint": hint}


def _answer(deadlines: Deadlines, line: bytes) -> dict[str, str]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine("not-json", f"one JSON object a line: {EXAMPLE}") from None
    if not isinstance(asked, dict):
        raise BadLine("not-an-object", f"one JSON object a line: {EXAMPLE}")
    product, event, start = (_text(asked, name) for name in ("product", "event", "from"))
    edition = None if asked.get("edition") is None else _text(asked, "edition")
    try:
        deadline = deadlines.due(product, event, _day(start), edition)
    except OverflowError:
        raise BadLine("bad-from", "a date of this century") from None
    return {
        "due": deadline.due.isoformat(),
        "unit": deadline.unit,
        "edition": deadline.edition,
        "source": deadline.source,
    }


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise BadLine(f"bad-{name}", f"{name} is missing" if value is None else f"{name} is a text, in quotes")
    return value


def _day(said: str) -> date:
    try:
        if not DAY.fullmatch(said):
            raise ValueError(said)
        return date.fromisoformat(said)
    except ValueError:
        raise BadLine("bad-from", "a day that exists, as 2026-12-29") from None


def listed() -> Iterator[str]:
    """The table of `docs/deadlines.md`."""
    yield "| product | event | edition | term | from | source |"
    yield "|---|---|---|---|---|---|"
    for rule in TABLE.rules:
        term = f"{rule.amount} {rule.unit}" if rule.amount else str(rule.unit)
        cells = (rule.product, f"`{rule.event}`", rule.edition, term, rule.starts, rule.source)
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
