"""Within Telegram's limits: many clients write at once, groups share them, nothing is lost (at length: `scripts/prove --staff`)."""

from __future__ import annotations

import random
from pathlib import Path

from tests.support.switchboard import switchboard, write_at_once


async def test_nine_clients_over_three_groups(tmp_path: Path) -> None:
    """Ten messages each in a minute of six seconds: more than a group takes, unless they are joined."""
    async with switchboard(tmp_path, groups=3, minute=6.0) as own:
        result = await write_at_once(own, clients=9, minutes=1, minute=6.0, chance=random.Random(5))
    assert result.clean, result
    assert result.messages < result.words, "joined"
