"""How any input becomes the next screen: the rules of the conversation that hold in every room.

Commands and the exit row work everywhere; a stale, forged or repeated button never acts; what a room does not expect is answered with
what it expects; a refusal becomes words above the same screen, and what was entered stays.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fsm.dialog import Dialog
from fsm.flow import FLOWS, Rejected
from fsm.login import LOGIN
from fsm.question import QUESTION
from handlers import human, offers, talk, unasked, words
from handlers.attached import Attached
from handlers.buttons import Buttons, Press
from handlers.render import Renderer
from handlers.room import House, Room
from handlers.texts import Texts
from handlers.turn import Turn
from handlers.updates import CallbackQuery, Message
from services.cabinet import Cabinet
from services.db.unit import Unit
from services.errors import CabinetError
from services.model import Access, Actor

Refused = Callable[[str], None]
"""Counts buttons that were not accepted, by reason."""


def home(turn: Turn) -> None:
    """The menu, or the door for those who are not in yet."""
    turn.go("menu" if turn.access >= Access.BOUND else "welcome")


def cancel(turn: Turn) -> None:
    """What was begun is forgotten, on the person's word; it is said what that was."""
    login, question = turn.dialog.at(LOGIN), turn.dialog.at(QUESTION)
    others = turn.dialog.flows.keys() - {LOGIN.name, QUESTION.name}
    for flow in FLOWS.flows.values():
        turn.dialog.end(flow)
    turn.dialog.then = turn.dialog.before = None
    home(turn)
    if login:
        turn.note("cancelled-unlock" if login.draft.unlock else "cancelled-login")
    if question and question.draft.text:
        turn.note("cancelled-question")
    if others:
        turn.note("cancelled")
    if not turn.notes:
        turn.note("cancelled-nothing", inside="yes" if turn.dialog.place == "menu" else "no")


Deed = Callable[[Turn], Awaitable[None] | None]

COMMANDS: dict[str, Deed] = {
    "/start": home,
    "/menu": home,
    "/cancel": cancel,
    "/accident": lambda turn: turn.go("accident"),
    "/help": lambda turn: turn.aside("help"),
    "/support": talk.enter,
    "/language": lambda turn: turn.aside("language"),
}

ANYWHERE: dict[str, Deed] = {
    "menu": home,
    "human": COMMANDS["/support"],
    "help": COMMANDS["/help"],
    "language": COMMANDS["/language"],
    "pass": human.take_offered,
    "drop": lambda _: None,
    "offices": lambda turn: turn.aside("offices"),
    "answers": lambda turn: turn.aside("answers"),
    "decline": offers.decline,
}
"""Actions of buttons that mean the same in every room; the name of a room is an action too: go there."""


async def done(deed: Awaitable[None] | None) -> None:
    """A deed that may have to wait for the database."""
    if deed is not None:
        await deed


class Conversation:
    """`languages` are the texts by language; `refused` counts buttons that did not act."""

    def __init__(
        self, cabinet: Cabinet, house: House, buttons: Buttons, languages: dict[str, Texts], refused: Refused
    ) -> None:
        self._cabinet, self._house, self._buttons = cabinet, house, buttons
        self._languages, self._refused = languages, refused
        self._renderer = Renderer(house, buttons)

    def turn(self, unit: Unit, actor: Actor, said: Message | CallbackQuery | None = None) -> Turn:
        """A turn of this actor, standing where their chat stands."""
        texts, dialog = self._languages[actor.language], Dialog.load(unit.state)
        if not unit.waits:
            dialog.unasked = None  # it stands there
        return Turn(unit, actor, dialog, self._cabinet, texts, said, anew=isinstance(said, Message))

    def texts(self, language: str) -> Texts:
        """The texts of a language."""
        return self._languages[language]

    async def enter(self, unit: Unit, said: Message | CallbackQuery) -> Turn | None:
        """The turn of a person's own input; None for messages without a sender (a channel's)."""
        if said.from_user is None:
            return None
        actor = await self._cabinet.accounts.enter(unit, said.from_user.id, said.from_user.language_code)
        return self.turn(unit, actor, said)

    async def show(self, turn: Turn) -> None:
        """Render the room the turn ends in."""
        await self._renderer.render(turn)

    async def message(self, turn: Turn, message: Message) -> None:
        """A message of the person: a command, a contact, a place, a file, words, or something a room cannot use."""
        turn.dialog.rev += 1
        self._renderer.enter(turn)
        turn.catch_up()
        turn.dialog.words = ""
        room = self._house.room(turn.dialog.place)
        text = words.typed(message)
        try:
            if message.text and (text or "").startswith("/"):
                await self._command(turn, text or "")
            elif room.hears and message.text is None:
                await room.hears(turn, message)
            elif message.contact and room.shares:
                await room.shares(turn, message.contact, message)
            elif message.location and room.locates:
                await room.locates(turn, message.location.latitude, message.location.longitude)
            elif room.brings and (attached := Attached.of(message)):
                await room.brings(turn, attached)
            elif text is not None:
                await self._words(turn, room, message, text)
            else:
                turn.note(room.expects(turn))
        except (CabinetError, Rejected) as refusal:
            turn.refuse(refusal)
        unasked.overtake(turn)
        await self.show(turn)

    async def _words(self, turn: Turn, room: Room, message: Message, text: str) -> None:
        """What was written, or said beside a photo. A code that nobody asks for is deleted, wherever it was typed (rule 9)."""
        at_code = turn.dialog.where in ("login.code", "login.fact")
        if message.text is None:
            turn.note("words-of-photo" if message.photo else "words-of-file")
        if command := words.command_of(text):
            await done(COMMANDS[command](turn))
        elif words.is_code(text) and not at_code and await self._cabinet.login.sent_lately(turn.unit, turn.actor):
            turn.wipe_message()
            turn.note("code-not-needed")
        elif (number := words.answer_replied_to(message)) and await human.is_own(turn, number):
            about = turn.t.plain("question-about", number=number)
            await human.take(turn, f"{about}\n{text}" if text.strip() else text)
        elif await talk.is_answer(turn, message.reply_to_message):
            await talk.say(turn, message, text)
        elif room.types:
            await room.types(turn, text)
        elif not turn.offer(text):
            turn.note(room.expects(turn))

    async def edited(self, turn: Turn, message: Message) -> None:
        """An edit of an earlier message changes nothing here; the person is told how to correct instead.

        A live location edits itself every few seconds: nobody is told.
        """
        if message.location:
            return
        turn.catch_up()
        if await talk.correct(turn, message):
            turn.unit.state = turn.dialog.dump()
            return
        turn.note("edited")
        await self.show(turn)

    async def membership(self, unit: Unit, account_id: int, *, blocked: bool) -> None:
        """The person blocks the bot or lets it in again: it is known, and what could not be said meanwhile is said."""
        accounts = self._cabinet.accounts
        await (accounts.unreachable if blocked else accounts.reachable)(unit, account_id)
        actor = None if blocked else await accounts.find(unit, account_id)
        if actor is not None and (turn := self.turn(unit, actor)).dialog.missed:
            turn.dialog.rev += 1
            turn.catch_up()
            await self.show(turn)

    async def _command(self, turn: Turn, text: str) -> None:
        """`/start payload` and `/help@name` are the command before them; payloads have no meaning yet."""
        name = text.split(maxsplit=1)[0].partition("@")[0].lower()
        if command := COMMANDS.get(name):
            await done(command(turn))
        else:
            turn.note("unknown-command")

    async def tap(self, turn: Turn, tap: CallbackQuery) -> None:
        """A button: acts once, on the screen it was shown on, for the person it was shown to."""
        data = tap.data or ""
        press = self._buttons.read(turn.actor.account_id, turn.actor.epoch, data)
        reason = self._stale(turn, tap, press)
        if press is None or reason:
            if data != turn.dialog.pressed:
                self._refused(reason)
                turn.toast("stale-button")
                await self._point(turn, tap)
            return
        turn.dialog.pressed, turn.dialog.unasked = data, None  # the newest screen has been seen
        turn.dialog.rev += 1
        turn.catch_up()
        try:
            await self._act(turn, press.action, press.arg)
        except (CabinetError, Rejected) as refusal:
            turn.refuse(refusal)
        turn.dialog.words = ""
        await self.show(turn)

    @staticmethod
    def _stale(turn: Turn, tap: CallbackQuery, press: Press | None) -> str:
        """Why a button does not act; empty if it does. An older copy of the screen is stale though its data is right."""
        if press is None:
            return "forged"
        if turn.dialog.is_stale(press.place, press.rev):
            return "old"
        if tap.message and turn.unit.message_id and tap.message.message_id < turn.unit.message_id:
            return "copy"
        return ""

    async def _point(self, turn: Turn, tap: CallbackQuery) -> None:
        """After a stale button: the current screen stands there or below already, and an older copy of it is taken away.

        It is shown again only for a notice nobody waits for any more, or when we do not know where it stands.
        """
        tapped, stands = tap.message.message_id if tap.message else 0, turn.unit.message_id
        if stands is not None and tapped < stands:
            turn.take_away(tapped)
        turn.anew = stands is None or tapped > stands
        if turn.anew or turn.notes:
            await self.show(turn)

    async def _accept(self, turn: Turn) -> None:
        """What an employee has offered to fill in is typed for the person, at the step it was meant for (X3)."""
        offer = turn.dialog.offer
        if not offer or not offers.arrive(turn, offer):
            return
        room = self._house.room(turn.dialog.place)
        if turn.access < room.level(turn):
            return  # a code is asked first, and the offer waits
        offers.settle(turn, offer, "accepted")
        if "text" in offer and room.types:
            await room.types(turn, offer["text"])

    async def _act(self, turn: Turn, action: str, arg: str) -> None:
        room = self._house.room(turn.dialog.place)
        if turn.access < room.level(turn) and action not in ANYWHERE:
            return  # the session has ended meanwhile: rendering leads to the door, and back here afterwards
        if tap := room.taps.get(action):
            await tap(turn, arg)
        elif action == "accept":
            await self._accept(turn)
        elif anywhere := ANYWHERE.get(action):
            await done(anywhere(turn))
        elif action == "back":
            turn.come_back() if room.aside else turn.go(room.back or "menu")
        else:
            turn.go(action)
