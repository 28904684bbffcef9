"""The first fill and the nightly check: the core's lists read page by page, as parcels whose answers are events (L1).

Reading is safe at any time and as often as one likes, for a resource is taken in only when its version is higher.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, get_args

from services.claims.adjusting import Adjusting
from services.clients import Clients
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.ports.core import Listing
from services.prolongation import Course

LISTINGS: tuple[Listing, ...] = get_args(Listing)
"""In this order: a policy's client is known before the policy."""

LANE = "core:fill"

Apply = Callable[[Unit, dict[str, Any]], Awaitable[None]]


class Fill:
    def __init__(self, clients: Clients, course: Course, adjusting: Adjusting) -> None:
        self._apply: dict[Listing, Apply] = {
            "customers": clients.apply,
            "policies": course.policy_heard,
            "documents": course.document_heard,
            "applications": course.heard,
            "claims": adjusting.heard,
        }

    def begin(self, unit: Unit, run: str) -> None:
        """Ask for the first page of the first list. `run` names this reading, e.g. `2026-11-21`."""
        self._ask(unit, run, LISTINGS[0], None)

    async def take(self, unit: Unit, page: dict[str, Any]) -> None:
        """A page has come: take it in and ask for the next one."""
        listing: Listing = page["listing"]
        for resource in page["items"]:
            await self._apply[listing](unit, resource)
        if page["next"]:
            self._ask(unit, page["run"], listing, page["next"])
        elif listing != LISTINGS[-1]:
            self._ask(unit, page["run"], LISTINGS[LISTINGS.index(listing) + 1], None)

    def _ask(self, unit: Unit, run: str, listing: Listing, cursor: str | None) -> None:
        body = {"op": "list", "run": run, "listing": listing, "cursor": cursor}
        unit.send(Parcel(f"list:{run}:{listing}:{cursor or ''}", "core", body, lane=LANE))
