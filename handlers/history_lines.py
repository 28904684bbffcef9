"""An entry of the history in words: what was done, when by the client's own time, and from which account (B4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from handlers import format as show
from handlers.texts import Texts
from handlers.turn import Turn
from services.clock import MOSCOW
from services.history import Deed, Entry

WITH_MONEY = (Deed.AGREED, Deed.PAID, Deed.INSTALMENT, Deed.DEDUCTIBLE)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells entries to account `own`. `names` are what the client's accounts are called in Telegram."""

    t: Texts
    own: int
    names: Mapping[int, str]
    zone: ZoneInfo

    @classmethod
    async def of(cls, turn: Turn) -> Teller:
        """For whoever asks now."""
        names = await turn.cabinet.sessions.names(turn.unit, turn.actor)
        choices = await turn.cabinet.reminders.choices(turn.unit, turn.actor)
        return cls(turn.t, turn.actor.account_id, names, ZoneInfo(choices.zone))

    @property
    def clock(self) -> str:
        """By whose clock, as a word of the texts."""
        return "moscow" if self.zone == MOSCOW else "own"

    def day(self, it: Entry) -> str:
        """`22.11.2026`."""
        return show.day(it.at.astimezone(self.zone).date())

    def time(self, it: Entry) -> str:
        """`14:05`."""
        return f"{it.at.astimezone(self.zone):%H:%M}"

    def told(self, it: Entry) -> str:
        """What was done, without markup: the text `deed-<kind>`, with the facts in words."""
        t, facts = self.t, dict(it.facts)
        if it.deed in WITH_MONEY:
            facts["amount"] = show.money(Decimal(facts["amount"]) / 100)
        if it.deed in (Deed.REQUEST_FILED, Deed.REQUEST_CANCELLED):
            facts["about"] = t.plain(f"request-kind-{facts['about']}")
        if it.deed is Deed.SHOWN:
            facts["product"] = t.plain(f"product-{facts['product']}")
        if it.deed is Deed.ENDED:
            facts["whose"] = self._called(facts["whose"])
        return t.plain(f"deed-{it.deed}", number=it.subject, **facts)

    def hand(self, it: Entry) -> str:
        """From which account; empty for what no chat of the client's has done."""
        return self._called(it.account_id) if it.account_id else ""

    def _called(self, account: int) -> str:
        if account == self.own:
            return self.t.plain("history-here")
        return self.names.get(account) or self.t.plain("sessions-nameless")
