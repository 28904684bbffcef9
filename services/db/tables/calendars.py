"""What clients have taken into calendars of their own (H5)."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, LargeBinary, Table

from services.db.tables.base import metadata

date_given = (
    Table(  # a date that was given to a client as a file: its entry keeps its name, a changed day raises `sequence`
        "date_given",
        metadata,
        Column("uid", LargeBinary, primary_key=True),  # a keyed index of the client and what the date is about
        Column("day", Date, nullable=False),
        Column("sequence", Integer, nullable=False),
    )
)
