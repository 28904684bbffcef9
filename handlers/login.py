"""Who is this: one's own contact, the client among several, a fact if in doubt, a code; or only the code (A1–A4)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from fsm.flow import Answer, Position
from fsm.login import LOGIN, LoginDraft
from handlers import format as show
from handlers import human, policies, request
from handlers.code import changes_in, code_words
from handlers.room import Room
from handlers.screen import Ask, Button, Screen, column
from handlers.turn import Turn
from handlers.updates import Contact, Message
from services.errors import CodeExpired, CodeSpent, NoMoreCodes, NotFound, TooMany, TooSoon
from services.login import CodeSent
from services.model import Access, Client
from services.requests import Kind

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
                turn.t("login-contact"),
                ask=Ask("contact", turn.t.plain("login-share"), turn.t.plain("login-share-how")),
            )
        case "who":
            return await show_who(turn, at.draft)
        case "fact":
            return await show_fact(turn, at.draft)
        case "wish":
            return await show_wish(turn, at.draft)
        case _:
            return await show_code(turn, at.draft)


async def show_who(turn: Turn, draft: LoginDraft) -> Screen:
    clients = [await _client(turn, client_id) for client_id in draft.candidates]
    buttons = [Button(show.masked_name(client.name), "who", str(number)) for number, client in enumerate(clients)]
    return Screen(turn.t("login-who"), column(*buttons, Button(turn.t.plain("login-other-number"), "again")))


async def show_fact(turn: Turn, draft: LoginDraft) -> Screen:
    """The birth date or a policy's number; after too many wrong ones, until when nothing is taken."""
    rows = column(Button(turn.t.plain("login-other-number"), "again"), *way_back(turn, draft))
    paused = await turn.cabinet.login.paused(turn.unit, turn.actor, draft.client)
    if paused is None:
        return Screen(turn.t("login-fact"), rows)
    return Screen(turn.t("login-paused", until=show.soon(paused, turn.unit.now)), rows, refresh=paused - turn.unit.now)


async def show_wish(turn: Turn, draft: LoginDraft) -> Screen:
    client = await _client(turn, draft.client)
    return Screen(
        turn.t("login-wish", phone=show.masked_phone(client.phone)),
        column(Button(turn.t.plain("login-send"), "send", "sms"), *way_back(turn, draft)),
    )


async def show_code(turn: Turn, draft: LoginDraft) -> Screen:
    """Where the code went and until when it is good, or that there is none; and the ways a new one may go today."""
    t = turn.t
    client = await _client(turn, draft.client)
    closed = {"sms": await turn.cabinet.login.closed_until(turn.unit, turn.actor, client, "sms")}
    if client.email:
        closed["mail"] = await turn.cabinet.login.closed_until(turn.unit, turn.actor, client, "mail")
    buttons = []
    if closed["sms"] is None:
        buttons.append(Button(t.plain("login-resend"), "send", "sms"))
    if client.email and closed["mail"] is None:
        buttons.append(Button(t.plain("login-by-mail", email=show.masked_email(client.email)), "send", "mail"))
    if not draft.unlock:
        buttons.append(Button(t.plain("login-other-number"), "again"))
    rows = column(*buttons, *way_back(turn, draft))
    return Screen(code_words(turn, draft, closed), rows, refresh=changes_in(turn, draft))


def way_back(turn: Turn, draft: LoginDraft) -> list[Button]:
    """The way back: out of an unlock to where the person came from, else to the list of clients, where there was one."""
    back = turn.dialog.before if draft.unlock else len(draft.candidates) > 1
    return [Button(turn.t.plain("button-back"), "back")] if back else []


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
        turn.dialog.end(LOGIN)
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
        await _prove(turn, at.draft.client, text)
    elif at.step == "code":
        turn.wipe_message()
        await _enter(turn, at.draft, text)
    else:
        turn.note(room.expects(turn))
        turn.offer(text)


async def _prove(turn: Turn, client_id: str, text: str) -> None:
    """A birth date or a policy's number goes out of the chat; while the login is paused, the screen says so."""
    if any(char.isdecimal() for char in text):
        turn.wipe_message()
    with suppress(TooMany):
        await turn.cabinet.login.check_fact(turn.unit, turn.actor, client_id, text)
        turn.input(LOGIN, Answer(True))
        await _send_if_asked(turn)


async def _enter(turn: Turn, draft: LoginDraft, text: str) -> None:
    """The code is right: the cabinet is open, where it was interrupted or at the menu."""
    client_id = draft.client
    try:
        await turn.cabinet.login.check_code(turn.unit, turn.actor, client_id, text, draft.to)
    except (CodeSpent, CodeExpired):
        _remember(turn, to="")
        raise
    first = turn.actor.client_id != client_id
    await turn.cabinet.login.bind(turn.unit, turn.actor, client_id, _known_as(turn))
    await turn.cabinet.accounts.end_epoch(turn.unit, turn.actor.account_id)
    turn.dialog.end(LOGIN)
    await turn.renew_actor()
    await turn.cabinet.consents.follow(turn.unit, turn.actor)
    await turn.cabinet.talks.follow(turn.unit, turn.actor)
    turn.note("login-done" if first else "login-unlocked")
    turn.resume("menu")
    if turn.args.get("full"):  # what the code was asked for
        await policies.seen(turn)


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

    login = turn.cabinet.login
    try:
        sent: CodeSent | None = await login.send_code(turn.unit, turn.actor, client.id, channel, compose)
    except (TooSoon, NoMoreCodes) as wait:
        sent = await login.live(turn.unit, turn.actor, client.id)
        known = sent is not None and sent.number == position(turn).draft.code
        if isinstance(wait, TooSoon) and (sent is None or known):
            raise
        if isinstance(wait, TooSoon):
            turn.note("login-code-still", at=show.soon(wait.at, turn.unit.now))
        if known:
            return  # the screen says what there is
    if sent is not None:
        _remember(
            turn,
            to=show.masked_phone(client.phone) if sent.channel == "sms" else show.masked_email(client.email),
            again=sent.again_at.timestamp(),
            until=sent.until.timestamp(),
            sent=sent.sent_at.timestamp(),
            code=sent.number,
            channel=sent.channel,
            taken=sent.sent_at != turn.unit.now,
        )


def _known_as(turn: Turn) -> str:
    """What the person calls themselves in Telegram: the first name, or `@username` masked."""
    user = turn.said.from_user if turn.said else None
    if user is None:
        return ""
    return user.first_name.strip() or (f"@{user.username[:2]}***{user.username[-1:]}" if user.username else "")


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
    """Out of an unlock to where the person came from; else to the list of clients of this phone."""
    at = position(turn)
    if at.draft.unlock and turn.dialog.before:
        place, args = turn.dialog.before
        turn.dialog.then = turn.dialog.before = None
        turn.go(place, **args)
    elif len(at.draft.candidates) > 1:
        turn.dialog.stand(replace(at, step="who"))


@stranger.text
async def ask_as_stranger(turn: Turn, text: str) -> None:
    """A question needs no contract."""
    await human.take(turn, text)


@stranger.screen
async def show_stranger(turn: Turn) -> Screen:
    t = turn.t
    phone = show.phone(turn.args["phone"]) if "phone" in turn.args else ""
    buttons = [Button(t.plain("login-other-number"), "again")]
    if phone:
        buttons.append(Button(t.plain("request-kind-recovery"), "recover"))
    return Screen(t("stranger", number=phone), column(*buttons, Button(t.plain("button-agent"), "calls")))


@stranger.tap("recover")
async def recover(turn: Turn, _: str) -> None:
    """Neither phone nor e-mail on file is theirs any more (A12)."""
    await request.begin(turn, Kind.RECOVERY, phone=turn.args.get("phone", ""))


async def _client(turn: Turn, client_id: str) -> Client:
    """A client of this login: its id comes from the draft, which only a shared contact can fill."""
    client = await turn.cabinet.clients.by_id(turn.unit, client_id)
    if client is None:
        raise NotFound
    return client
