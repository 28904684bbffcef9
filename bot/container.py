"""The composition root: from settings to a cabinet that can run. Adapters are named here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.careful import CarefulReplay
from bot.config import Brand, Settings, key_bytes
from bot.courier import Courier
from bot.delivery import Hub
from bot.dispatcher import ALLOWED_UPDATES, HOUSE, Hall, Handler
from bot.fetcher import Fetcher
from bot.intake import Polling, Webhook
from bot.lanes import Lanes
from bot.metrics import REFUSED_BUTTONS
from bot.pace import Pace, Pacer
from bot.papers import Papers
from bot.pipe import Pipe
from bot.rounds import Rounds
from bot.sender import Sender
from bot.shelf import Shelf
from bot.telegram import TelegramApi
from bot.web.payments import Notifications
from bot.web.public import CoreEvents
from bot.web.receipts import Receipts
from handlers import format as show
from handlers.buttons import Buttons
from handlers.conversation import Conversation
from handlers.desk.card import Cards
from handlers.desk.decisions import Decisions
from handlers.desk.errands import Errands
from handlers.desk.relay import Relay
from handlers.desk.staff import Staff as StaffSide
from handlers.desk.twins import Twins
from handlers.desk.watch import Watch
from handlers.events import Events
from handlers.menu import LANGUAGES
from handlers.texts import LOCALES, Texts
from services.accounts import Accounts
from services.adapters.clamd import Clamd
from services.adapters.core_http import HttpCore
from services.adapters.files_local import LocalFiles
from services.adapters.files_s3 import S3Files
from services.adapters.smsc import SmscGateway
from services.adapters.smtp import SmtpMailer
from services.adapters.yookassa import Fiscal, YooKassa
from services.adapters.yookassa_answers import Links
from services.applications import Applications
from services.cabinet import Cabinet
from services.calendars import Calendars
from services.claims import Claims
from services.claims.adjusting import Adjusting
from services.claims.remote import Remote
from services.clients import Clients
from services.clock import Clock
from services.consent import MARKETING, PROCESSING, Consents, ConsentText
from services.db.pipe import Store
from services.db.postgres import PostgresStore
from services.db.sqlite import SqliteStore
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar
from services.debts import Debts
from services.debts.settling import Settling
from services.documents import Documents
from services.employees import DEMO as FIRST
from services.employees import Employee, Employees
from services.employees import read as read_employees
from services.fill import Fill
from services.history import History
from services.hours import Hours
from services.knowledge import knowledge
from services.login import Login
from services.offices import DEMO, Offices
from services.offices import read as read_offices
from services.payments import Payments, Terms
from services.pictures.workers import Workers
from services.policies import Policies
from services.ports.files import Files
from services.prolongation import Copies, Course, Prolongation
from services.questions import Questions
from services.quotes import Quotes
from services.reminders import Backfill, Notes, Reminders, TermIndex, wakes
from services.requests import Requests
from services.requests.agents import Agents
from services.requests.windows import Windows
from services.sessions import Sessions
from services.talks import Talks
from services.talks.canned import DEMO as CANNED
from services.talks.canned import Canned
from services.talks.desk import Desk
from services.talks.groups import Groups
from services.talks.promise import Promise
from services.uploads import MB, Limits, Uploads
from services.vault import Vault


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything `bot.process` runs."""

    settings: Settings
    clock: Clock
    calendar: Calendar
    store: Store
    lanes: Lanes
    rounds: Rounds
    hub: Hub
    sender: Sender
    courier: Courier
    fetcher: Fetcher
    files: Files
    api: TelegramApi
    webhook: Webhook
    polling: Polling
    core_events: CoreEvents
    notifications: Notifications
    receipts: Receipts


def build(
    settings: Settings, http: aiohttp.ClientSession, *, unclean: bool, store: Store, clock: Clock | None = None
) -> Parts:
    """`http` is the client of all adapters; `unclean`: the last process did not end by itself."""
    clock = clock or Clock()
    vault = make_vault(settings)
    token = settings.telegram.token.get_secret_value()
    api = TelegramApi(settings.telegram.api, token, http)
    core = HttpCore(settings.core.url, settings.core.key.get_secret_value(), http)
    calendar = make_calendar(settings)
    hall, events = make_dialogs(settings, vault, clock, calendar)
    hub = Hub(store, vault)
    pipe = Pipe(store, vault, clock, Handler(hall, events))
    lanes = Lanes(pipe, hub, CarefulReplay(pipe, hub, events.sorry, unclean=unclean))
    papers = Papers(core)
    pace = settings.pace
    sender = Sender(api, hub, Pacer(Pace(pace.overall, pace.chat, pace.burst, pace.group)), papers.content)
    files = make_files(settings, vault)
    mailer, sms = make_mailer(settings), make_sms(settings, http)
    courier = Courier(hub, core, make_provider(settings, http), sms, mailer, files, papers, Shelf(store, files))
    fetcher = make_fetcher(settings, hub, api, files)
    hub.lanes, hub.telegram, hub.courier, hub.fetcher = lanes, sender, courier, fetcher
    keys = {name: key.get_secret_value().encode() for name, key in settings.core.event_keys.items()}
    return Parts(
        settings,
        clock,
        calendar,
        store,
        lanes,
        Rounds(lanes, wakes, settings.reminders.rate, settings.reminders.backlog),
        hub,
        sender,
        courier,
        fetcher,
        files,
        api,
        Webhook(lanes, api, settings.telegram.secret.get_secret_value()),
        Polling(lanes, api, ALLOWED_UPDATES),
        CoreEvents(lanes, keys or {"core-1": settings.core.key.get_secret_value().encode()}, clock),
        Notifications(
            lanes,
            settings.payments.secret.get_secret_value(),
            settings.payments.networks,
            settings.payments.proxies,
        ),
        Receipts(store, make_texts(settings), settings.payments.proxies),
    )


def make_store(settings: Settings) -> Store:
    """The embedded database, or PostgreSQL."""
    path = settings.sqlite_path
    return SqliteStore(path) if path else PostgresStore(settings.database)


def make_vault(settings: Settings) -> Vault:
    """The keys of personal data, of the phone index and of codes."""
    keys = settings.keys
    data = {number: key_bytes(key) for number, key in keys.data_old.items()} | {keys.data_number: key_bytes(keys.data)}
    return Vault(data, key_bytes(keys.index), key_bytes(keys.codes))


def make_dialogs(settings: Settings, vault: Vault, clock: Clock, calendar: Calendar) -> tuple[Hall, Events]:
    """Use cases, texts, rooms and the desk."""
    history = History(vault)
    consents, sessions = Consents(consent_texts(settings.brand), history), Sessions(vault, history)
    clients = Clients(vault, sessions)
    policies, documents = Policies(vault), Documents(history)
    payments = make_payments(settings, vault)
    applications = Applications(vault, history)
    uploads = Uploads(vault, make_limits(settings))
    claims = Claims(vault, uploads, settings.web.address, history)
    deadlines = Deadlines(calendar)
    terms = TermIndex(deadlines)
    adjusting = Adjusting(claims, uploads, sessions, history, terms)
    quotes = Quotes(vault, policies, sessions)
    debts = Debts(policies, claims, applications, payments, deadlines)
    settling = Settling(debts, payments, policies, claims, clients, sessions, history)
    course = Course(applications, payments, policies, documents, clients, sessions, terms, settling)
    staff, groups = settings.staff, Groups(settings.staff.groups)
    hours = Hours.of(staff.hours, calendar.rest)
    promise = Promise(hours, *(timedelta(minutes=it) for it in (staff.answer, staff.next_answer, staff.warn)))
    talks = Talks(vault, groups, promise, staff.department, history)
    accounts = Accounts(consents.text(PROCESSING, "ru").version, tuple(LANGUAGES), history)
    notes = Notes(vault, terms)
    requests = Requests(vault, deadlines, sessions, uploads, history)
    cabinet = Cabinet(
        clock=clock,
        accounts=accounts,
        consents=consents,
        clients=clients,
        sessions=sessions,
        history=history,
        login=Login(vault, clients, sessions, history),
        policies=policies,
        documents=documents,
        questions=Questions(vault, history),
        offices=make_offices(settings),
        deadlines=deadlines,
        prolongation=Prolongation(course, applications, payments, policies),
        course=course,
        copies=Copies(applications, uploads, course),
        quotes=quotes,
        payments=payments,
        debts=debts,
        reminders=Reminders(
            accounts,
            sessions,
            consents,
            clients,
            policies,
            applications,
            claims,
            debts,
            notes,
            terms,
            deadlines,
            history,
            quotes,
        ),
        settling=settling,
        uploads=uploads,
        claims=claims,
        adjusting=adjusting,
        remote=Remote(tuple(settings.claims.remote)),
        fill=Fill(clients, course, adjusting),
        backfill=Backfill(clients, policies, claims, terms),
        knowledge=knowledge(),
        employees=Employees(history),
        groups=groups,
        talks=talks,
        desk=Desk(talks),
        canned=make_canned(settings),
        requests=requests,
        agents=Agents(requests, Windows(hours, calendar), staff.visits),
        calendars=Calendars(vault),
    )
    languages = make_texts(settings)
    refused = lambda reason: REFUSED_BUTTONS.labels(reason).inc()  # noqa: E731 - one line, used once
    buttons = Buttons(key_bytes(settings.keys.buttons))
    conversation = Conversation(cabinet, HOUSE, buttons, languages, refused)
    t = languages[staff.language]
    cards = Cards(cabinet, t, buttons)
    watch = Watch(cabinet, t)
    twins = Twins(cabinet, settings.telegram.bot_id)
    hall = Hall(conversation, StaffSide(cabinet, t, cards, buttons, twins))
    desk = {**Relay(cabinet, t, cards).events, **watch.events}
    staff_side = {**watch.reports, **Errands(cabinet, t).events, **Decisions(cabinet, t).events, **twins.events}
    return hall, Events(cabinet, conversation, desk, staff_side)


def make_texts(settings: Settings) -> dict[str, Texts]:
    """The texts of every language, the first one for those who want neither."""
    languages: dict[str, Texts] = {}
    for language in LANGUAGES:
        Texts(language, brand_words(settings.brand, language), languages)
    return languages


def make_offices(settings: Settings) -> Offices:
    """The insurer's offices; the demo brand's in development, for clients must not be sent to invented addresses."""
    path = Path(settings.offices) if settings.offices else DEMO if settings.env == "dev" else None
    return Offices(read_offices(path) if path else ())


def first_staff(settings: Settings) -> list[Employee]:
    """Who may act in the staff groups of a new cabinet; the playground's employees in development."""
    path = Path(settings.staff.first) if settings.staff.first else FIRST if settings.env == "dev" else None
    return read_employees(path) if path else []


def make_canned(settings: Settings) -> Canned:
    """Ready answers of the staff; the demo brand's in development."""
    path = Path(settings.staff.canned) if settings.staff.canned else CANNED if settings.env == "dev" else None
    return Canned.read(path) if path else Canned({})


def make_calendar(settings: Settings) -> Calendar:
    """The production calendar, with the years of the insurer's own file over the published ones."""
    return Calendar.known(Path(settings.calendar) if settings.calendar else None)


def brand_words(brand: Brand, language: str) -> Mapping[str, str]:
    """What every text may say of the insurer."""
    russian = language == "ru"
    return {
        "brand": brand.name if russian else brand.name_en,
        "phone": show.phone(brand.phone),
        "tow": show.phone(brand.tow) if brand.tow else "",
        "commissioner": show.phone(brand.commissioner) if brand.commissioner else "",
        "hours": brand.hours if russian else brand.hours_en,
    }


def consent_texts(brand: Brand, folder: Path = LOCALES) -> dict[tuple[str, str], ConsentText]:
    """The consent documents: the first line of a file is its version."""
    texts = {}
    for language in LANGUAGES:
        for purpose in (PROCESSING, MARKETING):
            version, _, text = (folder / language / "consent" / f"{purpose}.txt").read_text().partition("\n")
            said = text.strip().format_map(brand_words(brand, language))
            texts[purpose, language] = ConsentText(purpose, language, version, said)
    return texts


def make_limits(settings: Settings) -> Limits:
    """How much may be sent for one claim."""
    files = settings.files
    return Limits(files.most, files.total * MB, files.each * MB)


def make_sms(settings: Settings, http: aiohttp.ClientSession) -> SmscGateway:
    """The gateway of one-time codes."""
    sms = settings.sms
    return SmscGateway(sms.url, sms.login, sms.password.get_secret_value(), sms.sender, http)


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


def make_payments(settings: Settings, vault: Vault) -> Payments:
    """Attempts to pay, and what a charge of this shop must look like."""
    pay = settings.payments
    terms = Terms(pay.shop, test=pay.key.get_secret_value().startswith("test_"))
    return Payments(vault, terms, pay.return_url)


def make_mailer(settings: Settings) -> SmtpMailer | None:
    """E-mail, if it is set up."""
    mail = settings.mail
    if not mail.host:
        return None
    return SmtpMailer(mail.host, mail.port, mail.sender, mail.login, mail.password.get_secret_value(), mail.security)
