"""What the client asks the insurer for, and pays: quotes, applications and payments."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.db.tables.base import Instant, Serial, metadata, only

application = Table(  # a prolongation on its way: from the check to the new policy (D8–D10)
    "application",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("client_id", Text, nullable=False),
    Column("account_id", BigInteger, nullable=False),  # who began it
    Column("policy_core_id", Text, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),  # of what the client entered
    Column("state", Text, nullable=False),  # see services.model.Stage
    Column("core_version", Integer, nullable=False, server_default="0"),
    Column("core_number", Text),  # the insurer's own number, once it has one
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("price", BigInteger),  # kopecks
    Column("agreed", BigInteger),  # kopecks: agreed to before the check, if the insurer says the same then (D12)
    Column("entered_sealed", LargeBinary, nullable=False),  # drivers, periods, diagnostic card as JSON
    Column("said_sealed", LargeBinary),  # the insurer's words: wrong fields, comment, reason
    Column("issued_policy", Text),
    Column("handed_at", Instant),  # the new policy was sent to the chat
    Column("asked_at", Instant, nullable=False),  # when this revision went to the check
    Column("expires_at", Instant),  # from the saving on: 24 hours
    Column("ended_at", Instant),
    Index("ix_application_client", "client_id", "id"),
    Index("ix_application_issued", "issued_policy"),
    Index(
        "uq_application_live",
        "policy_core_id",
        unique=True,
        **only("ended_at is null"),
    ),
)

quote = Table(  # what one more unchanged year of a contract would cost: the insurer's newest word (D12)
    "quote",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("client_id", Text, nullable=False),
    Column("policy_core_id", Text, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),  # counts how often we have asked
    Column("state", Text, nullable=False),  # see services.quotes.State
    Column("asked_on", Date, nullable=False),
    Column("closes", Date, nullable=False),  # the last day of the present term
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("terms_sealed", LargeBinary, nullable=False),  # drivers and periods it was asked for, as JSON
    Column("price", BigInteger),  # kopecks
    Column("valid_until", Date),
    Column("watched", Boolean, nullable=False, server_default=text("false")),  # a screen waits for the answer
    UniqueConstraint("client_id", "policy_core_id"),
)

payment = Table(  # one attempt to pay for something; a link lives an hour, then a new attempt has a new key (F1)
    "payment",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),  # what is paid for: see services.payments.Purpose
    Column("subject_id", BigInteger, nullable=False),  # our row of the application, the contract, the claim
    Column("part", SmallInteger, nullable=False, server_default="0"),  # which instalment, from 1
    Column("client_id", Text, nullable=False),
    Column("account_id", BigInteger, nullable=False),  # who asked for the link
    Column("key", Text, nullable=False, unique=True),  # Idempotence-Key and reference: known before the first call
    Column("amount", BigInteger, nullable=False),  # kopecks
    Column("state", Text, nullable=False),  # see services.payments.State
    Column("charge_id", Text, unique=True),  # the provider's
    Column("link_sealed", LargeBinary),
    Column("reason", Text),
    Column("refund_id", Text),
    Column("looks", Integer, nullable=False, server_default="0"),  # how often we have asked the provider
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),  # it is not the live attempt any more
    Index("ix_payment_subject", "kind", "subject_id", "part"),
    Index("ix_payment_client", "client_id", "id"),
    Index(
        "uq_payment_live",
        "kind",
        "subject_id",
        "part",
        unique=True,
        **only("closed_at is null"),
    ),
)
