"""The staff groups: a topic for each client, its card, what passes both ways, what staff order (K1–K5).

`relay` runs in a topic's own lane and speaks to the topic; `staff` reads what employees write and press; `card` is what they see of the
client; `watch` looks after promises; `twins` after topics that were made twice.
"""
