"""The newest hash of a claim's journal is sealed"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import context, op

from services.vault import Vault

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

HEADS = sa.text("select id, entries, head from claim where head is not null")
HEAD = sa.text("update claim set head = :head where id = :id")


def upgrade() -> None:
    made_of_each(lambda vault, place, head: vault.seal("claim.head", place, head))


def downgrade() -> None:
    made_of_each(lambda vault, place, head: vault.open("claim.head", place, head))


def made_of_each(make: Callable[[Vault, str, bytes], bytes]) -> None:
    """Of the head of each claim; the place is the claim and how many entries it has. Raises LookupError where keys are needed and none
    are given."""
    heads = op.get_bind().execute(HEADS).fetchall()
    vault: Vault | None = context.config.attributes.get("vault")
    if heads and vault is None:
        raise LookupError("heads of journals are sealed with the data key: run this by `python -m bot migrate`")
    for number, entries, head in heads:
        if vault:
            op.get_bind().execute(HEAD, {"id": number, "head": make(vault, f"{number}:{entries}", bytes(head))})
