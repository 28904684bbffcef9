"""What the cabinet does: use cases, model, ports, adapters, database. Knows no Telegram and no texts."""
