"""Settings that must not run: each refusal says which setting, why, and what to write instead."""

from __future__ import annotations

import re
from ipaddress import ip_address

from pydantic_core import ErrorDetails

from bot.config import Settings

PATH_PART = re.compile(r"[A-Za-z0-9_-]{24,256}")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PLAYGROUND = ":PLAYGROUND"  # how the token of a playground ends


class Unsafe(Exception):
    """These settings must not run in production; `reasons` say which, why, and what to write."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def require_safe(settings: Settings) -> Settings:
    """Raises Unsafe. In development only the playground's own dangers are looked at."""
    reasons = _always(settings) + (_production(settings) if settings.env == "production" else _development(settings))
    if reasons:
        raise Unsafe(reasons)
    return settings


MEND = {
    "missing": "не задано. Напишите значение / is not set",
    "int_parsing": "нужно целое число / a whole number is needed",
    "float_parsing": "нужно число / a number is needed",
    "bool_parsing": "нужно true или false / true or false is needed",
}
"""What to write, by the kind of pydantic's error."""


def mended(error: ErrorDetails) -> str:
    """One line for a setting of the wrong shape: its name, why, what to write. Its value is never repeated: it may be a secret."""
    name = "CABINET_" + "__".join(part for part in error["loc"] if isinstance(part, str)).upper()
    bounds = ", ".join(str(value) for key, value in error.get("ctx", {}).items() if key != "error")
    words = error["msg"].removeprefix("Value error, ")
    return f"{name}: {MEND.get(error['type']) or (f'годится только: {bounds} / {words}' if bounds else words)}"


def _always(s: Settings) -> list[str]:
    keys = [k.get_secret_value() for k in (s.keys.data, s.keys.index, s.keys.buttons, s.keys.codes)]
    telegram = s.telegram
    return _said(
        (
            len(set(keys)) < 4,
            "CABINET_KEYS__*",
            "четыре ключа должны различаться",
            "openssl rand -base64 32 для каждого",
        ),
        (
            not s.database.startswith(("sqlite:", "postgresql://")),
            "CABINET_DATABASE",
            "неизвестная база данных",
            "sqlite:/var/lib/cabinet/cabinet.db или postgresql://user:password@host/base",
        ),
        (
            bool(telegram.webhook_url) and not telegram.secret.get_secret_value(),
            "CABINET_TELEGRAM__SECRET",
            "без секрета любой может выдать себя за Telegram",
            "от 16 до 256 знаков A-Z a-z 0-9 _ -",
        ),
        (
            not PATH_PART.fullmatch(s.payments.secret.get_secret_value()),
            "CABINET_PAYMENTS__SECRET",
            "секрет стоит в адресе уведомлений",
            "от 24 до 256 знаков A-Z a-z 0-9 _ -: openssl rand -hex 32",
        ),
        (
            bool(s.files.folder) == bool(s.files.bucket),
            "CABINET_FILES__FOLDER",
            "нужно одно место для файлов клиентов: папка или хранилище S3",
            "/var/lib/cabinet/files, или вместо неё CABINET_FILES__BUCKET",
        ),
        (
            bool(s.files.bucket) and not (s.files.key_id and s.files.key.get_secret_value()),
            "CABINET_FILES__KEY",
            "хранилище S3 не пустит без ключа",
            "CABINET_FILES__KEY_ID и CABINET_FILES__KEY из кабинета хранилища",
        ),
        (
            telegram.drop_pending,
            "CABINET_TELEGRAM__DROP_PENDING",
            "сообщения клиентов, пришедшие за время остановки, пропадут",
            "убрать эту настройку",
        ),
    )


def _production(s: Settings) -> list[str]:
    telegram = s.telegram
    secret = telegram.secret.get_secret_value()
    return _said(
        (
            telegram.token.get_secret_value().endswith(PLAYGROUND),
            "CABINET_TELEGRAM__TOKEN",
            "это токен игровой площадки",
            "токен от @BotFather",
        ),
        (
            not telegram.api.startswith("https://"),
            "CABINET_TELEGRAM__API",
            "токен ушёл бы открытым текстом",
            "https://api.telegram.org",
        ),
        (
            bool(telegram.webhook_url) and not telegram.webhook_url.startswith("https://"),
            "CABINET_TELEGRAM__WEBHOOK_URL",
            "Telegram принимает только https",
            "https://bot.example.ru/telegram/<случайная строка>",
        ),
        (
            bool(telegram.webhook_url) and not 16 <= len(secret) <= 256,
            "CABINET_TELEGRAM__SECRET",
            "короткий секрет угадывается",
            "openssl rand -hex 32",
        ),
        (
            bool(telegram.webhook_url) and len(s.webhook_path) < 24,
            "CABINET_TELEGRAM__WEBHOOK_URL",
            "путь угадывается",
            "путь со случайной строкой не короче 16 знаков",
        ),
        (not s.core.url.startswith("https://"), "CABINET_CORE__URL", "данные клиентов ушли бы открыто", "https://…"),
        (len(s.core.key.get_secret_value()) < 32, "CABINET_CORE__KEY", "короткий ключ", "openssl rand -base64 32"),
        (not s.sms.url.startswith("https://"), "CABINET_SMS__URL", "коды ушли бы открыто", "https://smsc.ru/"),
        (
            not s.payments.url.startswith("https://"),
            "CABINET_PAYMENTS__URL",
            "ключ магазина ушёл бы открыто",
            "https://api.yookassa.ru/v3",
        ),
        (
            s.payments.key.get_secret_value().startswith("test_"),
            "CABINET_PAYMENTS__KEY",
            "ключ тестового магазина: деньги не приходят, а полисы бы выдавались",
            "ключ рабочего магазина, live_…",
        ),
        (
            not s.payments.hosts or bool({*s.payments.hosts} & {*LOOPBACK}),
            "CABINET_PAYMENTS__HOSTS",
            "ссылка на оплату вела бы в никуда",
            '["yoomoney.ru","yookassa.ru"]',
        ),
        (
            bool(s.files.bucket) and not s.files.endpoint.startswith("https://"),
            "CABINET_FILES__ENDPOINT",
            "ключ хранилища ушёл бы открыто",
            "https://storage.yandexcloud.net",
        ),
        (
            bool(s.mail.host) and s.mail.security == "none" and s.mail.host not in LOOPBACK,
            "CABINET_MAIL__SECURITY",
            "документы ушли бы открыто",
            "starttls или tls",
        ),
        (
            not s.web.public_url.startswith("https://"),
            "CABINET_WEB__PUBLIC_URL",
            "квитанцию о страховом случае нельзя было бы проверить",
            "адрес, по которому виден CABINET_WEB__PORT: https://bot.example.ru",
        ),
        (
            s.web.internal_host not in LOOPBACK and not _private(s.web.internal_host),
            "CABINET_WEB__INTERNAL_HOST",
            "метрики и здоровье увидел бы весь интернет",
            "127.0.0.1 или адрес внутренней сети",
        ),
        (s.log_level == "DEBUG", "CABINET_LOG_LEVEL", "подробный журнал не для рабочей системы", "INFO"),
    )


def _development(s: Settings) -> list[str]:
    open_hosts = [h for h in (s.web.host, s.web.internal_host) if h not in LOOPBACK]
    return _said(
        (
            bool(open_hosts),
            "CABINET_WEB__HOST",
            "в режиме разработки время двигает любой, кто дотянется",
            "127.0.0.1 или CABINET_ENV=production",
        ),
    )


def _private(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_private and not address.is_unspecified


def _said(*rules: tuple[bool, str, str, str]) -> list[str]:
    return [f"{name}: {why}. Напишите: {mend}" for broken, name, why, mend in rules if broken]
