"""Settings by environment (`CABINET_…`, nested by two underscores). What is unsafe is refused by `bot.safety`.

`docs/settings.md` is made from this page. Development (`CABINET_ENV=dev`) allows what the playground needs, on loopback only.
"""

from __future__ import annotations

import base64
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, IPvAnyNetwork, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.deadlines.calendar import read as read_calendar
from services.employees import read as read_employees
from services.hours import Hours
from services.offices import read as read_offices
from services.talks.canned import Canned


def _key(value: SecretStr) -> SecretStr:
    try:
        size = len(base64.b64decode(value.get_secret_value(), validate=True))
    except ValueError:
        size = 0
    if size != 32:
        raise ValueError("должно быть 32 байта в base64: openssl rand -base64 32 / must be 32 bytes in base64")
    return value


Key = Annotated[SecretStr, AfterValidator(_key)]


def _offices(value: str) -> str:
    if value:
        read_offices(Path(value))
    return value


def _calendar(value: str) -> str:
    if value:
        read_calendar(Path(value))
    return value


def key_bytes(key: SecretStr) -> bytes:
    """A Key as bytes."""
    return base64.b64decode(key.get_secret_value())


def _canned(value: str) -> str:
    if value:
        Canned.read(Path(value))
    return value


def _first(value: str) -> str:
    if value:
        read_employees(Path(value))
    return value


def _hours(words: str) -> str:
    Hours.of(words)
    return words


class Telegram(BaseModel):
    """`webhook_url` empty: polling. `secret` is what Telegram sends back in a header; without it a webhook is not accepted."""

    token: SecretStr
    api: str = "https://api.telegram.org"
    webhook_url: str = ""
    secret: SecretStr = SecretStr("")
    drop_pending: bool = False

    @property
    def bot_id(self) -> int:
        """The bot's own id, with which its token begins; 0 for what is no token."""
        number = self.token.get_secret_value().partition(":")[0]
        return int(number) if number.isdecimal() else 0


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
    `X-Forwarded-For` is believed; `hosts` stand for their subdomains too. The payer's browser goes to `return_url` afterwards: the chat.
    """

    url: str = "https://api.yookassa.ru/v3"
    shop: str
    key: SecretStr
    secret: SecretStr
    return_url: str = "https://t.me/"
    networks: list[IPvAnyNetwork] = Field(default_factory=lambda: [ip_network(net) for net in YOOKASSA])
    proxies: list[IPvAnyNetwork] = Field(default_factory=lambda: [ip_network("127.0.0.1"), ip_network("::1")])
    hosts: list[str] = Field(default_factory=lambda: ["yoomoney.ru", "yookassa.ru"])
    tax_system: int = Field(default=1, ge=1, le=6)
    vat: int = Field(default=1, ge=1, le=12)
    subject: str = "service"
    mode: str = "full_prepayment"


class Files(BaseModel):
    """What clients send: where it is kept (a `folder`, or a `bucket` of whatever speaks S3), and how much is taken.

    A claim may have `most` files, `total` megabytes together, `each` at most so many, and a photo `pixels`; `at_once` are under way.
    `clamd` is an antivirus, `host:port` or the path of its socket.
    """

    folder: str = ""
    bucket: str = ""
    endpoint: str = "https://storage.yandexcloud.net"
    region: str = "ru-central1"
    key_id: str = ""
    key: SecretStr = SecretStr("")
    most: int = Field(default=30, ge=1)
    total: int = Field(default=200, ge=1)
    each: int = Field(default=10, ge=1, le=20)
    pixels: int = Field(default=50_000_000, ge=1_000_000, le=50_000_000)
    at_once: int = Field(default=4, ge=1, le=64)
    clamd: Annotated[str, Field(pattern=r"^$|^/.+|^[^/\s]+:[0-9]{1,5}$")] = ""


class Web(BaseModel):
    """The public listener (behind your TLS proxy) and the internal one (health, metrics), which must not be public.

    `public_url` is how the world reaches the first: receipts are verified there. Empty: this machine, for development.
    """

    host: str = "127.0.0.1"
    port: int = 8089
    internal_host: str = "127.0.0.1"
    internal_port: int = 8090
    public_url: str = ""

    @property
    def address(self) -> str:
        """Where a receipt is verified."""
        return self.public_url or f"http://{self.host}:{self.port}"


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


class Reminders(BaseModel):
    """The pace of what nobody asked for: clients looked at in a second, and how much may wait to be sent before others are looked at."""

    rate: int = Field(default=20, ge=1)
    backlog: int = Field(default=60, ge=1)


class Claims(BaseModel):
    """`remote`: regions, as words of an address, whose repair directions need no visit to the office."""

    remote: list[str] = Field(default_factory=lambda: ["Москва", "Санкт-Петербург"])


class Staff(BaseModel):
    """The staff groups (forum supergroups where the bot may manage topics), when staff work, and what is promised to clients.

    Agents come home in the cities `visits` and the region around; elsewhere they call back.
    `hours` is read by `services.hours`; `answer` and `next_answer` are minutes of working time, `warn` is how many minutes before.
    """

    groups: list[int] = Field(default_factory=list)
    language: Literal["ru", "en"] = "ru"
    hours: Annotated[str, AfterValidator(_hours)] = "mon-fri 09:00-21:00; sat-sun 10:00-18:00; holidays 10:00-18:00"
    first: Annotated[str, AfterValidator(_first)] = ""
    department: str = "поддержка"
    visits: list[str] = Field(default_factory=lambda: ["Москва"])
    canned: Annotated[str, AfterValidator(_canned)] = ""
    answer: int = Field(default=30, ge=1)
    next_answer: int = Field(default=60, ge=1)
    warn: int = Field(default=10, ge=1)


class Brand(BaseModel):
    """Whose cabinet this is. Phones in E.164; `hours_en` is said in English. `tow` and `commissioner` come to an accident; empty: none."""

    name: str = "Тихая гавань"
    name_en: str = "Quiet Harbour"
    phone: str = "+78000000000"
    tow: str = ""
    commissioner: str = ""
    hours: str = "пн–пт 9:00–21:00, сб–вс 10:00–18:00 мск"
    hours_en: str = "Mon–Fri 9:00–21:00, Sat–Sun 10:00–18:00 Moscow time"


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
    files: Files = Files()
    keys: Keys
    pace: Speed = Speed()
    reminders: Reminders = Reminders()
    brand: Brand = Brand()
    claims: Claims = Claims()
    staff: Staff = Staff()
    offices: Annotated[str, AfterValidator(_offices)] = ""
    calendar: Annotated[str, AfterValidator(_calendar)] = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the embedded database; None on PostgreSQL."""
        return Path(self.database.removeprefix("sqlite:")) if self.database.startswith("sqlite:") else None

    @property
    def webhook_path(self) -> str:
        """Where Telegram posts: the path of the webhook's address, which should hold something unguessable."""
        return urlsplit(self.telegram.webhook_url).path or "/"
