"""What is no longer needed is not kept (152-ФЗ art. 5 part 7): every night, before the check of the core's lists.

Ids of handled events are kept for a month, so that a late repeat is still known; codes for a month, so that disputes can be looked
into; counted failures for a lifetime, for that is what they are (A2). Bodies are wiped when the work is done, by the pipe itself.

What somebody who declined the consent asks a human is wiped with its update as well (A16), but the question itself is kept sealed, as
everybody's is, for an answer must find it; no rule here removes questions yet.
"""

from __future__ import annotations

import time
from datetime import timedelta

from sqlalchemy import bindparam, delete, or_

from services.db.pipe import Sent
from services.db.statement import Command
from services.db.tables import code, inbox, outbox
from services.db.unit import Unit

KEEP = timedelta(days=30)

_before = bindparam("before", type_=inbox.c.at.type)
SWEEP = (
    Command(delete(inbox).where(inbox.c.state == 1, inbox.c.at < _before)),
    Command(
        delete(outbox).where(
            outbox.c.at < _before,
            or_(outbox.c.state == Sent.SENT, outbox.c.state == Sent.STOPPED, outbox.c.state == Sent.UNKNOWN),
        )
    ),
)
CODES = Command(delete(code).where(code.c.sent_at < bindparam("before", type_=code.c.sent_at.type)))


async def sweep(unit: Unit) -> None:
    """Delete what is older than `KEEP`. Rows of the pipe carry machine time, codes the cabinet's."""
    for command in SWEEP:
        await command.run(unit, before=time.time() - KEEP.total_seconds())
    await CODES.run(unit, before=unit.now - KEEP)
