"""What the people of a client's sessions are called in Telegram"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("binding", sa.Column("name_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("binding", "name_sealed")
