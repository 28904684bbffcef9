"""HTTP: the public listener (Telegram, the core's events) and the internal one (health, metrics, clock)."""
