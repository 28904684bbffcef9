"""YooKassa's answers, read strictly: a field of the wrong shape makes the whole answer unreadable. Money never becomes a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import structlog
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from services.ports.payments import Charge, ChargeStatus, ProviderRefused, ProviderTrouble, Refund, RefundStatus

log = structlog.get_logger("yookassa")

LINK = re.compile(r"[A-Za-z0-9._~:/?#\[\]!$&'()*+,;=%-]{1,2048}")
"""RFC 3986 without `@`: what stands before it only looks like a host. No backslash either: browsers take it for a slash."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Links:
    """Where a payer may be sent: these hosts and their subdomains, by https; by http only to this very machine, if it is one."""

    hosts: tuple[str, ...]

    def check(self, link: str) -> str:
        """The link itself. Raises ProviderRefused (`link_host`)."""
        try:
            parts = urlsplit(link)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise ProviderRefused("link_host", "confirmation.confirmation_url") from None
        ours = any(host == allowed or host.endswith("." + allowed) for allowed in self.hosts)
        secure = parts.scheme == "https" and port in (None, 443)
        if not (LINK.fullmatch(link) and ours and (secure or (host in LOOPBACK and parts.scheme == "http"))):
            log.error("link_elsewhere", host=host[:253])
            raise ProviderRefused("link_host", "confirmation.confirmation_url", host[:253])
        return link


def _written(value: object) -> datetime:
    """Only text is a time: a number could be seconds or milliseconds."""
    if not isinstance(value, str):
        raise ValueError("a time in ISO 8601")
    return datetime.fromisoformat(value)


def _small(metadata: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(metadata.get("payment_ref", ""), str):
        raise ValueError("payment_ref: text")
    return metadata


Identity = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Roubles = Annotated[str, Field(pattern=r"^[0-9]{1,12}\.[0-9]{2}$")]
Time = Annotated[AwareDatetime, BeforeValidator(_written)]
Metadata = Annotated[dict[str, Any], AfterValidator(_small)]


class _Read(BaseModel):
    model_config = ConfigDict(strict=True)


class _Amount(_Read):
    value: Roubles
    currency: str = Field(max_length=3)


class _Recipient(_Read):
    account_id: str


class _Confirmation(_Read):
    confirmation_url: str = ""


class _Method(_Read):
    type: str = ""


class _Details(_Read):
    reason: str = Field(default="", max_length=64)


class _Payment(_Read):
    id: Identity
    status: ChargeStatus
    amount: _Amount
    recipient: _Recipient
    test: bool
    created_at: Time
    metadata: Metadata | None = None
    confirmation: _Confirmation | None = None
    payment_method: _Method | None = None
    cancellation_details: _Details | None = None


class _InRoubles(_Amount):
    currency: Literal["RUB"]


class _Refund(_Read):
    id: Identity
    payment_id: Identity
    status: RefundStatus
    amount: _InRoubles
    cancellation_details: _Details | None = None


class _Error(_Read):
    code: str = ""
    parameter: str = ""
    description: str = ""
    id: str = ""
    retry_after: int = Field(default=0, ge=0)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request was not done; `retry_after` in seconds; `support` is what their support asks for."""

    code: str = ""
    parameter: str = ""
    words: str = ""
    support: str = ""
    retry_after: float | None = None


def read_charge(raw: Any, links: Links) -> Charge:
    """A payment. Raises ProviderTrouble when it is unreadable, ProviderRefused for a link that leads elsewhere."""
    try:
        known = _Payment.model_validate(raw)
    except ValidationError as error:
        raise _unreadable(error) from None
    link = known.confirmation.confirmation_url if known.confirmation and known.status == "pending" else ""
    return Charge(
        id=known.id,
        status=known.status,
        amount=Decimal(known.amount.value),
        currency=known.amount.currency,
        shop=known.recipient.account_id,
        reference=(known.metadata or {}).get("payment_ref", ""),
        test=known.test,
        link=links.check(link) if link else "",
        reason=known.cancellation_details.reason if known.cancellation_details else "",
        method=known.payment_method.type if known.payment_method else "",
        created_at=known.created_at,
    )


def read_refund(raw: Any) -> Refund:
    """A refund. Raises ProviderTrouble when it is unreadable."""
    try:
        known = _Refund.model_validate(raw)
    except ValidationError as error:
        raise _unreadable(error) from None
    reason = known.cancellation_details.reason if known.cancellation_details else ""
    return Refund(known.id, known.payment_id, known.status, Decimal(known.amount.value), reason)


def reference_of(raw: Any) -> str | None:
    """Whose payment an item of a list is, without reading the rest: other software may use the same shop."""
    match raw:
        case {"metadata": {"payment_ref": str(reference)}}:
            return reference
    return None


def read_refusal(answer: Any) -> Refusal:
    """Nothing, if it cannot be read: it only explains a status."""
    try:
        error = _Error.model_validate(answer)
    except ValidationError:
        return Refusal()
    pause = error.retry_after / 1000 or None
    return Refusal(error.code[:64], error.parameter[:64], error.description[:512], error.id[:64], pause)


def _unreadable(error: ValidationError) -> ProviderTrouble:
    """The field is named, never what stood in it."""
    place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
    return ProviderTrouble(f"unreadable answer: {place or 'no object'}")
