"""A year of reminders with outages and crashes: nothing twice, nothing in vain, nothing forgotten.

Three years of many: `scripts/prove --reminders`.
"""

from __future__ import annotations

import pytest

from tests.support.reminded import years

pytestmark = pytest.mark.lengthy


async def test_a_year_with_outages_and_crashes() -> None:
    lived = await years(seed=7, policies=200, days=365)
    assert lived.wrong == []
    assert lived.counts["had to"] > 600
    assert lived.counts["offer"] > 50
