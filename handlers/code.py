"""What the screen of the one-time code says: on its way, late, sent, over, or the last of the day (A2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fsm.login import LOGIN, LoginDraft
from handlers import format as show
from handlers.texts import Html
from handlers.turn import Turn
from services.clock import MOSCOW

SLOW = timedelta(seconds=20)
"""After so long without the gateway's word a message is late."""


def code_words(turn: Turn, draft: LoginDraft, closed: dict[str, datetime | None]) -> Html:
    """The words of the screen. `closed` says for each way (`sms`, `mail` where there is an address) from when on it is open again."""
    t, now = turn.t, turn.unit.now
    until, open_ways = _moment(draft.until), [way for way, opens in closed.items() if opens is None]
    lives = bool(draft.to) and now <= until
    if not open_ways:
        opens = min(at for at in closed.values() if at is not None)
        day = "today" if _day(opens) == _day(now) else "tomorrow"
        key = "login-code-last" if lives else "login-code-closed"
        until_words = {"until": show.soon(until, now)} if lives else {}
        return t(key, day=day, at=show.clock(opens), **until_words)
    if not lives:
        return t("login-code-over" if draft.to else "login-code-none")
    if not draft.taken:
        return _on_its_way(turn, draft, open_ways)
    said = t("login-code", to=draft.to, until=show.soon(until, now))
    again = _moment(draft.again)
    if open_ways == ["mail"]:
        return Html(f"{said}\n\n{t('login-code-mail-only')}")
    if now >= again:
        return Html(f"{said}\n\n{t('login-code-again')}")
    return Html(f"{said}\n\n{t('login-code-again-at', at=show.soon(again, now))}")


def _on_its_way(turn: Turn, draft: LoginDraft, open_ways: list[str]) -> Html:
    if turn.unit.now - _moment(draft.sent) < SLOW:
        return turn.t("login-code-sending", to=draft.to)
    if draft.channel == "mail":
        return turn.t("login-code-slow-mail")
    return turn.t("login-code-slow-sms" if "mail" in open_ways else "login-code-slow")


def changes_in(turn: Turn, draft: LoginDraft) -> timedelta | None:
    """When the words of this screen will be other ones by themselves."""
    now, until, slow = turn.unit.now, _moment(draft.until), _moment(draft.sent) + SLOW
    if not draft.to or now > until:
        return None
    return slow - now if not draft.taken and now < slow else until - now + timedelta(seconds=1)


async def sent(turn: Turn, facts: dict[str, Any]) -> None:
    """The gateway has taken the code: whoever waits for it sees that."""
    at = turn.dialog.at(LOGIN)
    mine = at is not None and at.draft.code == facts["code"]
    if at is not None and mine:
        turn.dialog.stand(replace(at, draft=at.draft.model_copy(update={"taken": True})))
    turn.quiet = not mine or turn.dialog.where != "login.code"


async def undelivered(turn: Turn, facts: dict[str, Any]) -> None:
    """The gateway refused it for good, or it took too long: there is no code."""
    at = turn.dialog.at(LOGIN)
    if at is not None and at.draft.code == facts["code"]:
        turn.dialog.stand(replace(at, draft=at.draft.model_copy(update={"to": ""})))
    turn.note("code-undelivered-sms" if facts["channel"] == "sms" else "code-undelivered-mail")
    turn.anew = True


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _day(moment: datetime) -> object:
    return moment.astimezone(MOSCOW).date()
