"""A person's hand in Telegram: what scripts, tests and the chat page do under `/client`."""
