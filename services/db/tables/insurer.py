"""What the insurer told us: clients, policies, papers; and questions under our own number."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, Table, Text

from services.db.tables.base import Instant, Serial, metadata, only

client = Table(
    "client",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("phone_index", LargeBinary, index=True),
    Column("phone_status", Text, nullable=False),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("birth_sealed", LargeBinary, nullable=False),
    Column("phone_sealed", LargeBinary),
    Column("email_sealed", LargeBinary),
)

policy = Table(
    "policy",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),  # short enough for a button
    Column("core_id", Text, nullable=False, unique=True),
    Column("client_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("product", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("part_paid", Boolean, nullable=False),
    Column("number_index", LargeBinary, nullable=False, index=True),
    Column("line_sealed", LargeBinary, nullable=False),  # what a list shows of it, as JSON
    Column("card_sealed", LargeBinary, nullable=False),  # the whole resource as JSON
    Column("owed_since", Date),  # the day the earliest unpaid instalment is due; empty: nothing is owed
    Index("ix_policy_client", "client_id", "ends"),
    Index("ix_policy_owed", "client_id", "owed_since", **only("owed_since is not null")),
)

document = Table(
    "document",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("core_id", Text, nullable=False, unique=True),
    Column("client_id", Text, nullable=False),
    Column("policy_core_id", Text),
    Column("claim_core_id", Text, index=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("mime_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Index("ix_document_client", "client_id", "policy_core_id"),
)

question = Table(  # a question to the human, under our own number
    "question",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, nullable=False),
    Column("client_id", Text),
    Column("screen", Text),
    Column("text_sealed", LargeBinary),
    Column("answer_sealed", LargeBinary),
    Column("version", Integer, nullable=False, server_default="0"),  # of the answer
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Index("ix_question_account", "account_id", "id"),
)
