"""The use cases, from settings: who needs whom is written here and nowhere else."""

from __future__ import annotations

from datetime import timedelta

from bot.config import Settings
from bot.insurer import consent_texts, make_canned, make_offices
from handlers.menu import LANGUAGES
from services.accounts import Accounts
from services.applications import Applications
from services.cabinet import Cabinet
from services.calendars import Calendars
from services.claims import Claims
from services.claims.adjusting import Adjusting
from services.claims.remote import Remote
from services.clients import Clients
from services.clock import Clock
from services.consent import PROCESSING, Consents
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar
from services.debts import Debts
from services.debts.settling import Settling
from services.documents import Documents
from services.employees import Employees
from services.fill import Fill
from services.history import History
from services.hours import Hours
from services.knowledge import knowledge
from services.login import Login
from services.payments import Payments, Terms
from services.policies import Policies
from services.prolongation import Copies, Course, Prolongation
from services.questions import Questions
from services.quotes import Quotes
from services.reminders import Backfill, Notes, Reminders, Sources, TermIndex
from services.reminders.prices import Prices
from services.reminders.saying import Saying
from services.requests import Requests
from services.requests.agents import Agents
from services.requests.windows import Windows
from services.sessions import Sessions
from services.talks import Lines, Talks
from services.talks.desk import Desk
from services.talks.groups import Groups
from services.talks.promise import Promise
from services.uploads import MB, Limits, Uploads
from services.vault import Vault


def make_cabinet(settings: Settings, vault: Vault, clock: Clock, calendar: Calendar) -> Cabinet:
    """Every use case, each made once and handed to those that need it."""
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
    lines = Lines(vault, groups)
    talks = Talks(vault, lines, promise, staff.department, history)
    accounts = Accounts(consents.text(PROCESSING, "ru").version, tuple(LANGUAGES), history)
    notes = Notes(vault, terms)
    sources = Sources(policies, applications, claims, debts, notes, terms, deadlines)
    requests = Requests(vault, deadlines, sessions, uploads, history)
    return Cabinet(
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
        saying=Saying(sources, Prices(policies, quotes), accounts, sessions, consents, history),
        reminders=Reminders(sources, notes, terms, sessions, consents, clients, history),
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
        lines=lines,
        talks=talks,
        desk=Desk(lines),
        canned=make_canned(settings),
        requests=requests,
        agents=Agents(requests, Windows(hours, calendar), staff.visits),
        calendars=Calendars(vault),
    )


def make_payments(settings: Settings, vault: Vault) -> Payments:
    """Attempts to pay, and what a charge of this shop must look like."""
    pay = settings.payments
    terms = Terms(pay.shop, test=pay.key.get_secret_value().startswith("test_"))
    return Payments(vault, terms, pay.return_url)


def make_limits(settings: Settings) -> Limits:
    """How much may be sent for one claim."""
    files = settings.files
    return Limits(files.most, files.total * MB, files.each * MB)
