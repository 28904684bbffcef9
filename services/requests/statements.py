"""The statements of requests. Every change is one conditional update and looks at the owner in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, among, as_it_comes
from services.db.tables import employee, remark, request
from services.requests.values import MOVABLE, Kind, State

_T = request.c
_COLUMNS = (
    _T.id,
    _T.account_id,
    _T.client_id,
    _T.draft,
    _T.kind,
    _T.state,
    _T.employee_id,
    _T.policy_core_id,
    _T.filed_at,
    _T.answer_by,
    _T.changed_at,
    _T.ended_at,
    _T.entered_sealed,
)
MOST = 100
"""Requests that a list holds: the newest."""
_OWN = or_(
    _T.client_id == bindparam("client"), and_(_T.client_id.is_(None), _T.account_id == bindparam("account"))
)  # a client's, from whichever account; somebody's who was no client, their account's


def _values(table: Any, *names: str) -> dict[str, Any]:
    return {name: bindparam(name, type_=table.c[name].type) for name in names}


def _unless_there(table: Any, *names: str) -> tuple[Any, Any]:
    """Insert a row unless its key is taken, on both databases."""
    first, second = (
        dialect.insert(table).values(**_values(table, *names)).on_conflict_do_nothing().returning(table.c.id)
        for dialect in (sqlite, postgresql)
    )
    return first, second


_file, _file_pg = _unless_there(
    request,
    "account_id",
    "client_id",
    "draft",
    "kind",
    "state",
    "entered_sealed",
    "policy_core_id",
    "filed_at",
    "answer_by",
    "changed_at",
)
FILE = Query(_file, int, postgres=_file_pg)
OF_DRAFT = Query(select(*_COLUMNS).where(_OWN, _T.draft == bindparam("draft")), as_it_comes)
ONE = Query(select(*_COLUMNS).where(_OWN, _T.id == bindparam("row")), as_it_comes)
BY_DRAFT = Query(select(*_COLUMNS).where(_T.draft == bindparam("draft")), as_it_comes)
BY_ID = Query(select(*_COLUMNS).where(_T.id == bindparam("row")), as_it_comes)
REQUESTS = Query(select(*_COLUMNS).where(_OWN, _T.kind != Kind.AGENT).order_by(_T.id.desc()).limit(MOST), as_it_comes)
CALLS = Query(select(*_COLUMNS).where(_OWN, _T.kind == Kind.AGENT).order_by(_T.id.desc()).limit(MOST), as_it_comes)
COUNT = Query(
    select(func.count()).where(
        _OWN, _T.ended_at.is_(None), (_T.kind == Kind.AGENT) == bindparam("agent", type_=Boolean)
    ),
    int,
)
OPEN = Query(select(*_COLUMNS).where(_T.ended_at.is_(None)).order_by(_T.answer_by, _T.id).limit(MOST), as_it_comes)

_remark, _remark_pg = _unless_there(remark, "request_id", "employee_id", "state", "text_sealed", "event", "at")
REMARK = Query(_remark, int, postgres=_remark_pg)
HISTORY = Query(
    select(
        remark.c.id, remark.c.state, remark.c.event, remark.c.text_sealed, remark.c.at, employee.c.name, employee.c.post
    )
    .select_from(remark)
    .outerjoin(employee, employee.c.id == remark.c.employee_id)
    .where(remark.c.request_id == bindparam("row"))
    .order_by(remark.c.id),
    as_it_comes,
)

TOUCH = Command(update(request).where(_T.id == bindparam("row")).values(**_values(request, "changed_at")))
ANSWERED = Command(
    update(request)
    .where(_T.id == bindparam("row"), _T.ended_at.is_(None))
    .values(**_values(request, "state", "employee_id", "changed_at", "ended_at"))
)
RESUMED = Command(update(request).where(_T.id == bindparam("row"), _T.state == State.CLARIFY).values(state=State.WORK))
CANCEL = Command(
    update(request)
    .where(_OWN, _T.id == bindparam("row"), _T.ended_at.is_(None))
    .values(state=State.CANCELLED, **_values(request, "changed_at", "ended_at"))
)
MOVE = Command(
    update(request)
    .where(_OWN, _T.id == bindparam("row"), among(_T.state, MOVABLE))
    .values(**_values(request, "entered_sealed", "answer_by", "changed_at"))
)
