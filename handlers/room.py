"""A room is a place of the conversation: what it shows, what its buttons do, what a typed message means there.

    room = Room("policies", needs=Access.BOUND, back="menu")

    @room.screen
    async def show(turn): ...

    @room.tap("page")
    async def page(turn, arg): ...

    @room.text
    async def typed(turn, text): ...

What a room does not understand is answered with what it expects and an example: the text `<name>-expects` (rule 2).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from handlers.attached import Attached
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.updates import Contact, Message
from services.model import Access

Show = Callable[[Turn], Awaitable[Screen]]
Tap = Callable[[Turn, str], Awaitable[None]]
Typed = Callable[[Turn, str], Awaitable[None]]
Shared = Callable[[Turn, Contact, Message], Awaitable[None]]
Located = Callable[[Turn, float, float], Awaitable[None]]
Heard = Callable[[Turn, Message], Awaitable[None]]
Brought = Callable[[Turn, Attached], Awaitable[None]]


@dataclass(slots=True)
class Room:
    """`needs` is how sure we must be of the actor; `back` is where the back button leads, empty for none.

    `sure`, where given, raises `needs` for what is shown at this moment: one step of a dialog may need more than another.
    `aside`: opened from anywhere, and back leads to where the person was.
    """

    name: str
    needs: Access = Access.ANYONE
    back: str = ""
    aside: bool = False
    sure: Callable[[Turn], Access] | None = None
    shows: Show | None = None
    taps: dict[str, Tap] = field(default_factory=dict)
    types: Typed | None = None
    shares: Shared | None = None
    locates: Located | None = None
    brings: Brought | None = None
    hears: Heard | None = None

    def level(self, turn: Turn) -> Access:
        """How sure we must be of the actor for what stands here now."""
        return max(self.needs, self.sure(turn)) if self.sure else self.needs

    def lead_out(self, turn: Turn) -> None:
        """Go where the way back leads: the room cannot be shown."""
        if self.aside:
            turn.come_back()
        else:
            turn.go(self.back or "menu", **turn.args)

    def screen(self, show: Show) -> Show:
        """Register what the room shows. It reads and never changes anything."""
        self.shows = show
        return show

    def tap(self, action: str) -> Callable[[Tap], Tap]:
        """Register what a button does."""

        def register(tap: Tap) -> Tap:
            self.taps[action] = tap
            return tap

        return register

    def text(self, typed: Typed) -> Typed:
        """Register what a typed message means here."""
        self.types = typed
        return typed

    def contact(self, shared: Shared) -> Shared:
        """Register what a shared contact means here."""
        self.shares = shared
        return shared

    def location(self, located: Located) -> Located:
        """Register what a point on the map means here: latitude and longitude in degrees."""
        self.locates = located
        return located

    def file(self, brought: Brought) -> Brought:
        """Register what a photo or a file means here."""
        self.brings = brought
        return brought

    def anything(self, heard: Heard) -> Heard:
        """Register what any message that is no text means here: it is passed on as it is."""
        self.hears = heard
        return heard

    def expects(self, turn: Turn) -> str:
        """The key of the text that says what is expected here: of the step within a flow, of the room, or in general."""
        where = turn.dialog.where.replace(".", "-")
        return next(key for key in (f"{where}-expects", f"{self.name}-expects", "expects-buttons") if turn.t.has(key))


class House:
    """All rooms by name."""

    def __init__(self, *rooms: Room) -> None:
        self.rooms = {room.name: room for room in rooms}

    def room(self, name: str) -> Room:
        """The room; one that an older release had leads home."""
        return self.rooms.get(name) or self.rooms["welcome"]
