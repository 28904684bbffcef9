"""What has been told of a claim, a line for each answer: on its summary, and wherever it is shown again."""

from __future__ import annotations

from collections.abc import Callable

from fsm.claim import CLAIM
from fsm.claim_draft import ClaimDraft
from handlers import format as show
from handlers.policies import thing
from handlers.texts import Html, Texts
from handlers.turn import Turn
from handlers.wishes import Wish, slots_of
from handlers.words import quoted
from services.claims.checklist import checklist
from services.claims.values import Participant, Place
from services.model import Policy

UNSAID = "—"
"""What has no answer yet."""
WITHIN = ("outside",)
"""Steps that are told by another line."""


async def lines(turn: Turn, draft: ClaimDraft) -> dict[str, Html]:
    """By step, in the order they are asked."""
    t, told = turn.t, dict[str, Html]()
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, draft.contract.id) if draft.contract else None
    for step in CLAIM.path(draft)[:-1]:
        if step in WITHIN:
            continue
        if step == "contract":
            said = contract(t, policy) if policy else UNSAID
        elif step == "photos":
            said = await photos(turn, draft)
        else:
            said = SAID[step](t, draft)
        told[step] = t(f"claim-line-{step}", said=said or UNSAID)
    return told


def settled(t: Texts, draft: ClaimDraft) -> str:
    """What is not asked, because the contract or the rules have settled it: said all the same."""
    parts = []
    if draft.event == "glass":
        parts.append(t("claim-glass"))
    if draft.product == "kasko" and draft.compensation and not draft.wished:
        by = "event" if draft.event in ("theft", "total") else "contract"
        parts.append(t("claim-compensation-set", form=t.plain(f"compensation-{draft.compensation}"), by=by))
    return "\n".join(parts)


def contract(t: Texts, policy: Policy) -> str:
    return f"{t.plain(f'product-{policy.product}')} {policy.number}, {thing(policy, full=False)}"


async def wish_for(turn: Turn, draft: ClaimDraft) -> Wish:
    """The photos and papers such an event needs, and what of them is here."""
    slots = slots_of(turn, checklist(draft.product, draft.event, draft.registration))
    return Wish.of(draft.case, slots, await turn.cabinet.uploads.of_draft(turn.unit, turn.actor, draft.case))


async def photos(turn: Turn, draft: ClaimDraft) -> Html:
    """How many of those asked for are safe, how many are there beside, and how many are on their way."""
    wish = await wish_for(turn, draft)
    counted = turn.t("claim-photos-count", done=wish.done, all=len(wish.slots), more=len(wish.board.extras))
    return Html(f"{counted}. {turn.t('photos-waiting', count=wish.waiting)}") if wish.waiting else counted


def place_words(t: Texts, place: Place) -> str:
    """As it was written, or the point in degrees."""
    if place.latitude is None or place.longitude is None:
        return place.words
    return t.plain("place-point", latitude=f"{place.latitude:.5f}", longitude=f"{place.longitude:.5f}")


def vehicle(t: Texts, it: Participant) -> str:
    """What is known of another vehicle; its plate masked."""
    known = (show.masked_plate(it.plate), it.insurer, f"***{it.policy[-4:]}" if it.policy else "")
    return ", ".join(word for word in known if word) or t.plain("claim-unknown")


def _yes(t: Texts, answer: bool | None) -> str:
    return "" if answer is None else t.plain("answer-yes" if answer else "answer-no")


def _time(t: Texts, draft: ClaimDraft) -> str:
    return t.plain("claim-unknown") if draft.happened_at == "" else draft.happened_at or ""


SAID: dict[str, Callable[[Texts, ClaimDraft], str]] = {
    "event": lambda t, d: t.plain(f"claim-event-{d.product}-{d.event}") if d.event else "",
    "when": lambda _, d: show.day(d.happened_on) if d.happened_on else "",
    "time": _time,
    "place": lambda t, d: place_words(t, d.place),
    "story": lambda _, d: quoted(d.story),
    "registration": lambda t, d: t.plain(f"registration-{d.registration}") if d.registration else "",
    "cars": lambda t, d: t.plain(f"accident-cars-{d.cars}") if d.cars else "",
    "injured": lambda t, d: _yes(t, d.injured),
    "insured": lambda t, d: t.plain(f"accident-insured-{d.insured}") if d.insured else "",
    "dispute": lambda t, d: _yes(t, d.dispute),
    "fixation": lambda t, d: _yes(t, d.fixation),
    "participants": lambda t, d: "; ".join(vehicle(t, it) for it in d.participants) or t.plain("claim-unknown"),
    "certificates": lambda t, d: _yes(t, d.without_certificates),
    "circumstances": lambda t, d: (
        ", ".join(t.plain(f"circumstance-{code}") for code in d.circumstances) or t.plain("claim-none")
    ),
    "compensation": lambda t, d: t.plain(f"compensation-{d.wished}") if d.wished else "",
    "phone": lambda _, d: show.masked_phone(d.phone) if d.phone else "",
}
