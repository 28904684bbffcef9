"""YooKassa API v3, one-stage payments by redirect (yookassa.ru/developers/api).

An answer that cannot be read whole is no answer: the outcome is unknown, ProviderTrouble. What the statuses of HTTP mean:

    200                      done
    202                      still processing: later, `retry_after` milliseconds
    400 403 404 405 410 415  refused for good
    401                      our keys are wrong: later, once an operator has read the ERROR line
    anything else            trouble: 429, 5xx, HTML of a balancer, a time-out, a broken connection

Nothing of a key, a link or a person is logged.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import aiohttp
import structlog

from services.adapters.yookassa_answers import Links, read_charge, read_refund, read_refusal, reference_of
from services.ports.payments import Charge, ProviderRefused, ProviderTrouble, Refund, Wanted

log = structlog.get_logger("yookassa")

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
LARGEST = 4 * 1024 * 1024
"""Bytes of an answer: a page of a hundred payments is ten times smaller."""
DESCRIPTION = 128
PAGE = 100
PAGES = 100
"""Pages that `find` reads at most."""
SKEW = timedelta(minutes=10)
"""The provider's clock may be behind ours."""
WEIGHT = ("succeeded", "waiting_for_capture", "pending", "canceled")
SECONDS = re.compile(r"[1-9][0-9]{0,4}")
REFUSED = (400, 403, 404, 405, 410, 415)


@dataclass(frozen=True, slots=True)
class Fiscal:
    """What the receipt of 54-ФЗ says: the provider's `tax_system_code`, `vat_code`, `payment_subject`, `payment_mode`."""

    tax_system: int
    vat: int
    subject: str
    mode: str


class YooKassa:
    """`url` is the base address of the API; `links` says which hosts a payment link may lead to."""

    def __init__(
        self,
        url: str,
        shop: str,
        key: str,
        links: Links,
        fiscal: Fiscal,
        http: aiohttp.ClientSession,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._url, self._http, self._timeout = url.rstrip("/"), http, timeout
        self._links, self._fiscal = links, fiscal
        self._authorization = aiohttp.encode_basic_auth(shop, key)

    async def create(self, key: str, wanted: Wanted) -> Charge:
        raw = await self._call("POST", "/payments", key, payment_body(wanted, self._fiscal))
        charge = read_charge(raw, self._links)
        if charge.status == "pending" and not charge.link:
            raise ProviderTrouble("unreadable answer: no link")
        return charge

    async def charge(self, charge_id: str) -> Charge:
        return read_charge(await self._call("GET", f"/payments/{_path(charge_id)}"), self._links)

    async def find(self, reference: str, since: datetime) -> Charge | None:
        """Pages come from the newest on. If several are of one reference, a paid one is more than one that waits, and so on."""
        begin = since.astimezone(UTC) - SKEW
        params = {"limit": str(PAGE), "created_at.gte": f"{begin:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"}
        found: list[Charge] = []
        for _ in range(PAGES):
            match await self._call("GET", "/payments", params=params):
                case {"items": list(items), **rest}:
                    found += [read_charge(item, self._links) for item in items if reference_of(item) == reference]
                case _:
                    raise ProviderTrouble("unreadable answer: no list")
            match rest.get("next_cursor"):
                case None:
                    return min(found, key=lambda charge: WEIGHT.index(charge.status), default=None)
                case str(cursor):
                    params["cursor"] = cursor
                case _:
                    raise ProviderTrouble("unreadable answer: next_cursor")
        raise ProviderTrouble("an endless list")

    async def refund(self, key: str, charge_id: str, amount: Decimal, description: str) -> Refund:
        """Without a receipt: the provider makes that of a whole refund from the payment's own."""
        body = {"payment_id": charge_id, "amount": _money(amount), "description": description[:DESCRIPTION]}
        return read_refund(await self._call("POST", "/refunds", key, body))

    async def refund_by(self, refund_id: str) -> Refund:
        return read_refund(await self._call("GET", f"/refunds/{_path(refund_id)}"))

    async def _call(
        self, method: str, path: str, key: str = "", body: Any = None, params: dict[str, str] | None = None
    ) -> Any:
        """The JSON of a 200. Raises ProviderTrouble or ProviderRefused."""
        headers = {"Authorization": self._authorization} | ({"Idempotence-Key": key} if key else {})
        try:
            async with self._http.request(
                method,
                self._url + path,
                params=params,
                json=body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                status, pause, raw = response.status, response.headers.get("Retry-After", ""), b""
                while len(raw) <= LARGEST and (more := await response.content.read(LARGEST + 1 - len(raw))):
                    raw += more
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            raise ProviderTrouble(type(trouble).__name__) from trouble
        try:
            answer = json.loads(raw) if len(raw) <= LARGEST else None
        except (ValueError, RecursionError):
            answer = None
        if status == 200 and isinstance(answer, dict):
            return answer
        raise _error(status, answer, pause)


def payment_body(wanted: Wanted, fiscal: Fiscal) -> dict[str, Any]:
    """What is POSTed to `/payments`. Raises ProviderRefused for what the provider would refuse anyway."""
    amount, description = _money(wanted.amount), wanted.description[:DESCRIPTION]
    if not (wanted.email or wanted.phone):
        raise ProviderRefused("no_contact", "receipt.customer")
    return {
        "amount": amount,
        "capture": True,
        "confirmation": {"type": "redirect", "return_url": wanted.return_url},
        "description": description,
        "metadata": {"payment_ref": wanted.reference},
        "receipt": {
            "customer": {"email": wanted.email} if wanted.email else {"phone": wanted.phone.removeprefix("+")},
            "tax_system_code": fiscal.tax_system,
            "items": [
                {
                    "description": description,
                    "quantity": "1.000",
                    "amount": amount,
                    "vat_code": fiscal.vat,
                    "payment_mode": fiscal.mode,
                    "payment_subject": fiscal.subject,
                }
            ],
        },
    }


def _money(amount: Decimal) -> dict[str, str]:
    try:
        exact = amount > 0 and amount == (rounded := amount.quantize(Decimal("0.01")))
    except InvalidOperation:
        exact = False
    if not exact:
        raise ProviderRefused("no_amount", "amount.value")
    return {"value": f"{rounded:f}", "currency": "RUB"}


def _path(number: str) -> str:
    """An id that may stand in a path; one from a forged notification may hold anything."""
    if not number or len(number) > 64 or not (number.isascii() and number.replace("-", "").isalnum()):
        raise ProviderRefused("not_found", "id")
    return number


def _error(status: int, answer: Any, pause: str) -> ProviderTrouble | ProviderRefused:
    refusal = read_refusal(answer)
    if status == 401:
        log.error("credentials_refused", support=refusal.support)
    if status in (405, 415) or (status in REFUSED and refusal.code):
        code = refusal.code or f"http_{status}"
        log.error("provider_refused", status=status, code=code, parameter=refusal.parameter, support=refusal.support)
        return ProviderRefused(code, refusal.parameter, refusal.words)
    retry_after = refusal.retry_after or (float(pause) if SECONDS.fullmatch(pause) else None)
    return ProviderTrouble(f"HTTP {status}" + ("" if isinstance(answer, dict) else " unreadable"), retry_after)
