"""The reference core of an insurer: policies, documents, questions, signed events."""
