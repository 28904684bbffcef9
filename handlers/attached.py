"""A photo or a file as a message brings it: what Telegram says of it before anybody has fetched it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.updates import Message
from services.uploads import Sent
from services.uploads.values import photo_name


@dataclass(frozen=True, slots=True)
class Attached:
    """`size` in bytes, 0 when Telegram does not say; `mime` and `name` are the sender's word, not the truth.

    `album` is the same for messages sent together. `exif`: it came as a file, so the picture may still tell its time and place.
    """

    file_id: str
    message_id: int
    name: str
    mime: str
    size: int
    album: str
    words: str
    exif: bool
    sent_at: datetime

    @classmethod
    def of(cls, message: Message) -> Attached | None:
        """The photo in its largest size, or the file; None for a message with neither."""
        at = (message.message_id, message.media_group_id or "", message.caption or "", message.date)
        number, album, words, date = at
        if message.photo:
            photo = message.photo[-1]
            name = photo_name(number)
            return cls(photo.file_id, number, name, "image/jpeg", photo.file_size or 0, album, words, False, date)
        if document := message.document:
            name, mime = document.file_name or f"file-{number}", document.mime_type or ""
            return cls(document.file_id, number, name, mime, document.file_size or 0, album, words, True, date)
        return None

    @property
    def sent(self) -> Sent:
        """What is noted of it."""
        return Sent(self.file_id, self.message_id, self.name, self.mime, self.size, self.words, self.sent_at)
