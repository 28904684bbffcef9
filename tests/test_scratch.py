"""Files on their way are this process' own, and nobody's when it is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from bot.scratch import Scratch

ROOT = Path(__file__).parent.parent
HOLD = "import sys, time; from pathlib import Path; from bot.scratch import Scratch; " + (
    "s = Scratch(Path(sys.argv[1])); (s.path / 'sent').touch(); print(s.path, flush=True); time.sleep(60)"
)


def test_it_is_ours_alone_and_goes_with_us(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path)
    (scratch.path / "sent").touch()
    assert scratch.path.stat().st_mode & 0o777 == 0o700
    scratch.close()
    assert list(tmp_path.iterdir()) == []


def test_another_process_keeps_its_own_until_it_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        Scratch(tmp_path).close()
        assert (theirs / "sent").exists(), "it lives"
        os.kill(other.pid, signal.SIGKILL)
    Scratch(tmp_path).close()
    assert list(tmp_path.iterdir()) == []
