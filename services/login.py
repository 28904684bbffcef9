"""Identification by one's own contact and a one-time code (A1–A3), and the code that opens a bound cabinet again (A4).

The figures of A2: six digits, five minutes, three tries, one use; a new one after 60 s; at most five codes a day per phone and ten per
account, correctly entered ones not counted; a hundred failures in a lifetime lead to staff. Everything is counted in the step's own
transaction under a lock of the phone, so parallel tries cannot pass.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, insert, select, update

from services.clients import PHONE, Clients
from services.db.pipe import Parcel
from services.db.statement import Command, Query, upsert
from services.db.tables import code, guard, policy, strike
from services.db.unit import Unit
from services.errors import (
    BadCode,
    BadPhone,
    CodeExpired,
    CodeSpent,
    ForeignContact,
    LockedForStaff,
    NotFound,
    TooMany,
    TooSoon,
    WrongCode,
    WrongFact,
)
from services.formats import contact_phone, policy_number, to_date
from services.model import Actor, Client
from services.sessions import Sessions
from services.vault import Vault

CODE_LIFE = timedelta(minutes=5)
RESEND_AFTER = timedelta(seconds=60)
DAY = timedelta(days=1)
TRIES, FACT_TRIES = 3, 3
PER_PHONE, PER_ACCOUNT, LIFETIME = 5, 10, 100

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
CODES_OF_PHONE = Query(_COUNTED.where(code.c.phone_index == bindparam("phone", type_=_index)), lambda *row: row)
CODES_OF_ACCOUNT = Query(_COUNTED.where(code.c.account_id == bindparam("account")), lambda *row: row)
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
    select(code.c.id, code.c.phone_index, code.c.salt, code.c.hash, code.c.sent_at, code.c.tries)
    .where(code.c.account_id == bindparam("account"), code.c.client_id == bindparam("client"), code.c.state == "live")
    .order_by(code.c.id.desc())
    .limit(1),
    lambda *row: row,
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


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way; another may be asked for at `again_at`."""

    again_at: datetime


class Login:
    def __init__(self, vault: Vault, clients: Clients, sessions: Sessions) -> None:
        self._vault, self._clients, self._sessions = vault, clients, sessions

    def own_phone(self, actor: Actor, *, contact_user: int | None, forwarded: bool, phone: str) -> str:
        """The number of the sender's own contact in E.164. Raises ForeignContact, BadPhone (A1)."""
        if contact_user != actor.account_id or forwarded:
            raise ForeignContact
        number = contact_phone(phone)
        if number is None:
            raise BadPhone
        return number

    async def candidates(self, unit: Unit, phone: str) -> list[Client]:
        """The clients with this number on file."""
        return await self._clients.by_phone(unit, phone)

    async def needs_fact(self, unit: Unit, actor: Actor, client: Client) -> bool:
        """Is a birth date or policy number asked as well? The phone is in doubt, or the client was bound elsewhere before (A3)."""
        return client.phone_status != "confirmed" or await self._sessions.known_elsewhere(unit, actor, client.id)

    async def check_fact(self, unit: Unit, actor: Actor, client_id: str, typed: str) -> None:
        """Birth date or the number of any of the client's policies. Raises WrongFact, TooMany, NotFound."""
        subject = self._vault.index("fact:v1", f"{actor.account_id}:{client_id}")
        count, first = await self._strikes(unit, "fact", subject, unit.now - DAY)
        if count >= FACT_TRIES:
            raise TooMany((first or unit.now) + DAY)
        client = await self._clients.by_id(unit, client_id)
        if client is None:
            raise NotFound
        born = to_date(typed, unit.now.date())
        if born == client.birth:
            return
        number = policy_number(typed) if born is None else None
        if number:
            index = self._vault.index("policy:v1", number)
            if await OWN_NUMBER.first(unit, client=client_id, number=index) is not None:
                return
        await STRIKE.run(unit, scope="fact", subject=subject, now=unit.now)
        if count + 1 >= FACT_TRIES:
            raise TooMany((first or unit.now) + DAY)
        raise WrongFact(FACT_TRIES - count - 1)

    async def send_code(
        self, unit: Unit, actor: Actor, client_id: str, channel: str, compose: Callable[[str], dict[str, str]]
    ) -> CodeSent:
        """Send a new code by `sms` to the number on file, or by `mail` to the address on file; earlier codes die.

        `compose` makes the message (`text`, and `subject` of a letter) of the code. Raises TooSoon, TooMany, LockedForStaff, NotFound.
        """
        client = await self._clients.by_id(unit, client_id)
        to = client and (client.phone if channel == "sms" else client.email)
        if client is None or not to:
            raise NotFound
        phone = self._vault.index(PHONE, client.phone)
        await LOCK.run(unit, subject=phone, touched_at=unit.now)
        await self._allowed(unit, actor, phone)
        await REPLACE.run(unit, account=actor.account_id)
        digits, salt = f"{secrets.randbelow(10**6):06d}", secrets.token_bytes(16)
        number = await NEW_CODE.first(
            unit,
            account=actor.account_id,
            client=client_id,
            phone=phone,
            channel=channel,
            salt=salt,
            hash=self._vault.code_hash(salt, f"{actor.account_id}:{client_id}", digits),
            now=unit.now,
        )
        undelivered = {"type": "code.undelivered", "channel": channel}
        body = {"phone" if channel == "sms" else "to": to, **compose(digits), "on_dead": undelivered}
        unit.send(Parcel(f"code:{number}", channel, body, lives=CODE_LIFE.total_seconds()))
        return CodeSent(unit.now + RESEND_AFTER)

    async def check_code(self, unit: Unit, actor: Actor, client_id: str, typed: str) -> None:
        """Use the code up. Raises BadCode (nothing counted), WrongCode, CodeSpent, CodeExpired, LockedForStaff."""
        digits = re.sub(r"[\s\-]", "", typed)
        if not re.fullmatch(r"[0-9]{6}", digits, re.ASCII):
            raise BadCode
        live = await LIVE_CODE.first(unit, account=actor.account_id, client=client_id)
        if live is None or unit.now - live[4] > CODE_LIFE:
            raise CodeExpired
        number, phone, salt, stored, _, tries = live
        right = hmac.compare_digest(stored, self._vault.code_hash(salt, f"{actor.account_id}:{client_id}", digits))
        left = TRIES - tries - 1
        await TRIED.run(unit, code=number, next="used" if right else "live" if left else "spent")
        if right:
            return
        await STRIKE.run(unit, scope="code", subject=phone, now=unit.now)
        raise WrongCode(left) if left else CodeSpent

    async def bind(self, unit: Unit, actor: Actor, client_id: str) -> None:
        """The code was right: this account is this client, or its cabinet is open again."""
        if actor.client_id == client_id:
            await self._sessions.unlock(unit, actor)
        else:
            await self._sessions.bind(unit, actor, client_id)

    async def _allowed(self, unit: Unit, actor: Actor, phone: bytes) -> None:
        now, since = unit.now, unit.now - DAY
        lifetime, _ = await self._strikes(unit, "code", phone, now - 365 * 100 * DAY)
        if lifetime >= LIFETIME:
            raise LockedForStaff
        of_phone = await CODES_OF_PHONE.first(unit, phone=phone, since=since)
        of_account = await CODES_OF_ACCOUNT.first(unit, account=actor.account_id, since=since)
        for counted, most in ((of_phone, PER_PHONE), (of_account, PER_ACCOUNT)):
            if counted and counted[0] >= most:
                raise TooMany(counted[1] + DAY)
        if of_account and of_account[2] is not None and (at := of_account[2] + RESEND_AFTER) > now:
            raise TooSoon(at)

    async def _strikes(self, unit: Unit, scope: str, subject: bytes, since: datetime) -> tuple[int, datetime | None]:
        return await STRIKES.first(unit, scope=scope, subject=subject, since=since) or (0, None)
