"""The card pinned in a topic: who writes, from where, what they were doing, what they have; masked, in full for a minute on demand (K1)."""

from __future__ import annotations

from typing import Any

from fsm.dialog import Dialog
from fsm.flow import FLOWS, SUMMARY, Position
from handlers import format as show
from handlers import wanted
from handlers.buttons import Buttons, Press
from handlers.policies import thing
from handlers.texts import Html, Texts
from services.cabinet import Cabinet
from services.db.unit import Unit
from services.employees import Employee
from services.model import Actor, Client
from services.talks import Face, Talk, Topic

PLACE = "desk"
"""Of the buttons in a topic; they are signed for nobody in particular: whoever presses is looked up."""
ICONS = {
    Face.NEW: "5377316857231450742",  # ❓
    Face.WORK: "5357121491508928442",  # 👀
    Face.WAITING: "5312016608254762256",  # 💬
    Face.CLOSED: "5237699328843200968",  # ✅
}
"""Telegram's own topic icons (getForumTopicIconStickers)."""
SHOWN = 5
"""Policies on a card, and open claims."""


class Cards:
    """Makes cards and titles, in the language of the staff."""

    def __init__(self, cabinet: Cabinet, t: Texts, buttons: Buttons) -> None:
        self._cabinet, self._t, self._buttons = cabinet, t, buttons

    async def title(self, unit: Unit, topic: Topic, talk: Talk | None) -> str:
        """The topic's name: a masked client and the number of the newest talk, if there is one."""
        client = await self._client(unit, topic, talk)
        who = show.masked_name(client.name) if client else self._t.plain("desk-stranger")
        return f"{who} · {talk.number}"[:128] if talk else who[:128]

    async def pin(self, unit: Unit, topic: Topic, talk: Talk) -> None:
        """Show the card in its topic, or edit it there."""
        if topic.thread_id is None:
            return
        full = topic.full_until is not None and unit.now < topic.full_until
        body = {
            "message_thread_id": topic.thread_id,
            "text": await self._text(unit, topic, talk, full=full),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"inline_keyboard": self._rows(topic, talk, full=full)},
        }
        unit.pin(f"topic:{topic.id}:{topic.generation}", body, chat=topic.group_id)

    async def _text(self, unit: Unit, topic: Topic, talk: Talk, *, full: bool) -> Html:
        t = self._t
        client = await self._client(unit, topic, talk)
        actor = await self._cabinet.accounts.find(unit, talk.account_id)
        taken = await self._cabinet.employees.find(unit, talk.employee_id) if talk.employee_id else None
        lines = [
            self._head(talk, taken),
            self._who(client, full=full),
            t("desk-card-screen", screen=self._way(talk.screen), language=actor.language if actor else "ru"),
        ]
        if actor and actor.client_id == (client and client.id):  # the account may be somebody else by now
            lines += await self._drafts(unit, talk)
            lines += await self._possessions(unit, actor, full=full) if client else []
        lines.append(t("desk-card-help"))
        return Html("\n\n".join(lines))

    def _head(self, talk: Talk, taken: Employee | None) -> Html:
        who = f"{taken.name}, {taken.post}" if taken else ""
        since = show.moment(talk.waits_since) if talk.waits_since else ""
        key = f"desk-card-{talk.face}" if since or talk.face is not Face.NEW else "desk-card-idle"
        return self._t(key, number=talk.number, who=who, since=since)

    def _who(self, client: Client | None, *, full: bool) -> Html:
        if client is None:
            return self._t("desk-card-stranger")
        phone = client.phone and (show.phone(client.phone) if full else show.masked_phone(client.phone))
        return self._t(
            "desk-card-client",
            name=client.name.full if full else show.masked_name(client.name),
            birth=show.day(client.birth) if full else "••.••.••••",
            phone=phone or "—",
            email=(client.email if full else show.masked_email(client.email)) if client.email else "—",
        )

    def _way(self, screens: str) -> str:
        """The last places of the client's way in the words of staff: `menu → claim.story` is `меню → страховой случай (рассказ)`."""
        return " → ".join(map(self._place, screens.split(" → "))) if screens else "—"

    def _place(self, screen: str) -> str:
        place, _, number = screen.partition(" ")
        room, _, step = place.partition(".")
        if not self._t.has(f"desk-place-{room}"):
            return screen  # of an older release
        inside = f"({self._t.plain(f'desk-step-{step}')})" if self._t.has(f"desk-step-{step}") else ""
        return " ".join(filter(None, (self._t.plain(f"desk-place-{room}"), number, inside)))

    async def _drafts(self, unit: Unit, talk: Talk) -> list[Html]:
        """What the client has begun and not done, a line each: the step that is asked, and how many have an answer; no answers. And the
        papers they were asked for and have not sent."""
        dialog = Dialog.load(await self._cabinet.talks.dialog(unit, talk))
        begun = [at for flow in FLOWS.flows.values() if (at := dialog.at(flow))]
        told = [Html("\n".join(map(self._draft, begun)))] if begun else []
        if waited := wanted.standing(dialog, talk.client_id):
            told.append(self._t("desk-card-wanted", titles=wanted.listed(it["title"] for it in waited)))
        return told

    def _draft(self, at: Position[Any]) -> Html:
        t, asked = self._t, at.leaf
        steps = [name for name in asked.flow.path(asked.draft) if name != SUMMARY]
        return t(
            "desk-card-draft",
            what=t.plain(f"desk-place-{at.flow.name}"),
            step=" → ".join(t.plain(f"desk-step-{name}") for name in steps_of(at)),
            done=len(steps) - len(asked.flow.open(asked.draft)),
            count=len(steps),
        )

    async def _possessions(self, unit: Unit, actor: Actor, *, full: bool) -> list[Html]:
        today = unit.now.date()
        found = await self._cabinet.policies.page(unit, actor, today, "all", 0)
        lines = [
            self._t(
                "desk-card-policy",
                product=self._t.plain(f"product-{policy.product}"),
                object=thing(policy, full=full),
                number=policy.number if full else f"***{policy.number[-4:]}",
                ends=show.day(policy.ends),
            )
            for policy in found.lines[:SHOWN]
        ]
        claims = [
            self._t("desk-card-claim", number=it.shown, state=self._t.plain(f"claim-state-{it.state}"))
            for it in await self._cabinet.claims.of_client(unit, actor)
            if not it.over
        ]
        return [Html("\n".join(block)) for block in (lines, claims[:SHOWN]) if block]

    def _rows(self, topic: Topic, talk: Talk, *, full: bool) -> list[list[dict[str, str]]]:
        """What may be done now; whether the one who presses may is looked up when they do."""
        rows = []
        if talk.face is Face.CLOSED:
            rows.append([self._key(topic, "again", talk)])
        elif talk.employee_id is None:
            rows.append([self._key(topic, "take", talk)])
        else:
            rows.append([self._key(topic, "release", talk), self._key(topic, "close", talk)])
        if (talk.client_id or topic.client_id) and not full:
            rows.append([self._key(topic, "full", talk)])
        return rows

    def _key(self, topic: Topic, action: str, talk: Talk) -> dict[str, str]:
        press = Press(PLACE, action, str(talk.id), topic.generation)
        return {"text": self._t.plain(f"desk-button-{action}"), "callback_data": self._buttons.make(0, 0, press)}

    async def _client(self, unit: Unit, topic: Topic, talk: Talk | None) -> Client | None:
        """Of a stranger who has logged in meanwhile the talk knows more than the topic."""
        client = (talk and talk.client_id) or topic.client_id
        return await self._cabinet.clients.by_id(unit, client) if client else None


def steps_of(at: Position[Any]) -> list[str]:
    """The step that is asked, and within an item its own: `drivers`, `licence`."""
    return [at.step, *(steps_of(at.inner) if at.inner else [])]
