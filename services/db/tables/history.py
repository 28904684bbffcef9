"""What happened in a client's cabinet, a row each (B4)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from services.db.tables.base import Instant, Serial, metadata

deed = Table(  # one thing that was done, by whom and when; never edited, swept after `services.history.KEEP`
    "deed",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("client_id", Text, nullable=False),
    Column("account_id", BigInteger),  # empty: by the insurer, by staff, or by itself
    Column("kind", Text, nullable=False),  # see services.history.Deed
    Column("told_sealed", LargeBinary),  # the number people see, and facts, as JSON
    Column("once", LargeBinary, nullable=False, unique=True),  # a keyed index of the event, the kind and the number
    Column("at", Instant, nullable=False, index=True),
    Index("ix_deed_page", "client_id", "at", "id"),
)
