"""The insurer's press: papers are printed and signed when somebody first looks at the list, and again when they would lie.

A document of the register always tells the size and hash of a paper that exists. So whoever lists documents waits for the press;
whoever never does pays nothing: its libraries alone take a second to import.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import Path

from playground.core import papers
from playground.core.claim_papers import of_claim
from playground.core.claims import Claim
from playground.core.papers import Draft
from playground.core.press.authority import Authority
from playground.core.register import MOSCOW, Register
from playground.core.resources import Document, Policy


class Press:
    """Prints in a thread, one paper at a time. What is printed is kept by what it says, and outlives a reset of the world."""

    def __init__(self, register: Register) -> None:
        self._register, self._world = register, register.world
        self._folder = self._world.settings.data / "papers"
        self._one_at_a_time = asyncio.Lock()
        self._under_way = 0
        self._world.pending.append(lambda: self._under_way)
        register.after_change.append(self._policy_changed)
        register.after_claim.append(self._claim_changed)

    @cached_property
    def authority(self) -> Authority:
        """Survives a reset, too: what was signed before stays verifiable."""
        return Authority.at(self._world.settings.data / "authority", self._world.clock.now())

    async def catalogue(self) -> None:
        """See to it that every paper there should be is printed and in the register."""
        await self._print_all(self._all())
        if not self._shown():
            self._world.store.put("core.press", "catalogue", {"shown": True})
            await self.catalogue()  # what changed while the first one was printed

    async def content(self, document_id: str) -> tuple[Document, bytes] | None:
        """One paper, as its policy reads now; None if there is no such document."""
        drafts = {draft.document_id: draft for draft in self._all()}
        if document_id in drafts:
            await self._print_all([drafts[document_id]])
        document = self._register.documents.get(document_id)
        if document is None:
            return None
        return document, (self._folder / f"{document.sha256}.pdf").read_bytes()

    def _shown(self) -> bool:
        return self._world.store.get("core.press", "catalogue") is not None

    def _all(self) -> list[Draft]:
        policies = self._register.policies.all()
        known = {policy.policy_id: policy for policy in policies}
        claims = self._register.claims.all()
        return papers.of_everybody(policies) + [
            it for claim in claims for it in self._of(claim, known[claim.policy_id])
        ]

    def _of(self, claim: Claim, policy: Policy) -> list[Draft]:
        return of_claim(claim, self._register.notice(claim.claim_id), policy)

    def _policy_changed(self, policy: Policy) -> None:
        self._keep_true(papers.of_everybody(self._register.policies.where("customerId", policy.customer_id)))

    def _claim_changed(self, claim: Claim) -> None:
        if policy := self._register.policies.get(claim.policy_id):
            self._keep_true(self._of(claim, policy))

    def _keep_true(self, drafts: list[Draft]) -> None:
        """Once the list was shown, it is kept true; before, there is nothing to keep."""
        if self._shown():
            self._under_way += 1
            self._world.tasks.spawn(self._reprint(drafts))

    async def _reprint(self, drafts: list[Draft]) -> None:
        try:
            await self._print_all(drafts)
        finally:
            self._under_way -= 1

    async def _print_all(self, drafts: Iterable[Draft]) -> None:
        async with self._one_at_a_time:
            for draft in drafts:
                self._file(draft, await self._printed(draft))

    async def _printed(self, draft: Draft) -> Path:
        """The file, printed now unless the same was printed before by the same press."""
        # The libraries of the press are slow to import: whoever never asks for a paper does not wait for them.
        from playground.core.press.printing import EDITION, print_paper

        mark = self._folder / f"{EDITION}-{draft.says()}"
        if mark.exists():
            return self._folder / mark.read_text()
        now = self._world.clock.now()
        body = await asyncio.to_thread(print_paper, draft, self.authority, now)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{hashlib.sha256(body).hexdigest()}.pdf"
        _keep(path, body)
        return self._folder / _keep(mark, path.name.encode()).decode()

    def _file(self, draft: Draft, path: Path) -> None:
        """Into the register. Papers of the first day are filed silently: the list that brought them about shows them."""
        known = self._register.documents.get(draft.document_id)
        size, sha256 = path.stat().st_size, path.stem
        if known is not None and known.sha256 == sha256:
            return
        document = Document(
            document_id=draft.document_id,
            customer_id=draft.customer_id,
            policy_id=draft.policy_id,
            claim_id=draft.claim.claim_id if draft.claim else None,
            kind=draft.kind,
            title=draft.title,
            size=size,
            sha256=sha256,
            issued_at=self._world.clock.now() if self._shown() else _first_morning(draft),
        )
        if known is None and not self._shown():
            self._register.documents.add(document)
        else:
            self._register.documents.save(document)


def _keep(path: Path, content: bytes) -> bytes:
    """Write a file whole or not at all, and only once; returns what it holds: two presses over one folder may print the same paper."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    part.write_bytes(content)
    try:
        path.hardlink_to(part)
    except FileExistsError:
        return path.read_bytes()
    finally:
        part.unlink()
    return content


def _first_morning(draft: Draft) -> datetime:
    """Ten o'clock in Moscow on the day of the paper."""
    return datetime.combine(draft.day, time(10), MOSCOW).astimezone(UTC)
