"""The statements of payments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, as_it_comes
from services.db.tables import payment
from services.payments.values import State

_T = payment.c
_COLUMNS = (
    _T.id,
    _T.kind,
    _T.subject_id,
    _T.part,
    _T.client_id,
    _T.account_id,
    _T.key,
    _T.amount,
    _T.state,
    _T.charge_id,
    _T.link_sealed,
    _T.reason,
    _T.looks,
    _T.created_at,
    _T.closed_at,
)
_FOR = (_T.kind == bindparam("kind"), _T.subject_id == bindparam("subject"), _T.part == bindparam("part"))


def _begin(insert: Any) -> Any:
    names = ("kind", "subject_id", "part", "client_id", "account_id", "key", "amount", "created_at")
    values = {name: bindparam(name, type_=_T[name].type) for name in names}
    return insert(payment).values(**values, state=State.NEW).on_conflict_do_nothing().returning(_T.id)


BEGIN = Query(_begin(sqlite.insert), int, postgres=_begin(postgresql.insert))
BY_ID = Query(select(*_COLUMNS).where(_T.id == bindparam("row")), as_it_comes)
BY_CHARGE = Query(select(*_COLUMNS).where(_T.charge_id == bindparam("charge")), as_it_comes)
BY_NUMBER = Query(
    select(*_COLUMNS).where(
        _T.client_id == bindparam("client"), or_(_T.charge_id == bindparam("number"), _T.key == bindparam("number"))
    ),
    as_it_comes,
)
NEWEST = Query(select(*_COLUMNS).where(*_FOR).order_by(_T.id.desc()).limit(1), as_it_comes)
ALL_FOR = Query(select(*_COLUMNS).where(*_FOR).order_by(_T.id), as_it_comes)
IN_STATE = Query(
    select(_T.kind, _T.subject_id, _T.part).where(_T.client_id == bindparam("client"), _T.state == bindparam("state")),
    as_it_comes,
)
SEEN = Command(
    update(payment)
    .where(_T.id == bindparam("row"), _T.state == bindparam("before"))
    .values(
        state=bindparam("state"),
        charge_id=bindparam("charge"),
        link_sealed=bindparam("link", type_=_T.link_sealed.type),
        reason=bindparam("reason"),
        closed_at=func.coalesce(
            _T.closed_at, bindparam("closed", type_=_T.closed_at.type)
        ),  # closed is closed for good
    )
)
LOOKED = Command(update(payment).where(_T.id == bindparam("row")).values(looks=_T.looks + 1))
CLOSE = Command(
    update(payment).where(*_FOR, _T.closed_at.is_(None)).values(closed_at=bindparam("now", type_=_T.closed_at.type))
)
RETURN = Command(
    update(payment)
    .where(_T.id == bindparam("row"), _T.state == bindparam("before"))
    .values(state=bindparam("state"), refund_id=bindparam("refund"), reason=bindparam("reason"))
)
