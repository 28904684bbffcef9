"""What staff may order in a topic, by words or by a button, and which role it needs (K2, K5). The matrix of rights is this table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers import offers
from handlers.desk import decisions, errands, money
from handlers.desk.turn import DeskTurn
from handlers.texts import Html
from services.employees import Role
from services.talks import Face

DASHES = ("-", "–", "—")
"""What takes back that papers are asked for."""
Deed = Callable[[DeskTurn, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Order:
    """`role` is the least that is needed; `deed` gets the words after the order's name."""

    role: Role
    deed: Deed


async def take(desk: DeskTurn, _: str) -> None:
    """Of two who press at once the first has it."""
    unit, talk = desk.unit, desk.talk
    if talk.face is Face.CLOSED:
        done = await desk.cabinet.desk.reopen(unit, talk, desk.who)
    else:
        done = await desk.cabinet.desk.take(unit, talk, desk.who)
    if done:
        desk.tell_client("talk.joined", by=desk.who.id)
        desk.changed()
        return
    holder = await desk.cabinet.employees.find(unit, talk.employee_id or 0)
    desk.refuse("desk-taken-already", who=holder.name if holder else "—")


async def release(desk: DeskTurn, _: str) -> None:
    """Back to the queue."""
    if await desk.cabinet.desk.hand_over(desk.unit, desk.talk, None):
        await desk.cabinet.talks.wait(desk.unit, desk.talk)
        desk.tell_client("talk.released")
        desk.changed()


async def transfer(desk: DeskTurn, words: str) -> None:
    """To a colleague by first name, or to a department."""
    staff = await desk.cabinet.employees.all(desk.unit)
    wanted = words.casefold()
    person = next((one for one in staff if wanted and one.name.casefold() == wanted), None)
    department = next((one.department for one in staff if wanted and one.department.casefold() == wanted), None)
    if person is None and department is None:
        names = ", ".join(one.name for one in staff)
        departments = ", ".join(sorted({one.department for one in staff}))
        desk.reply("desk-transfer-how", names=names, departments=departments)
        return
    to = person.id if person else None
    await desk.cabinet.desk.hand_over(desk.unit, desk.talk, to, person.department if person else department)
    if to is None:
        await desk.cabinet.talks.wait(desk.unit, desk.talk)
        desk.tell_client("talk.released")
    else:
        desk.tell_client("talk.joined", by=to)
    desk.reply("desk-transferred", to=person.name if person else str(department))
    desk.changed()


async def close(desk: DeskTurn, _: str) -> None:
    """The client is told, and may rate or come back."""
    if await desk.cabinet.talks.close(desk.unit, desk.talk, "staff"):
        desk.tell_client("talk.over")
    else:
        desk.refuse("desk-closed-already")


async def full(desk: DeskTurn, _: str) -> None:
    """Personal data in full on the card for a minute; who has looked is recorded."""
    await desk.cabinet.employees.record(desk.unit, desk.who, desk.whose, "full")
    until = await desk.cabinet.desk.show_full(desk.unit, desk.topic)
    desk.changed()
    once = f"mask:{desk.topic.id}:{until.timestamp():.0f}"
    desk.unit.submit(desk.topic.lane, once, "topic.mask", due=until, topic=desk.topic.id)


async def take_away(desk: DeskTurn, _: str) -> None:
    """`/del` in reply to one's own answer: it disappears from the client's chat."""
    replied = desk.message.reply_to_message if desk.message else None
    line = await desk.cabinet.desk.answer(desk.unit, desk.topic, replied.message_id) if replied else None
    if line is None:
        desk.reply("desk-del-how")
        return
    desk.tell_client("talk.taken-away", line=line.id)


async def ask_document(desk: DeskTurn, words: str) -> None:
    """The client gets a message with a button to send them; each line names a paper, and a dash takes it all back (X3)."""
    titles = [line.strip() for line in words.splitlines() if line.strip()]
    if not titles:
        desk.reply("desk-doc-how")
        return
    if words in DASHES:
        desk.tell_client("talk.unwanted")
        desk.reply("desk-doc-dropped")
        return
    if not await desk.engage():
        return
    desk.tell_client("talk.wanted", title="\n".join(titles), by=desk.who.id)
    desk.reply("desk-doc-asked", titles="; ".join(titles))


async def fill(desk: DeskTurn, words: str) -> None:
    """An answer for the step the client stands at, who sees it and confirms it (X3)."""
    if not words:
        desk.reply("desk-fill-how")
        return
    if not await desk.engage():
        return
    await desk.cabinet.employees.record(desk.unit, desk.who, desk.whose, "fill")
    desk.tell_client("talk.filled", text=words, by=desk.who.id)


async def open_screen(desk: DeskTurn, words: str) -> None:
    """The client is offered a screen by a button; of a mistyped one they hear nothing."""
    place = words.partition(" ")[0]
    if place not in offers.SCREENS:
        desk.reply("desk-open-how", names=", ".join(offers.SCREENS))
        return
    if not await desk.engage():
        return
    desk.tell_client("talk.opened", place=place, by=desk.who.id)


async def canned(desk: DeskTurn, words: str) -> None:
    """A ready answer by its name, its fields filled in; without a name all of them, as they would be sent."""
    ready = desk.cabinet.canned
    known = desk.talk.client_id
    client = await desk.cabinet.clients.by_id(desk.unit, known) if known else None
    name = client.name.first if client else desk.t.plain("desk-dear")
    answers = ready.filled(desk.who, client=name, number=desk.talk.number)
    text = answers.get(words)
    if text is None:
        told = [desk.t("desk-canned-line", name=name, text=text) for name, text in answers.items()]
        desk.say(desk.t("desk-canned", answers=Html("\n".join(told))))
        return
    if not await desk.engage():
        return
    desk.tell_client("talk.canned", text=text, by=desk.who.id)
    await desk.cabinet.desk.answered(desk.unit, desk.talk)
    desk.changed()


async def show_help(desk: DeskTurn, _: str) -> None:
    desk.reply("desk-help")


ORDERS: dict[str, Order] = {
    "take": Order(Role.OPERATOR, take),
    "again": Order(Role.OPERATOR, take),
    "release": Order(Role.OPERATOR, release),
    "transfer": Order(Role.OPERATOR, transfer),
    "close": Order(Role.OPERATOR, close),
    "full": Order(Role.OPERATOR, full),
    "del": Order(Role.OPERATOR, take_away),
    "doc": Order(Role.OPERATOR, ask_document),
    "fill": Order(Role.OPERATOR, fill),
    "open": Order(Role.OPERATOR, open_screen),
    "c": Order(Role.OPERATOR, canned),
    "req": Order(Role.OPERATOR, errands.answer),
    "claim": Order(Role.CLAIMS, decisions.decide),
    "pay": Order(Role.SUPERVISOR, money.settle),
    "help": Order(Role.OPERATOR, show_help),
}
