"""`python -m services.deadlines`, as another program calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.support.calendars import of_2028

ROOT = Path(__file__).parent.parent


def command(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    words = (sys.executable, "-m", "services.deadlines", *words)
    return subprocess.run(
        words, input=given, capture_output=True, cwd=ROOT, timeout=60, check=False, env={"LC_ALL": "C"}
    )


def test_the_command_answers_line_by_line(tmp_path: Path) -> None:
    requests = [
        {"product": "osago", "event": "file_claim", "from": "2026-12-29"},
        {"product": "kasko", "event": "report_damage", "edition": "2021", "from": "2026-12-29"},
        {"product": "kasko", "event": "report_theft", "edition": None, "from": "2026-12-29"},
        {"product": "osago", "event": "decision", "from": "2027-12-29"},
    ]
    done = command(
        "due", "--json", "--calendar", str(of_2028(tmp_path)), given="\n".join(map(json.dumps, requests)).encode()
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"due": "2027-01-14", "unit": "working_days", "edition": "2025", "source": "837-П 7.13"},
        {"due": "2027-01-08", "unit": "calendar_days", "edition": "2021", "source": "статья 2021"},
        {"due": "2026-12-30", "unit": "hours", "edition": "2025", "source": "правила 27.12.2024"},
        # 30, 31 Dec 1st and 2nd; 1–8 Jan do not count; 9 Jan 3rd, 26 Jan 20th
        {
            "due": "2028-01-26",
            "unit": "calendar_days_excl_holidays",
            "edition": "2025",
            "source": "40-ФЗ 12(21); 837-П 10.1",
        },
    ]


BAD_LINES = {
    b"{": "not-json",
    b'"\xff"': "not-json",
    b"[" * 100_000: "not-json",
    b"[1]": "not-an-object",
    b"{}": "bad-product",
    b'{"product": "osago", "event": 5, "from": "2026-12-29"}': "bad-event",
    b'{"product": "osago", "event": "file_claim"}': "bad-from",
    b'{"product": "osago", "event": "file_claim", "from": "29.12.2026"}': "bad-from",
    b'{"product": "osago", "event": "file_claim", "from": "2026-02-30"}': "bad-from",
    b'{"product": "osago", "event": "file_claim", "from": "20261229"}': "bad-from",
    b'{"product": "osago", "event": "refund", "from": "9999-12-31"}': "bad-from",
    b'{"product": "osago", "event": "file_claim", "from": "2026-12-29", "edition": 2025}': "bad-edition",
    b'{"product": "osago", "event": "file_claim", "from": "2026-12-29", "edition": "2021"}': "unknown-edition",
    b'{"product": "kasko", "event": "file_claim", "from": "2026-12-29"}': "unknown-event",
    b'{"product": "dms", "event": "file_claim", "from": "2026-12-29"}': "unknown-product",
    b'{"product": "kasko", "event": "cooling_off", "from": "2025-01-09"}': "not-in-edition",
    b'{"product": "osago", "event": "file_claim", "from": "2027-12-29"}': "calendar-missing",
}


def test_a_bad_line_is_said_and_the_rest_goes_on() -> None:
    good = b'{"product": "osago", "event": "file_claim", "from": "2026-12-29"}'
    done = command("due", "--json", given=b"\n".join([*BAD_LINES, b"", good]) + b"\n")
    assert (done.returncode, done.stderr) == (1, b"")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer.get("error") for answer in answers] == [*BAD_LINES.values(), None]
    assert all(answer["hint"] for answer in answers[:-1])
    assert answers[-1]["due"] == "2027-01-14"


def test_a_bad_calendar_is_said(tmp_path: Path) -> None:
    done = command("due", "--json", "--calendar", str(tmp_path / "none.json"))
    assert done.returncode == 2
    assert "не читается" in done.stderr.decode()


def test_the_help_helps() -> None:
    said = command("due", "--help").stdout.decode()
    assert all(word in said for word in ("--json", "--calendar", "from", "edition", "Exit status", "837-П 7.13"))


def test_the_page_has_the_table_as_the_command_prints_it() -> None:
    done = command("list")
    assert done.returncode == 0
    assert done.stdout.decode() in (ROOT / "docs" / "deadlines.md").read_text()
