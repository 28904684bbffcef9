"""All use cases of the cabinet in one value, made by `bot.usecases` and handed to every dialog."""

from __future__ import annotations

from dataclasses import dataclass

from services.accounts import Accounts
from services.calendars import Calendars
from services.claims import Claims
from services.claims.adjusting import Adjusting
from services.claims.remote import Remote
from services.clients import Clients
from services.clock import Clock
from services.consent import Consents
from services.deadlines import Deadlines
from services.debts import Debts
from services.debts.settling import Settling
from services.documents import Documents
from services.employees import Employees
from services.fill import Fill
from services.history import History
from services.knowledge import Knowledge
from services.login import Login
from services.offices import Offices
from services.payments import Payments
from services.policies import Policies
from services.prolongation import Copies, Course, Prolongation
from services.questions import Questions
from services.quotes import Quotes
from services.reminders import Backfill, Reminders
from services.reminders.saying import Saying
from services.requests import Requests
from services.requests.agents import Agents
from services.sessions import Sessions
from services.talks import Lines, Talks
from services.talks.canned import Canned
from services.talks.desk import Desk
from services.talks.groups import Groups
from services.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Cabinet:
    """`ls services/` and this list say the same: what a client can do here."""

    clock: Clock
    accounts: Accounts
    consents: Consents
    clients: Clients
    sessions: Sessions
    history: History
    login: Login
    policies: Policies
    documents: Documents
    questions: Questions
    offices: Offices
    deadlines: Deadlines
    prolongation: Prolongation
    course: Course
    copies: Copies
    quotes: Quotes
    payments: Payments
    debts: Debts
    saying: Saying
    reminders: Reminders
    settling: Settling
    uploads: Uploads
    claims: Claims
    adjusting: Adjusting
    remote: Remote
    fill: Fill
    backfill: Backfill
    knowledge: Knowledge
    employees: Employees
    groups: Groups
    lines: Lines
    talks: Talks
    desk: Desk
    canned: Canned
    requests: Requests
    agents: Agents
    calendars: Calendars
