"""The statements of reminders. The planner's are in `wakes`, those of the index in `terms`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, as_it_comes, upsert
from services.db.tables import account, binding, choice, hush, note, reminder
from services.reminders.values import Hush, Kind, Said

JOURNAL_MOST = 500
"""Rows of one client's journal that are looked at: a fleet of a hundred contracts has not more in a season."""

_R, _N, _H = reminder.c, note.c, hush.c
_OWN = _R.client_id == bindparam("client")
_ROW = (_R.kind, _R.id, _R.subject, _R.thing, _R.day, _R.step, _R.urgent, _R.said_at, _R.moment)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the journal, as it is read again."""

    kind: Kind
    id: int
    subject: str
    thing: str
    day: date
    step: int
    urgent: bool
    said_at: datetime
    moment: datetime


def _row(kind: str, *rest: Any) -> Row:
    return Row(Kind(kind), *rest)


def _say(dialect: Any) -> Any:
    names = ("key", "client_id", "kind", "subject", "thing", "day", "step", "urgent", "moment", "said_at")
    values = {name: bindparam(name, type_=_R[name].type) for name in names}
    return dialect(reminder).values(**values).on_conflict_do_nothing().returning(_R.id)


SAY = Query(_say(sqlite.insert), int, postgres=_say(postgresql.insert))
JOURNAL = Query(
    select(_R.kind, _R.subject, _R.thing, _R.day, _R.moment, _R.said_at, _R.urgent)
    .where(_OWN, _R.said_at >= bindparam("since", type_=_R.said_at.type))
    .order_by(_R.said_at.desc())
    .limit(JOURNAL_MOST),
    lambda kind, *rest: Said(Kind(kind), *rest),
)
ONE = Query(select(*_ROW).where(_OWN, _R.id == bindparam("row")), _row)
PAST = Query(
    select(*_ROW)
    .where(_OWN)
    .order_by(_R.said_at.desc(), _R.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip")),
    _row,
)
SAID = Command(
    update(reminder).where(_OWN, _R.id == bindparam("row")).values(said_at=bindparam("at", type_=_R.said_at.type))
)
OTHERS = Query(
    select(_R.kind, _R.subject, _R.thing, _R.day, _R.moment, _R.said_at, _R.urgent, _R.id)
    .where(_OWN, _R.said_at >= bindparam("since", type_=_R.said_at.type))
    .order_by(_R.said_at.desc())
    .limit(JOURNAL_MOST),
    lambda kind, *rest: (rest[-1], Said(Kind(kind), *rest[:-1])),
)
FALL = Command(
    update(reminder)
    .where(_OWN, _R.id == bindparam("row"), _R.fallen_at.is_(None))
    .values(fallen_at=bindparam("now", type_=_R.fallen_at.type))
)
REACHABLE = Query(
    select(func.count())
    .select_from(binding.join(account, account.c.id == binding.c.account_id))
    .where(
        binding.c.client_id == bindparam("client"), binding.c.ended_at.is_(None), account.c.unreachable_at.is_(None)
    ),
    int,
)

HUSH = upsert(hush, key=["client_id", "kind", "subject"])
HUSHES = Query(
    select(_H.kind, _H.subject, _H.until, _H.since).where(_H.client_id == bindparam("client")),
    lambda kind, *rest: Hush(Kind(kind), *rest),
)
RESUME = Command(delete(hush).where(_H.client_id == bindparam("client"), _H.until.is_(None)))

CHOOSE = upsert(choice, key=["client_id"])
CHOICE = Query(
    select(
        choice.c.zone,
        choice.c.chosen,
        choice.c.quiet_from,
        choice.c.quiet_to,
        choice.c.off,
        choice.c.mail,
        choice.c.sms,
    ).where(choice.c.client_id == bindparam("client")),
    as_it_comes,
)


def _add(dialect: Any) -> Any:
    names = ("client_id", "account_id", "draft", "subject", "day", "text_sealed")
    values = {name: bindparam(name, type_=_N[name].type) for name in names}
    return dialect(note).values(**values).on_conflict_do_nothing().returning(_N.id)


ADD = Query(_add(sqlite.insert), int, postgres=_add(postgresql.insert))
SEAL = Command(
    update(note).where(_N.id == bindparam("row")).values(text_sealed=bindparam("text", type_=_N.text_sealed.type))
)
NOTES = Query(
    select(_N.id, _N.day, _N.text_sealed, _N.subject)
    .where(_N.client_id == bindparam("client"), _N.day >= bindparam("since", type_=_N.day.type))
    .order_by(_N.day, _N.id),
    as_it_comes,
)
DROP = Command(delete(note).where(_N.client_id == bindparam("client"), _N.id == bindparam("row")))
