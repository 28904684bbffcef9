"""Where a repair direction is handed out without a visit to the office (G7): regions of a setting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remote:
    """`regions` are words of an address: `Москва`, `Санкт-Петербург`."""

    regions: tuple[str, ...]

    def serves(self, address: str) -> bool:
        """Is this place in one of them?"""
        said = address.casefold()
        return any(region.casefold() in said for region in self.regions)
