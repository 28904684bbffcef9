"""Every table, once: names and types for the statements, the migrations and the pipe.

Columns named `*_sealed` hold values of `services.vault`. Instants are seconds since the epoch; dates are Moscow dates.
"""

from services.db.tables.base import Instant, Serial, metadata
from services.db.tables.calendars import date_given
from services.db.tables.claims import claim, journal, upload
from services.db.tables.history import deed
from services.db.tables.insurer import client, document, policy, question
from services.db.tables.knowledge import passage
from services.db.tables.orders import application, payment, quote
from services.db.tables.people import account, binding, code, consent, guard, strike
from services.db.tables.pipe import inbox, lane, meta, outbox, screen
from services.db.tables.reminders import choice, hush, note, reminder, term, wake
from services.db.tables.talks import access, employee, line, remark, request, talk, topic

__all__ = [
    "Instant",
    "Serial",
    "access",
    "account",
    "application",
    "binding",
    "choice",
    "claim",
    "client",
    "code",
    "consent",
    "date_given",
    "deed",
    "document",
    "employee",
    "guard",
    "hush",
    "inbox",
    "journal",
    "lane",
    "line",
    "meta",
    "metadata",
    "note",
    "outbox",
    "passage",
    "payment",
    "policy",
    "question",
    "quote",
    "remark",
    "reminder",
    "request",
    "screen",
    "strike",
    "talk",
    "term",
    "topic",
    "upload",
    "wake",
]
