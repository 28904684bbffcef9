"""The index in the database: SQLite's FTS5 or PostgreSQL's full text. Stems and weights are ours, so that both find the same.

Of an article each word of a question counts once, in the passage where it counts most; then its best single passage counts again, for
one that has several of the words is the same question.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import bindparam, delete, select, text

from services.db.statement import Command, Connection, Query, upsert
from services.db.tables import meta, passage
from services.knowledge.words import Asked

DIGEST = "knowledge"
"""The row of `meta` that says what the index was made of."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an article as stems; `weight` is how much a word of it counts."""

    language: str
    slug: str
    weight: float
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found. `score` orders hits of one search; `covered` is the weight of the question's words it has."""

    slug: str
    score: float
    covered: float


KEPT = Query(select(meta.c.value).where(meta.c.key == bindparam("key")), str)
KEEP = upsert(meta, key=["key"])
CLEAR = Command(delete(passage))
FILL = Command(
    text(
        "insert into passage(id, language, slug, weight, words) "
        "select key, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), "
        "json_extract(value, '$[3]') from json_each(:passages) where true on conflict do nothing"
    ),
    postgres=text(
        "insert into passage(id, language, slug, weight, words) "
        "select place - 1, it ->> 0, it ->> 1, cast(it ->> 2 as float8), to_tsvector('simple', it ->> 3) "
        "from json_array_elements(cast(:passages as json)) with ordinality as given(it, place) "
        "on conflict do nothing"
    ),
)
REBUILD = Command(text("insert into passage_search(passage_search) values('rebuild')"), postgres=text("select 1"))

_SQLITE = """
with asked as materialized (select json_extract(value, '$[0]') as place, json_extract(value, '$[1]') as stem,
                                   json_extract(value, '$[2]') as weight from json_each(:asked)),
     hit as materialized (select a.place, a.weight, p.slug, p.id, a.weight * p.weight as score
                          from asked as a join passage_search on passage_search match '"' || a.stem || '"'
                          join passage as p on p.id = passage_search.rowid where p.language = :language),"""
_POSTGRES = """
with asked as materialized (select cast(it ->> 0 as int) as place, cast(it ->> 1 as tsquery) as stem,
                                   cast(it ->> 2 as float8) as weight from json_array_elements(cast(:asked as json)) as it),
     hit as materialized (select a.place, a.weight, p.slug, p.id, a.weight * p.weight as score
                          from asked as a join passage as p on p.words @@ a.stem where p.language = :language),"""
_BEST = """
     word as (select slug, place, max(score) as score, max(weight) as weight from hit group by slug, place),
     one as (select slug, max(score) as score from (select slug, id, sum(score) as score from hit group by slug, id) as p
             group by slug)
select word.slug, sum(word.score) + max(one.score) as score, sum(word.weight) as covered
from word join one on one.slug = word.slug group by word.slug order by 2 desc, 1 limit :most"""
FIND = Query(text(_SQLITE + _BEST), Hit, postgres=text(_POSTGRES + _BEST))


async def refresh(db: Connection, passages: Iterable[Passage]) -> bool:
    """Make the index anew if it was made of anything else. Was it? Two that do it at once make the same one."""
    rows = [(it.language, it.slug, it.weight, " ".join(it.stems)) for it in passages]
    given = json.dumps(rows, ensure_ascii=False)
    digest = sha256(given.encode()).hexdigest()
    if await KEPT.first(db, key=DIGEST) == digest:
        return False
    await CLEAR.run(db)
    await FILL.run(db, passages=given)
    await REBUILD.run(db)
    await KEEP.run(db, key=DIGEST, value=digest)
    return True


async def find(db: Connection, language: str, asked: Iterable[Asked], most: int) -> list[Hit]:
    """The articles that have the most of what is asked, best first."""
    rows = [(it.place, it.stem, it.weight) for it in asked]
    return await FIND.all(db, language=language, asked=json.dumps(rows, ensure_ascii=False), most=most)
