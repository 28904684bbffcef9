"""A question to the human: typed in one message or several, looked at once more, sent under a number."""

from __future__ import annotations

from typing import Any

from fsm.flow import FLOWS, Draft, Flow, Rejected, Step

LIMIT = 3000


class QuestionDraft(Draft):
    """`screen` is where the person was when they asked for a human."""

    text: str = ""
    screen: str = ""


def take_text(draft: QuestionDraft, typed: Any) -> QuestionDraft:
    """The whole text, replacing what was there."""
    text = str(typed).strip()
    if not text:
        raise Rejected("empty-text")
    if len(text) > LIMIT:
        raise Rejected("long-text", limit=LIMIT)
    return draft.model_copy(update={"text": text})


QUESTION = FLOWS.add(Flow("question", QuestionDraft, steps=(Step("text", take_text, answered=lambda d: bool(d.text)),)))
