"""Claims: what the client tells of an insured event, and what the insurer says about it (G2–G6).

One draft, one claim: the database holds that. The insurer's word comes as the whole resource with its version; a lower or equal one
changes nothing. Insured events the insurer was told of in another way are claims as well, with nobody's account.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import Any

from services.claims import statements as sql
from services.claims.checklist import assign, checklist
from services.claims.journal import Journal, digest, of_claim
from services.claims.values import OVER, Claim, Report, Said, State, row_of
from services.claims.word import Change, heard, opened
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.errors import NotFound
from services.history import Deed, History
from services.model import Actor, Policy
from services.uploads import Upload, Uploads
from services.vault import Vault

__all__ = ["OVER", "Claim", "Claims", "Report", "Said", "State"]

ELSE = "other"
"""The slot of a file that shows nothing of the checklist."""


class Claims:
    """The rows, and the notice to the insurer. What becomes of it then is `services.claims.adjusting`.

    `public_url` is the address of the public listener, where a receipt is verified.
    """

    def __init__(self, vault: Vault, uploads: Uploads, public_url: str, history: History) -> None:
        self._history = history
        self._vault, self._uploads, self._public_url = vault, uploads, public_url.rstrip("/")
        self.journal = Journal(vault)

    # -- reading ------------------------------------------------------------------------------------------------------

    async def of_client(self, unit: Unit, actor: Actor) -> list[Claim]:
        """The actor's claims: open ones first, the newest first."""
        rows = await sql.OF_CLIENT.all(unit, client=actor.client_id) if actor.client_id else []
        return [self._open(row) for row in rows]

    async def open_count(self, unit: Unit, actor: Actor) -> int:
        """How many claims are not over."""
        return await sql.OPEN_COUNT.first(unit, client=actor.client_id) or 0 if actor.client_id else 0

    async def open_of(self, unit: Unit, client_id: str) -> list[Claim]:
        """What of a client's claims is not over; for events, never for a person."""
        return [self._open(row) for row in await sql.OPEN.all(unit, client=client_id)]

    async def one(self, unit: Unit, actor: Actor, claim_id: int) -> Claim:
        """One claim of the actor's own. Raises NotFound."""
        row = await sql.ONE.first(unit, client=actor.client_id, row=claim_id) if actor.client_id else None
        if row is None:
            raise NotFound
        return self._open(row)

    async def numbered(self, unit: Unit, client_id: str, number: str) -> Claim | None:
        """The claim of this client that goes by this number, the insurer's or ours: for staff, who read it out."""
        rows = await sql.OF_CLIENT.all(unit, client=client_id)
        wanted = number.strip().upper()
        return next((it for it in map(self._open, rows) if wanted in (it.core_number.upper(), it.number)), None)

    async def by_id(self, unit: Unit, claim_id: int) -> Claim | None:
        """For the events of the client's own lane, never for a person."""
        row = await sql.BY_ID.first(unit, row=claim_id)
        return self._open(row) if row else None

    async def origin(self, unit: Unit, claim: Claim) -> str:
        """The hash of the journal's first entry in hex: the receipt names it, so that nobody can write another journal."""
        entries = await of_claim(unit, claim.id)
        return bytes(entries[0].hash).hex()

    def verification(self, claim: Claim) -> str:
        """The address of the public page that verifies the receipt; empty for a claim that was not filed here."""
        return f"{self._public_url}/verify/{claim.token}" if claim.token else ""

    # -- what the client does -----------------------------------------------------------------------------------------

    async def file(self, unit: Unit, actor: Actor, policy: Policy, report: Report, draft: str) -> Claim:
        """Notify the insurer of an insured event, with the files of the draft. The same draft again is the same claim.

        Files that are here are named in the notice; all go after it when the insurer has answered, and those still on their way follow
        by themselves. Raises NotFound for somebody else's policy or draft.
        """
        if actor.client_id is None or policy.client_id != actor.client_id:
            raise NotFound
        row = await sql.BEGIN.first(
            unit,
            client_id=actor.client_id,
            account_id=actor.account_id,
            draft=draft,
            policy_core_id=policy.core_id,
            core_id=None,
            state=State.SENT,
            product=report.product,
            event=report.event,
            happened_on=report.happened_on,
            token=secrets.token_urlsafe(16),
            filed_at=unit.now,
        )
        if row is None:
            known = await sql.OF_DRAFT.first(unit, client=actor.client_id, account=actor.account_id, draft=draft)
            if known is None:
                raise NotFound
            return self._open(known)
        slots = checklist(report.product, report.event, report.registration)
        shown = assign(slots, await self._uploads.of_draft(unit, actor, draft)).shown
        await self._uploads.link(unit, actor.client_id, row, ((slot or ELSE, it) for slot, it in shown))
        entered = {
            "customerId": actor.client_id,
            "policyId": policy.core_id,
            **report.to_wire(),
            "files": [wired(replace(it, slot=slot or ELSE)) for slot, it in shown if it.state == "stored"],
            "submittedAt": unit.now.isoformat(),
        }
        await sql.ENTER.run(unit, row=row, entered_sealed=self._seal("entered", row, entered))
        filed = await self.one(unit, actor, row)
        await self._history.record(unit, actor.client_id, actor.account_id, Deed.CLAIM_FILED, filed.number)
        files = sorted(it["sha256"] for it in entered["files"])
        await self.journal.append(unit, row, "filed", number=filed.number, digest=digest(entered), files=files)
        body = {
            "op": "claim",
            "number": filed.number,
            "body": entered,
            "answer": "claim.answered",
            "on_dead": {"type": "claim.undelivered", "claim": row},
        }
        unit.send(Parcel(f"claim:{filed.number}", "core", body, lane=f"client:{filed.client_id}"))
        return filed

    # -- what the insurer says ----------------------------------------------------------------------------------------

    async def take(self, unit: Unit, resource: dict[str, Any]) -> Change | None:
        """Take in the insurer's newest word. None: known already, or of somebody else's claim."""
        while True:
            before = await self._known(unit, resource) or await self._begin(unit, resource)
            if int(resource["version"]) <= before.core_version or str(resource["customerId"]) != before.client_id:
                return None
            now = heard(before, resource, unit.now)
            if await sql.TAKE.run(
                unit,
                row=before.id,
                before=before.core_version,
                core_id=now.core_id,
                core_version=now.core_version,
                core_number=now.core_number or None,
                state=now.state,
                said_sealed=self._seal("said", before.id, resource),
                token=now.token or None,
                registered_at=now.registered_at,
                ended_at=now.ended_at,
            ):
                return Change(now, before)

    async def _known(self, unit: Unit, resource: dict[str, Any]) -> Claim | None:
        """By our number, if the insurer has it from us; else by its own."""
        mine = row_of(str(resource.get("number") or ""))
        row = await sql.BY_ID.first(unit, row=mine) if mine else None
        row = row or await sql.BY_CORE_ID.first(unit, core_id=resource["claimId"])
        return self._open(row) if row else None

    async def _begin(self, unit: Unit, resource: dict[str, Any]) -> Claim:
        """A claim the insurer has made by itself."""
        new = opened(resource, unit.now)
        row = await sql.BEGIN.first(
            unit,
            client_id=new.client_id,
            account_id=0,
            draft=None,
            policy_core_id=new.policy_core_id,
            core_id=new.core_id,
            state=new.state,
            product=new.product,
            event=new.event,
            happened_on=new.happened_on,
            token=None,
            filed_at=new.filed_at,
        )
        if row is not None:
            return replace(new, id=row)
        known = await self._known(unit, resource)
        if known is None:
            raise LookupError(resource["claimId"])
        return known

    def _seal(self, column: str, row: int, value: Any) -> bytes:
        return self._vault.seal(f"claim.{column}", row, json.dumps(value, ensure_ascii=False))

    def _unseal(self, column: str, row: int, sealed: bytes | None) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self._vault.open(f"claim.{column}", row, sealed)) if sealed else {}
        return value

    def _open(self, row: tuple[Any, ...]) -> Claim:
        number, client, account, policy, core_id, version, core_number, state, product, event, day, *rest = row
        token, filed, registered, ended, entered, said = rest
        words = self._unseal("said", number, said)
        return Claim(
            number,
            client,
            account,
            policy,
            core_id or "",
            version,
            core_number or "",
            State(state),
            product,
            event,
            day,
            token or "",
            filed,
            registered,
            ended,
            self._unseal("entered", number, entered),
            Said.of(words) if words else Said(),
        )


def wired(it: Upload) -> dict[str, Any]:
    """A file in the gateway's form."""
    return {
        "sha256": it.sha256,
        "name": it.name,
        "mimeType": it.mime,
        "size": it.size,
        "slot": it.slot,
        "receivedAt": it.sent_at.isoformat(),
    }
