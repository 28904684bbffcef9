"""Claims, the files a client sends, the journal of a claim; papers of a claim"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def serial() -> Any:
    """SQLite numbers rows by itself only in an INTEGER primary key."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("id", serial(), autoincrement=True, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("policy_core_id", sa.Text(), nullable=False),
        sa.Column("core_id", sa.Text(), nullable=True),
        sa.Column("core_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("core_number", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("entered_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("entries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=True),
        sa.Column("filed_at", sa.Double(), nullable=False),
        sa.Column("registered_at", sa.Double(), nullable=True),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
        sa.UniqueConstraint("account_id", "draft", name="uq_claim_account_id_draft"),
        sa.UniqueConstraint("core_id", name="uq_claim_core_id"),
        sa.UniqueConstraint("token", name="uq_claim_token"),
    )
    op.create_index("ix_claim_client", "claim", ["client_id", "id"])
    op.create_index(
        "ix_claim_open",
        "claim",
        ["client_id"],
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "upload",
        sa.Column("id", serial(), autoincrement=True, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("likeness", sa.Text(), nullable=True),
        sa.Column("looks", sa.Text(), server_default="", nullable=False),
        sa.Column("insisted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("taken_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.Double(), nullable=False),
        sa.Column("stored_at", sa.Double(), nullable=True),
        sa.Column("handed_at", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_upload_claim_id"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
        sa.UniqueConstraint("account_id", "message_id", name="uq_upload_account_id_message_id"),
    )
    op.create_index("ix_upload_claim_id", "upload", ["claim_id"])
    op.create_index("ix_upload_draft", "upload", ["draft", "message_id"])
    op.create_index("ix_upload_sha256", "upload", ["sha256"])
    op.create_table(
        "journal",
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_journal_claim_id"),
        sa.PrimaryKeyConstraint("claim_id", "seq", name="pk_journal"),
    )
    op.add_column("document", sa.Column("claim_core_id", sa.Text(), nullable=True))
    op.create_index("ix_document_claim_core_id", "document", ["claim_core_id"])


def downgrade() -> None:
    op.drop_index("ix_document_claim_core_id", table_name="document")
    op.drop_column("document", "claim_core_id")
    op.drop_table("journal")
    op.drop_table("upload")
    op.drop_table("claim")
