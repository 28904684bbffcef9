"""The outside world on one machine: Telegram, the insurer's core, SMS, mail, a clock and a chat page. Loopback only."""
