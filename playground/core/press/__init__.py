"""The insurer's press: papers are printed and signed when first asked for, and kept until the policy says something else."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from playground.core.papers import reads_otherwise
from playground.core.press.authority import Authority
from playground.core.register import Register
from playground.core.resources import Document, Policy


@dataclass(frozen=True, slots=True)
class Paper:
    body: bytes
    sha256: str


class Press:
    """Printing takes a good part of a second of computing, so it runs in a thread, one paper at a time each."""

    def __init__(self, register: Register) -> None:
        self._register, self._world = register, register.world
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @cached_property
    def authority(self) -> Authority:
        """Survives a reset of the world: what was signed before stays verifiable."""
        return Authority.at(self._world.settings.data / "authority", self._world.clock.now())

    async def paper(self, document: Document) -> Paper:
        """The printed paper. The first print tells the cabinet its size and hash: `document.changed`."""
        async with self._locks[document.document_id]:
            current = self._register.documents.get(document.document_id) or document
            path = self._path(current)
            if current.sha256 is not None and path.exists():
                return Paper(path.read_bytes(), current.sha256)
            body = await self._print(current)
            paper = Paper(body, hashlib.sha256(body).hexdigest())
            path.write_bytes(body)
            self._register.documents.save(current.model_copy(update={"size": len(body), "sha256": paper.sha256}))
            return paper

    async def _print(self, document: Document) -> bytes:
        """Again, if the policy changed under the press."""
        # The libraries of the press take seconds to import: whoever never asks for a paper does not pay for them.
        from playground.core.press.printing import print_paper

        while True:
            policies = self._policies(document)
            body = await asyncio.to_thread(print_paper, document, policies, self.authority, self._world.clock.now())
            if not any(reads_otherwise(*pair) for pair in zip(policies, self._policies(document), strict=True)):
                return body

    def _policies(self, document: Document) -> list[Policy]:
        """What the paper is about: one policy, or all of the customer's."""
        return [
            policy
            for policy in self._register.policies.all()
            if policy.customer_id == document.customer_id and document.policy_id in (None, policy.policy_id)
        ]

    def _path(self, document: Document) -> Path:
        return self._world.store.files / f"paper-{document.document_id}.pdf"
