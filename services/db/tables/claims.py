"""Claims, the files a client sends for them, and the journal of each claim."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.db.tables.base import NEVER_AGAIN, Instant, Serial, metadata, only

claim = Table(  # an insured event: filed here, or opened by the insurer who told us of it
    "claim",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("client_id", Text, nullable=False),
    Column("account_id", BigInteger, nullable=False),  # who filed it; 0: the insurer opened it
    Column("draft", Text),  # the key of the draft it was filed from: one draft, one claim
    Column("policy_core_id", Text, nullable=False),
    Column("core_id", Text, unique=True),
    Column("core_version", Integer, nullable=False, server_default="0"),
    Column("core_number", Text),  # the insurer's own number, once it has one
    Column("state", Text, nullable=False),  # see services.claims.values.State
    Column("product", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("entered_sealed", LargeBinary),  # what the client told, as JSON for the insurer
    Column("said_sealed", LargeBinary),  # the insurer's words: the newest resource as JSON
    Column("token", Text, unique=True),  # of the public page that verifies the receipt
    Column("entries", Integer, nullable=False, server_default="0"),  # of its journal
    Column("head", LargeBinary),  # the hash of the newest entry, sealed for this claim and this number of entries
    Column("filed_at", Instant, nullable=False),
    Column("registered_at", Instant),
    Column("ended_at", Instant),
    UniqueConstraint("account_id", "draft"),
    Index("ix_claim_client", "client_id", "id"),
    Index("ix_claim_open", "client_id", **only("ended_at is null")),
)

upload = Table(  # a file a client has sent: one a message
    "upload",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("client_id", Text, nullable=False),
    Column("account_id", BigInteger, nullable=False),
    Column("draft", Text, nullable=False),  # the key of the draft, or of the wish for documents, it belongs to
    Column("claim_id", BigInteger, ForeignKey("claim.id"), index=True),
    Column("message_id", BigInteger, nullable=False),
    Column("slot", Text),  # what it shows, if the client has said so
    Column("state", Text, nullable=False, server_default="waiting"),  # waiting, stored, refused, removed
    Column("why", Text),  # it was refused
    Column("name_sealed", LargeBinary),
    Column("words_sealed", LargeBinary),  # what was written beside it
    Column("mime", Text, nullable=False),
    Column("size", Integer, nullable=False),  # as Telegram says, then as it is kept
    Column("source", Text),  # SHA-256 of what was sent
    Column("sha256", Text),  # SHA-256 of what is kept: the key of its content
    Column("likeness", Text),
    Column("looks", Text, nullable=False, server_default=""),  # dark, blurred, small, twin
    Column("insisted", Boolean, nullable=False, server_default=text("false")),
    Column("taken_sealed", LargeBinary),  # time and place from the picture itself, kept only with consent
    Column("sent_at", Instant, nullable=False),
    Column("stored_at", Instant),
    Column("handed_at", Instant),  # the insurer has it
    UniqueConstraint("account_id", "message_id"),
    Index("ix_upload_draft", "draft", "message_id"),
    Index("ix_upload_sha256", "sha256"),
    **NEVER_AGAIN,
)

journal = Table(  # what happened to a claim: a chain of hashes, so that nothing is taken out or changed afterwards
    "journal",
    metadata,
    Column("claim_id", BigInteger, ForeignKey("claim.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("facts", Text, nullable=False),  # JSON without personal data
    Column("hash", LargeBinary, nullable=False),
)
