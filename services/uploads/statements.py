"""The statements of uploads. Every change is one conditional update and looks at the owner in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, among, as_it_comes
from services.db.tables import upload

REQUEST = "request:"
"""The keys of files that go with a request to staff begin so: what was given with one stays with it."""
_T = upload.c
_COLUMNS = (
    _T.id,
    _T.account_id,
    _T.message_id,
    _T.slot,
    _T.state,
    _T.why,
    _T.name_sealed,
    _T.words_sealed,
    _T.mime,
    _T.size,
    _T.source,
    _T.sha256,
    _T.likeness,
    _T.looks,
    _T.insisted,
    _T.sent_at,
    _T.handed_at,
    _T.claim_id,
    _T.draft,
)
_OWN = _T.client_id == bindparam("client")
_LIVE = among(_T.state, ("waiting", "stored"))


def _values(*names: str) -> dict[str, Any]:
    return {name: bindparam(name, type_=_T[name].type) for name in names}


def _take(insert: Any) -> Any:
    names = ("client_id", "account_id", "draft", "message_id", "slot", "name_sealed", "words_sealed", "mime", "size")
    return insert(upload).values(**_values(*names, "sent_at")).on_conflict_do_nothing().returning(_T.id)


def _of(whose: ColumnElement[bool]) -> Any:
    return select(*_COLUMNS).where(_OWN, whose, _T.state != "removed").order_by(_T.message_id, _T.id)


TAKE = Query(_take(sqlite.insert), int, postgres=_take(postgresql.insert))
_TOGETHER = or_(_T.draft == bindparam("draft"), _T.claim_id == bindparam("claim"))
AMOUNT = Query(
    select(func.count(), func.coalesce(func.sum(_T.size), 0)).where(_OWN, _TOGETHER, _LIVE),
    as_it_comes,
)
OF_DRAFT = Query(_of(_T.draft == bindparam("draft")), as_it_comes)
OF_CLAIM = Query(_of(_T.claim_id == bindparam("claim")), as_it_comes)
TOGETHER = Query(_of(_TOGETHER), as_it_comes)
ONE = Query(select(*_COLUMNS).where(_OWN, _T.id == bindparam("row")), as_it_comes)
BY_ID = Query(select(*_COLUMNS).where(_T.id == bindparam("row")), as_it_comes)
OF_MESSAGE = Query(
    select(*_COLUMNS).where(_T.account_id == bindparam("account"), _T.message_id == bindparam("message")), as_it_comes
)
STORED = Command(
    update(upload)
    .where(_OWN, _T.id == bindparam("row"), _T.state == "waiting")
    .values(
        **_values("state", "why", "mime", "size", "source", "sha256", "likeness", "looks", "taken_sealed", "stored_at")
    )
)
IN_VAIN = Command(
    update(upload).where(_OWN, _T.id == bindparam("row"), _T.state == "removed").values(**_values("sha256"))
)
REFUSED = Command(
    update(upload)
    .where(_OWN, _T.id == bindparam("row"), _T.state == "waiting")
    .values(state="refused", **_values("why"))
)
REMOVE = Command(
    update(upload)
    .where(_OWN, _T.id == bindparam("row"), _T.state != "removed", _T.claim_id.is_(None), _T.handed_at.is_(None))
    .values(state="removed")
)
INSIST = Command(update(upload).where(_OWN, _T.draft == bindparam("draft"), _T.looks != "").values(insisted=True))
SHOW_AS = Command(
    update(upload).where(_OWN, _T.id == bindparam("row"), _T.claim_id.is_(None)).values(**_values("slot"))
)
LINK = Command(
    update(upload)
    .where(_OWN, _T.id == bindparam("row"), _T.claim_id.is_(None), _LIVE)
    .values(claim_id=bindparam("claim"), **_values("slot"))
)
GIVE = Command(
    update(upload)
    .where(_OWN, _T.draft == bindparam("draft"), _LIVE, _T.handed_at.is_(None))
    .values(**_values("handed_at"))
)
HANDED = Command(update(upload).where(_T.id == bindparam("row"), _T.handed_at.is_(None)).values(**_values("handed_at")))
_before = bindparam("before", type_=_T.sent_at.type)
_REMOVED = _T.state == "removed"
_other = upload.alias("other")
_NEEDED = exists().where(_other.c.sha256 == _T.sha256, _other.c.state == "stored")
_AT_STAFF = and_(_T.handed_at.is_not(None), _T.draft.startswith(REQUEST))
ABANDON = Command(
    update(upload).where(_LIVE, _T.claim_id.is_(None), ~_AT_STAFF, _T.sent_at < _before).values(state="removed")
)
UNNEEDED = Query(select(_T.sha256).where(_REMOVED, _T.sha256.is_not(None), ~_NEEDED).distinct(), str)
EMPTY = Command(
    update(upload)
    .where(_REMOVED, _T.sha256.is_not(None))
    .values(sha256=None, likeness=None, words_sealed=None, taken_sealed=None)
)
FORGET = Command(
    delete(upload).where(
        among(_T.state, ("removed", "refused")), _T.sha256.is_(None), _T.claim_id.is_(None), _T.sent_at < _before
    )
)
NEEDED = Query(select(_T.id).where(_T.sha256 == bindparam("sha256"), _T.state == "stored").limit(1), int)
LOST = Command(update(upload).where(_T.id == bindparam("row"), _T.handed_at.is_(None)).values(**_values("why")))
