"""From the room a turn ends in to the one screen of the chat. Access is decided here and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.buttons import Buttons, Press
from handlers.room import House
from handlers.screen import Button, Row, Screen
from handlers.texts import Html
from handlers.turn import DOORS, Turn
from handlers.words import quoted
from services.db.pipe import ScreenBody
from services.errors import CabinetError
from services.model import Access

LIMIT = 4096
"""Characters of a message."""
IN_FULL = timedelta(seconds=60)
"""How long personal data stays on the screen in full."""


class Renderer:
    def __init__(self, house: House, buttons: Buttons) -> None:
        self._house, self._buttons = house, buttons

    async def render(self, turn: Turn) -> None:
        """Put the screen of the turn's place into its unit, and store where the chat stands."""
        screen = await self._screen(turn)
        body = self.body(turn, screen)
        if turn.dialog.unasked:
            body["unasked"] = turn.dialog.unasked
        if turn.mending:
            body["mending"] = True
        turn.unit.screen = ScreenBody(body, anew=turn.anew)
        if screen.fades:
            account, rev = turn.actor.account_id, turn.dialog.rev
            turn.unit.submit(f"tg:{account}", f"mask:{account}:{rev}", "mask", due=turn.unit.now + IN_FULL, rev=rev)
        turn.dialog.turns_at = 0.0
        if screen.refresh:
            account, due = turn.actor.account_id, turn.unit.now + screen.refresh
            turn.dialog.turns_at = at = round(due.timestamp())
            once = f"refresh:{account}:{turn.dialog.rev}:{at}"
            turn.unit.submit(f"tg:{account}", once, "refresh", due=due, rev=turn.dialog.rev, at=at)
        turn.unit.state = turn.dialog.dump()

    def enter(self, turn: Turn) -> None:
        """Whoever is not sure enough for a room stands at the door instead."""
        if turn.access < self._house.room(turn.dialog.place).level(turn):
            turn.interrupt(self._behind(turn))

    def _behind(self, turn: Turn) -> str:
        """The nearest room on the way back from here that this actor may see; the menu if there is none."""
        room = self._house.room(turn.dialog.place)
        while room.back and turn.access < room.needs:
            room = self._house.room(room.back)
        return room.name if turn.access >= room.needs else "menu"

    async def _screen(self, turn: Turn) -> Screen:
        for _ in self._house.rooms:
            self.enter(turn)
            room = self._house.room(turn.dialog.place)
            if room.shows is None:
                break
            try:
                return await room.shows(turn)
            except CabinetError as gone:  # what the place was about is not there, or cannot be done, any more
                turn.refuse(gone)
                room.lead_out(turn)
        turn.go("welcome")
        show = self._house.room("welcome").shows
        return await show(turn) if show else Screen(turn.t("expects-buttons"))

    def body(self, turn: Turn, screen: Screen) -> dict[str, Any]:
        """The JSON of `sendMessage` without the chat."""
        text = "\n\n".join([*turn.notes, screen.text])
        rows = [*screen.rows, self._exits(turn)]
        if words := turn.dialog.words:
            t = turn.t
            text = "\n\n".join([*turn.notes, t("words-offer", text=quoted(words)), screen.text])
            rows.insert(0, [Button(t.plain("words-pass"), "pass"), Button(t.plain("words-drop"), "drop")])
        if (offer := turn.dialog.offer) and turn.dialog.place not in DOORS:
            key = "offer-fill" if "text" in offer else "offer-open"
            told = turn.t(key, who=Html(offer["who"]), text=offer.get("text", ""))
            text = "\n\n".join([told, text])
            rows.insert(
                0, [Button(turn.t.plain(f"{key}-accept"), "accept"), Button(turn.t.plain("offer-decline"), "decline")]
            )
        body: dict[str, Any] = {
            "text": text if len(text) <= LIMIT else Html(screen.text),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"inline_keyboard": [[self._key(turn, button) for button in row] for row in rows if row]},
        }
        if ask := screen.ask:
            keyboard = {"keyboard": [[{"text": ask.label, f"request_{ask.what}": True}]], "resize_keyboard": True}
            body["keyboard"] = {"text": ask.words, "reply_markup": keyboard | {"one_time_keyboard": True}}
        return body

    def _exits(self, turn: Turn) -> Row:
        """The way back, to the menu and to a human: on every screen (rule 1)."""
        t, room = turn.t, self._house.room(turn.dialog.place)
        home = "menu" if turn.access >= Access.BOUND else "welcome"
        row = []
        open_to_them = room.back and turn.access >= self._house.room(room.back).needs
        if (open_to_them and room.back != home) or (room.aside and turn.origin[0] != home):
            row.append(Button(t.plain("button-back"), "back"))
        if room.name != home:
            row.append(Button(t.plain("button-menu" if home == "menu" else "button-start"), "menu"))
        if room.name not in ("human", "talk"):
            row.append(Button(t.plain("button-human"), "human"))
        return row

    def _key(self, turn: Turn, button: Button) -> dict[str, str]:
        if button.url:
            return {"text": button.text, "url": button.url}
        press = Press(turn.dialog.where, button.action, button.arg, turn.dialog.rev)
        return {
            "text": button.text,
            "callback_data": self._buttons.make(turn.actor.account_id, turn.actor.epoch, press),
        }
