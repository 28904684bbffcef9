"""Identification by one's own contact and a one-time code (A1–A3), and the code that opens a bound cabinet again (A4).

The figures of A2: six digits, five minutes, three tries, one use; a new one after 60 s, from a whole minute on; at most five codes a day
per phone and as many by mail, ten per account, correctly entered ones not counted; a hundred failures in a lifetime lead to staff.
Everything is counted in the step's own transaction under a lock of the phone, so parallel tries cannot pass.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.clients import PHONE, Clients
from services.clock import MOSCOW, next_minute
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.errors import (
    BadCode,
    BadFact,
    BadPhone,
    CodeExpired,
    CodeSpent,
    CodeTooEarly,
    ForeignContact,
    LockedForStaff,
    NoMoreCodes,
    NotFound,
    OldCode,
    TooMany,
    TooSoon,
    WrongCode,
    WrongFact,
)
from services.formats import contact_phone, policy_number, to_date
from services.history import Deed, History
from services.login.statements import (
    CODES_OF_ACCOUNT,
    CODES_OF_PHONE,
    LIVE_CODE,
    LOCK,
    NEW_CODE,
    OWN_NUMBER,
    REPLACE,
    REPLACED,
    SENT_LATELY,
    STRIKE,
    STRIKES,
    TRIED,
)
from services.model import Actor, Client
from services.reminders.wakes import catch_up
from services.sessions import Sessions
from services.vault import Vault

CODE_LIFE = timedelta(minutes=5)
RESEND_AFTER = timedelta(seconds=60)
DAY = timedelta(days=1)
TRIES, FACT_TRIES = 3, 3
PER_CHANNEL, PER_ACCOUNT, LIFETIME = 5, 10, 100
LATE = timedelta(hours=1)
"""How late a message with a code may come: until then the code is still taken for one."""
SIX_DIGITS = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
OLDEST = date(1900, 1, 1)
POLICY_NUMBER = re.compile(r"(?:(?:ПОЛИС|НОМЕР|ОСАГО|КАСКО|ДМС)\s+)*([A-ZА-ЯЁ]{0,5}[\s/№\-–—]*[0-9][0-9\s/\-–—]{5,30})")
"""What a policy's number looks like: maybe a word before it; a series of up to five letters, then six digits and more."""


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code by this channel that works `until` then; another may be asked for from `again_at` on, a whole minute."""

    number: int
    channel: str
    sent_at: datetime

    @property
    def again_at(self) -> datetime:
        return next_minute(self.sent_at + RESEND_AFTER)

    @property
    def until(self) -> datetime:
        return self.sent_at + CODE_LIFE


class Login:
    def __init__(self, vault: Vault, clients: Clients, sessions: Sessions, history: History) -> None:
        self._vault, self._clients, self._sessions, self._history = vault, clients, sessions, history

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
        """Birth date or the number of any of the client's policies. Raises WrongFact, TooMany, NotFound.

        What is neither costs no try: BadFact, CodeTooEarly.
        """
        subject = self._fact_subject(actor, client_id)
        count, first = await self._strikes(unit, "fact", subject, unit.now - DAY)
        if count >= FACT_TRIES:
            raise TooMany(next_minute((first or unit.now) + DAY))
        client = await self._clients.by_id(unit, client_id)
        if client is None:
            raise NotFound
        today = unit.now.astimezone(MOSCOW).date()
        born = to_date(typed, today)
        if born == client.birth:
            return
        if born is None and re.fullmatch(r"[0-9]{3}[\s\-]?[0-9]{3}", typed.strip(), re.ASCII):
            raise CodeTooEarly
        shaped = born is None and POLICY_NUMBER.fullmatch(typed.strip().upper())
        number = policy_number(shaped[1]) if shaped else None
        if number is None and (born is None or not OLDEST <= born <= today):
            raise BadFact
        if number:
            index = self._vault.index("policy:v1", number)
            if await OWN_NUMBER.first(unit, client=client_id, number=index) is not None:
                return
        await STRIKE.run(unit, scope="fact", subject=subject, now=unit.now)
        if count + 1 >= FACT_TRIES:
            await self._history.record(unit, client_id, actor.account_id, Deed.REFUSED, what="fact")
            raise TooMany(next_minute((first or unit.now) + DAY))
        raise WrongFact(FACT_TRIES - count - 1)

    async def paused(self, unit: Unit, actor: Actor, client_id: str) -> datetime | None:
        """Until when no fact is taken, a whole minute; None if one is."""
        count, first = await self._strikes(unit, "fact", self._fact_subject(actor, client_id), unit.now - DAY)
        return next_minute((first or unit.now) + DAY) if count >= FACT_TRIES else None

    def _fact_subject(self, actor: Actor, client_id: str) -> bytes:
        return self._vault.index("fact:v1", f"{actor.account_id}:{client_id}")

    async def send_code(
        self, unit: Unit, actor: Actor, client_id: str, channel: str, compose: Callable[[str], dict[str, str]]
    ) -> CodeSent:
        """Send a new code by `sms` to the number on file, or by `mail` to the address on file; earlier codes die.

        `compose` makes the message (`text`, and `subject` of a letter) of the code. Raises TooSoon, NoMoreCodes, LockedForStaff, NotFound.
        """
        client = await self._clients.by_id(unit, client_id)
        to = client and (client.phone if channel == "sms" else client.email)
        if client is None or not to:
            raise NotFound
        phone = self._vault.index(PHONE, client.phone)
        await LOCK.run(unit, subject=phone, touched_at=unit.now)
        await self._allowed(unit, actor, phone, channel)
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
        news = {"code": number, "channel": channel}
        body = {
            "phone" if channel == "sms" else "to": to,
            **compose(digits),
            "on_sent": {"type": "code.sent", **news},
            "on_dead": {"type": "code.undelivered", **news},
        }
        unit.send(Parcel(f"code:{number}", channel, body, lives=CODE_LIFE.total_seconds()))
        return CodeSent(number or 0, channel, unit.now)

    async def live(self, unit: Unit, actor: Actor, client_id: str) -> CodeSent | None:
        """The code that would be accepted now, if there is one."""
        live = await LIVE_CODE.first(unit, account=actor.account_id, client=client_id)
        if live is None or unit.now - live[4] > CODE_LIFE:
            return None
        return CodeSent(live[0], live[6], live[4])

    async def closed_until(self, unit: Unit, actor: Actor, client: Client, channel: str) -> datetime | None:
        """From when on a code may go this way again, if the day's limit is reached; None if one may go today."""
        return await self._closed(unit, actor, self._vault.index(PHONE, client.phone), channel)

    async def sent_lately(self, unit: Unit, actor: Actor) -> bool:
        """Was a code sent to this account within the hour?"""
        return await SENT_LATELY.first(unit, account=actor.account_id, since=unit.now - LATE) is not None

    async def check_code(self, unit: Unit, actor: Actor, client_id: str, typed: str, sent_to: str) -> None:
        """Use the code up; `sent_to` is where the last one went, masked.

        Raises BadCode (nothing counted), WrongCode, OldCode, CodeSpent, CodeExpired.
        """
        digits = code_in(typed)
        if digits is None:
            raise BadCode
        live = await LIVE_CODE.first(unit, account=actor.account_id, client=client_id)
        if live is None or unit.now - live[4] > CODE_LIFE:
            raise CodeExpired
        number, phone, salt, stored, _, tries, _ = live
        right = hmac.compare_digest(stored, self._vault.code_hash(salt, f"{actor.account_id}:{client_id}", digits))
        left = TRIES - tries - 1
        await TRIED.run(unit, code=number, next="used" if right else "live" if left else "spent")
        if right:
            return
        await STRIKE.run(unit, scope="code", subject=phone, now=unit.now)
        if not left:
            await self._history.record(unit, client_id, actor.account_id, Deed.REFUSED, what="code")
            raise CodeSpent
        raise OldCode(left, sent_to) if await self._was_replaced(unit, actor, client_id, digits) else WrongCode(left)

    async def _was_replaced(self, unit: Unit, actor: Actor, client_id: str, digits: str) -> bool:
        """Is it an earlier code, which came late?"""
        earlier = await REPLACED.all(unit, account=actor.account_id, client=client_id, since=unit.now - LATE)
        bound_to = f"{actor.account_id}:{client_id}"
        return any(hmac.compare_digest(kept, self._vault.code_hash(salt, bound_to, digits)) for salt, kept in earlier)

    async def bind(self, unit: Unit, actor: Actor, client_id: str, known_as: str = "") -> None:
        """The code was right: this account is this client, or its cabinet is open again. `known_as`: its name in Telegram.

        Who is new here has to hear of what was due before they came.
        """
        if actor.client_id == client_id:
            await self._sessions.unlock(unit, actor)
        else:
            await self._sessions.bind(unit, actor, client_id, known_as)
            await catch_up(unit, client_id)

    async def _allowed(self, unit: Unit, actor: Actor, phone: bytes, channel: str) -> None:
        lifetime, _ = await self._strikes(unit, "code", phone, unit.now - 365 * 100 * DAY)
        if lifetime >= LIFETIME:
            raise LockedForStaff
        if (opens := await self._closed(unit, actor, phone, channel)) is not None:
            raise NoMoreCodes(opens)
        of_account = await CODES_OF_ACCOUNT.first(unit, account=actor.account_id, since=unit.now - DAY)
        if of_account and of_account[2] is not None and (at := next_minute(of_account[2] + RESEND_AFTER)) > unit.now:
            raise TooSoon(at)

    async def _closed(self, unit: Unit, actor: Actor, phone: bytes, channel: str) -> datetime | None:
        since = unit.now - DAY
        of_phone = await CODES_OF_PHONE.first(unit, phone=phone, channel=channel, since=since)
        of_account = await CODES_OF_ACCOUNT.first(unit, account=actor.account_id, since=since)
        limits = ((of_phone, PER_CHANNEL), (of_account, PER_ACCOUNT))
        full = [next_minute(counted[1] + DAY) for counted, most in limits if counted and counted[0] >= most]
        return max(full, default=None)

    async def _strikes(self, unit: Unit, scope: str, subject: bytes, since: datetime) -> tuple[int, datetime | None]:
        return await STRIKES.first(unit, scope=scope, subject=subject, since=since) or (0, None)


def code_in(typed: str) -> str | None:
    """The code in what was typed: six digits with or without spaces, or the one group of six in a whole message; None if none."""
    alone = re.sub(r"[\s\-]", "", typed)
    found = [alone] if re.fullmatch(r"[0-9]{6}", alone) else SIX_DIGITS.findall(typed)
    return found[0] if len(found) == 1 else None
