"""The statements of talks, their topics and their lines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, as_it_comes
from services.db.tables import employee, lane, line, talk, topic

_now = bindparam("now", type_=talk.c.opened_at.type)
_TOPIC = (
    topic.c.id,
    topic.c.whose,
    topic.c.group_id,
    topic.c.thread_id,
    topic.c.generation,
    topic.c.state,
    topic.c.full_until,
)
_TALK = tuple(column for column in talk.columns if column.name != "warned_at")
_LINE = tuple(column for column in line.columns if column.name not in ("topic_id", "arrived_at"))


def _unless_there(table: Any, *names: str) -> tuple[Any, Any]:
    """Insert a row unless its key is taken, on both databases."""
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    first, second = (
        dialect.insert(table).values(**values).on_conflict_do_nothing().returning(table.c.id)
        for dialect in (sqlite, postgresql)
    )
    return first, second


# -- topics -----------------------------------------------------------------------------------------------------------

_new_topic, _new_topic_pg = _unless_there(topic, "whose", "group_id", "made_at")
NEW_TOPIC = Query(_new_topic, int, postgres=_new_topic_pg)
TOPIC_OF = Query(select(*_TOPIC).where(topic.c.whose == bindparam("whose")), as_it_comes)
TOPIC = Query(select(*_TOPIC).where(topic.c.id == bindparam("topic")), as_it_comes)
THREAD = Query(
    select(*_TOPIC).where(topic.c.group_id == bindparam("group"), topic.c.thread_id == bindparam("thread")),
    as_it_comes,
)
LOADS = Query(select(topic.c.group_id, func.count()).group_by(topic.c.group_id), as_it_comes)
MADE = Command(
    update(topic)
    .where(topic.c.id == bindparam("topic_id"), topic.c.generation == bindparam("gen"), topic.c.thread_id.is_(None))
    .values(thread_id=bindparam("thread"))
)
GONE = Command(
    update(topic)
    .where(topic.c.id == bindparam("topic_id"), topic.c.generation == bindparam("gen"))
    .values(thread_id=None, generation=topic.c.generation + 1, state="new")
)
FACE = Command(
    update(topic)
    .where(topic.c.id == bindparam("topic_id"), topic.c.state != bindparam("face"))
    .values(state=bindparam("face"))
)
SHOW_FULL = Command(
    update(topic)
    .where(topic.c.id == bindparam("topic_id"))
    .values(full_until=bindparam("until", type_=topic.c.full_until.type))
)
_other = topic.alias("other")
ADOPT = Command(
    update(topic)
    .where(topic.c.id == bindparam("topic_id"), ~exists().where(_other.c.whose == bindparam("to")))
    .values(whose=bindparam("to"))
)
MOVED = Command(update(topic).where(topic.c.group_id == bindparam("old")).values(group_id=bindparam("new")))

# -- talks ------------------------------------------------------------------------------------------------------------

_names = ("topic_id", "account_id", "client_id", "question_id", "screen", "department", "promised_to", "opened_at")
_new_talk, _new_talk_pg = _unless_there(talk, *_names)
NEW_TALK = Query(_new_talk, int, postgres=_new_talk_pg)
STAND_BY = Query(
    insert(talk)
    .values(
        topic_id=bindparam("topic"),
        account_id=bindparam("account"),
        client_id=bindparam("client"),
        department=bindparam("department"),
        opened_at=_now,
        closed_at=_now,
        closed_by="idle",
    )
    .returning(talk.c.id),
    int,
)
TALK = Query(select(*_TALK).where(talk.c.id == bindparam("talk")), as_it_comes)
LIVE = Query(select(*_TALK).where(talk.c.account_id == bindparam("account"), talk.c.closed_at.is_(None)), as_it_comes)
LAST = Query(
    select(*_TALK).where(talk.c.account_id == bindparam("account")).order_by(talk.c.id.desc()).limit(1), as_it_comes
)
OF_TOPIC = Query(
    select(*_TALK)
    .where(talk.c.topic_id == bindparam("topic"))
    .order_by(talk.c.closed_at.is_not(None), talk.c.id.desc())
    .limit(1),
    as_it_comes,
)
OF_QUESTION = Query(select(*_TALK).where(talk.c.question_id == bindparam("question")), as_it_comes)
KNOWN = Command(update(talk).where(talk.c.id == bindparam("talk_id")).values(client_id=bindparam("client")))
KEEP_PROMISE = Command(
    update(talk)
    .where(
        talk.c.id == bindparam("talk_id"),
        talk.c.employee_id.is_(None),
        exists().where(employee.c.id == talk.c.promised_to, employee.c.ended_at.is_(None)),
    )
    .values(employee_id=talk.c.promised_to, taken_at=_now)
)
TAKE = Command(
    update(talk)
    .where(talk.c.id == bindparam("talk_id"), talk.c.closed_at.is_(None), talk.c.employee_id.is_(None))
    .values(employee_id=bindparam("employee"), taken_at=func.coalesce(talk.c.taken_at, _now))
)
HAND_OVER = Command(
    update(talk)
    .where(talk.c.id == bindparam("talk_id"), talk.c.closed_at.is_(None))
    .values(employee_id=bindparam("employee"), department=func.coalesce(bindparam("dep"), talk.c.department))
)
WAITS = Command(
    update(talk)
    .where(talk.c.id == bindparam("talk_id"), talk.c.waits_since.is_(None), talk.c.closed_at.is_(None))
    .values(waits_since=_now, warned_at=None)
)
ANSWERED = Command(
    update(talk)
    .where(talk.c.id == bindparam("talk_id"))
    .values(waits_since=None, warned_at=None, first_answer_at=func.coalesce(talk.c.first_answer_at, _now))
)
WARN = Command(
    update(talk)
    .where(
        talk.c.id == bindparam("talk_id"),
        talk.c.closed_at.is_(None),
        talk.c.warned_at.is_(None),
        talk.c.waits_since == bindparam("since", type_=talk.c.waits_since.type),
    )
    .values(warned_at=_now)
)
_live = talk.alias("live")
REOPEN = Command(
    update(talk)
    .where(
        talk.c.id == bindparam("talk_id"),
        talk.c.closed_at.is_not(None),
        ~exists().where(_live.c.account_id == talk.c.account_id, _live.c.closed_at.is_(None)),
    )
    .values(closed_at=None, closed_by=None, employee_id=bindparam("employee"), taken_at=_now, rating=None)
)
CLOSE = Command(
    update(talk)
    .where(talk.c.id == bindparam("talk_id"), talk.c.closed_at.is_(None))
    .values(closed_at=_now, closed_by=bindparam("by"), waits_since=None)
)
RATE = Command(
    update(talk)
    .where(
        talk.c.id == bindparam("talk_id"),
        talk.c.account_id == bindparam("account"),
        talk.c.closed_at.is_not(None),
        talk.c.rating.is_(None),
    )
    .values(rating=bindparam("stars"))
)
BEFORE = Query(
    select(func.count()).where(
        talk.c.closed_at.is_(None),
        talk.c.employee_id.is_(None),
        talk.c.department == bindparam("department"),
        talk.c.waits_since < bindparam("since", type_=talk.c.waits_since.type),
    ),
    int,
)
WAITING = Query(
    select(*_TALK).where(talk.c.closed_at.is_(None), talk.c.waits_since.is_not(None)).order_by(talk.c.waits_since),
    as_it_comes,
)
SINCE = Query(
    select(*_TALK).where(
        or_(talk.c.opened_at >= bindparam("since", type_=talk.c.opened_at.type), talk.c.closed_at.is_(None))
    ),
    as_it_comes,
)

DIALOG = Query(select(lane.c.state).where(lane.c.lane == bindparam("lane", type_=lane.c.lane.type)), as_it_comes)

# -- lines ------------------------------------------------------------------------------------------------------------

_line_names = (
    "talk_id",
    "topic_id",
    "way",
    "kind",
    "account_id",
    "chat_message_id",
    "topic_message_id",
    "reply_to",
    "album",
    "employee_id",
    "state",
    "at",
)
_new_line, _new_line_pg = _unless_there(line, *_line_names)
NEW_LINE = Query(_new_line, int, postgres=_new_line_pg)
SEAL = Command(
    update(line)
    .where(line.c.id == bindparam("row"))
    .values(text_sealed=bindparam("text", type_=line.c.text_sealed.type))
)
LINE = Query(select(*_LINE).where(line.c.id == bindparam("line")), as_it_comes)
UNSENT = Query(
    select(*_LINE)
    .where(
        line.c.topic_id == bindparam("topic"),
        line.c.way == "up",
        line.c.arrived_at.is_(None),
    )
    .order_by(line.c.id)
    .limit(101),
    as_it_comes,
)
SENDING = Command(
    update(line)
    .where(
        line.c.topic_id == bindparam("topic"),
        line.c.state == "waiting",
        line.c.way == "up",
        line.c.id >= bindparam("first"),
        line.c.id <= bindparam("last"),
    )
    .values(state="sending")
)
SENT = Command(
    update(line)
    .where(line.c.id == bindparam("row"))
    .values(state="sent", topic_message_id=bindparam("message"), arrived_at=_now)
)
STOOD = Command(
    update(line)
    .where(line.c.id == bindparam("row"))
    .values(state="sent", chat_message_id=bindparam("message"), arrived_at=_now)
)
LOST = Command(update(line).where(line.c.id == bindparam("row")).values(state="lost", arrived_at=_now))
AGAIN = Command(
    update(line)
    .where(line.c.topic_id == bindparam("topic"), line.c.state == "sending")
    .values(state="waiting", topic_message_id=None)
)
ACCOUNT = Query(
    select(line.c.account_id).where(line.c.topic_id == bindparam("topic")).order_by(line.c.id.desc()).limit(1), int
)
ALBUM = Query(
    select(*_LINE)
    .where(
        line.c.talk_id == bindparam("talk"),
        line.c.way == "down",
        line.c.album == bindparam("album"),
        line.c.state == "waiting",
    )
    .order_by(line.c.topic_message_id),
    as_it_comes,
)
NOTED = Query(
    select(line.c.id)
    .where(
        line.c.talk_id == bindparam("talk"),
        line.c.way == "down",
        line.c.kind == "note",
        line.c.album == bindparam("album"),
    )
    .limit(1),
    int,
)
IN_CHAT = Query(
    select(*_LINE)
    .where(line.c.account_id == bindparam("account"), line.c.chat_message_id == bindparam("message"))
    .limit(1),
    as_it_comes,
)
IN_TOPIC = Query(
    select(*_LINE)
    .where(line.c.topic_id == bindparam("topic"), line.c.topic_message_id == bindparam("message"))
    .order_by(line.c.id),
    as_it_comes,
)
HISTORY = Query(
    select(*_LINE).where(line.c.talk_id == bindparam("talk")).order_by(line.c.id.desc()).limit(30), as_it_comes
)
OLDEST_UNSENT = Query(
    select(func.min(line.c.at), func.count()).where(
        line.c.talk_id == bindparam("talk"),
        line.c.way == "up",
        line.c.arrived_at.is_(None),
    ),
    as_it_comes,
)
