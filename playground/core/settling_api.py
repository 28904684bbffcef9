"""Money for instalments and deductibles in the core's REST interface, as `docs/core-gateway.openapi.yaml` describes it."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from playground.core.answering import body_of, envelope, refusing
from playground.core.applications import ApplicationPayment
from playground.core.problem import not_found
from playground.core.settling import Settling


class SettlingApi:
    """HTTP over the settling. Every PUT may be repeated."""

    def __init__(self, settling: Settling) -> None:
        self._settling = settling

    def routes(self) -> list[web.RouteDef]:
        """For the core's application."""
        return [
            web.put("/policies/{id}/instalments/{number}/payment", self._instalment),
            web.put("/claims/{key}/deductible/payment", self._deductible),
        ]

    async def _instalment(self, request: web.Request) -> web.Response:
        key, number = request.match_info["id"], request.match_info["number"]
        if not (number.isascii() and number.isdigit()):
            raise not_found(f"/policies/{key}/instalments/", number)
        money = await body_of(request, ApplicationPayment)
        policy = refusing("/policies/", key, lambda: self._settling.instalment(key, int(number[:9]), money))
        return envelope(policy.wire(), f"/policies/{quote(policy.policy_id)}")

    async def _deductible(self, request: web.Request) -> web.Response:
        key = request.match_info["key"]
        money = await body_of(request, ApplicationPayment)
        claim = refusing("/claims/", key, lambda: self._settling.deductible(key, money))
        return envelope(claim.wire(), f"/claims/{quote(claim.number or claim.claim_id)}")
