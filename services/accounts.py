"""Telegram accounts: who is in the chat, since when, in which language, and whether we still can reach them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Boolean, and_, bindparam, exists, insert, select, type_coerce, update

from services.db.statement import Command, Query
from services.db.tables import account, binding, consent
from services.db.unit import Unit
from services.history import Deed, History
from services.model import FRESH_IDLE, UNLOCK_IDLE, Actor

TOUCH_EVERY = timedelta(minutes=1)
"""How exactly activity is kept: a write a minute, not a write a tap."""

ACTOR = Query(
    select(
        account.c.id,
        account.c.language,
        account.c.epoch,
        account.c.seen_at,
        type_coerce(
            exists().where(
                consent.c.account_id == account.c.id,
                consent.c.purpose == "processing",
                consent.c.version == bindparam("consent_version"),
                consent.c.given,
                consent.c.withdrawn_at.is_(None),
            ),
            Boolean,
        ),
        binding.c.id,
        binding.c.client_id,
        binding.c.unlocked_at,
        binding.c.fresh_at,
        binding.c.active_at,
        type_coerce(account.c.unreachable_at.is_not(None), Boolean),
    )
    .select_from(account)
    .outerjoin(binding, and_(binding.c.account_id == account.c.id, binding.c.ended_at.is_(None)))
    .where(account.c.id == bindparam("account")),
    Actor,
)
CREATE = Command(
    insert(account).values(
        id=bindparam("account"),
        language=bindparam("language"),
        epoch=0,
        created_at=bindparam("now", type_=account.c.created_at.type),
        seen_at=bindparam("now", type_=account.c.seen_at.type),
    )
)
SEEN = Command(
    update(account)
    .where(account.c.id == bindparam("account"))
    .values(seen_at=bindparam("now", type_=account.c.seen_at.type), unreachable_at=None)
)
ACTIVE = Command(
    update(binding)
    .where(binding.c.id == bindparam("binding"))
    .values(
        active_at=bindparam("now", type_=binding.c.active_at.type),
        unlocked_at=bindparam("unlocked", type_=binding.c.unlocked_at.type),
        fresh_at=bindparam("fresh", type_=binding.c.fresh_at.type),
    )
)
LANGUAGE = Command(update(account).where(account.c.id == bindparam("account")).values(language=bindparam("language")))
EPOCH = Command(update(account).where(account.c.id == bindparam("account")).values(epoch=account.c.epoch + 1))
UNREACHABLE = Command(
    update(account)
    .where(account.c.id == bindparam("account"))
    .values(unreachable_at=bindparam("since", type_=account.c.unreachable_at.type))
)


class Accounts:
    """`consent_version` is the current version of the consent to processing: an older one does not count any more (A16)."""

    def __init__(self, consent_version: str, languages: tuple[str, ...], history: History) -> None:
        self._consent_version, self._languages, self._history = consent_version, languages, history

    async def enter(self, unit: Unit, account_id: int, language_code: str | None) -> Actor:
        """The actor of a person's own event: made at the first one, its activity kept, its unlock ended by idleness.

        The first language follows Telegram's: Russian by default, English for every other known locale.
        """
        actor = await self.find(unit, account_id)
        if actor is None:
            known = (language_code or "ru").split("-")[0]
            language = known if known in self._languages else "en"
            await CREATE.run(unit, account=account_id, language=language, now=unit.now)
            return Actor(account_id, language, 0, unit.now, consented=False)
        return await self._touch(unit, actor)

    async def find(self, unit: Unit, account_id: int) -> Actor | None:
        """The actor as stored, without counting this as activity."""
        return await ACTOR.first(unit, account=account_id, consent_version=self._consent_version)

    async def speak(self, unit: Unit, actor: Actor, language: str) -> None:
        """Change the language of the chat."""
        await LANGUAGE.run(unit, account=actor.account_id, language=language)
        await self._history.record(unit, actor.client_id, actor.account_id, Deed.SETTINGS, what="language")

    async def end_epoch(self, unit: Unit, account_id: int) -> None:
        """All buttons this account has on its screens stop working."""
        await EPOCH.run(unit, account=account_id)

    async def unreachable(self, unit: Unit, account_id: int) -> None:
        """The person blocked the bot; undone by the next thing they do."""
        await UNREACHABLE.run(unit, account=account_id, since=unit.now)

    async def reachable(self, unit: Unit, account_id: int) -> None:
        """The person let the bot in again; who was never here is no account for that."""
        await UNREACHABLE.run(unit, account=account_id, since=None)

    async def _touch(self, unit: Unit, actor: Actor) -> Actor:
        """Idleness is looked at before it is forgotten: an unlock that has slept too long is gone for good."""
        now = unit.now
        if actor.unreachable or now - actor.seen_at > TOUCH_EVERY or now < actor.seen_at:
            await SEEN.run(unit, account=actor.account_id, now=now)
        if actor.active_at is None:
            return actor
        idle = now - actor.active_at
        unlocked = actor.unlocked_at if idle <= UNLOCK_IDLE else None
        fresh = actor.fresh_at if idle <= FRESH_IDLE else None
        if idle > TOUCH_EVERY:
            await ACTIVE.run(unit, binding=actor.binding_id, now=now, unlocked=unlocked, fresh=fresh)
        same = (unlocked, fresh) == (actor.unlocked_at, actor.fresh_at)
        return actor if same else replace(actor, unlocked_at=unlocked, fresh_at=fresh)
