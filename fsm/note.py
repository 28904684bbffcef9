"""A reminder of one's own: of what, and on which day (H4)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from fsm.flow import FLOWS, Draft, Flow, Rejected, Step
from services.formats import apart_from_day, to_day_ahead

LIMIT = 200
"""Characters of a reminder: it stands in a list, and in a calendar's line."""
YEARS = 2
"""How far ahead one may look."""
CHOICES = {
    "policy": ("renew", "instalment", "drivers"),
    "claim": ("papers", "ask", "repair"),
    "": ("renew", "instalment", "inspection", "licence"),
}
"""What is offered in place of words, by what the reminder is about: a contract, a claim, nothing."""
ASKED = re.compile(
    r"^(?:пожалуйста,? )?(?:напомни(?:те|ть)?|remind)(?: (?:мне|нам|me|us))?(?: to)?[ ,]+", re.IGNORECASE
)
"""How people begin to ask for a reminder; what follows is what to remind of."""
CHOSEN = "="
"""What a choice begins with, so that nobody types one."""


class NoteDraft(Draft):
    """`about` is `policy`, `claim` or empty, `row` our row of it. `choice` stands in place of `text`."""

    about: str = ""
    row: int = 0
    text: str = ""
    choice: str = ""
    day: date | None = None


def bounds(today: date) -> tuple[date, date]:
    """The first and the last day that one may be reminded on."""
    return date.fromordinal(today.toordinal() + 1), today + relativedelta(years=YEARS)


def take_text(draft: NoteDraft, said: Any) -> NoteDraft:
    """One of the choices, or words: runs of white space are one space. A day that is said with them is not asked for again."""
    if said.text.startswith(CHOSEN) and (choice := said.text[1:]) in CHOICES[draft.about]:
        return draft.model_copy(update={"choice": choice, "text": ""})
    text = " ".join(said.text.split())
    if not text:
        raise Rejected("empty-note")
    if len(text) > LIMIT:
        raise Rejected("long-text", limit=LIMIT)
    first, last = bounds(said.today)
    rest, day = apart_from_day(ASKED.sub("", text) or text, said.today)
    if day is None or not first <= day <= last:
        return draft.model_copy(update={"text": text, "choice": ""})
    return draft.model_copy(update={"text": rest, "choice": "", "day": day})


def take_day(draft: NoteDraft, said: Any) -> NoteDraft:
    """In words, or of a calendar: from tomorrow on, two years at most."""
    day = to_day_ahead(said.text, said.today)
    if day is None:
        raise Rejected("note-day")
    first, last = bounds(said.today)
    if day < first:
        raise Rejected("note-early", first=first)
    if day > last:
        raise Rejected("note-late", last=last)
    return draft.model_copy(update={"day": day})


NOTE = FLOWS.add(
    Flow(
        "note",
        NoteDraft,
        summary=False,
        brief=True,
        steps=(
            Step("text", take_text, answered=lambda d: bool(d.text or d.choice)),
            Step("day", take_day, answered=lambda d: d.day is not None),
        ),
    )
)
