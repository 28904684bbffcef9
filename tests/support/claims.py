"""A claim for the tests of what is kept: its report, its policy, files that are here, and the insurer's words on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from services.claims import Claim, Claims, Report
from services.claims.adjusting import Adjusting
from services.claims.values import Participant, Place, Protocol
from services.db.pipe import Tx
from services.db.unit import Unit
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar
from services.history import History
from services.model import Actor, Policy
from services.reminders import TermIndex
from services.sessions import Sessions
from services.uploads import Limits, Sent, Uploads
from tests.support.stores import NOW, VAULT, unit

LANE = "client:cus-x"
AT = datetime.fromtimestamp(NOW, UTC)
PUBLIC = "https://bot.example.ru"

uploads = Uploads(VAULT, Limits())
history = History(VAULT)
claims = Claims(VAULT, uploads, PUBLIC, history)
adjusting = Adjusting(claims, uploads, Sessions(VAULT, history), history, TermIndex(Deadlines(Calendar.known())))


def actor(client: str | None = "cus-x", account: int = 1) -> Actor:
    return Actor(account, "ru", 0, AT, consented=True, client_id=client)


POLICY = Policy(
    id=1,
    product="osago",
    status="active",
    starts=date(2026, 1, 1),
    ends=date(2026, 12, 31),
    part_paid=True,
    number="ХХХ 0166171796",
    object="Skoda Octavia",
    object_kind="vehicle",
    plate="А123ВС777",
    core_id="pol-x",
    client_id="cus-x",
    form="",
    issued=date(2026, 1, 1),
    paid=True,
    premium=Decimal(7000),
    payments=(),
    vin="",
    coverages=(),
    drivers=(),
    unlimited=True,
    usage=(),
    insured=None,
    owner=None,
)
REPORT = Report(
    product="osago",
    event="injured",
    happened_on=date(2026, 11, 17),
    happened_at="08:15",
    place=Place("Тверская, 1", 55.757, 37.615),
    story="Меня ударили сзади на светофоре",
    injured=False,
    participants=(Participant("О777ОО177", "Другая гавань", "ХХХ0123456789"),),
    registration="europrotocol",
    protocol=Protocol(dispute=False, fixation=True, limit=400_000),
    circumstances=(),
    without_certificates=False,
    compensation="money",
    phone="+79070000001",
)


def content(letter: str) -> str:
    """A SHA-256 of what is kept."""
    return letter * 64


async def sent(tx: Tx, message: int, draft: str = "d", slot: str = "", who: Actor | None = None) -> int:
    """A photo the client has sent; its id."""
    step = unit(tx)
    await uploads.take(
        step, who or actor(), draft, Sent("f", message, f"Фото {message}.jpg", "image/jpeg", 9, "", AT), slot=slot
    )
    return int(step.parcels[0].body["upload"])


async def here(tx: Tx, upload: int, letter: str, who: Actor | None = None) -> Unit:
    """Its content is safe; the step that has heard it."""
    step = unit(tx, event_id=f"stored-{upload}")
    kept = {"sha256": content(letter), "size": 1000, "mime": "image/jpeg", "width": 800, "height": 600}
    found = {"upload": upload, "sha256": content(letter)[::-1].upper(), "kept": kept, "looks": [], "likeness": ""}
    await uploads.stored(step, who or actor(), found | {"taken": None})
    return step


async def filed(tx: Tx, draft: str = "d", step: Unit | None = None) -> Claim:
    return await claims.file(step or unit(tx), actor(), POLICY, replace(REPORT), draft)


def resource(number: str | None, version: int, status: str = "received", **more: Any) -> dict[str, Any]:
    """The insurer's word on a claim."""
    return {
        "version": version,
        "number": number,
        "claimId": f"clm-{number}",
        "claimNumber": "АТ-15004021",
        "customerId": "cus-x",
        "policyId": "pol-x",
        "product": "osago",
        "event": "injured",
        "happenedOn": "2026-11-17",
        "status": status,
        "statusSince": "2026-11-17T09:00:00+03:00",
        "comment": None,
        "requiredDocuments": [],
        "inspection": None,
        "direction": None,
        "payout": None,
        "refusal": None,
        "filesReceived": [],
        "compensation": "money",
        "registeredAt": "2026-11-17T09:00:00+03:00",
        "history": [{"status": "received", "at": "2026-11-17T09:00:00+03:00", "comment": None}],
    } | more
