"""The statements of the login: codes that were sent, failures that are counted, the lock of a phone."""

from __future__ import annotations

from sqlalchemy import bindparam, func, insert, select, update

from services.db.statement import Command, Query, as_it_comes, upsert
from services.db.tables import code, guard, policy, strike

_at = code.c.sent_at.type
_index = code.c.phone_index.type

LOCK = upsert(guard, key=["subject"])
STRIKE = Command(
    insert(strike).values(
        scope=bindparam("scope"), subject=bindparam("subject", type_=_index), at=bindparam("now", type_=_at)
    )
)
STRIKES = Query(
    select(func.count(), func.min(strike.c.at)).where(
        strike.c.scope == bindparam("scope"),
        strike.c.subject == bindparam("subject", type_=_index),
        strike.c.at > bindparam("since", type_=_at),
    ),
    lambda count, first: (int(count), first),
)
_COUNTED = select(func.count(), func.min(code.c.sent_at), func.max(code.c.sent_at)).where(
    code.c.sent_at > bindparam("since", type_=_at), code.c.state != "used"
)
CODES_OF_PHONE = Query(
    _COUNTED.where(code.c.phone_index == bindparam("phone", type_=_index), code.c.channel == bindparam("channel")),
    as_it_comes,
)
CODES_OF_ACCOUNT = Query(_COUNTED.where(code.c.account_id == bindparam("account")), as_it_comes)
REPLACE = Command(
    update(code).where(code.c.account_id == bindparam("account"), code.c.state == "live").values(state="replaced")
)
NEW_CODE = Query(
    insert(code)
    .values(
        account_id=bindparam("account"),
        client_id=bindparam("client"),
        phone_index=bindparam("phone", type_=_index),
        channel=bindparam("channel"),
        salt=bindparam("salt", type_=_index),
        hash=bindparam("hash", type_=_index),
        sent_at=bindparam("now", type_=_at),
        tries=0,
        state="live",
    )
    .returning(code.c.id),
    int,
)
LIVE_CODE = Query(
    select(code.c.id, code.c.phone_index, code.c.salt, code.c.hash, code.c.sent_at, code.c.tries, code.c.channel)
    .where(code.c.account_id == bindparam("account"), code.c.client_id == bindparam("client"), code.c.state == "live")
    .order_by(code.c.id.desc())
    .limit(1),
    as_it_comes,
)
REPLACED = Query(
    select(code.c.salt, code.c.hash).where(
        code.c.account_id == bindparam("account"),
        code.c.client_id == bindparam("client"),
        code.c.state == "replaced",
        code.c.sent_at > bindparam("since", type_=_at),
    ),
    as_it_comes,
)
SENT_LATELY = Query(
    select(code.c.id)
    .where(code.c.account_id == bindparam("account"), code.c.sent_at > bindparam("since", type_=_at))
    .limit(1),
    int,
)
TRIED = Command(
    update(code).where(code.c.id == bindparam("code")).values(tries=code.c.tries + 1, state=bindparam("next"))
)
OWN_NUMBER = Query(
    select(policy.c.id)
    .where(policy.c.client_id == bindparam("client"), policy.c.number_index == bindparam("number", type_=_index))
    .limit(1),
    int,
)
