"""Applications: what the client asks of the insurer, from the check to the new policy, and what the insurer answers (D8–D10).

One is alive for a policy, whoever began it: the database holds that (`uq_application_live`). The insurer's word comes as the whole
resource with its version; a lower or equal one changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

from services.applications import statements as sql
from services.applications.values import (
    CORRECTABLE,
    OPEN,
    OVER,
    UNPAID_LIFE,
    Application,
    Change,
    Said,
    Stage,
    heard,
)
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.errors import NotFound
from services.history import Deed, History, hand_of
from services.model import Actor
from services.money import kopecks, roubles, written
from services.vault import Vault

__all__ = ["CORRECTABLE", "OPEN", "OVER", "UNPAID_LIFE", "Application", "Applications", "Change", "Said", "Stage"]


class Applications:
    """The rows, and the commands to the insurer's core. Who may do what and when is `services.prolongation`."""

    def __init__(self, vault: Vault, history: History) -> None:
        self._vault, self._history = vault, history

    # -- reading ------------------------------------------------------------------------------------------------------

    async def one(self, unit: Unit, actor: Actor, application_id: int) -> Application:
        """One application of the actor's own. Raises NotFound."""
        row = await sql.ONE.first(unit, id=application_id, client=actor.client_id) if actor.client_id else None
        if row is None:
            raise NotFound
        return self._open(row)

    async def by_id(self, unit: Unit, application_id: int) -> Application | None:
        """For the events of the client's own lane, never for a person."""
        row = await sql.BY_ID.first(unit, id=application_id)
        return self._open(row) if row else None

    async def live(self, unit: Unit, client_id: str, policy_core_id: str) -> Application | None:
        """The one application of this policy that is not over."""
        row = await sql.LIVE.first(unit, client=client_id, policy=policy_core_id)
        return self._open(row) if row else None

    async def renewed(self, unit: Unit, client_id: str, policy_core_id: str) -> Application | None:
        """The newest application on which this policy was prolonged."""
        row = await sql.RENEWED.first(unit, client=client_id, policy=policy_core_id)
        return self._open(row) if row else None

    async def all_live(self, unit: Unit, actor: Actor) -> list[Application]:
        """What the client has on the way, the newest first."""
        rows = await sql.ALL_LIVE.all(unit, client=actor.client_id) if actor.client_id else []
        return [self._open(row) for row in rows]

    async def unpaid(self, unit: Unit, client_id: str) -> list[Application]:
        """What of a client's applications waits for the money; for events, never for a person."""
        rows = await sql.ALL_LIVE.all(unit, client=client_id)
        return [it for row in rows if (it := self._open(row)).stage is Stage.SAVED]

    async def agreed(self, unit: Unit, client_id: str) -> list[Application]:
        """What the client has agreed to and nothing has ended in vain: saved, paid, issued; for events, never for a person."""
        return [self._open(row) for row in await sql.AGREED.all(unit, client=client_id)]

    async def issued_as(self, unit: Unit, policy_core_id: str) -> Application | None:
        """The application this policy was issued on."""
        row = await sql.OF_ISSUED.first(unit, policy=policy_core_id)
        return self._open(row) if row else None

    # -- what the client does -----------------------------------------------------------------------------------------

    async def begin(
        self,
        unit: Unit,
        actor: Actor,
        policy_core_id: str,
        term: tuple[date, date],
        entered: dict[str, Any],
        agreed: Decimal | None = None,
    ) -> Application | None:
        """Keep a new application and send it to be checked. None: another one of this policy is alive.

        `agreed`: the price the client has agreed to already, if the check brings the same.
        """
        starts, ends = term
        row = await sql.BEGIN.first(
            unit,
            client_id=actor.client_id,
            account_id=actor.account_id,
            policy_core_id=policy_core_id,
            starts=starts,
            ends=ends,
            agreed=None if agreed is None else kopecks(agreed),
            entered_sealed=b"",
            asked_at=unit.now,
        )
        if row is None:
            return None
        await sql.SEAL.run(unit, row=row, entered=self._seal("entered", row, entered))
        begun = await self.one(unit, actor, row)
        await self._submit(unit, begun)
        return begun

    async def correct(self, unit: Unit, before: Application, term: tuple[date, date], entered: dict[str, Any]) -> bool:
        """Replace what was entered and have it checked again. False: it has gone on meanwhile."""
        starts, ends = term
        sealed = self._seal("entered", before.id, entered)
        if not await sql.AGAIN.run(
            unit, row=before.id, revision=before.revision, starts=starts, ends=ends, entered=sealed, now=unit.now
        ):
            return False
        await self._submit(
            unit, replace(before, revision=before.revision + 1, starts=starts, ends=ends, entered=entered)
        )
        return True

    async def save(self, unit: Unit, priced: Application) -> bool:
        """The client agrees to this very price. False: it is not that price any more, or not that stage."""
        if priced.price is None or not await sql.SAVE.run(
            unit,
            row=priced.id,
            revision=priced.revision,
            price=kopecks(priced.price),
            expires=unit.now + UNPAID_LIFE,
        ):
            return False
        self._command(
            unit,
            priced,
            "acceptance",
            f"{priced.revision}:{kopecks(priced.price)}",
            revision=priced.revision,
            price=money(priced.price),
            acceptedAt=unit.now.isoformat(),
        )
        await self._record(unit, priced, Deed.AGREED, amount=kopecks(priced.price))
        return True

    async def cancel(self, unit: Unit, ending: Application, reason: str) -> bool:
        """End it on our side and tell the insurer. False: it is paid, or over. `reason` is a word: client, unpaid, policy."""
        said = self._seal("said", ending.id, asdict(Said(reason=reason)))
        if not await sql.END.run(unit, row=ending.id, now=unit.now, said=said):
            return False
        self._command(
            unit, ending, "cancellation", str(ending.revision), reason=reason, cancelledAt=unit.now.isoformat()
        )
        await self._record(unit, ending, Deed.CANCELLED, why=reason)
        return True

    async def cancel_again(self, unit: Unit, ended: Application) -> None:
        """The insurer has missed the end: tell it once more, after what it has said last."""
        reason, at = ended.said.reason, unit.now.isoformat()
        self._command(unit, ended, "cancellation", f"v{ended.core_version}", reason=reason, cancelledAt=at)

    async def paid(self, unit: Unit, application: Application, reference: str, amount: Decimal) -> None:
        """The money is there: the insurer issues the policy, or refuses and the money goes back."""
        await sql.PAID.run(unit, row=application.id)
        await self._record(unit, application, Deed.PAID, amount=kopecks(amount))
        self._command(
            unit,
            application,
            "payment",
            reference,
            reference=reference,
            amount=money(amount),
            paidAt=unit.now.isoformat(),
        )

    async def turn_down(self, unit: Unit, paid: Application) -> bool:
        """The insurer takes neither the money nor the application any more. False: it has decided otherwise meanwhile."""
        if not await sql.TURN_DOWN.run(unit, row=paid.id, now=unit.now):
            return False
        await self._record(unit, paid, Deed.CANCELLED, why=Stage.REFUSED)
        return True

    async def hand_over(self, unit: Unit, application: Application) -> bool:
        """True once: the new policy goes to the chat now."""
        return bool(await sql.HANDED.run(unit, row=application.id, now=unit.now))

    async def _submit(self, unit: Unit, it: Application) -> None:
        await self._record(unit, it, Deed.CHECKED)
        self._command(
            unit,
            it,
            "application",
            str(it.revision),
            customerId=it.client_id,
            policyId=it.policy_core_id,
            revision=it.revision,
            termStartDate=it.starts.isoformat(),
            termEndDate=it.ends.isoformat(),
            **it.entered,
            submittedAt=unit.now.isoformat(),
        )

    async def _record(self, unit: Unit, it: Application, kind: Deed, **facts: Any) -> None:
        await self._history.record(unit, it.client_id, hand_of(unit), kind, it.core_number or it.number, **facts)

    def _command(self, unit: Unit, it: Application, op: str, once: str, **body: Any) -> None:
        """A command to the core: repeated until it is answered; the same one is the same row."""
        unit.send(
            Parcel(
                f"{op}:{it.number}:{once}",
                "core",
                {
                    "op": op,
                    "number": it.number,
                    "body": body,
                    "answer": "application.answered",
                    "on_dead": {
                        "type": "application.undelivered",
                        "op": op,
                        "application": it.id,
                        "revision": it.revision,
                    },
                },
                lane=f"client:{it.client_id}",
            )
        )

    # -- what the insurer says ----------------------------------------------------------------------------------------

    async def take(self, unit: Unit, resource: dict[str, Any]) -> Change | None:
        """Take in the insurer's newest word. None: known already, about older data, or not ours."""
        row = row_of(str(resource["number"]))
        while (before := await self.by_id(unit, row)) is not None:
            if int(resource["version"]) <= before.core_version or int(resource["revision"]) < before.revision:
                return None
            if str(resource["customerId"]) != before.client_id:
                return None
            now = heard(before, resource, unit.now)
            over = now.over and now.stage is not before.stage
            if await sql.TAKE.run(
                unit,
                row=row,
                revision=before.revision,
                before=before.stage,
                version=now.core_version,
                core_number=now.core_number,
                state=now.stage,
                price=None if now.price is None else kopecks(now.price),
                said=self._seal(
                    "said", row, {"fields": now.said.fields, "comment": now.said.comment, "reason": now.said.reason}
                ),
                issued=now.issued_policy or None,
                expires=now.expires_at,
                ended=unit.now if over or before.over else None,
            ):
                if over and now.stage is Stage.ISSUED:
                    await self._record(unit, now, Deed.ISSUED)
                elif over:
                    await self._record(unit, now, Deed.CANCELLED, why=now.stage)
                return Change(now, before)
        return None

    def _seal(self, column: str, row: int, value: Any) -> bytes:
        return self._vault.seal(f"application.{column}", str(row), json.dumps(value, ensure_ascii=False))

    def _unseal(self, column: str, row: int, sealed: bytes) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self._vault.open(f"application.{column}", str(row), sealed))
        return value

    def _open(self, row: tuple[Any, ...]) -> Application:
        (number, client, account, policy, revision, state, version, core_number, starts, ends, *rest) = row
        price, agreed, entered, said, issued, created, expires = rest
        words = self._unseal("said", number, said) if said else {}
        return Application(
            number,
            client,
            account,
            policy,
            revision,
            Stage(state),
            version,
            core_number or "",
            starts,
            ends,
            None if price is None else roubles(price),
            None if agreed is None else roubles(agreed),
            self._unseal("entered", number, entered),
            Said(tuple(words.get("fields", ())), words.get("comment", ""), words.get("reason", "")),
            issued or "",
            created,
            expires,
        )


def money(amount: Decimal) -> dict[str, str]:
    """The core's form of a sum."""
    return {"amount": written(amount), "unit": "RUB"}


def row_of(number: str) -> int:
    """The inverse of `Application.number`; 0 for anything else."""
    head, _, digits = number.partition("-")
    return int(digits) if head == "З" and digits.isascii() and digits.isdigit() else 0
