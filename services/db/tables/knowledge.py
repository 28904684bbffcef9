"""The index of the knowledge base: passages of the articles as stems. It is made anew whenever the articles change."""

from __future__ import annotations

from sqlalchemy import DDL, Column, Double, Integer, Table, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR

from services.db.tables.base import metadata

passage = Table(
    "passage",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("weight", Double, nullable=False),  # of the part of an article it is
    Column("words", TSVECTOR().with_variant(Text(), "sqlite"), nullable=False),
)

SEARCH = (
    "create virtual table passage_search using fts5(words, content='passage', content_rowid='id', "
    "detail='none', tokenize='unicode61 remove_diacritics 0')"
)
"""SQLite searches through a table of its own; PostgreSQL searches `passage` itself, which is too small for an index."""

_made, _dropped = DDL(SEARCH), DDL("drop table passage_search")  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped
event.listen(passage, "after_create", _made.execute_if(dialect="sqlite"))
event.listen(passage, "before_drop", _dropped.execute_if(dialect="sqlite"))
