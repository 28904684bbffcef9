"""Staff, and what passes between them and a client: topics, talks, relayed messages, requests."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from services.db.tables.base import Instant, Serial, metadata, only

employee = Table(  # who may act in the staff groups
    "employee",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # of their Telegram account
    Column("name", Text, nullable=False),  # the first name: clients see it
    Column("post", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("roles", Text, nullable=False),  # words of services.employees.Role, separated by spaces
    Column("added_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

topic = Table(  # one forum topic per client, or per account of somebody who is no client
    "topic",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("whose", Text, nullable=False, unique=True),  # client:<id> or account:<id>
    Column("group_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),  # empty until Telegram has made it
    Column("generation", Integer, nullable=False, server_default="1"),  # grows when it is made anew
    Column("state", Text, nullable=False, server_default="new"),  # what its icon shows: see services.talks.values
    Column("full_until", Instant),  # the pinned card shows personal data in full until then
    Column("made_at", Instant, nullable=False),
    Index("uq_topic_thread", "group_id", "thread_id", unique=True, **only("thread_id is not null")),
)

talk = Table(  # a conversation of a client with staff, from the question to the rating
    "talk",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("topic_id", BigInteger, ForeignKey("topic.id"), nullable=False, index=True),
    Column("account_id", BigInteger, nullable=False),
    Column("client_id", Text),
    Column("question_id", BigInteger, ForeignKey("question.id")),  # what it began with
    Column("screen", Text),  # where the client was
    Column("department", Text, nullable=False),
    Column("employee_id", BigInteger),  # who has taken it
    Column("promised_to", BigInteger),  # reopened: the same person, if they are there
    Column("opened_at", Instant, nullable=False),
    Column("taken_at", Instant),
    Column("first_answer_at", Instant),
    Column("waits_since", Instant),  # the client's oldest message that is not answered
    Column("warned_at", Instant),  # staff were warned of a breach
    Column("closed_at", Instant),
    Column("closed_by", Text),  # client, staff, silence
    Column("rating", SmallInteger),
    Index("uq_talk_live", "account_id", unique=True, **only("closed_at is null")),
    Index("ix_talk_waiting", "waits_since", **only("waits_since is not null")),
)

line = Table(  # one message that passes between a client's chat and a topic
    "line",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("talk_id", BigInteger, ForeignKey("talk.id")),  # empty: it belongs to no talk, a request has come
    Column("topic_id", BigInteger, ForeignKey("topic.id"), nullable=False),
    Column("way", Text, nullable=False),  # up: from the client, down: to the client
    Column("kind", Text, nullable=False),  # see services.talks.values.Line
    Column("account_id", BigInteger, nullable=False),
    Column("chat_message_id", BigInteger),  # in the client's chat
    Column("topic_message_id", BigInteger),  # in the topic; several lines may share one
    Column("reply_to", BigInteger),  # the line that it answers
    Column("album", Text),
    Column("text_sealed", LargeBinary),
    Column("employee_id", BigInteger),
    Column("state", Text, nullable=False, server_default="waiting"),  # waiting, sending, sent, lost
    Column("at", Instant, nullable=False),
    Column("arrived_at", Instant),  # on the other side; also when it never will
    UniqueConstraint("account_id", "way", "chat_message_id"),
    Index("ix_line_waiting", "topic_id", "id", **only("arrived_at is null")),
    Index("ix_line_topic", "topic_id", "topic_message_id"),
    Index("uq_line_answer", "topic_id", "topic_message_id", unique=True, **only("employee_id is not null")),
    Index("ix_line_talk", "talk_id", "id"),
)

access = Table(  # who of the staff has seen or done what with personal data (K5)
    "access",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("employee_id", BigInteger, nullable=False),
    Column("whose", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("event", Text, nullable=False, unique=True),  # the update that did it
    Column("at", Instant, nullable=False),
    Index("ix_access_whose", "whose", "id"),
)

request = Table(  # a request to the insurer, and a call of an agent (I1, I2, I4)
    "request",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, nullable=False),
    Column("client_id", Text),
    Column("draft", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("employee_id", BigInteger),
    Column("entered_sealed", LargeBinary, nullable=False),
    Column("policy_core_id", Text),
    Column("filed_at", Instant, nullable=False),
    Column("answer_by", Instant),
    Column("changed_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_request_client", "client_id", "id"),
    Index("ix_request_account", "account_id", "id"),
    Index("ix_request_open", "answer_by", **only("ended_at is null")),
)

remark = Table(  # the history of a request: states and comments of both sides
    "remark",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("request_id", BigInteger, ForeignKey("request.id"), nullable=False, index=True),
    Column("employee_id", BigInteger),  # empty: the client's
    Column("state", Text),
    Column("text_sealed", LargeBinary),
    Column("event", Text, nullable=False, unique=True),
    Column("at", Instant, nullable=False),
)
