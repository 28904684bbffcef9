"""Pure functions from a value to rows of buttons."""
