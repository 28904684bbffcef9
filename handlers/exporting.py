"""A list as a file for oneself: a table, or a paper to be printed. It comes as a message of its own that stays."""

from __future__ import annotations

from handlers.texts import Html
from handlers.turn import Turn
from services.db.pipe import Parcel
from services.press.listing import Listing

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
"""The kinds of file a person may ask for."""


def send(turn: Turn, found: Listing, kind: str, name: str, caption: Html) -> None:
    """Print it and bring it to this chat; `name` is the file's, without the ending."""
    body = {
        "method": "sendDocument",
        "payload": {"caption": caption, "parse_mode": "HTML"},
        "document": {
            "print": f"listing-{kind}",
            "words": found.words,
            "file_name": f"{name}.{kind}",
            "mime_type": FORMATS[kind],
        },
        "on_sent": {"type": "paper.sent"},
    }
    event, account = turn.unit.event, turn.actor.account_id
    turn.unit.send(Parcel(f"export:{event.source}:{event.event_id}", "telegram", body, chat_id=account))
    turn.note("export-coming")
