"""The receipt of a claim on its way: into the chat by itself when the claim is filed, and wherever it is asked for later (G5, C4)."""

from __future__ import annotations

from typing import Any

from handlers import format as show
from handlers.receipt_words import receipt_of
from handlers.room import Room
from handlers.screen import Button, Screen, column
from handlers.turn import Turn
from services.claims.values import Claim
from services.db.pipe import Parcel
from services.errors import NotFound
from services.history import Deed
from services.model import Access

LIVES = 24 * 3600
"""Seconds a letter is worth sending."""

room = Room("receipt", needs=Access.UNLOCKED, back="case")


@room.screen
async def show_receipt(turn: Turn) -> Screen:
    """Where to? By mail only to the address the insurer has on file."""
    t = turn.t
    claim, address = await claim_here(turn), await address_of(turn)
    buttons = [Button(t.plain("paper-here"), "here")]
    if address:
        buttons.append(Button(t.plain("paper-mail", email=show.masked_email(address)), "mail"))
    return Screen(t("receipt" if address else "receipt-no-mail", number=claim.shown), column(*buttons))


async def claim_here(turn: Turn) -> Claim:
    """The claim whose receipt is asked for. Raises NotFound, also of one that was not filed here."""
    claim = await turn.cabinet.claims.one(turn.unit, turn.actor, turn.args["id"])
    if not claim.token:
        raise NotFound
    return claim


async def address_of(turn: Turn) -> str:
    """The actor's e-mail on file; empty if there is none."""
    client = await turn.cabinet.clients.by_id(turn.unit, turn.actor.client_id or "")
    return (client.email or "") if client else ""


@room.tap("here")
async def send_here(turn: Turn, _: str) -> None:
    """Once more, as the claim is now."""
    await send(turn, await claim_here(turn))
    turn.note("paper-coming")


@room.tap("mail")
async def send_by_mail(turn: Turn, _: str) -> None:
    """The same to the address on file; what became of the letter comes back as an event."""
    claim, address = await claim_here(turn), await address_of(turn)
    if not address:
        raise NotFound
    title = titled(turn, claim)
    body = {
        "to": address,
        "subject": turn.t.plain("letter-paper-subject", title=title),
        "text": turn.t.plain("letter-paper", title=title),
        "document": await printed(turn, claim),
        "on_sent": {"type": "receipt.mailed", "claim": claim.id},
        "on_dead": {"type": "receipt.unmailed", "claim": claim.id},
    }
    await _record(turn, Deed.PAPER_MAILED, title)
    turn.unit.send(Parcel(_once(turn, "receipt-mail", claim), "mail", body, lives=LIVES))
    turn.note("paper-mailing", email=show.masked_email(address))


@room.tap("back")
async def back_to_case(turn: Turn, _: str) -> None:
    turn.go("case", id=turn.args["id"])


async def send(turn: Turn, claim: Claim) -> None:
    """The PDF as a message of its own; nothing for a claim that was not filed here."""
    if not claim.token:
        return
    body = {
        "method": "sendDocument",
        "payload": {"caption": turn.t("receipt-caption", number=claim.shown), "parse_mode": "HTML"},
        "document": await printed(turn, claim),
        "on_sent": {"type": "paper.sent"},
        "on_dead": {"type": "receipt.undelivered", "claim": claim.id},
    }
    await _record(turn, Deed.PAPER_SENT, titled(turn, claim))
    turn.unit.send(Parcel(_once(turn, "receipt", claim), "telegram", body, chat_id=turn.actor.account_id))


async def printed(turn: Turn, claim: Claim) -> dict[str, Any]:
    """What `bot.papers` makes the file of."""
    return {
        "print": "claim-receipt",
        "words": (await receipt_of(turn, claim)).words,
        "file_name": f"{turn.t.plain('receipt-file')}-{claim.shown}.pdf",
        "mime_type": "application/pdf",
    }


def titled(turn: Turn, claim: Claim) -> str:
    """What it is called in the history and in a letter."""
    return f"{turn.t.plain('receipt-title')} {claim.shown}"


async def _record(turn: Turn, deed: Deed, title: str) -> None:
    client, account = turn.actor.client_id, turn.actor.account_id
    await turn.cabinet.history.record(turn.unit, client, account, deed, title)


def _once(turn: Turn, way: str, claim: Claim) -> str:
    """One tap sends one."""
    event = turn.unit.event
    return f"{way}:{claim.id}:{turn.actor.account_id}:{event.source}:{event.event_id}"


# -- what became of it -------------------------------------------------------------------------------------------------


async def undelivered(turn: Turn, facts: dict[str, Any]) -> None:
    """Telegram has refused the file for good."""
    if number := await _number(turn, facts):
        turn.say("receipt-undelivered", turn.unit.event.event_id, number=number)


async def mailed(turn: Turn, facts: dict[str, Any]) -> None:
    if number := await _number(turn, facts):
        turn.say("receipt-mailed", turn.unit.event.event_id, number=number)


async def unmailed(turn: Turn, facts: dict[str, Any]) -> None:
    if number := await _number(turn, facts):
        turn.say("receipt-unmailed", turn.unit.event.event_id, number=number)


async def _number(turn: Turn, facts: dict[str, Any]) -> str:
    """The claim's number; empty, and nothing is said, if somebody else is logged in by now."""
    try:
        return (await turn.cabinet.claims.one(turn.unit, turn.actor, facts["claim"])).shown
    except NotFound:
        turn.quiet = True
        return ""


HEARD = {"receipt.undelivered": undelivered, "receipt.mailed": mailed, "receipt.unmailed": unmailed}
