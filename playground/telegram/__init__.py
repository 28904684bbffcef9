"""A Bot API server faithful to what Telegram really does."""
