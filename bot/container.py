"""The composition root: from settings to everything that runs."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp

from bot.adapters import make_core, make_fetcher, make_files, make_mailer, make_provider, make_sms, make_vault
from bot.careful import CarefulReplay
from bot.config import Settings, key_bytes
from bot.courier import Courier
from bot.delivery import Hub
from bot.dispatcher import ALLOWED_UPDATES, HOUSE, Hall, Handler
from bot.fetcher import Fetcher
from bot.insurer import make_calendar, make_texts
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
from bot.usecases import make_cabinet
from bot.web.payments import Notifications
from bot.web.public import CoreEvents
from bot.web.receipts import Receipts
from handlers.buttons import Buttons
from handlers.conversation import Conversation
from handlers.desk.card import Cards
from handlers.desk.decisions import Decisions
from handlers.desk.errands import Errands
from handlers.desk.money import Money
from handlers.desk.relay import Relay
from handlers.desk.staff import Staff as StaffSide
from handlers.desk.topics import Topics
from handlers.desk.twins import Twins
from handlers.desk.watch import Watch
from handlers.events import Events
from handlers.reminder_shut import Shut
from services.claims.journal import Journal
from services.clock import Clock
from services.db.pipe import Store
from services.deadlines.calendar import Calendar
from services.ports.files import Files
from services.reminders import wakes
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
    core = make_core(settings, http)
    calendar = make_calendar(settings)
    hall, events = make_dialogs(settings, vault, clock, calendar)
    hub = Hub(store, vault)
    pipe = Pipe(store, vault, clock, Handler(hall, events))
    lanes = Lanes(pipe, hub, CarefulReplay(pipe, hub, events.sorry, unclean=unclean))
    files = make_files(settings, vault)
    papers = Papers(core, files)
    pace = settings.pace
    pacer = Pacer(Pace(pace.overall, pace.chat, pace.burst, pace.group))
    sender = Sender(api, hub, pacer, papers.content, clock)
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
        Receipts(store, Journal(vault), make_texts(settings), settings.payments.proxies),
    )


def make_dialogs(settings: Settings, vault: Vault, clock: Clock, calendar: Calendar) -> tuple[Hall, Events]:
    """Use cases, texts, rooms and the desk."""
    cabinet = make_cabinet(settings, vault, clock, calendar)
    languages = make_texts(settings)
    refused = lambda reason: REFUSED_BUTTONS.labels(reason).inc()  # noqa: E731 - one line, used once
    buttons = Buttons(key_bytes(settings.keys.buttons))
    conversation = Conversation(cabinet, HOUSE, buttons, languages, refused)
    t = languages[settings.staff.language]
    cards = Cards(cabinet, t, buttons)
    watch = Watch(cabinet, t)
    twins = Twins(cabinet, settings.telegram.bot_id)
    hall = Hall(conversation, StaffSide(cabinet, t, cards, buttons, twins))
    topics = Topics(cabinet, t, cards)
    desk = {**topics.events, **Relay(cabinet, t, topics).events, **watch.events}
    staff_side = {
        **watch.reports,
        **Errands(cabinet, t).events,
        **Decisions(cabinet, t).events,
        **Money(cabinet, t).events,
        **Shut(cabinet, conversation, t).events,
        **twins.events,
    }
    return hall, Events(cabinet, conversation, desk, staff_side)
