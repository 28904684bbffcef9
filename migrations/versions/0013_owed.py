"""Contracts that something is owed for are found by index"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is unpaid stands in sealed cards: until the insurer's next word on a contract it counts as one to look into."""
    op.add_column("policy", sa.Column("owed_since", sa.Date(), nullable=True))
    op.execute("update policy set owed_since = '2000-01-01'")
    rows = sa.text("owed_since is not null")
    op.create_index("ix_policy_owed", "policy", ["client_id", "owed_since"], sqlite_where=rows, postgresql_where=rows)


def downgrade() -> None:
    op.drop_index("ix_policy_owed", table_name="policy")
    op.drop_column("policy", "owed_since")
