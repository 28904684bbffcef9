"""What the pages promise is what the files do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY
from pydantic import BaseModel

from bot import metrics as _metrics  # noqa: F401 - they register themselves
from bot.config import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def settings_of(model: type[BaseModel], prefix: str) -> list[str]:
    """Every setting of a model by its environment name."""
    names = []
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names += settings_of(kind, f"{prefix}{name.upper()}__")
        else:
            names.append(prefix + name.upper())
    return names


def test_every_setting_is_explained() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    explained = set(re.findall(r"`(CABINET_[A-Z_]+)`", page))
    assert explained == set(settings_of(Settings, "CABINET_"))


def test_the_container_runs_what_the_readme_says() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    command = json.loads(re.findall(r"^CMD (\[.*\])$", dockerfile, re.MULTILINE)[0])
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    assert compose["services"]["cabinet"]["command"] == command
    assert f"`{' '.join(command)}`" in README
    assert "playground" not in re.findall(r"^COPY .*$", dockerfile, re.MULTILINE)
    assert "USER 10001" in dockerfile


def test_the_image_holds_every_room_it_needs_and_no_other() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    copied = {line.split()[1] for line in re.findall(r"^COPY \w+ \w+$", dockerfile, re.MULTILINE)}
    assert copied == {"bot", "handlers", "fsm", "services", "locales", "migrations"}
    ignored = (ROOT / ".dockerignore").read_text()
    assert all(f"!{folder}\n" in ignored for folder in copied)


@pytest.mark.parametrize(
    "page", ["README.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text()
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text) + re.findall(r'src="([^"]+)"', text)
    missing = [link for link in links if "://" not in link and not ((ROOT / page).parent / link).exists()]
    assert not missing


def test_the_commands_of_the_readme_exist() -> None:
    for script in set(re.findall(r"scripts/(\w+)", README)):
        assert (ROOT / "scripts" / script).stat().st_mode & 0o111, script


def test_whoever_is_called_at_night_finds_what_the_log_and_the_metrics_say() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    told = set(re.findall(r"`([a-z_]+)`", page))
    said: dict[str, set[str]] = {"error": set(), "exception": set(), "warning": set()}
    for file in (file for folder in ("bot", "handlers", "services") for file in (ROOT / folder).rglob("*.py")):
        for level, event in re.findall(r"""log\.(error|exception|warning)\(\s*"([a-z_]+)\"""", file.read_text()):
            said[level].add(event)
    begun = tuple(f"{word}_" for word in ("payment", "refund"))
    silent = {event for events in said.values() for event in events if not event.startswith(begun)} - told
    assert not silent, "what the log says and nobody explains"
    metrics = set(re.findall(r"(cabinet_[a-z_]+)", page))
    known = {sample.name for family in REGISTRY.collect() for sample in family.samples}
    known |= {f"{family.name}_total" for family in REGISTRY.collect()} | {family.name for family in REGISTRY.collect()}
    assert metrics <= known
