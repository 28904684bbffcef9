"""The answers of a claim: lenient in what is typed, strict in what is kept. Each takes a draft and gives the next, or raises Rejected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from fsm.accident import one_of
from fsm.answers import index_of, known
from fsm.claim_draft import CIRCUMSTANCES, ClaimDraft, Contract
from fsm.flow import Rejected, Said
from fsm.participant import ParticipantDraft
from services.claims.values import Participant, Place
from services.formats import to_e164, to_moment, to_time

LONGEST_STORY, LONGEST_PLACE = 1500, 300
"""Characters."""
MOST_PARTICIPANTS = 10
AHEAD = timedelta(hours=9)
"""The clock of Kamchatka is so far ahead of Moscow's: what is the future there has not happened anywhere."""
LONG_AGO = timedelta(days=10 * 366)
"""Older dates are slips of the pen."""


def take_contract(draft: ClaimDraft, chosen: Any) -> ClaimDraft:
    """A contract of the client's own, looked up already, and the phone on file: one that was told before stays."""
    match chosen:
        case (Contract() as contract, str(phone)):
            return draft.model_copy(update={"contract": contract, "phone": draft.phone or phone})
    raise Rejected("choose-one")


def take_event(draft: ClaimDraft, said: Any) -> ClaimDraft:
    if not isinstance(said, Said) or said.text not in draft.events:
        raise Rejected("choose-one")
    return draft.model_copy(update={"told_event": said.text})


def take_when(draft: ClaimDraft, said: Any) -> ClaimDraft:
    """A day, or a day with its time; `now` is this very minute. A time that was told before stays if it is still possible."""
    found = (said.today, said.clock) if said.text == "now" else to_moment(said.text, said.today)
    day, at = known(found, Rejected("bad-when"))
    if is_ahead(day, at or "00:00", said):
        raise Rejected("when-ahead")
    if day < said.today - LONG_AGO:
        raise Rejected("when-long-ago")
    kept = draft.happened_at if draft.happened_at is None or not is_ahead(day, draft.happened_at, said) else None
    return draft.model_copy(update={"happened_on": day, "happened_at": at or kept})


def take_outside(draft: ClaimDraft, said: Any) -> ClaimDraft:
    if said.text != "yes":
        raise Rejected("choose-one")
    return draft.model_copy(update={"outside": draft.happened_on})


def take_time(draft: ClaimDraft, said: Any) -> ClaimDraft:
    """`HH:MM` in whatever spelling; `unknown`: not remembered."""
    if said.text.strip().casefold() in ("unknown", "не помню", "не знаю"):
        return draft.model_copy(update={"happened_at": ""})
    at = known(to_time(said.text), Rejected("bad-time"))
    if is_ahead(draft.happened_on or said.today, at, said):
        raise Rejected("when-ahead")
    return draft.model_copy(update={"happened_at": at})


def is_ahead(day: date, at: str, said: Said) -> bool:
    """Has it not come yet, anywhere in the country? `at` may be empty."""
    latest = datetime.combine(said.today, time.fromisoformat(said.clock)) + AHEAD
    return datetime.combine(day, time.fromisoformat(at or "00:00")) > latest


def take_place(draft: ClaimDraft, said: Any) -> ClaimDraft:
    """A point of the map, or words."""
    if isinstance(said, Place):
        return draft.model_copy(update={"place": said})
    words = " ".join(said.text.split())
    if not any(char.isalpha() for char in words):
        raise Rejected("empty-place")
    if len(words) > LONGEST_PLACE:
        raise Rejected("long-place", limit=LONGEST_PLACE)
    return draft.model_copy(update={"place": Place(words)})


def take_story(draft: ClaimDraft, said: Any) -> ClaimDraft:
    """Words are added to what was told before; `clear` forgets it, `done` goes on."""
    match said.text:
        case "clear":
            return draft.model_copy(update={"story": ""})
        case "done" if draft.story:
            return draft
    more = said.text.strip()
    if said.text == "done" or not any(char.isalpha() for char in more):
        raise Rejected("empty-story")
    story = f"{draft.story}\n{more}".strip()
    if len(story) > LONGEST_STORY:
        raise Rejected("long-story", limit=LONGEST_STORY)
    return draft.model_copy(update={"story": story})


def take_registration(draft: ClaimDraft, said: Any) -> ClaimDraft:
    if said.text not in draft.registrations:
        raise Rejected("choose-one")
    return draft.model_copy(update={"registration": said.text})


def begin_participant(draft: ClaimDraft, key: str) -> ParticipantDraft:
    if key:
        return ParticipantDraft(was=draft.participants[index_of(key, draft.participants)])
    if len(draft.participants) >= MOST_PARTICIPANTS:
        raise Rejected("many-participants")
    return ParticipantDraft()


def finish_participant(draft: ClaimDraft, key: str, inner: Any) -> ClaimDraft:
    """In the place of the one it was, or last; one of whom nothing is known is nobody."""
    told, people = inner.done(), list(draft.participants)
    place = index_of(key, draft.participants) if key else len(people)
    people[place : place + 1] = [told] if told != Participant() else []
    return draft.model_copy(update={"participants": tuple(people), "listed": False})


def take_participants(draft: ClaimDraft, said: Any) -> ClaimDraft:
    """`done`, with whomever is named so far, or `remove=0`."""
    word, _, key = said.text.partition("=")
    if word == "remove":
        gone = index_of(key, draft.participants)
        return draft.model_copy(update={"participants": draft.participants[:gone] + draft.participants[gone + 1 :]})
    if word != "done":
        raise Rejected("choose-one")
    return draft.model_copy(update={"listed": True})


def take_circumstances(draft: ClaimDraft, said: Any) -> ClaimDraft:
    """A code turns it on or off; `done`, or `none` of them."""
    codes = CIRCUMSTANCES.get(draft.event, ())
    if said.text in codes:
        told = tuple(code for code in codes if (code in draft.circumstances) != (code == said.text))
        return draft.model_copy(update={"circumstances": told})
    if said.text not in ("done", "none"):
        raise Rejected("choose-one")
    told = () if said.text == "none" else tuple(code for code in codes if code in draft.circumstances)
    return draft.model_copy(update={"circumstances": told, "looked_at": draft.event})


def take_photos(draft: ClaimDraft, said: Any) -> ClaimDraft:
    """`done`: enough of them, or later. The files themselves are kept under the draft's `case`."""
    if said.text != "done":
        raise Rejected("choose-one")
    return draft.model_copy(update={"photos": True})


def take_phone(draft: ClaimDraft, said: Any) -> ClaimDraft:
    return draft.model_copy(update={"phone": known(to_e164(said.text), Rejected("bad-contact-phone"))})


take_certificates: Callable[[Any, Any], Any] = one_of("without_certificates", {"yes": True, "no": False})
take_wish: Callable[[Any, Any], Any] = one_of("wished", {"repair": "repair", "money": "money"})
