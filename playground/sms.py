"""An SMS gateway that speaks SMSC.ru's HTTP contract (`/smsc/sys/…`, JSON answers) and keeps what it was given.

As at the real one, a refusal is HTTP 200 with `error_code`, the default charset is windows-1251 and a repeat within a minute is refused.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import phonenumbers
from aiohttp import web

from playground.core.courier import utc
from playground.refusal import NoError
from playground.world import World

ACCOUNT = ("playground", "playground")
"""Login and password; the second is the `apikey`, too."""
SENDERS = ("", "TihayaGavan")
PRICE = Decimal("3.20")
"""Roubles a part; the account begins with 100 000."""
DELIVERED, NOT_FOUND = 1, -3
_MINUTE = 60.0
_DIGITS = 10  # the last ones of a number are enough to know whose it is
_ERRORS = {
    1: "parameters error",
    2: "authorise error",
    3: "Insufficient funds",
    6: "message is denied",
    7: "invalid number",
    8: "message can not be delivered",
    9: "duplicate request, wait a minute",
}
_GSM = re.compile(r"[\n\r !-~£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€]*")
_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


class _Refused(Exception):
    """`id` goes along with the codes 3, 6, 7 and 8: by then the message has a number."""

    def __init__(self, code: int, id_: int | None = None) -> None:
        super().__init__(code)
        self.body: dict[str, Any] = {"error": _ERRORS[code], "error_code": code}
        if id_ is not None:
            self.body["id"] = id_


@dataclass(slots=True)
class _Repeats:
    """How often the same was asked for within the last minute, by the clock on the wall: people do not jump over pace limits."""

    seen: defaultdict[Any, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def count(self, what: Any, allowed: int) -> None:
        """Refuse the repeat number `allowed` + 1."""
        now, moments = time.monotonic(), self.seen[what]
        while moments and moments[0] <= now - _MINUTE:
            moments.popleft()
        if len(moments) >= allowed:
            raise _Refused(9)
        moments.append(now)


def routes(world: World) -> list[web.RouteDef]:
    """SMSC.ru's addresses, and `GET /sms?phone=` for a person's eyes."""
    gateway = _Gateway(world)
    world.on_reset.append(gateway.forget)
    return [
        *(web.route(method, "/smsc/sys/send.php", gateway.send) for method in ("GET", "POST")),
        *(web.route(method, "/smsc/sys/status.php", gateway.status) for method in ("GET", "POST")),
        web.get("/sms", gateway.received),
    ]


class _Gateway:
    def __init__(self, world: World) -> None:
        self._world = world
        self._repeats = _Repeats()

    def forget(self) -> None:
        """A new world owes nothing to the minute before."""
        self._repeats.seen.clear()

    async def send(self, request: web.Request) -> web.Response:
        """`send.php`: parameters as in the query or the form."""
        return await self._answer(request, self._send)

    async def status(self, request: web.Request) -> web.Response:
        """`status.php`: what became of the message `id` to `phone`."""
        return await self._answer(request, self._status)

    async def received(self, request: web.Request) -> web.Response:
        """Everything (to one phone), newest last."""
        asked = request.query.get("phone", "").strip()
        wanted = re.sub(r"\D", "", asked)
        if asked and len(wanted) < _DIGITS:
            raise NoError(400, f"«{asked}» is no phone", "for example ?phone=79070000101; without it, everybody's")
        rows = [
            {"id": row["id"], "phone": row["phone"], "text": row["text"], "date": row["date"], "status": "delivered"}
            for row in self._world.store.all("sms").values()
            if row["phone"].endswith(wanted)
        ]
        return web.json_response(rows)

    async def _answer(self, request: web.Request, work: Callable[[dict[str, str]], dict[str, Any]]) -> web.Response:
        form = await _form(request)
        try:
            if form.get("fmt") != "3":  # only JSON is spoken here
                raise _Refused(1)
            by_password = (form.get("login"), form.get("psw")) == ACCOUNT
            if not by_password and form.get("apikey") != ACCOUNT[1]:
                raise _Refused(2)
            return web.json_response(work(form))
        except _Refused as refusal:
            return web.json_response(refusal.body)

    def _send(self, form: dict[str, str]) -> dict[str, Any]:
        phones, text, mode = re.split(r"[,;]", form.get("phones", "")), form.get("mes", ""), form.get("cost", "0")
        own = form.get("id", "")
        if not (all(phones) and text and mode in ("0", "1", "2", "3")) or (own and not _is_own_id(own)):
            raise _Refused(1)
        asking = mode == "1"
        self._repeats.count((asking, tuple(phones), text), allowed=5 if asking else 1)
        id_ = int(own) if own else len(self._world.store.all("sms")) + 1
        numbers = [_mobile(phone, id_) for phone in phones]
        if form.get("sender", "") not in SENDERS:
            raise _Refused(6, id_)
        count = _parts(text) * len(numbers)
        cost = PRICE * count
        if asking:
            return {"cost": str(cost), "cnt": count}
        balance = self._pay(cost, id_)
        for number in numbers:
            self._keep(id_, number, text)
        told = {"cost": str(cost)} if mode in ("2", "3") else {}
        return {"id": id_, "cnt": count, **told, **({"balance": str(balance)} if mode == "3" else {})}

    def _status(self, form: dict[str, str]) -> dict[str, Any]:
        if not (form.get("phone") and _is_own_id(form.get("id", ""))):
            raise _Refused(1)
        self._repeats.count(("status", form["phone"], form["id"]), allowed=5)
        number, id_ = _mobile(form["phone"]), int(form["id"])
        for row in reversed(self._world.store.all("sms").values()):
            if (row["id"], row["phone"]) == (id_, number):
                moment = datetime.fromisoformat(row["date"])
                local = moment.astimezone(ZoneInfo("Europe/Moscow")).strftime("%d.%m.%Y %H:%M:%S")
                return {"status": DELIVERED, "last_date": local, "last_timestamp": int(moment.timestamp()), "err": 0}
        return {"status": NOT_FOUND, "last_date": "", "last_timestamp": 0, "err": 0}

    def _pay(self, cost: Decimal, id_: int) -> Decimal:
        account = self._world.store.get("sms.account", "balance") or {"rub": "100000.00"}
        balance = Decimal(account["rub"]) - cost
        if balance < 0:
            raise _Refused(3, id_)
        self._world.store.put("sms.account", "balance", {"rub": str(balance)})
        return balance

    def _keep(self, id_: int, phone: str, text: str) -> None:
        key = len(self._world.store.all("sms")) + 1
        row = {"id": id_, "phone": phone, "text": text, "date": utc(self._world.clock.now())}
        self._world.store.put("sms", key, row)
        self._world.live.publish("sms", phone=phone)


async def _form(request: web.Request) -> dict[str, str]:
    """Query and form together; `charset` says how they are spelt, windows-1251 if it is silent."""
    raw = request.rel_url.raw_query_string + "&" + (await request.read()).decode("ascii", "replace")
    charset = parse_qs(raw).get("charset", ["windows-1251"])[-1].lower()
    if charset not in ("utf-8", "koi8-r"):
        charset = "windows-1251"
    return {name: values[-1] for name, values in parse_qs(raw, encoding=charset, errors="replace").items()}


def _is_own_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= 2**31 - 1


def _mobile(text: str, id_: int | None = None) -> str:
    """E.164; a number that is none, or cannot receive a message, is refused."""
    try:
        number = phonenumbers.parse(text if text.startswith(("+", "8")) else f"+{text}", "RU")
    except phonenumbers.NumberParseException as error:
        raise _Refused(7, id_) from error
    if not phonenumbers.is_valid_number(number):
        raise _Refused(7, id_)
    if phonenumbers.number_type(number) not in _MOBILE:
        raise _Refused(8, id_)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _parts(text: str) -> int:
    """Billed parts: 160 signs of GSM or 70 of UCS-2 alone, 153 or 67 in a chain."""
    alone, chained = (160, 153) if _GSM.fullmatch(text) else (70, 67)
    return 1 if len(text) <= alone else -(-len(text) // chained)
