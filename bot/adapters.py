"""From settings to whatever is outside: database, keys, files, payments, SMS, mail. Adapters are named here and nowhere else."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from bot.config import Settings, key_bytes
from bot.delivery import Hub
from bot.fetcher import Fetcher
from bot.telegram import TelegramApi
from services.adapters.clamd import Clamd
from services.adapters.core_http import HttpCore
from services.adapters.files_local import LocalFiles
from services.adapters.files_s3 import S3Files
from services.adapters.smsc import SmscGateway
from services.adapters.smtp import SmtpMailer
from services.adapters.yookassa import Fiscal, YooKassa
from services.adapters.yookassa_answers import Links
from services.db.pipe import Store
from services.db.postgres import PostgresStore
from services.db.sqlite import SqliteStore
from services.pictures.workers import Workers
from services.ports.files import Files
from services.uploads import MB
from services.vault import Vault


def make_store(settings: Settings) -> Store:
    """The embedded database, or PostgreSQL."""
    path = settings.sqlite_path
    return SqliteStore(path) if path else PostgresStore(settings.database)


def make_vault(settings: Settings) -> Vault:
    """The keys of personal data, of the phone index and of codes."""
    keys = settings.keys
    data = {number: key_bytes(key) for number, key in keys.data_old.items()} | {keys.data_number: key_bytes(keys.data)}
    return Vault(data, key_bytes(keys.index), key_bytes(keys.codes))


def make_files(settings: Settings, vault: Vault) -> Files:
    """The place of clients' files. Raises OSError when its folder cannot be made."""
    files = settings.files
    if files.bucket:
        key = files.key.get_secret_value()
        return S3Files(files.endpoint, files.bucket, files.region, files.key_id, key, vault)
    return LocalFiles(Path(files.folder), vault)


def make_fetcher(settings: Settings, hub: Hub, api: TelegramApi, files: Files) -> Fetcher:
    """What brings clients' files."""
    own = settings.files
    return Fetcher(hub, api, Workers(own.pixels), files, make_antivirus(settings), own.each * MB, own.at_once)


def make_antivirus(settings: Settings) -> Clamd | None:
    """ClamAV, if it is set up."""
    return Clamd(settings.files.clamd) if settings.files.clamd else None


def make_provider(settings: Settings, http: aiohttp.ClientSession) -> YooKassa:
    """The payment provider."""
    pay = settings.payments
    fiscal = Fiscal(pay.tax_system, pay.vat, pay.subject, pay.mode)
    return YooKassa(pay.url, pay.shop, pay.key.get_secret_value(), Links(tuple(pay.hosts)), fiscal, http)


def make_core(settings: Settings, http: aiohttp.ClientSession) -> HttpCore:
    """The insurer's core."""
    return HttpCore(settings.core.url, settings.core.key.get_secret_value(), http)


def make_sms(settings: Settings, http: aiohttp.ClientSession) -> SmscGateway:
    """The gateway of one-time codes."""
    sms = settings.sms
    return SmscGateway(sms.url, sms.login, sms.password.get_secret_value(), sms.sender, http)


def make_mailer(settings: Settings) -> SmtpMailer | None:
    """E-mail, if it is set up."""
    mail = settings.mail
    if not mail.host:
        return None
    return SmtpMailer(mail.host, mail.port, mail.sender, mail.login, mail.password.get_secret_value(), mail.security)
