"""The payment provider: a double of YooKassa v3 with its payer's page, its notifications and a hand to play the payer."""

from playground.provider.server import Provider

__all__ = ["Provider"]
