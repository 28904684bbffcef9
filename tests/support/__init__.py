"""Hands and eyes of the tests."""
