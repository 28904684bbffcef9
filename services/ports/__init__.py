"""What the cabinet asks of the outside world, as Protocols."""
