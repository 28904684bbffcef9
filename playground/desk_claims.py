"""The insurer's employee and the claims: looks at what has come, moves a claim on, says what is missing."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from playground.core import Core
from playground.core.claim_moves import Move, next_of
from playground.core.claims import PREFIX, Claim, ClaimState
from playground.core.deeds import Conflict
from playground.core.resources import Customer, Policy
from playground.desk_files import row, show
from playground.refusal import NoError, body_of, wanted

EXAMPLE = '{"status": "clarification", "documents": ["Извещение о ДТП"], "comment": "Первое фото не читается"}'
_LOOKALIKES = str.maketrans("YUATMBH", "УУАТМВН")


class ClaimDesk:
    """Addresses under `/desk`, and its part of the table."""

    def __init__(self, core: Core) -> None:
        self._register, self._adjusting, self._files, self._triage = (
            core.register,
            core.adjusting,
            core.files,
            core.triage,
        )

    def routes(self) -> list[web.RouteDef]:
        """For the playground's application."""
        return [
            web.post("/desk/claims", self._switch),
            web.get("/desk/claims/{number}", self._one),
            web.post("/desk/claims/{number}", self._move),
            web.get("/desk/claims/{number}/files/{sha256}", self._file),
        ]

    def table(self, customers: dict[str, Customer], policies: dict[str, Policy]) -> dict[str, Any]:
        """`claims`, newest last; `claimsAuto`: whether a new one is taken into review by itself."""
        rows = [self._brief(it, customers, policies) for it in self._register.claims.all()]
        return {"claims": rows, "claimsAuto": self._triage.auto}

    async def _switch(self, request: web.Request) -> web.Response:
        """Whether a new claim is taken into review by itself."""
        self._triage.switch(on=wanted(await body_of(request), "auto", bool, '{"auto": true}'))
        return web.json_response({"auto": self._triage.auto})

    async def _one(self, request: web.Request) -> web.Response:
        """The whole resource, with what the client has told and the files."""
        claim = self._claim(request)
        notice = self._register.notice(claim.claim_id)
        return web.json_response(claim.wire() | {"notice": notice.wire(), "files": self._shown(claim)})

    async def _move(self, request: web.Request) -> web.Response:
        """Into the next state."""
        claim, body = self._claim(request), await body_of(request)
        try:
            move = Move.model_validate({name: value for name, value in body.items() if value is not None})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            said = f"{'.'.join(map(str, first['loc']))}: {first['msg'].removeprefix('Value error, ')}"
            states = ", ".join(ClaimState)
            raise NoError(400, said, f"for example {EXAMPLE}; states are {states}") from error
        try:
            return web.json_response(self._adjusting.move(claim.claim_id, move).wire())
        except Conflict as error:
            raise NoError(409, str(error), "GET /desk says in what state it is, and which may come next") from error

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file of the client."""
        return show(self._files, self._claim(request).claim_id, request.match_info["sha256"])

    def _claim(self, request: web.Request) -> Claim:
        """By the cabinet's number (in Cyrillic or Latin, with or without the letter), the insurer's, or its id."""
        given = request.match_info["number"].strip().upper()
        plain = given.translate(_LOOKALIKES)
        digits = re.sub(rf"^{PREFIX[0]}-?", "", plain)
        for claim in self._register.claims.all():
            if given == claim.claim_id.upper() or plain == claim.claim_number:
                return claim
            if claim.number and digits.isdigit() and claim.number.endswith(f"-{digits}"):
                return claim
        raise NoError(404, f"no claim {given}", "GET /desk lists them")

    def _shown(self, claim: Claim) -> list[dict[str, Any]]:
        """Announced ones that are still to come, too: `received` says which."""
        came = {it.sha256: it for it in self._files.of(claim.claim_id)}
        announced = self._register.notice(claim.claim_id).files
        rows = [
            {"sha256": it.sha256, "name": it.name, "mimeType": it.mime_type, "size": it.size, "slots": [it.slot]}
            for it in announced
            if it.sha256 not in came
        ]
        return [row(it) | {"received": True} for it in came.values()] + [it | {"received": False} for it in rows]

    def _brief(self, claim: Claim, customers: dict[str, Customer], policies: dict[str, Policy]) -> dict[str, Any]:
        whole = claim.wire()
        missing, notice = self._adjusting.missing(claim), self._register.notice(claim.claim_id)
        left_out = {"history", "requiredDocuments", "filesReceived", "policyId"}
        return {
            **{name: value for name, value in whole.items() if name not in left_out},
            "id": claim.number or claim.claim_id,
            "customer": str(customers[claim.customer_id].name),
            "policy": policies[claim.policy_id].full_number,
            "story": notice.story,
            "next": next_of(claim),
            "documents": [it | {"received": it["code"] not in missing} for it in whole["requiredDocuments"]],
            "files": self._shown(claim),
            "filesReceived": len(claim.files_received),
        }
