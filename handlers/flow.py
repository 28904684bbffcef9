"""The room of a flow: any input goes to the flow, whatever step is asked, and the step's own page says how it looks.

    room = FlowRoom("prolongation", PROLONGATION, needs=Access.BOUND)

    @room.asks("drivers")
    async def show_drivers(turn, at): ...

Buttons: `say` answers the step, `change` is taken in without leaving it, `open` enters an item, `undo` leaves it as it was, `edit` goes
from the summary to a line of it, `ok` confirms the summary; the days of a calendar answer, too. A step within an item is named by both:
`driver.name`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from fsm.flow import Answer, Back, Change, Confirm, Done, Drop, Edit, Flow, Input, Open, Position, Rejected, Said
from handlers import format as show
from handlers.room import Room
from handlers.screen import Row, Screen
from handlers.turn import Turn
from handlers.widgets.calendar import calendar, out_of_bounds
from services.errors import CabinetError, NotFound
from services.model import Access

Asks = Callable[[Turn, Position[Any]], Awaitable[Screen]]
Finish = Callable[[Turn, Any], Awaitable[None]]
Bounds = Callable[[Turn, Position[Any]], tuple[date, date]]
"""The first and the last day that a step's calendar offers."""
Words = Callable[[Said], Sequence[Input]]
"""What typed words mean in a step."""


def answered(said: Said) -> Sequence[Input]:
    """Words are the answer."""
    return [Answer(said)]


def added(said: Said) -> Sequence[Input]:
    """Words are added to what is there, and the step stays."""
    return [Change(said)]


def item_begun(said: Said) -> Sequence[Input]:
    """Words are the first answer about a new item of a list; one that was begun before is forgotten."""
    return [Open(), Drop(), Open(), Answer(said)]


class FlowRoom(Room):
    """`typed` are the steps that are answered in words, True for those whose words are deleted from the chat once read (rule 9).

    `meant` says what words mean in a step, if not its answer; `acts` which actions its buttons have, if not all. `finish` gets the
    draft when the flow is done; `left` is called when the person goes back out of it; `heard`, where given, with the drafts before and
    after whatever was taken in.
    """

    def __init__(
        self,
        name: str,
        flow: Flow[Any],
        *,
        needs: Access = Access.ANYONE,
        back: str = "",
        typed: Mapping[str, bool] | None = None,
        meant: Mapping[str, Words] | None = None,
        acts: Collection[str] | None = None,
    ) -> None:
        super().__init__(name, needs=needs, back=back)
        self.flow, self._words, self._meant = flow, typed or {}, meant or {}
        self._asks: dict[str, Asks] = {}
        self.finish: Finish
        self.bounds: Bounds
        self.left: Callable[[Turn], None] = lambda turn: turn.go(back or "menu")
        self.heard: Callable[[Turn, Any, Any], None] | None = None
        self.shows, self.types = self._show, self._typed
        taps = {action: self._doing(input_of) for action, input_of in MEANT.items()}
        taps |= {"day": taps["say"], "month": _turn_month, "closed": self._closed}
        self.taps = {action: tap for action, tap in taps.items() if acts is None or action in acts}
        self.taps["back"] = self._back

    def asks(self, *steps: str) -> Callable[[Asks], Asks]:
        """Register how these steps look."""

        def register(asks: Asks) -> Asks:
            self._asks.update(dict.fromkeys(steps, asks))
            return asks

        return register

    def like(self, other: FlowRoom) -> None:
        """Steps of the same name look as they do there."""
        self._asks.update(other._asks)
        self.bounds = other.bounds

    def without(self, *actions: str) -> None:
        """Nothing it shows asks for these."""
        for action in actions:
            del self.taps[action]

    def position(self, turn: Turn) -> Position[Any]:
        """Where the person stands in the flow. Raises NotFound if it is not begun."""
        at = turn.dialog.at(self.flow)
        if at is None:
            raise NotFound
        return at

    def lead_out(self, turn: Turn) -> None:
        """Where its own way back leads; what was entered waits."""
        self.left(turn)

    async def _show(self, turn: Turn) -> Screen:
        at = self.position(turn)
        return await self._asks[asked(at)](turn, at)

    async def _typed(self, turn: Turn, text: str) -> None:
        at = self.position(turn)
        if self._words.get(asked(at)):
            turn.wipe_message()
        if asked(at) in self._words:
            try:
                for event in self._meant.get(asked(at), answered)(told(turn, text)):
                    await self.take(turn, event)
            except Rejected:
                turn.dialog.stand(at)  # of several inputs the last was refused: none was made
                raise
        elif not turn.offer(text):
            turn.note(self.expects(turn))

    def _doing(self, meant: Callable[[Turn, str], Input]) -> Callable[[Turn, str], Awaitable[None]]:
        async def do(turn: Turn, arg: str) -> None:
            await self.take(turn, meant(turn, arg))

        return do

    async def take(self, turn: Turn, event: Input) -> None:
        """Let the flow take an input. Raises Rejected, or what its end is refused for: then everything is as it was."""
        at = self.position(turn)
        turn.args.pop("month", None)
        after = turn.input(self.flow, event)
        if isinstance(after, Done):
            try:
                await self.finish(turn, after.draft)
            except CabinetError:
                turn.dialog.stand(at)  # refused: what was entered is kept
                raise
        elif after is not None and self.heard and after.draft != at.draft:
            self.heard(turn, at.draft, after.draft)

    def days(self, turn: Turn, at: Position[Any]) -> list[Row]:
        """The step's calendar."""
        return calendar(turn.t, turn.args.get("month", ""), *self.bounds(turn, at), turn.today)

    async def _closed(self, turn: Turn, _: str) -> None:
        out_of_bounds(turn, *self.bounds(turn, self.position(turn)))

    async def _back(self, turn: Turn, _: str) -> None:
        turn.args.pop("month", None)
        if turn.dialog.at(self.flow) is None or turn.input(self.flow, Back()) is None:
            self.left(turn)


async def _turn_month(turn: Turn, month: str) -> None:
    """A calendar shows another month; nothing is answered yet."""
    turn.args["month"] = month


def told(turn: Turn, text: str) -> Said:
    """Words of this very moment."""
    return Said(text, turn.today, show.clock(turn.unit.now))


def asked(at: Position[Any]) -> str:
    """The step that is being asked: `drivers`, within a sub-flow `driver.name`, at the end of it `driver.summary`."""
    return f"{at.leaf.flow.name}.{at.leaf.step}" if at.inner else at.step


MEANT: dict[str, Callable[[Turn, str], Input]] = {
    "say": lambda turn, arg: Answer(told(turn, arg)),
    "change": lambda turn, arg: Change(told(turn, arg)),
    "open": lambda _, arg: Open(arg),
    "undo": lambda _turn, _arg: Drop(),
    "edit": lambda _, arg: Edit(arg),
    "ok": lambda _turn, _arg: Confirm(),
}
