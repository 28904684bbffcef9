"""Alembic's entry. The connection comes from `bot.migrate`; there is no alembic.ini, for there is one way to run migrations."""

from alembic import context

from services.db.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection is not None and connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
