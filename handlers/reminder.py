"""One message with all reminders of a moment, each to be acted on, put off, stopped, or taken into a calendar (H1–H5).

The room stands aside: the dialog a person was in waits behind it with its draft. It needs the binding alone, months after the last login.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from fsm.flow import FLOWS
from handlers import debts, renew_now, talk, unasked
from handlers.reminder_shut import stopped
from handlers.reminder_words import LAPSED, OFFICE, dated, entry_day, title_of, told, word_of
from handlers.room import Room
from handlers.screen import Button, Row, Screen
from handlers.turn import Turn
from services.errors import NotProlongable, ReminderSettled
from services.model import Access
from services.reminders import Cause, Kind, Reminder, manners

CALM = timedelta(minutes=10)
"""After so long without a word from a person they are in the middle of nothing."""
DAY, PATIENCE = timedelta(days=1), timedelta(hours=1)
"""So long at most a reminder waits for that."""
MOST = 8
"""Reminders that one message holds; the next come when these are done with."""
HOME = ("menu", "welcome", "reminder")
"""Rooms in which nobody is interrupted."""
NEAR, FAR = 1, 3
"""Days to put off, for what is near and for what is not."""
FAR_FROM = 5
"""Days left from which on it is not near."""
CROWD = 997
"""So many moments of a night at which screens that stand are made anew."""

room = Room("reminder", needs=Access.BOUND, aside=True)


# -- what a chat hears ---------------------------------------------------------------------------------------------------


async def due(turn: Turn, facts: dict[str, Any]) -> None:
    """Show what stands now, when the person is calm; nothing of what has gone meanwhile."""
    turn.quiet = True
    if turn.access < Access.BOUND:
        return
    showing = await turn.cabinet.reminders.present(turn.unit, turn.actor, facts["ids"])
    if showing.wait:
        again(turn, showing.held, showing.wait)
    live = newest_of(showing.reminders)
    if not live:
        return
    if turn.actor.unreachable:
        await stopped(turn, {"ids": [it.id for it in live]})
        return
    since = datetime.fromtimestamp(facts.get("since", turn.unit.now.timestamp()), UTC)
    if calm_at := wait(turn, live, since):
        again(turn, [it.id for it in live], calm_at, since=round(since.timestamp()))
        return
    service, offers = apart(live)
    kept, _ = apart(await standing(turn, turn.args["ids"])) if turn.dialog.place == room.name else ([], [])
    if offers and (service or kept):
        again(turn, offers, turn.unit.now + DAY)
    if kept and not service:
        return
    turn.quiet, unseen = False, not_yet_seen(turn)
    if turn.unit.now >= turn.actor.seen_at + CALM:
        turn.dialog.words = ""  # left lying: nobody thinks of them any more
    open_room(turn, service or offers, kept)
    ids = [*service, *(it for it in unseen if it in kept)] or offers
    shut, overtaken = {"type": "reminder.stopped", "ids": ids}, {"type": "reminder.due", "ids": ids}
    unasked.owe(turn, shut, once=not service, until=showing.until, overtaken=overtaken if service else None)


def not_yet_seen(turn: Turn) -> list[int]:
    """What this room says already, and nobody knows that it stands there."""
    owed = turn.dialog.unasked
    return owed["overtaken"]["ids"] if owed and owed["place"] == room.name and owed["overtaken"] else []


async def outdated(turn: Turn, facts: dict[str, Any]) -> None:
    """Telegram was away for too long: what the room was to say is decided anew. Until then what stood there works as before."""
    ids = turn.args.get("ids", [])
    if turn.dialog.place == room.name and unasked.give_up(turn, facts):
        again(turn, ids, turn.unit.now)
        turn.quiet = False
    else:
        turn.quiet = True


def again(turn: Turn, ids: list[int], at: datetime, **facts: Any) -> None:
    """Not now: this chat is asked again at that moment."""
    once = f"reminder:{turn.actor.account_id}:{ids[0]}:{at.timestamp():.0f}"
    turn.unit.submit(turn.unit.event.lane, once, "reminder.due", due=at, ids=ids, **facts)


def wait(turn: Turn, live: list[Reminder], since: datetime) -> datetime | None:
    """When to look again at somebody who is in the middle of something; None: speak now."""
    calm = turn.actor.seen_at + CALM
    busy = turn.dialog.place in FLOWS.flows or turn.dialog.place not in HOME
    if any(it.urgent for it in live) or not busy or turn.unit.now >= min(calm, since + PATIENCE):
        return None
    return min(calm, since + PATIENCE)


def apart(live: list[Reminder]) -> tuple[list[int], list[int]]:
    """Service and advertising: one comes at least once, the other at most once, so no message holds both (38-ФЗ art. 18)."""
    offers = [it.id for it in live if it.cause.kind is Kind.OFFER]
    return [it.id for it in live if it.id not in offers], offers


def open_room(turn: Turn, ids: list[int], kept: list[int]) -> None:
    """Step aside. What stands here already is `kept` below the new; what was shown in full is masked for whoever comes back."""
    if turn.dialog.place == room.name:
        turn.args["ids"] = list(dict.fromkeys([*ids, *kept]))
        return
    behind = {name: value for name, value in turn.args.items() if name != "full"}
    if turn.origin[0] == room.name:  # at the human, from an earlier reminder: that one is not come back to
        behind["origin"] = turn.origin[1].get("origin")
    turn.go(room.name, ids=ids, origin=(turn.dialog.place, behind))


async def standing(turn: Turn, ids: list[int]) -> list[Reminder]:
    """Those whose cause has not gone; of one cause the newest, whose words are the same."""
    return newest_of([it for it in await turn.cabinet.reminders.of(turn.unit, turn.actor, ids) if it.stands])


def newest_of(live: list[Reminder]) -> list[Reminder]:
    newest = {it.cause.family: it for it in sorted(live, key=lambda it: it.id)}
    return [it for it in live if newest[it.cause.family] is it]


# -- the screen ----------------------------------------------------------------------------------------------------------


@room.screen
async def show_reminders(turn: Turn) -> Screen:
    t, choices = turn.t, await turn.cabinet.reminders.choices(turn.unit, turn.actor)
    today = manners.common_day(turn.unit.now, choices)
    everything = await here(turn)
    live = everything[:MOST]
    alone = len(live) == 1
    texts = [await told(turn, it, today) for it in live]
    if not alone:
        numbered = (t("remind-numbered", number=str(number), text=text) for number, text in enumerate(texts, 1))
        texts = [t("remind-several"), *numbered]
    if more := len(everything) - len(live):
        texts.append(t("remind-more", count=more))
    acts = [
        Button(label_of(turn, it, 0 if alone else number), "act", str(it.id))
        for number, it in enumerate(live, 1)
        if can_act(it.cause)
    ]
    stops = (
        [Button(t.plain("remind-stop"), "stop", str(live[0].id))]
        if alone
        else [
            Button(t.plain("remind-stop-numbered", number=str(number)), "stop", str(it.id))
            for number, it in enumerate(live, 1)
        ]
    )
    later = [Button(t.plain("remind-later"), "later")] if any(may_wait(it, today) for it in live) else []
    ics = [Button(t.plain("remind-ics"), "ics")] if any(entry_day(it.cause, today) for it in live) else []
    rows: list[Row] = [acts[at : at + 2] for at in range(0, len(acts), 2)]
    rows.append([*later, *ics])
    rows += [stops[at : at + 2] for at in range(0, len(stops), 2)]
    share = turn.actor.account_id % CROWD / CROWD
    return Screen("\n\n".join(texts), rows, refresh=manners.day_turns(turn.unit.now, choices, share) - turn.unit.now)


async def here(turn: Turn) -> list[Reminder]:
    """What the room is about and still stands. Raises ReminderSettled when there is nothing left."""
    if live := await standing(turn, turn.args.get("ids", [])):
        return live
    raise ReminderSettled


def label_of(turn: Turn, it: Reminder, number: int) -> str:
    """What can be done; with its number where there are several."""
    label = turn.t.plain(f"remind-act-{word_of(turn, it.cause)}")
    return turn.t.plain("remind-act-numbered", number=str(number), label=label) if number else label


def can_act(cause: Cause) -> bool:
    """A note about nothing has nothing to open."""
    return cause.kind is not Kind.NOTE or bool(cause.policy or cause.claim)


def may_wait(it: Reminder, today: date) -> bool:
    """Is there a later?"""
    return it.cause.until is None and (it.cause.day > today or not it.urgent)


# -- what its buttons do -------------------------------------------------------------------------------------------------


async def one(turn: Turn, number: str) -> Reminder:
    """One of those that are shown. Raises ReminderSettled."""
    if found := [it for it in await here(turn) if it.id == int(number)]:
        return found[0]
    raise ReminderSettled


@room.tap("act")
async def act(turn: Turn, number: str) -> None:
    """To where it is done, without a word typed."""
    cause = (await one(turn, number)).cause
    match cause.kind:
        case Kind.RENEWAL if word_of(turn, cause) == OFFICE:
            await talk.enter(turn)
            turn.args["screen"] = f"policy {cause.number}"
        case Kind.RENEWAL:
            await renew(turn, cause)
        case Kind.APPLICATION:
            turn.go("application", id=cause.application)
        case Kind.GRACE if word_of(turn, cause) == LAPSED:
            turn.go("policy", id=cause.policy)
        case Kind.INSTALMENT | Kind.GRACE | Kind.DEDUCTIBLE:
            await debts.choose(turn, cause.thing)
        case Kind.DOCUMENTS:
            turn.go("case-files", id=cause.claim)
        case Kind.PLATE:
            await talk.enter(turn)
        case Kind.OFFER:
            turn.go("calls")
        case _ if cause.claim:
            turn.go("case", id=cause.claim)
        case _:
            turn.go("policy", id=cause.policy)


async def renew(turn: Turn, cause: Cause) -> None:
    """Where it can be done in the chat, to one look at all of it; else the contract's card says how."""
    try:
        await renew_now.begin(turn, cause.policy, turn.args)
    except NotProlongable as refusal:
        turn.go("policy", id=cause.policy)
        turn.refuse(refusal)


@room.tap("later")
async def later(turn: Turn, _: str) -> None:
    """All that are shown, by a day or three: the nearest decides. Then come those there was no room for."""
    everything = await here(turn)
    today = manners.common_day(turn.unit.now, await turn.cabinet.reminders.choices(turn.unit, turn.actor))
    live = [it for it in everything[:MOST] if may_wait(it, today)]
    left = min(((it.cause.day - today).days for it in live), default=0)
    back = await turn.cabinet.reminders.later(
        turn.unit, turn.actor, [it.id for it in live], FAR if left >= FAR_FROM else NEAR
    )
    if rest := [it.id for it in everything[MOST:]]:
        turn.args["ids"] = rest
    else:
        turn.come_back()
    if back:
        turn.note("remind-put-off", day=dated(turn.t, back))
    else:
        turn.note("remind-no-later")


@room.tap("stop")
async def stop(turn: Turn, number: str) -> None:
    """This one is not spoken of any more; where that is changed is said."""
    it = await one(turn, number)
    title = await title_of(turn, it.cause)
    await turn.cabinet.reminders.stop(turn.unit, turn.actor, [it.id])
    rest = [other for other in await standing(turn, turn.args["ids"]) if other.id != it.id]
    if rest:
        turn.args["ids"] = [other.id for other in rest]
    else:
        turn.come_back()
    turn.note("remind-stopped", title=title)
