"""Tests of the outside world: what it promises to whoever talks to it."""
