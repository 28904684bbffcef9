"""Who is this: one's own contact, the client among several, a fact if in doubt, a code; or only the code (A1–A4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from aiogram.types import Contact, Message

from fsm.flow import Answer, Position
from fsm.login import LOGIN, LoginDraft
from handlers import format as show
from handlers.room import Room
from handlers.screen import Button, Screen, column
from handlers.turn import Turn
from services.errors import CodeExpired, CodeSpent, NotFound
from services.login import CODE_LIFE
from services.model import Access, Client

room = Room("login", needs=Access.CONSENTED)
stranger = Room("stranger", needs=Access.CONSENTED)


def position(turn: Turn) -> Position[LoginDraft]:
    """Where the login stands; at its beginning if it is not begun."""
    return turn.dialog.at(LOGIN) or LOGIN.start()


@room.screen
async def show_login(turn: Turn) -> Screen:
    at = position(turn)
    match at.step:
        case "contact":
            return Screen(
                turn.t("login-contact"), ask_contact=(turn.t.plain("login-share"), turn.t.plain("login-share-how"))
            )
        case "who":
            return await show_who(turn, at.draft)
        case "fact":
            buttons = [Button(turn.t.plain("login-other-number"), "again"), *another_person(turn, at.draft)]
            return Screen(turn.t("login-fact"), column(*buttons))
        case "wish":
            return await show_wish(turn, at.draft)
        case _:
            return await show_code(turn, at.draft)


async def show_who(turn: Turn, draft: LoginDraft) -> Screen:
    clients = [await _client(turn, client_id) for client_id in draft.candidates]
    buttons = [Button(show.masked_name(client.name), "who", str(number)) for number, client in enumerate(clients)]
    return Screen(turn.t("login-who"), column(*buttons, Button(turn.t.plain("login-other-number"), "again")))


async def show_wish(turn: Turn, draft: LoginDraft) -> Screen:
    client = await _client(turn, draft.client)
    return Screen(
        turn.t("login-wish", phone=show.masked_phone(client.phone)),
        column(Button(turn.t.plain("login-send"), "send", "sms")),
    )


async def show_code(turn: Turn, draft: LoginDraft) -> Screen:
    """Where the code went and until when it is good; or that there is none."""
    t = turn.t
    client = await _client(turn, draft.client)
    buttons = [Button(t.plain("login-resend"), "send", "sms")]
    if client.email:
        buttons.append(Button(t.plain("login-by-mail", email=show.masked_email(client.email)), "send", "mail"))
    if not draft.unlock:
        buttons += [Button(t.plain("login-other-number"), "again"), *another_person(turn, draft)]
    if not draft.to or turn.unit.now.timestamp() > draft.until:
        return Screen(t("login-code-none"), column(*buttons))
    again, until = (show.clock(datetime.fromtimestamp(moment, UTC)) for moment in (draft.again, draft.until))
    return Screen(t("login-code", to=draft.to, again=again, until=until), column(*buttons))


def another_person(turn: Turn, draft: LoginDraft) -> list[Button]:
    """The way back to the list of clients, where there was one."""
    return [Button(turn.t.plain("button-back"), "back")] if len(draft.candidates) > 1 else []


@room.contact
async def shared(turn: Turn, contact: Contact, message: Message) -> None:
    """An own contact is looked up at once; anybody else's never is (A1)."""
    if position(turn).step != "contact":
        turn.note("login-contact-known")
        return
    phone = turn.cabinet.login.own_phone(
        turn.actor,
        contact_user=contact.user_id,
        forwarded=message.forward_origin is not None,
        phone=contact.phone_number,
    )
    found = await turn.cabinet.login.candidates(turn.unit, phone)
    if not found:
        turn.go("stranger", phone=phone)
        return
    login = turn.cabinet.login
    doubtful = len(found) > 1 or await login.needs_fact(turn.unit, turn.actor, found[0])
    turn.input(LOGIN, Answer((phone, [client.id for client in found], doubtful)))
    await _send_if_asked(turn)


@room.tap("who")
async def choose(turn: Turn, number: str) -> None:
    turn.input(LOGIN, Answer(number))
    await _send_if_asked(turn)


async def _send_if_asked(turn: Turn) -> None:
    """Nothing is left to ask but the code: it goes out by itself."""
    if position(turn).step == "code":
        await _send(turn, "sms")


@room.text
async def typed(turn: Turn, text: str) -> None:
    at = position(turn)
    if at.step == "fact":
        turn.wipe_message()
        await turn.cabinet.login.check_fact(turn.unit, turn.actor, at.draft.client, text)
        turn.input(LOGIN, Answer(True))
        await _send_if_asked(turn)
    elif at.step == "code":
        turn.wipe_message()
        await _enter(turn, at.draft.client, text)
    else:
        turn.note(room.expects(turn))


async def _enter(turn: Turn, client_id: str, text: str) -> None:
    """The code is right: the cabinet is open, where it was interrupted or at the menu."""
    try:
        await turn.cabinet.login.check_code(turn.unit, turn.actor, client_id, text)
    except (CodeSpent, CodeExpired):
        _remember(turn, to="")
        raise
    first = turn.actor.client_id != client_id
    await turn.cabinet.login.bind(turn.unit, turn.actor, client_id)
    await turn.cabinet.accounts.end_epoch(turn.unit, turn.actor.account_id)
    turn.dialog.end(LOGIN)
    await turn.renew_actor()
    turn.note("login-done" if first else "login-unlocked")
    turn.resume("menu")


@room.tap("send")
async def send(turn: Turn, channel: str) -> None:
    if position(turn).step == "wish":
        turn.input(LOGIN, Answer(True))
    await _send(turn, channel)


async def _send(turn: Turn, channel: str) -> None:
    client = await _client(turn, position(turn).draft.client)
    t = turn.t

    def compose(code: str) -> dict[str, str]:
        if channel == "sms":
            return {"text": t.plain("sms-code", code=code)}
        return {"subject": t.plain("letter-code-subject"), "text": t.plain("letter-code", code=code)}

    sent = await turn.cabinet.login.send_code(turn.unit, turn.actor, client.id, channel, compose)
    _remember(
        turn,
        to=show.masked_phone(client.phone) if channel == "sms" else show.masked_email(client.email),
        again=sent.again_at.timestamp(),
        until=(turn.unit.now + CODE_LIFE).timestamp(),
    )


def _remember(turn: Turn, **facts: str | float) -> None:
    """Keep with the draft what was sent, so that the screen is right whenever the person comes back to it."""
    at = position(turn)
    turn.dialog.stand(replace(at, draft=at.draft.model_copy(update=facts)))


@room.tap("again")
@stranger.tap("again")
async def again(turn: Turn, _: str) -> None:
    """Another number: back to the contact button, nothing of the first one is kept."""
    turn.dialog.begin(LOGIN)
    turn.go("login")


@room.tap("back")
async def back(turn: Turn, _: str) -> None:
    """To the list of clients of this phone."""
    at = position(turn)
    if len(at.draft.candidates) > 1:
        turn.dialog.stand(replace(at, step="who"))


@stranger.screen
async def show_stranger(turn: Turn) -> Screen:
    t = turn.t
    phone = show.phone(turn.args["phone"]) if "phone" in turn.args else ""
    return Screen(t("stranger", number=phone), column(Button(t.plain("login-other-number"), "again")))


async def _client(turn: Turn, client_id: str) -> Client:
    """A client of this login: its id comes from the draft, which only a shared contact can fill."""
    client = await turn.cabinet.clients.by_id(turn.unit, client_id)
    if client is None:
        raise NotFound
    return client
