"""A number that was given is not given again"""

from typing import Any

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("code", "note", "upload")
"""Their rows are deleted, and their numbers are known elsewhere. PostgreSQL never gives one twice; SQLite has to be told."""


def upgrade() -> None:
    made_anew(sqlite_autoincrement=True)


def downgrade() -> None:
    made_anew()


def made_anew(**options: Any) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in TABLES:
        with op.batch_alter_table(table, recreate="always", table_kwargs=options):
            pass
