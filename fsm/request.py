"""A request to the insurer: about which policy, in words, with papers; a number to be changed; a way back into the cabinet (I4, A12, A14).

The kind is chosen before: it decides what is asked.
"""

from __future__ import annotations

from typing import Any

from fsm.answers import chosen, known
from fsm.flow import FLOWS, Draft, Flow, Rejected, Step
from services.formats import inn, person_name, policy_number, snils, to_e164
from services.model import Name

LIMIT = 3000
"""Characters of what is told: it fits one message together with its header."""
ABOUT_POLICY = frozenset(("certificate", "compensation", "works", "payout", "recalculation", "policy-change"))
"""Kinds that are about a policy, which is asked where there are several."""


class RequestDraft(Draft):
    """`key` is the key of its files. `policy` is our row of a contract, 0 for none, None when not answered; `choice`: there are several.

    `deed` of a request about the phone is `change` or `block`; `phone` (E.164) is the new number, or where to call whoever cannot come in.
    `paper` is an INN or SNILS, `contract` the number of a policy, empty when it is not remembered. `sent`: the papers are looked through.
    """

    key: str = ""
    kind: str = ""
    policy: int | None = None
    choice: bool = False
    deed: str = ""
    phone: str = ""
    name: Name | None = None
    paper: str = ""
    contract: str | None = None
    text: str = ""
    sent: bool = False

    @property
    def stranger(self) -> bool:
        """Somebody who cannot come in: there is nobody whose files could be kept."""
        return self.kind == "recovery"

    @property
    def touched(self) -> bool:
        """Has anything been answered?"""
        return bool(self.text or self.deed or self.name)


def take_policy(draft: RequestDraft, said: Any) -> RequestDraft:
    """A row, offered by the room, which looks whose it is; 0: none of them."""
    if not (said.text.isascii() and said.text.isdecimal()):
        raise Rejected("choose-one")
    return draft.model_copy(update={"policy": int(said.text)})


def take_deed(draft: RequestDraft, said: Any) -> RequestDraft:
    return draft.model_copy(update={"deed": chosen(said, ("change", "block"))})


def take_phone(draft: RequestDraft, said: Any) -> RequestDraft:
    return draft.model_copy(update={"phone": known(to_e164(said.text), Rejected("bad-number"))})


def take_name(draft: RequestDraft, said: Any) -> RequestDraft:
    return draft.model_copy(update={"name": known(person_name(said.text), Rejected("bad-name"))})


def take_paper(draft: RequestDraft, said: Any) -> RequestDraft:
    """12 digits are an INN, 11 a SNILS; both catch a slip of the finger."""
    number = inn(said.text) or snils(said.text)
    if number is None or len(number) == 10:
        raise Rejected("bad-paper")
    return draft.model_copy(update={"paper": number})


def take_contract(draft: RequestDraft, said: Any) -> RequestDraft:
    """`none`: it is not remembered."""
    number = "" if said.text == "none" else policy_number(said.text)
    return draft.model_copy(update={"contract": known(number, Rejected("bad-contract"))})


def take_text(draft: RequestDraft, said: Any) -> RequestDraft:
    """The whole text, in place of what was there."""
    text = said.text.strip()
    if not text:
        raise Rejected("empty-text")
    if len(text) > LIMIT:
        raise Rejected("long-text", limit=LIMIT)
    return draft.model_copy(update={"text": text})


def take_files(draft: RequestDraft, said: Any) -> RequestDraft:
    """`done` when everything is sent; other words are added to the text."""
    if said.text == "done":
        return draft.model_copy(update={"sent": True})
    both = "\n".join(filter(None, (draft.text, said.text.strip())))
    if len(both) > LIMIT:
        raise Rejected("long-draft", limit=LIMIT)
    return draft.model_copy(update={"text": both})


REQUEST = FLOWS.add(
    Flow(
        "request",
        RequestDraft,
        brief=True,
        steps=(
            Step(
                "policy",
                take_policy,
                when=lambda d: d.choice and d.kind in ABOUT_POLICY,
                answered=lambda d: d.policy is not None,
            ),
            Step("deed", take_deed, when=lambda d: d.kind == "phone", answered=lambda d: bool(d.deed)),
            Step(
                "phone",
                take_phone,
                when=lambda d: d.deed == "change",
                answered=lambda d: bool(d.phone),
            ),
            Step("name", take_name, when=lambda d: d.stranger, answered=lambda d: d.name is not None),
            Step("paper", take_paper, when=lambda d: d.stranger, answered=lambda d: bool(d.paper)),
            Step("contract", take_contract, when=lambda d: d.stranger, answered=lambda d: d.contract is not None),
            Step("text", take_text, when=lambda d: not d.stranger, answered=lambda d: bool(d.text)),
            Step("files", take_files, when=lambda d: not d.stranger, answered=lambda d: d.sent),
        ),
    )
)
