"""The statements of applications. Every change is one conditional update, so that two who act at once cannot both win."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.applications.values import CORRECTABLE, OPEN, Stage
from services.db.statement import Command, Query, among, as_it_comes
from services.db.tables import application

_T = application.c
_COLUMNS = (
    _T.id,
    _T.client_id,
    _T.account_id,
    _T.policy_core_id,
    _T.revision,
    _T.state,
    _T.core_version,
    _T.core_number,
    _T.starts,
    _T.ends,
    _T.price,
    _T.agreed,
    _T.entered_sealed,
    _T.said_sealed,
    _T.issued_policy,
    _T.asked_at,
    _T.expires_at,
)


BY_ID = Query(select(*_COLUMNS).where(_T.id == bindparam("id")), as_it_comes)
ONE = Query(select(*_COLUMNS).where(_T.id == bindparam("id"), _T.client_id == bindparam("client")), as_it_comes)
LIVE = Query(
    select(*_COLUMNS).where(
        _T.client_id == bindparam("client"), _T.policy_core_id == bindparam("policy"), _T.ended_at.is_(None)
    ),
    as_it_comes,
)
ALL_LIVE = Query(
    select(*_COLUMNS).where(_T.client_id == bindparam("client"), _T.ended_at.is_(None)).order_by(_T.id.desc()).limit(5),
    as_it_comes,
)
AGREED = Query(
    select(*_COLUMNS)
    .where(_T.client_id == bindparam("client"), among(_T.state, (Stage.SAVING, Stage.SAVED, Stage.PAID, Stage.ISSUED)))
    .order_by(_T.id.desc())
    .limit(500),
    as_it_comes,
)
RENEWED = Query(
    select(*_COLUMNS)
    .where(_T.client_id == bindparam("client"), _T.policy_core_id == bindparam("policy"), _T.state == Stage.ISSUED)
    .order_by(_T.id.desc())
    .limit(1),
    as_it_comes,
)
OF_ISSUED = Query(select(*_COLUMNS).where(_T.issued_policy == bindparam("policy")), as_it_comes)


def _begin(insert: Any) -> Any:
    values = {
        name: bindparam(name, type_=_T[name].type)
        for name in (
            "client_id",
            "account_id",
            "policy_core_id",
            "starts",
            "ends",
            "agreed",
            "entered_sealed",
            "asked_at",
        )
    }
    return insert(application).values(**values, state=Stage.CHECKING).on_conflict_do_nothing().returning(_T.id)


BEGIN = Query(_begin(sqlite.insert), int, postgres=_begin(postgresql.insert))
SEAL = Command(
    update(application)
    .where(_T.id == bindparam("row"))
    .values(entered_sealed=bindparam("entered", type_=_T.entered_sealed.type))
)
AGAIN = Command(
    update(application)
    .where(
        _T.id == bindparam("row"),
        _T.revision == bindparam("revision"),
        among(_T.state, (*CORRECTABLE, Stage.SAVING)),  # the last: the insurer did not take the agreement
        _T.ended_at.is_(None),
    )
    .values(
        revision=_T.revision + 1,
        state=Stage.CHECKING,
        price=None,
        agreed=None,
        said_sealed=None,
        starts=bindparam("starts", type_=_T.starts.type),
        ends=bindparam("ends", type_=_T.ends.type),
        entered_sealed=bindparam("entered", type_=_T.entered_sealed.type),
        asked_at=bindparam("now", type_=_T.asked_at.type),
    )
)
SAVE = Command(
    update(application)
    .where(
        _T.id == bindparam("row"),
        _T.revision == bindparam("revision"),
        _T.price == bindparam("price"),
        _T.state == Stage.PRICED,
    )
    .values(state=Stage.SAVING, expires_at=bindparam("expires", type_=_T.expires_at.type))
)
PAID = Command(update(application).where(_T.id == bindparam("row"), _T.state != Stage.ISSUED).values(state=Stage.PAID))
TURN_DOWN = Command(
    update(application)
    .where(_T.id == bindparam("row"), _T.state == Stage.PAID)
    .values(state=Stage.REFUSED, said_sealed=None, ended_at=bindparam("now", type_=_T.ended_at.type))
)
END = Command(
    update(application)
    .where(_T.id == bindparam("row"), among(_T.state, OPEN), _T.ended_at.is_(None))
    .values(
        state=Stage.CANCELLED,
        ended_at=bindparam("now", type_=_T.ended_at.type),
        said_sealed=bindparam("said", type_=_T.said_sealed.type),
    )
)
TAKE = Command(
    update(application)
    .where(
        _T.id == bindparam("row"),
        _T.revision == bindparam("revision"),
        _T.state == bindparam("before"),
        _T.core_version < bindparam("version"),
    )
    .values(
        core_version=bindparam("version"),
        core_number=bindparam("core_number"),
        state=bindparam("state"),
        price=bindparam("price"),
        said_sealed=bindparam("said", type_=_T.said_sealed.type),
        issued_policy=bindparam("issued"),
        expires_at=bindparam("expires", type_=_T.expires_at.type),
        ended_at=bindparam("ended", type_=_T.ended_at.type),
    )
)
HANDED = Command(
    update(application)
    .where(_T.id == bindparam("row"), _T.handed_at.is_(None))
    .values(handed_at=bindparam("now", type_=_T.handed_at.type))
)
