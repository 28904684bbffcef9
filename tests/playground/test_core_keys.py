"""The playground's secrets: drawn once, for nobody else's eyes."""

import base64
import json
import re
from pathlib import Path

from playground import keys


def test_keys_are_drawn_once_and_kept_private(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    drawn = keys.load(folder)
    assert keys.load(folder) == drawn
    assert drawn.keys() == {"core", "telegram_secret", "provider", "data", "index", "buttons", "codes"}
    assert len(set(drawn.values())) == len(drawn)
    assert all(len(base64.b64decode(drawn[name])) == 32 for name in drawn.keys() - {"telegram_secret", "provider"})
    for name in ("telegram_secret", "provider"):
        assert re.fullmatch(r"[A-Za-z0-9_-]{32}", drawn[name])
    assert (folder / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_missing_key_is_added_to_the_others(tmp_path: Path) -> None:
    drawn = keys.load(tmp_path)
    (tmp_path / "keys.json").write_text(json.dumps({"core": drawn["core"]}))
    assert keys.load(tmp_path)["core"] == drawn["core"]
    assert keys.load(tmp_path).keys() == drawn.keys()
