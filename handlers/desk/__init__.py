"""The staff groups: a topic for each client, its card, what passes both ways, what staff order (K1–K5).

`relay` takes the client's words to their topic and `topics` looks after the topic itself, both in its own lane; `posting` is how they
speak there. `staff` reads what employees write and press; `card` is what they see of the client; `watch` looks after promises; `twins`
after topics that were made twice.
"""
