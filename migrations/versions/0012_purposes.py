"""Payments for more than applications"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def only(rows: str) -> dict[str, Any]:
    """A partial index, on both databases."""
    return {"sqlite_where": sa.text(rows), "postgresql_where": sa.text(rows)}


def upgrade() -> None:
    op.drop_index("uq_payment_live", table_name="payment")
    op.drop_index("ix_payment_application_id", table_name="payment")
    op.add_column("payment", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column("payment", sa.Column("subject_id", sa.BigInteger(), nullable=True))
    op.add_column("payment", sa.Column("part", sa.SmallInteger(), server_default="0", nullable=False))
    op.add_column("payment", sa.Column("account_id", sa.BigInteger(), nullable=True))
    op.execute(
        "update payment set kind = 'application', subject_id = application_id, "
        "account_id = (select application.account_id from application where application.id = payment.application_id)"
    )
    with op.batch_alter_table("payment") as batch:
        batch.drop_constraint("fk_payment_application_id", type_="foreignkey")
        batch.drop_column("application_id")
        batch.alter_column("kind", existing_type=sa.Text(), nullable=False)
        batch.alter_column("subject_id", existing_type=sa.BigInteger(), nullable=False)
        batch.alter_column("account_id", existing_type=sa.BigInteger(), nullable=False)
    op.create_index("ix_payment_subject", "payment", ["kind", "subject_id", "part"])
    op.create_index("ix_payment_client", "payment", ["client_id", "id"])
    op.create_index(
        "uq_payment_live", "payment", ["kind", "subject_id", "part"], unique=True, **only("closed_at is null")
    )


def downgrade() -> None:
    """Raises ValueError once something else than an application was paid for: the older tables have no place for it, and money is not
    forgotten; nor would its number be free, for what was sent under it is known.
    """
    others = op.get_bind().execute(sa.text("select count(*) from payment where kind <> 'application'")).scalar_one()
    if others:
        raise ValueError(f"{others} payments are for instalments or deductibles: an older release cannot keep them")
    op.drop_index("uq_payment_live", table_name="payment")
    op.drop_index("ix_payment_client", table_name="payment")
    op.drop_index("ix_payment_subject", table_name="payment")
    op.add_column("payment", sa.Column("application_id", sa.BigInteger(), nullable=True))
    op.execute("update payment set application_id = subject_id")
    with op.batch_alter_table("payment") as batch:
        batch.drop_column("kind")
        batch.drop_column("subject_id")
        batch.drop_column("part")
        batch.drop_column("account_id")
        batch.alter_column("application_id", existing_type=sa.BigInteger(), nullable=False)
        batch.create_foreign_key("fk_payment_application_id", "application", ["application_id"], ["id"])
    op.create_index("ix_payment_application_id", "payment", ["application_id"])
    op.create_index("uq_payment_live", "payment", ["application_id"], unique=True, **only("closed_at is null"))
