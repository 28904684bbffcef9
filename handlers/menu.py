"""The menu, help, language, sessions and consents: the rooms everyone finds everything else from."""

from __future__ import annotations

from datetime import date

from handlers import format as show
from handlers.room import Room
from handlers.screen import Button, Screen, column
from handlers.turn import Turn
from services.consent import MARKETING, PROCESSING
from services.debts import Kind
from services.model import Access

menu = Room("menu", needs=Access.BOUND)
help_room = Room("help", aside=True)
language = Room("language", aside=True)
settings = Room("settings", needs=Access.BOUND, back="menu")
sessions = Room("sessions", needs=Access.UNLOCKED, back="settings")
leave = Room("leave", needs=Access.BOUND)
consents = Room("consents", needs=Access.CONSENTED, back="settings")
withdraw = Room("withdraw", needs=Access.CONSENTED)

LANGUAGES = {"ru": "Русский", "en": "English"}


@menu.screen
async def show_menu(turn: Turn) -> Screen:
    t = turn.t
    client = await turn.cabinet.clients.by_id(turn.unit, turn.actor.client_id or "")
    count = await turn.cabinet.policies.count(turn.unit, turn.actor)
    open_claims = await turn.cabinet.claims.open_count(turn.unit, turn.actor)
    waiting = await turn.cabinet.prolongation.on_the_way(turn.unit, turn.actor)
    debts = await turn.cabinet.debts.near(turn.unit, turn.actor, turn.today)
    owed = sum(it.kind is not Kind.APPLICATION for it in debts)  # an application has a button of its own
    late = sum(it.overdue > 0 for it in debts)
    asked = await turn.cabinet.requests.open_count(turn.unit, turn.actor)
    hello = t("menu-hello", name=client.name.first) if client else t("menu-hello-plain")
    return Screen(
        f"{hello}\n\n{t('menu')}",
        [
            *column(
                *(Button(t.plain("menu-application", number=it.number), "application", str(it.id)) for it in waiting)
            ),
            [Button(t.plain("menu-debts", count=owed, late=late), "debts")] if owed else [],
            [Button(t.plain("menu-policies", count=count), "policies")],
            [Button(t.plain("menu-claims", count=open_claims), "claims")],
            [Button(t.plain("accident-now"), "accident")],
            [Button(t.plain("menu-requests", count=asked), "requests"), Button(t.plain("button-agent"), "calls")],
            [Button(t.plain("menu-notes"), "notes")],
            [Button(t.plain("button-settings"), "settings"), Button(t.plain("button-help"), "help")],
        ],
    )


@menu.tap("application")
async def open_application(turn: Turn, number: str) -> None:
    turn.go("application", id=int(number))


@help_room.screen
async def show_help(turn: Turn) -> Screen:
    t = turn.t
    return Screen(
        t("help"),
        [
            [Button(t.plain("answers-open"), "answers")],
            [Button(t.plain("button-requests"), "requests"), Button(t.plain("button-agent"), "calls")],
            [Button(t.plain("button-offices"), "offices"), Button(t.plain("button-language"), "language")],
        ],
    )


@language.screen
async def show_language(turn: Turn) -> Screen:
    return Screen(turn.t("language"), [[Button(name, "speak", code) for code, name in LANGUAGES.items()]])


@language.tap("speak")
async def speak(turn: Turn, code: str) -> None:
    """From now on in this language, and back to where one was."""
    if code in LANGUAGES:
        await turn.cabinet.accounts.speak(turn.unit, turn.actor, code)
        await turn.renew_actor()
        turn.t = turn.t.other(code)
        turn.toast("language-chosen")
    turn.come_back()


@settings.screen
async def show_settings(turn: Turn) -> Screen:
    t = turn.t
    return Screen(
        t("settings"),
        [
            [Button(t.plain("settings-sessions"), "sessions"), Button(t.plain("settings-consents"), "consents")],
            [Button(t.plain("settings-notices"), "notices"), Button(t.plain("settings-history"), "history")],
            [Button(t.plain("button-language"), "language"), Button(t.plain("settings-leave"), "leave")],
        ],
    )


@sessions.screen
async def show_sessions(turn: Turn) -> Screen:
    t = turn.t
    everywhere = await turn.cabinet.sessions.all(turn.unit, turn.actor)
    others = [session for session in everywhere if session.id != turn.actor.binding_id]
    lines = [
        t("sessions-this", since=show.soon(session.bound_at, turn.unit.now))
        for session in everywhere
        if session not in others
    ]
    for number, session in enumerate(others, start=1):
        since, active = (show.soon(at, turn.unit.now) for at in (session.bound_at, session.active_at))
        name = session.known_as or t("sessions-nameless")
        lines.append(t("sessions-other", number=number, name=name, since=since, active=active))
    buttons = [
        Button(t.plain("sessions-end", number=number), "end", str(session.id))
        for number, session in enumerate(others, start=1)
    ]
    head = t("sessions") if others else t("sessions-alone")
    return Screen("\n\n".join([head, *lines]), [*column(*buttons), [Button(t.plain("settings-leave"), "leave")]])


@sessions.tap("end")
async def end_session(turn: Turn, number: str) -> None:
    await turn.cabinet.sessions.end(turn.unit, turn.actor, int(number), why="owner")
    turn.note("sessions-ended")


@leave.screen
async def show_leave(turn: Turn) -> Screen:
    return Screen(
        turn.t("leave"), [[Button(turn.t.plain("leave-yes"), "yes"), Button(turn.t.plain("leave-no"), "menu")]]
    )


@leave.tap("yes")
async def log_out(turn: Turn, _: str) -> None:
    await turn.cabinet.sessions.end(turn.unit, turn.actor, turn.actor.binding_id or 0, why="logout")
    await leave_behind(turn)
    turn.note("leave-done")


async def leave_behind(turn: Turn) -> None:
    """After the end of a session: old buttons die, drafts of the client are forgotten, the door is shown."""
    await turn.cabinet.accounts.end_epoch(turn.unit, turn.actor.account_id)
    await turn.renew_actor()
    turn.dialog.flows.clear()
    turn.dialog.then = None
    turn.go("welcome")


@consents.screen
async def show_consents(turn: Turn) -> Screen:
    t, cabinet = turn.t, turn.cabinet
    offers = await cabinet.consents.given(turn.unit, turn.actor, MARKETING)
    text = cabinet.consents.text(MARKETING, turn.actor.language)
    given = cabinet.consents.text(PROCESSING, turn.actor.language)
    return Screen(
        f"{t('consents', date=show.day(date.fromisoformat(given.version)))}\n"
        f"<blockquote expandable>{t.escape(given.text)}</blockquote>\n\n"
        f"{t('consents-marketing-on' if offers else 'consents-marketing-off')}\n"
        f"<blockquote expandable>{t.escape(text.text)}</blockquote>",
        column(
            Button(
                t.plain("consents-marketing-stop" if offers else "consents-marketing-give"),
                "offers",
                str(int(not offers)),
            ),
            Button(t.plain("consents-withdraw"), "withdraw"),
        ),
    )


@consents.tap("offers")
async def answer_offers(turn: Turn, wanted: str) -> None:
    if wanted == "1":
        await turn.cabinet.consents.answer(turn.unit, turn.actor, MARKETING, given=True)
    else:
        await turn.cabinet.consents.withdraw(turn.unit, turn.actor, MARKETING)
    turn.toast("consents-saved")


@consents.tap("withdraw")
async def ask_withdraw(turn: Turn, _: str) -> None:
    turn.go("withdraw")


@withdraw.screen
async def show_withdraw(turn: Turn) -> Screen:
    return Screen(
        turn.t("withdraw"),
        [[Button(turn.t.plain("withdraw-yes"), "yes"), Button(turn.t.plain("withdraw-no"), "consents")]],
    )


@withdraw.tap("yes")
async def withdraw_processing(turn: Turn, _: str) -> None:
    """Without it there is no cabinet in this chat: every purpose ends, and so does the session."""
    for purpose in (PROCESSING, MARKETING):
        await turn.cabinet.consents.withdraw(turn.unit, turn.actor, purpose)
    if turn.actor.binding_id is not None:
        await turn.cabinet.sessions.end(turn.unit, turn.actor, turn.actor.binding_id, why="consent")
    await leave_behind(turn)
    turn.note("withdraw-done")
