"""Settings by environment (`CABINET_…`, nested by two underscores). What is unsafe in production refuses to start and says why.

`docs/settings.md` is made from this page. Development (`CABINET_ENV=dev`) allows what the playground needs, on loopback only.
"""

from __future__ import annotations

import base64
import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, IPvAnyNetwork, SecretStr
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

PATH_PART = re.compile(r"[A-Za-z0-9_-]{24,256}")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PLAYGROUND = ":PLAYGROUND"  # how the token of a playground ends


def _key(value: SecretStr) -> SecretStr:
    try:
        size = len(base64.b64decode(value.get_secret_value(), validate=True))
    except ValueError:
        size = 0
    if size != 32:
        raise ValueError("должно быть 32 байта в base64: openssl rand -base64 32 / must be 32 bytes in base64")
    return value


Key = Annotated[SecretStr, AfterValidator(_key)]


def key_bytes(key: SecretStr) -> bytes:
    """A Key as bytes."""
    return base64.b64decode(key.get_secret_value())


class Telegram(BaseModel):
    """`webhook_url` empty: polling. `secret` is what Telegram sends back in a header; without it a webhook is not accepted."""

    token: SecretStr
    api: str = "https://api.telegram.org"
    webhook_url: str = ""
    secret: SecretStr = SecretStr("")
    drop_pending: bool = False


class Core(BaseModel):
    """The insurer's core: its address, and the keys by id that sign its events (several while a key is being changed)."""

    url: str
    key: SecretStr
    event_keys: dict[str, SecretStr] = Field(default_factory=dict)


class Sms(BaseModel):
    """SMSC.ru, or whatever speaks its contract."""

    url: str = "https://smsc.ru/"
    login: str
    password: SecretStr
    sender: str = ""


class Mail(BaseModel):
    """SMTP; without a host documents and codes are not offered by mail."""

    host: str = ""
    port: int = 587
    sender: str = ""
    login: str = ""
    password: SecretStr = SecretStr("")
    security: Literal["none", "starttls", "tls"] = "starttls"


YOOKASSA = (
    "185.71.76.0/27",
    "185.71.77.0/27",
    "77.75.153.0/25",
    "77.75.154.128/25",
    "77.75.156.11",
    "77.75.156.35",
    "2a02:5180::/32",
)
"""Where its notifications come from (yookassa.ru/developers/using-api/webhooks)."""


class Payments(BaseModel):
    """YooKassa: the account, where its notifications may come from and its links may lead, and what a receipt says.

    `secret` is the last part of the notifications' address; `networks` empty: from anywhere; `proxies` are those whose
    `X-Forwarded-For` is believed; `hosts` stand for their subdomains too.
    """

    url: str = "https://api.yookassa.ru/v3"
    shop: str
    key: SecretStr
    secret: SecretStr
    networks: list[IPvAnyNetwork] = Field(default_factory=lambda: [ip_network(net) for net in YOOKASSA])
    proxies: list[IPvAnyNetwork] = Field(default_factory=lambda: [ip_network("127.0.0.1"), ip_network("::1")])
    hosts: list[str] = Field(default_factory=lambda: ["yoomoney.ru", "yookassa.ru"])
    tax_system: int = Field(default=1, ge=1, le=6)
    vat: int = Field(default=1, ge=1, le=12)
    subject: str = "service"
    mode: str = "full_prepayment"


class Web(BaseModel):
    """The public listener (behind your TLS proxy) and the internal one (health, metrics), which must not be public."""

    host: str = "127.0.0.1"
    port: int = 8089
    internal_host: str = "127.0.0.1"
    internal_port: int = 8090


class Keys(BaseModel):
    """Four different keys of 32 bytes each. `data_old` still open what they have sealed while `data` is being changed."""

    data: Key
    data_number: int = Field(default=1, ge=1, le=255)
    data_old: dict[int, Key] = Field(default_factory=dict)
    index: Key
    buttons: Key
    codes: Key


class Speed(BaseModel):
    """Telegram's limits: messages a second in all, a second to one chat (with a burst), a minute to a group."""

    overall: int = Field(default=30, ge=1)
    chat: float = Field(default=1.0, gt=0)
    burst: int = Field(default=5, ge=1)
    group: int = Field(default=18, ge=1)


class Brand(BaseModel):
    """Whose cabinet this is. `phone` in E.164; `hours_en` is said in English."""

    name: str = "Тихая гавань"
    name_en: str = "Quiet Harbour"
    phone: str = "+78000000000"
    hours: str = "пн–пт 9:00–21:00, сб–вс 10:00–18:00 мск"
    hours_en: str = "Mon–Fri 9–21, Sat–Sun 10–18 Moscow time"


class Settings(BaseSettings):
    """Everything the process needs to know."""

    model_config = SettingsConfigDict(env_prefix="CABINET_", env_nested_delimiter="__", env_file=".env", extra="forbid")

    env: Literal["dev", "production"] = "production"
    telegram: Telegram
    database: str = "sqlite:.data/cabinet.db"
    core: Core
    sms: Sms
    mail: Mail = Mail()
    payments: Payments
    web: Web = Web()
    keys: Keys
    pace: Speed = Speed()
    brand: Brand = Brand()
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the embedded database; None on PostgreSQL."""
        return Path(self.database.removeprefix("sqlite:")) if self.database.startswith("sqlite:") else None

    @property
    def webhook_path(self) -> str:
        """Where Telegram posts: the path of the webhook's address, which should hold something unguessable."""
        return urlsplit(self.telegram.webhook_url).path or "/"


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
            bool(s.mail.host) and s.mail.security == "none" and s.mail.host not in LOOPBACK,
            "CABINET_MAIL__SECURITY",
            "документы ушли бы открыто",
            "starttls или tls",
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
