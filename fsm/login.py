"""Who is this: one's own contact, which client, a fact if in doubt, a code (A1–A3). Also the code that opens a bound cabinet (A4).

The steps take in only what the services have checked: the room looks up the contact and compares the code.
"""

from __future__ import annotations

from typing import Any

from fsm.flow import FLOWS, Draft, Flow, Rejected, Step


class LoginDraft(Draft):
    """`candidates` are the clients with this phone; `needs_fact` and `knows_fact` are the birth date or policy number of A3.

    `to`, `again` and `until` are of the last code: where it went (masked), from when a new one may be asked for, until when it is
    good, in seconds since the epoch; `to` is empty when there is none. `code` is its number, `channel` its way, `sent` when it was
    asked for, and `taken` whether the gateway has it.
    """

    unlock: bool = False
    phone: str = ""
    candidates: tuple[str, ...] = ()
    client: str = ""
    needs_fact: bool = False
    knows_fact: bool = False
    asked: bool = False
    to: str = ""
    again: float = 0.0
    until: float = 0.0
    code: int = 0
    channel: str = "sms"
    sent: float = 0.0
    taken: bool = False


def take_contact(draft: LoginDraft, found: Any) -> LoginDraft:
    """`found` is `(phone, client ids)` of an own contact that is on file, and True if it is in doubt whose it is."""
    phone, candidates, *doubt = found
    return draft.model_copy(
        update={
            "phone": phone,
            "candidates": tuple(candidates),
            "client": candidates[0] if len(candidates) == 1 else "",
            "needs_fact": draft.needs_fact or any(doubt),
            "to": "",
        }
    )


def take_choice(draft: LoginDraft, number: Any) -> LoginDraft:
    """`number` is the position in the list that was shown."""
    if not str(number).isdecimal() or int(number) >= len(draft.candidates):
        raise Rejected("choose-one")
    return draft.model_copy(update={"client": draft.candidates[int(number)], "to": ""})


def take_fact(draft: LoginDraft, right: Any) -> LoginDraft:
    """The birth date or policy number was right."""
    return draft.model_copy(update={"knows_fact": bool(right)})


def take_wish(draft: LoginDraft, _: Any) -> LoginDraft:
    """The person wants the code now."""
    return draft.model_copy(update={"asked": True})


def take_code(draft: LoginDraft, _: Any) -> LoginDraft:
    """The code was right; nothing of it is kept."""
    return draft


LOGIN = FLOWS.add(
    Flow(
        name="login",
        draft=LoginDraft,
        steps=(
            Step("contact", take_contact, when=lambda d: not d.unlock, answered=lambda d: bool(d.phone)),
            Step("who", take_choice, when=lambda d: len(d.candidates) > 1, answered=lambda d: bool(d.client)),
            Step("fact", take_fact, when=lambda d: d.needs_fact, answered=lambda d: d.knows_fact),
            Step("wish", take_wish, when=lambda d: d.unlock, answered=lambda d: d.asked),
            Step("code", take_code, answered=lambda _: False),
        ),
        summary=False,
    )
)
