"""Unsafe settings refuse to start, and say in plain Russian which, why, and what to write."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from bot.__main__ import main, read_settings
from bot.adapters import make_files, make_vault
from bot.config import Settings, key_bytes
from bot.insurer import make_offices
from services.adapters.files_local import LocalFiles
from services.adapters.files_s3 import S3Files
from services.offices import DEMO


def key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


GOOD = {
    "CABINET_TELEGRAM__TOKEN": "123456789:AAfakefakefakefakefakefakefakefakefa",
    "CABINET_TELEGRAM__WEBHOOK_URL": "https://bot.example.ru/telegram/0123456789abcdef0123456789abcdef",
    "CABINET_TELEGRAM__SECRET": "fedcba9876543210fedcba9876543210",
    "CABINET_DATABASE": "sqlite:/var/lib/cabinet/cabinet.db",
    "CABINET_FILES__FOLDER": "/var/lib/cabinet/files",
    "CABINET_CORE__URL": "https://core.example.ru/api",
    "CABINET_CORE__KEY": key("k"),
    "CABINET_SMS__LOGIN": "login",
    "CABINET_SMS__PASSWORD": "vErYsEcReT",
    "CABINET_MAIL__HOST": "mail.example.ru",
    "CABINET_MAIL__SENDER": "kabinet@example.ru",
    "CABINET_PAYMENTS__SHOP": "100500",
    "CABINET_PAYMENTS__KEY": "live_aBcDeFgHiJkLmNoPqRsTuVwXyZ",
    "CABINET_PAYMENTS__SECRET": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "CABINET_WEB__PUBLIC_URL": "https://bot.example.ru",
    "CABINET_KEYS__DATA": key("d"),
    "CABINET_KEYS__INDEX": key("i"),
    "CABINET_KEYS__BUTTONS": key("b"),
    "CABINET_KEYS__CODES": key("c"),
}
"""A production that may start."""

S3 = {"FILES__KEY_ID": "cabinet", "FILES__KEY": "vErYsEcReTkEy"}
BUCKET = S3 | {"FILES__FOLDER": "", "FILES__BUCKET": "files"}
EVERYWHERE = "0.0.0.0"  # noqa: S104 - the very thing that is refused

UNSAFE = {
    "the playground's token": ({"TELEGRAM__TOKEN": "1000000001:PLAYGROUND"}, "@BotFather"),
    "Telegram in the clear": ({"TELEGRAM__API": "http://api.telegram.org"}, "https://api.telegram.org"),
    "a webhook in the clear": (
        {"TELEGRAM__WEBHOOK_URL": "http://bot.example.ru/telegram/0123456789abcdef"},
        "https://",
    ),
    "a webhook easily found": ({"TELEGRAM__WEBHOOK_URL": "https://bot.example.ru/telegram"}, "случайной строкой"),
    "no secret": ({"TELEGRAM__SECRET": ""}, "от 16 до 256 знаков"),
    "a short secret": ({"TELEGRAM__SECRET": "secret"}, "openssl rand -hex 32"),
    "a secret too long": ({"TELEGRAM__SECRET": "x" * 257}, "openssl rand -hex 32"),
    "messages thrown away": ({"TELEGRAM__DROP_PENDING": "true"}, "убрать эту настройку"),
    "no place for files": ({"FILES__FOLDER": ""}, "/var/lib/cabinet/files"),
    "two places for files": (S3 | {"FILES__BUCKET": "files", "FILES__FOLDER": "/f"}, "CABINET_FILES__BUCKET"),
    "a bucket without a key": (
        {"FILES__FOLDER": "", "FILES__BUCKET": "files", "FILES__KEY": ""},
        "CABINET_FILES__KEY_ID",
    ),
    "a bucket in the clear": (BUCKET | {"FILES__ENDPOINT": "http://s3.example.ru"}, "https://storage.yandexcloud.net"),
    "an unknown database": ({"DATABASE": "mysql://root@localhost/cabinet"}, "sqlite:/var/lib/cabinet/cabinet.db"),
    "the core in the clear": ({"CORE__URL": "http://core.example.ru"}, "https://"),
    "a short key of the core": ({"CORE__KEY": "short"}, "openssl rand -base64 32"),
    "codes in the clear": ({"SMS__URL": "http://smsc.ru/"}, "https://smsc.ru/"),
    "payments in the clear": ({"PAYMENTS__URL": "http://api.yookassa.ru/v3"}, "https://api.yookassa.ru/v3"),
    "a test shop": ({"PAYMENTS__KEY": "test_aBcDeFgHiJkLmNoPqRsTuVwXyZ"}, "live_"),
    "notifications easily found": ({"PAYMENTS__SECRET": "0a1b2c3d4e5f60718293a4b"}, "openssl rand -hex 32"),
    "notifications of another path": ({"PAYMENTS__SECRET": "0a1b2c3d/4e5f60718293a4b5"}, "A-Z a-z 0-9 _ -"),
    "links to nowhere": ({"PAYMENTS__HOSTS": "[]"}, '["yoomoney.ru","yookassa.ru"]'),
    "links to this machine": ({"PAYMENTS__HOSTS": '["yoomoney.ru", "localhost"]'}, '["yoomoney.ru","yookassa.ru"]'),
    "mail in the clear": ({"MAIL__SECURITY": "none"}, "starttls или tls"),
    "receipts nobody can verify": ({"WEB__PUBLIC_URL": ""}, "https://bot.example.ru"),
    "receipts verified in the clear": ({"WEB__PUBLIC_URL": "http://bot.example.ru"}, "https://bot.example.ru"),
    "metrics for everybody": ({"WEB__INTERNAL_HOST": EVERYWHERE}, "127.0.0.1"),
    "metrics on a public address": ({"WEB__INTERNAL_HOST": "8.8.8.8"}, "127.0.0.1"),
    "metrics under a name like an address": ({"WEB__INTERNAL_HOST": "10.evil.example"}, "127.0.0.1"),
    "a talkative log": ({"LOG_LEVEL": "DEBUG"}, "INFO"),
    "development for everybody": ({"ENV": "dev", "WEB__HOST": EVERYWHERE}, "127.0.0.1"),
    "one key for everything": ({"KEYS__CODES": key("d")}, "openssl rand -base64 32"),
}

WRONG = {
    "a port in words": ({"WEB__PORT": "many"}, "целое число"),
    "a pace in words": ({"PACE__CHAT": "quickly"}, "нужно число"),
    "no pace at all": ({"PACE__OVERALL": "0"}, "годится только: 1"),
    "a key of a wrong size": ({"KEYS__DATA": base64.b64encode(b"short").decode()}, "32 байта"),
    "a key that is no base64": ({"KEYS__INDEX": "это ключ"}, "openssl rand -base64 32"),
    "an unknown level": ({"LOG_LEVEL": "LOUD"}, "'INFO'"),
    "an unknown environment": ({"ENV": "staging"}, "'production'"),
    "an unknown security": ({"MAIL__SECURITY": "maybe"}, "'starttls'"),
    "a wish in words": ({"TELEGRAM__DROP_PENDING": "perhaps"}, "true или false"),
    "a network in words": ({"PAYMENTS__NETWORKS": '["yookassa"]'}, "IPv4 or IPv6"),
    "a tax nobody knows": ({"PAYMENTS__TAX_SYSTEM": "7"}, "годится только: 6"),
    "a calendar that is not there": ({"CALENDAR": "/nowhere/calendar.json"}, "Напишите путь к файлу JSON"),
    "offices that are not there": ({"OFFICES": "/nowhere/offices.toml"}, "Напишите путь к файлу TOML или JSON"),
    "a file larger than Telegram gives": ({"FILES__EACH": "50"}, "годится только: 20"),
    "an antivirus nowhere": ({"FILES__CLAMD": "clamav"}, "[0-9]{1,5}"),
    "a key number": ({"KEYS__DATA_NUMBER": "300"}, "годится только: 255"),
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but the test's own; no `.env` either."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("CABINET_")]:
        monkeypatch.delenv(name)


def give(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]) -> None:
    for name, value in (GOOD | {f"CABINET_{name}": value for name, value in changed.items()}).items():
        monkeypatch.setenv(name, value)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["run"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    for word in words:
        assert word in said.err, said.err
    assert "Traceback" not in said.err
    return said.err


def test_a_safe_production_may_start(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, {})
    settings = read_settings()
    assert settings is not None
    assert settings.env == "production"
    assert settings.webhook_path == "/telegram/0123456789abcdef0123456789abcdef"
    assert key_bytes(settings.keys.data) == b"d" * 32


@pytest.mark.parametrize(("changed", "mend"), UNSAFE.values(), ids=UNSAFE.keys())
def test_unsafe_settings_refuse_to_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], changed: dict[str, str], mend: str
) -> None:
    give(monkeypatch, changed)
    name = "CABINET_KEYS__*" if "KEYS__CODES" in changed else f"CABINET_{list(changed)[-1]}"
    said = refused(capsys, f"{name}:", "Напишите:", mend)
    assert len([line for line in said.splitlines() if line.startswith("  ")]) <= 2, "only what is wrong is told"


@pytest.mark.parametrize(("changed", "mend"), WRONG.values(), ids=WRONG.keys())
def test_settings_of_a_wrong_shape_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], changed: dict[str, str], mend: str
) -> None:
    give(monkeypatch, changed)
    [(name, value)] = changed.items()
    said = refused(capsys, f"CABINET_{name}:", mend)
    assert value not in said or len(value) < 4 or "KEYS" not in name, "a secret is not repeated"


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in GOOD
        if not name.endswith(("WEBHOOK_URL", "PUBLIC_URL", "SECRET", "DATABASE", "HOST", "SENDER", "FOLDER"))
    ],
)
def test_a_missing_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    give(monkeypatch, {})
    monkeypatch.delenv(name)
    refused(capsys, f"{name}: не задано")


def test_without_any_setting_the_groups_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, "CABINET_TELEGRAM", "CABINET_CORE", "CABINET_SMS", "CABINET_PAYMENTS", "CABINET_KEYS", "не задано")


def test_a_group_that_is_no_json_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    give(monkeypatch, {"CORE__EVENT_KEYS": "core-1=secret"})
    said = refused(capsys, "core")
    assert "secret" not in said


def test_several_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    give(monkeypatch, {"SMS__URL": "http://smsc.ru/", "LOG_LEVEL": "DEBUG"})
    refused(capsys, "CABINET_SMS__URL", "CABINET_LOG_LEVEL")


def test_notifications_come_from_the_provider_by_the_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, {})
    settings = read_settings()
    assert settings is not None
    assert [str(net) for net in settings.payments.networks][::5] == ["185.71.76.0/27", "77.75.156.35/32"]
    assert [str(net) for net in settings.payments.proxies] == ["127.0.0.1/32", "::1/128"]
    assert settings.payments.hosts == ["yoomoney.ru", "yookassa.ru"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.5", "172.20.0.3"])
def test_metrics_may_be_on_the_inner_network(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    give(monkeypatch, {"WEB__INTERNAL_HOST": host})
    assert read_settings() is not None


def test_polling_needs_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, {"TELEGRAM__WEBHOOK_URL": "", "TELEGRAM__SECRET": ""})
    assert read_settings() is not None


def test_secrets_are_not_shown_by_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, {})
    shown = repr(Settings())  # type: ignore[call-arg] # fields come from the environment
    secrets = [value for name, value in GOOD.items() if name.endswith(("TOKEN", "SECRET", "KEY", "PASSWORD"))]
    assert not [secret for secret in secrets if secret in shown]


def test_offices_are_read_before_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "offices.toml"
    path.write_text(DEMO.read_text().replace("latitude = 55.7963", "latitude = 155.7963"))
    give(monkeypatch, {"OFFICES": str(path)})
    refused(capsys, "CABINET_OFFICES: offices.toml: офис 5 (Казань), поле latitude. Напишите: latitude = 55.7963")


def test_files_are_kept_where_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kinds = {}
    for name, changed in {"folder": {"FILES__FOLDER": str(tmp_path / "files")}, "bucket": BUCKET}.items():
        give(monkeypatch, changed)
        settings = read_settings()
        assert settings is not None
        kinds[name] = type(make_files(settings, make_vault(settings)))
    assert kinds == {"folder": LocalFiles, "bucket": S3Files}


def test_clients_are_not_sent_to_the_demo_brands_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    for env, known in (("production", 0), ("dev", 12)):
        give(monkeypatch, {"ENV": env, "WEB__HOST": "127.0.0.1"})
        settings = read_settings()
        assert settings is not None
        assert len(make_offices(settings).all) == known
