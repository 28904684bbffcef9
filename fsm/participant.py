"""Another vehicle of an accident: its plate, its insurer, its policy. What is not known is left out, a word at a time or all at once."""

from __future__ import annotations

from typing import Any

from fsm.flow import Draft, Flow, Rejected, Step
from services.claims.values import Participant
from services.formats import plate, policy_number

LONGEST = 100
"""Characters of an insurer's name."""
UNKNOWN = ("unknown", "не знаю", "не помню", "нет", "i don't know", "no")


class ParticipantDraft(Draft):
    """None: not asked yet; empty: not known. `was` is what an existing one said before: each word may be kept."""

    was: Participant = Participant()
    plate: str | None = None
    insurer: str | None = None
    policy: str | None = None

    def done(self) -> Participant:
        """The vehicle, once everything is answered."""
        return Participant(self.plate or "", self.insurer or "", self.policy or "")


def take_plate(draft: ParticipantDraft, said: Any) -> ParticipantDraft:
    if (told := _known(said, draft.was.plate)) is None and (told := plate(said.text)) is None:
        raise Rejected("bad-plate")
    return draft.model_copy(update={"plate": told})


def take_insurer(draft: ParticipantDraft, said: Any) -> ParticipantDraft:
    """A name; `rest`: nothing more is known."""
    if said.text == "rest":
        return draft.model_copy(update={"insurer": "", "policy": ""})
    if (told := _known(said, draft.was.insurer)) is None:
        told = " ".join(said.text.split())
        if not any(char.isalpha() for char in told):
            raise Rejected("bad-insurer")
        if len(told) > LONGEST:
            raise Rejected("long-insurer", limit=LONGEST)
    return draft.model_copy(update={"insurer": told})


def take_policy(draft: ParticipantDraft, said: Any) -> ParticipantDraft:
    if (told := _known(said, draft.was.policy)) is None and (told := policy_number(said.text)) is None:
        raise Rejected("bad-other-policy")
    return draft.model_copy(update={"policy": told})


def _known(said: Any, was: str) -> str | None:
    """What is not known is empty, what was there may be kept; None: something new has been said."""
    if said.text == "keep":
        return was
    return "" if said.text.strip().casefold() in UNKNOWN else None


PARTICIPANT = Flow(
    "participant",
    ParticipantDraft,
    steps=(
        Step("plate", take_plate, answered=lambda d: d.plate is not None),
        Step("insurer", take_insurer, answered=lambda d: d.insurer is not None),
        Step("policy", take_policy, answered=lambda d: d.policy is not None),
    ),
    summary=False,
    brief=True,
)
