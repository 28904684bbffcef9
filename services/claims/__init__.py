"""Claims: a client notifies of an insured event, and follows it to its end (G)."""
