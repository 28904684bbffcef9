"""The outside world over real protocols, one module a partner."""
