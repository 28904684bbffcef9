"""Reminders: terms, wakes, the journal, choices, notes"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("hush", "note", "choice", "reminder", "wake", "term")


def upgrade() -> None:
    op.create_table(
        "term",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "kind", "subject", name="pk_term"),
    )
    op.create_index("ix_term_client_id", "term", ["client_id"])
    op.create_index("ix_term_due", "term", ["kind", "slot", "day", "client_id"])
    op.create_table(
        "wake",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("claimed_at", sa.Double()),
        sa.PrimaryKeyConstraint("client_id", "at", name="pk_wake"),
    )
    _partial("ix_wake_due", "wake", ["at", "client_id"], "claimed_at is null")
    _partial("ix_wake_claimed", "wake", ["claimed_at"], "claimed_at is not null")
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "reminder",
        sa.Column("id", serial, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("moment", sa.Double(), nullable=False),
        sa.Column("said_at", sa.Double(), nullable=False),
        sa.Column("fallen_at", sa.Double()),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("key", name="uq_reminder_key"),
    )
    op.create_index("ix_reminder_client", "reminder", ["client_id", "said_at"])
    op.create_table(
        "choice",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=False, server_default="21"),
        sa.Column("quiet_to", sa.SmallInteger(), nullable=False, server_default="9"),
        sa.Column("off", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("mail", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("sms", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.PrimaryKeyConstraint("client_id", name="pk_choice"),
    )
    op.create_table(
        "note",
        sa.Column("id", serial, autoincrement=True, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sa.UniqueConstraint("draft", name="uq_note_draft"),
    )
    op.create_index("ix_note_client", "note", ["client_id", "day"])
    op.create_table(
        "hush",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("until", sa.Double()),
        sa.Column("since", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "kind", "subject", name="pk_hush"),
    )
    _partial("ix_binding_client_live", "binding", ["client_id"], "ended_at is null")


def downgrade() -> None:
    op.drop_index("ix_binding_client_live", "binding")
    for table in TABLES:
        op.drop_table(table)
    op.execute("delete from meta where key like 'reminders.%'")
    op.execute("delete from inbox where source = 'cabinet' and event_id like 'remind%' and state = 0")


def _partial(name: str, table: str, columns: list[str], rows: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))
