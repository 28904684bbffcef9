"""Money: roubles as Decimal in the code, whole kopecks in the database. Never a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

KOPECK = Decimal("0.01")


def kopecks(amount: Decimal) -> int:
    """Roubles as whole kopecks. Raises ValueError for parts of a kopeck: nobody can pay them."""
    whole = amount * 100
    if whole != whole.to_integral_value():
        raise ValueError("parts of a kopeck")
    return int(whole)


def roubles(amount: int) -> Decimal:
    """Kopecks as roubles with two digits."""
    return (Decimal(amount) / 100).quantize(KOPECK, ROUND_HALF_UP)


def written(amount: Decimal) -> str:
    """The form of partner interfaces: `7432.10`."""
    return str(amount.quantize(KOPECK, ROUND_HALF_UP))
