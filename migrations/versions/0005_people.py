"""Staff, topics, talks, requests"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def only(rows: str) -> dict[str, Any]:
    """A partial index, on both databases."""
    return {"sqlite_where": sa.text(rows), "postgresql_where": sa.text(rows)}


def serial() -> Any:
    """SQLite numbers rows by itself only in an INTEGER primary key."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "access",
        sa.Column("id", serial(), autoincrement=True, nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access"),
        sa.UniqueConstraint("event", name="uq_access_event"),
    )
    op.create_index("ix_access_whose", "access", ["whose", "id"])
    op.create_table(
        "employee",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_employee"),
    )
    op.create_table(
        "request",
        sa.Column("id", serial(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("policy_core_id", sa.Text(), nullable=True),
        sa.Column("filed_at", sa.Double(), nullable=False),
        sa.Column("answer_by", sa.Double(), nullable=True),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_request"),
        sa.UniqueConstraint("draft", name="uq_request_draft"),
    )
    op.create_index("ix_request_account", "request", ["account_id", "id"])
    op.create_index("ix_request_client", "request", ["client_id", "id"])
    op.create_index("ix_request_open", "request", ["answer_by"], **only("ended_at is null"))
    op.create_table(
        "topic",
        sa.Column("id", serial(), autoincrement=True, nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("generation", sa.Integer(), server_default="1", nullable=False),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        sa.Column("full_until", sa.Double(), nullable=True),
        sa.Column("made_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_topic"),
        sa.UniqueConstraint("whose", name="uq_topic_whose"),
    )
    op.create_index("uq_topic_thread", "topic", ["group_id", "thread_id"], unique=True, **only("thread_id is not null"))
    op.create_table(
        "remark",
        sa.Column("id", serial(), autoincrement=True, nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_remark_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
        sa.UniqueConstraint("event", name="uq_remark_event"),
    )
    op.create_index("ix_remark_request_id", "remark", ["request_id"])
    op.create_table(
        "talk",
        sa.Column("id", serial(), autoincrement=True, nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("question_id", sa.BigInteger(), nullable=True),
        sa.Column("screen", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=True),
        sa.Column("promised_to", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.Column("taken_at", sa.Double(), nullable=True),
        sa.Column("first_answer_at", sa.Double(), nullable=True),
        sa.Column("waits_since", sa.Double(), nullable=True),
        sa.Column("warned_at", sa.Double(), nullable=True),
        sa.Column("closed_at", sa.Double(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name="fk_talk_question_id"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_talk_topic_id"),
        sa.PrimaryKeyConstraint("id", name="pk_talk"),
    )
    op.create_index("ix_talk_topic_id", "talk", ["topic_id"])
    op.create_index("ix_talk_waiting", "talk", ["waits_since"], **only("waits_since is not null"))
    op.create_index("uq_talk_live", "talk", ["account_id"], unique=True, **only("closed_at is null"))
    op.create_table(
        "line",
        sa.Column("id", serial(), autoincrement=True, nullable=False),
        sa.Column("talk_id", sa.BigInteger(), nullable=True),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_message_id", sa.BigInteger(), nullable=True),
        sa.Column("topic_message_id", sa.BigInteger(), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("album", sa.Text(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("employee_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("arrived_at", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_line_talk_id"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_line_topic_id"),
        sa.PrimaryKeyConstraint("id", name="pk_line"),
        sa.UniqueConstraint("account_id", "way", "chat_message_id", name="uq_line_account_id_way_chat_message_id"),
    )
    op.create_index("ix_line_talk", "line", ["talk_id", "id"])
    op.create_index("ix_line_topic", "line", ["topic_id", "topic_message_id"])
    op.create_index("ix_line_waiting", "line", ["topic_id", "id"], **only("arrived_at is null"))
    op.create_index(
        "uq_line_answer", "line", ["topic_id", "topic_message_id"], unique=True, **only("employee_id is not null")
    )


def downgrade() -> None:
    op.drop_index("uq_line_answer", table_name="line")
    op.drop_index("ix_line_waiting", table_name="line")
    op.drop_index("ix_line_topic", table_name="line")
    op.drop_index("ix_line_talk", table_name="line")
    op.drop_table("line")
    op.drop_index("uq_talk_live", table_name="talk")
    op.drop_index("ix_talk_waiting", table_name="talk")
    op.drop_index("ix_talk_topic_id", table_name="talk")
    op.drop_table("talk")
    op.drop_index("ix_remark_request_id", table_name="remark")
    op.drop_table("remark")
    op.drop_index("uq_topic_thread", table_name="topic")
    op.drop_table("topic")
    op.drop_index("ix_request_open", table_name="request")
    op.drop_index("ix_request_client", table_name="request")
    op.drop_index("ix_request_account", table_name="request")
    op.drop_table("request")
    op.drop_table("employee")
    op.drop_index("ix_access_whose", table_name="access")
    op.drop_table("access")
