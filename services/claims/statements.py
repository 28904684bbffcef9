"""The statements of claims. Every change is one conditional update, so that two who act at once cannot both win."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, as_it_comes
from services.db.tables import claim

MOST = 200
"""Claims of one client that a list can show."""

_T = claim.c
_COLUMNS = (
    _T.id,
    _T.client_id,
    _T.account_id,
    _T.policy_core_id,
    _T.core_id,
    _T.core_version,
    _T.core_number,
    _T.state,
    _T.product,
    _T.event,
    _T.happened_on,
    _T.token,
    _T.filed_at,
    _T.registered_at,
    _T.ended_at,
    _T.entered_sealed,
    _T.said_sealed,
)
_NEW = (
    "client_id",
    "account_id",
    "draft",
    "policy_core_id",
    "core_id",
    "state",
    "product",
    "event",
    "happened_on",
    "token",
)
_OWN = _T.client_id == bindparam("client")


def _values(*names: str) -> dict[str, Any]:
    return {name: bindparam(name, type_=_T[name].type) for name in names}


def _begin(insert: Any) -> Any:
    return insert(claim).values(**_values(*_NEW, "filed_at")).on_conflict_do_nothing().returning(_T.id)


BEGIN = Query(_begin(sqlite.insert), int, postgres=_begin(postgresql.insert))
ENTER = Command(update(claim).where(_T.id == bindparam("row")).values(**_values("entered_sealed")))
ONE = Query(select(*_COLUMNS).where(_OWN, _T.id == bindparam("row")), as_it_comes)
OF_DRAFT = Query(
    select(*_COLUMNS).where(_OWN, _T.account_id == bindparam("account"), _T.draft == bindparam("draft")), as_it_comes
)
BY_ID = Query(select(*_COLUMNS).where(_T.id == bindparam("row")), as_it_comes)
BY_CORE_ID = Query(select(*_COLUMNS).where(_T.core_id == bindparam("core_id")), as_it_comes)
BY_TOKEN = Query(select(*_COLUMNS).where(_T.token == bindparam("token")), as_it_comes)
OF_CLIENT = Query(
    select(*_COLUMNS).where(_OWN).order_by(_T.ended_at.is_not(None), _T.id.desc()).limit(MOST), as_it_comes
)
OPEN = Query(select(*_COLUMNS).where(_OWN, _T.ended_at.is_(None)).order_by(_T.id).limit(MOST), as_it_comes)
OPEN_COUNT = Query(select(func.count()).select_from(claim).where(_OWN, _T.ended_at.is_(None)), int)
TAKE = Command(
    update(claim)
    .where(_T.id == bindparam("row"), _T.core_version == bindparam("before"))
    .values(
        **_values(
            "core_id", "core_version", "core_number", "state", "said_sealed", "token", "registered_at", "ended_at"
        )
    )
)
HEAD = Query(select(_T.entries, _T.head).where(_T.id == bindparam("row")), as_it_comes)
CHAIN = Command(
    update(claim)
    .where(_T.id == bindparam("row"), _T.entries == bindparam("before"))
    .values(**_values("entries", "head"))
)
HEADS = Query(
    select(_T.id, _T.entries, _T.head).where(_T.id > bindparam("after")).order_by(_T.id).limit(bindparam("most")),
    as_it_comes,
)
