"""The receipt of a claim in words: what was told, the files with their checksums, where to verify it (G5, G11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from handlers import format as show
from handlers.policies import thing
from handlers.turn import Turn
from services.claims.values import Claim
from services.errors import NotFound
from services.press.receipt import Receipt
from services.uploads import Upload


async def receipt_of(turn: Turn, claim: Claim) -> Receipt:
    """Everything it says, in the language of the chat."""
    t = turn.t
    files = [it for it in await turn.cabinet.uploads.of_claim(turn.unit, turn.actor, claim.id) if it.state == "stored"]
    filed = show.moment(claim.filed_at)
    registered = show.moment(claim.registered_at) if claim.registered_at else ""
    below = (
        t.plain("receipt-registered", filed=filed, registered=registered)
        if registered
        else t.plain("receipt-filed", filed=filed)
    )
    return Receipt(
        language=t.language,
        brand=t.plain("receipt-brand"),
        title=t.plain("receipt-title"),
        number=claim.shown if claim.shown == claim.number else f"{claim.shown} ({claim.number})",
        below=below,
        lines=await lines(turn, claim),
        files_title=t.plain("receipt-files", count=str(len(files))),
        head=["№", t.plain("receipt-head-file"), t.plain("receipt-head-size"), t.plain("receipt-head-hash")],
        files=[file_line(turn, number, it) for number, it in enumerate(files, 1)],
        journal_title=t.plain("receipt-journal"),
        journal=t.plain("receipt-journal-first", mark=await turn.cabinet.claims.origin(turn.unit, claim)),
        verify_title=t.plain("receipt-verify"),
        verify=t.plain("receipt-verify-how"),
        link=turn.cabinet.claims.verification(claim),
        footer=t.plain("receipt-footer"),
        made=claim.filed_at.isoformat(),
    )


def file_line(turn: Turn, number: int, it: Upload) -> list[str]:
    """Its number, what it shows and its name, its size, both hashes."""
    key = f"slot-{it.slot}"
    shown = [turn.t.plain(key)] if turn.t.has(key) else []
    size = turn.t.plain("receipt-size", size=show.size(it.size))
    return [str(number), "\n".join([*shown, it.name]), size, f"{it.source}\n{it.sha256}"]


async def lines(turn: Turn, claim: Claim) -> list[tuple[str, str]]:
    """What the client has told, line by line; what was not asked is left out."""
    t, told = turn.t, claim.entered
    said = {
        "contract": await contract(turn, claim),
        "event": t.plain(f"claim-event-{claim.product}-{claim.event}"),
        "when": show.day(date.fromisoformat(told["happenedOn"])),
        "time": told["happenedAt"] or t.plain("claim-unknown"),
        "place": place(turn, told["place"]),
        "story": told["story"],
        "injured": yes(turn, told["injured"]),
        "registration": registration(turn, told),
        "participants": "\n".join(participant(it) or t.plain("claim-unknown") for it in told["participants"]),
        "certificates": yes(turn, told["withoutCertificates"] or None),
        "circumstances": "\n".join(t.plain(f"circumstance-{code}") for code in told["circumstances"]),
        "compensation": t.plain(f"compensation-{told['compensation']}") if told["compensation"] else "",
        "phone": show.phone(told["contactPhone"]),
    }
    return [(t.plain(f"claim-edit-{step}"), words) for step, words in said.items() if words]


async def contract(turn: Turn, claim: Claim) -> str:
    """Product, number and what is insured."""
    product = turn.t.plain(f"product-{claim.product}")
    try:
        policy = await turn.cabinet.policies.by_core_id(turn.unit, turn.actor, claim.policy_core_id)
    except NotFound:  # the insurer does not tell us of it any more
        return product
    return f"{product} {policy.number}, {thing(policy, full=True)}"


def place(turn: Turn, told: dict[str, Any]) -> str:
    """Words, the point in degrees, or both."""
    words = [told["words"]] if told["words"] else []
    if told["latitude"] is not None:
        words.append(
            turn.t.plain("place-point", latitude=f"{told['latitude']:.5f}", longitude=f"{told['longitude']:.5f}")
        )
    return "\n".join(words)


def registration(turn: Turn, told: dict[str, Any]) -> str:
    """How the accident was registered; of a europrotocol its terms."""
    t = turn.t
    way = t.plain(f"registration-{told['registration']}")
    if not (terms := told["europrotocol"]):
        return way
    limit = show.money(Decimal(terms["limit"]["amount"]))
    facts = (
        (t.plain("claim-edit-dispute"), yes(turn, terms["dispute"])),
        (t.plain("claim-edit-fixation"), yes(turn, terms["fixation"])),
        (t.plain("receipt-limit"), limit),
    )
    return "\n".join([way, *(f"{label}: {said}" for label, said in facts)])


def participant(told: dict[str, Any]) -> str:
    """Plate, insurer and policy, as far as they are known."""
    return ", ".join(told[name] for name in ("plate", "insurer", "policyNumber") if told[name])


def yes(turn: Turn, answer: bool | None) -> str:
    """Empty for what was not asked."""
    return "" if answer is None else turn.t.plain("answer-yes" if answer else "answer-no")
