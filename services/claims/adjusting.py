"""What becomes of a claim: the insurer's word, the files on their way to it, documents it has asked for (G5–G7).

This runs in the client's own lane, but for `more`, which the client does, and `order`, which staff do. Whoever has to hear of something
gets an event of their own, `claim.news`, with a word: registered, opened, a state, changed (see `services.claims.word.Change.news`);
files: the insurer has all that was sent; file-lost: it does not take one; stuck: it does not take the notice.
"""

from __future__ import annotations

from typing import Any

import structlog

from services.claims import ELSE, Claim, Claims, State
from services.claims.checklist import board
from services.claims.journal import digest
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.employees import Employee
from services.errors import NotFound
from services.history import Deed, History
from services.model import Actor
from services.reminders.terms import TermIndex
from services.sessions import Sessions
from services.uploads import Uploads, later

log = structlog.get_logger("claims")

ORDERED = tuple(state for state in State if state is not State.SENT)
"""What staff may make of a claim, as far as the insurer lets them."""
SAID = 1000
"""Characters of words for the client."""
TITLE = 200
"""Characters of the title of a document."""


class Adjusting:
    def __init__(
        self, claims: Claims, uploads: Uploads, sessions: Sessions, history: History, terms: TermIndex
    ) -> None:
        self._claims, self._uploads, self._sessions = claims, uploads, sessions
        self._journal = claims.journal
        self._history, self._terms = history, terms

    # -- what the insurer says ----------------------------------------------------------------------------------------

    async def heard(self, unit: Unit, resource: dict[str, Any]) -> None:
        """The insurer's newest word on a claim."""
        change = await self._claims.take(unit, resource)
        if change is None:
            return
        now, news = change.now, change.news
        await self._terms.claim(unit, now)
        facts = {"number": now.core_number, "state": now.state, "version": now.core_version}
        kind = news or ("word" if change.before.registered_at else "opened")
        await self._journal.append(unit, now.id, kind, **facts, digest=digest(resource))
        if news == "registered":
            await self._send(unit, now)
        if news:
            await self._tell(unit, now, news)

    async def answered(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer has taken our notice: from now on it has a number there."""
        await self.heard(unit, facts["resource"])

    async def undelivered(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer does not take the notice: that is for its people and ours to mend, and the client is told to call."""
        if it := await self._claims.by_id(unit, facts["claim"]):
            log.error("claim_undelivered", number=it.number, code=facts.get("code"))
            await self._journal.append(unit, it.id, "undelivered", code=facts.get("code") or "")
            await self._tell(unit, it, "stuck")

    # -- what staff decide --------------------------------------------------------------------------------------------

    async def order(
        self, unit: Unit, who: Employee, client_id: str, number: str, state: State, words: str, account_id: int
    ) -> Claim:
        """Staff give a claim of this client another status: the insurer is told, and its answer is what counts.

        `account_id` is whose talk it was ordered in. `words` are for the client: with a clarification the documents that are missing, a
        line each; of a refusal the reason. Raises NotFound when the client has no such claim at the insurer, ValueError when words are
        missing or too long.
        """
        it = await self._claims.numbered(unit, client_id, number)
        if it is None or it.registered_at is None:
            raise NotFound
        missing = [line.strip() for line in words.splitlines() if line.strip()] if state is State.CLARIFICATION else []
        needed = not words and state in (State.CLARIFICATION, State.REFUSED)
        if needed or state is State.SENT or len(words) > SAID or any(len(title) > TITLE for title in missing):
            raise ValueError(state)
        reference = f"{unit.event.source}-{unit.event.event_id}"
        facts = {"claim": it.id, "status": state, "account": account_id}
        body = {
            "op": "status",
            "number": it.key,
            "body": {
                "reference": reference,
                "status": state,
                "comment": words if words and not missing else None,
                "documents": missing,
                "orderedBy": {"name": who.name, "post": who.post},
                "orderedAt": unit.now.isoformat(),
            },
            "answer": "claim.ordered",
            "context": facts,
            "on_dead": {"type": "claim.order-refused", **facts},
        }
        await self._journal.append(unit, it.id, "ordered", status=state, employee=who.id)
        unit.send(Parcel(f"claim-status:{reference}", "core", body, lane=f"client:{it.client_id}"))
        return it

    # -- files --------------------------------------------------------------------------------------------------------

    async def more(self, unit: Unit, actor: Actor, claim_id: int) -> int:
        """The client has sent the documents asked for, and says so: they go to the insurer, those on their way as well.

        Returns how many there are. Raises NotFound for somebody else's claim.
        """
        it = await self._claims.one(unit, actor, claim_id)
        mine = await self._uploads.of_claim(unit, actor, it.id)
        shown = board(it, mine, await self._uploads.of_draft(unit, actor, later(it.id))).shown
        new = await self._uploads.link(unit, it.client_id, it.id, ((slot or ELSE, file) for slot, file in shown))
        if new:
            await self._journal.append(unit, it.id, "more", files=sorted(file.sha256 for file in new if file.sha256))
            client, account = actor.client_id, actor.account_id
            await self._history.record(unit, client, account, Deed.CLAIM_PAPERS, it.shown, count=len(new))
            await self._send(unit, it)
        return len(new)

    async def ready(self, unit: Unit, facts: dict[str, Any]) -> None:
        """A file of a claim that was filed before the file was here."""
        if it := await self._claims.by_id(unit, facts["claim"]):
            await self._send(unit, it)

    async def file_sent(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer has a file."""
        file = await self._uploads.by_id(unit, facts["upload"])
        it = await self._claims.by_id(unit, file.claim) if file else None
        if file is None or it is None or not await self._uploads.handed(unit, file.id):
            return
        await self._journal.append(unit, it.id, "handed", sha256=facts["sha256"])
        files = await self._uploads.of_client(unit, it.client_id, it.id)
        if all(other.handed or other.why for other in files):
            await self._tell(unit, it, "files")

    async def file_lost(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer does not take a file: `code` says why; the others are not held up."""
        file = await self._uploads.by_id(unit, facts["upload"])
        it = await self._claims.by_id(unit, file.claim) if file else None
        if file is None or it is None:
            return
        code = facts.get("code") or "refused"
        log.error("claim_file_lost", number=it.number, upload=file.id, code=code)
        await self._uploads.lost(unit, file.id, code)
        await self._journal.append(unit, it.id, "lost", sha256=facts["sha256"], code=code)
        await self._tell(unit, it, "file-lost", upload=file.id)

    async def _send(self, unit: Unit, it: Claim) -> None:
        """Everything that is here and was not handed over yet, once the insurer knows the claim."""
        if it.registered_at is None:
            return
        for file in await self._uploads.of_client(unit, it.client_id, it.id):
            if file.state == "stored" and not file.handed:
                self._uploads.hand_over(unit, file, "claim", it.key, f"client:{it.client_id}")

    # -- shared -------------------------------------------------------------------------------------------------------

    async def _tell(self, unit: Unit, it: Claim, news: str, **facts: Any) -> None:
        await self._sessions.tell(
            unit, it.client_id, "claim.news", f"{news}:{it.id}", it.account_id, claim=it.id, news=news, **facts
        )
