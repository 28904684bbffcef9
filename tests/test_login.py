"""A1–A4 as a person sees them."""

from __future__ import annotations

from tests.support.town import Town


async def test_a_client_comes_in_with_contact_and_code(either: Town) -> None:
    anna = either.seeded(100001)
    await anna.log_in()
    await anna.sees("Анна")
    assert await anna.keyboard() is None
    said = [message["text"] for message in await anna.chat() if message["from"] == "user"]
    assert not any(text.strip().isdigit() for text in said), "the code must not stay in the chat"
