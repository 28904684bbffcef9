"""Who talks to us: accounts, consents, bindings, codes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, SmallInteger, Table, Text

from services.db.tables.base import NEVER_AGAIN, Instant, Serial, metadata, only

account = Table(  # a Telegram account
    "account",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="0"),  # grows with login and logout: old buttons die
    Column("unreachable_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

consent = Table(  # one row per answer, never edited but for the withdrawal (152-ФЗ, art. 9)
    "consent",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("update_id", Text, nullable=False),  # the tap that said it
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

binding = Table(  # Telegram account ↔ client (A4)
    "binding",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("client_id", Text, nullable=False, index=True),
    Column("bound_at", Instant, nullable=False),
    Column("unlocked_at", Instant),  # empty: a code is needed for more than masked lists
    Column("fresh_at", Instant),  # empty: a new code is needed for personal data in full
    Column("active_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    Column("name_sealed", LargeBinary),  # what the person is called in Telegram
    Index(
        "uq_binding_live",
        "account_id",
        unique=True,
        **only("ended_at is null"),
    ),
    Index("ix_binding_client_live", "client_id", **only("ended_at is null")),
)

code = Table(  # a one-time code sent, or the wish for it
    "code",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("phone_index", LargeBinary, nullable=False),
    Column("channel", Text, nullable=False),  # sms, mail
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("state", Text, nullable=False, server_default="live"),  # live, used, spent, replaced
    Index("ix_code_account", "account_id", "sent_at"),
    Index("ix_code_phone", "phone_index", "sent_at"),
    **NEVER_AGAIN,
)

strike = Table(  # failures that are counted for a lifetime or a day: by phone (codes) or by account and client (facts)
    "strike",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("scope", Text, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_strike_subject", "scope", "subject", "at"),
)

guard = Table(  # one row per phone: locked first, so that parallel logins count one after another
    "guard",
    metadata,
    Column("subject", LargeBinary, primary_key=True),
    Column("touched_at", Instant, nullable=False),
)
