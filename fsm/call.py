"""A call of an agent: who, where, what for, when (I1). What is on file is not asked."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from fsm.answers import chosen
from fsm.flow import FLOWS, Draft, Flow, Rejected, Step

PRODUCTS = ("osago", "kasko", "property", "travel", "life", "dms", "accident")
"""What an agent sells, in the order people ask for it."""
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_COMMENT = 100, 200, 500
MAIL = re.compile(r"[^\s@<>\"']{1,64}@[^\s@<>\"']+\.[^\s@<>\"'.]{2,}")
LONGEST_MAIL = 254
"""RFC 5321, 4.5.3."""


class CallDraft(Draft):
    """`name` is how they want to be called, `phone` E.164. `email` and `comment` are empty when there is none, None when not answered.

    `city` is of the office that is nearest; `visits`: its agents come home, then `way` is chosen: `home` or `call`.
    `day` and `hour` (Moscow) are the beginning of two hours.
    """

    key: str = ""
    name: str = ""
    phone: str = ""
    email: str | None = None
    city: str = ""
    visits: bool = False
    product: str = ""
    way: str = ""
    address: str = ""
    day: date | None = None
    hour: int | None = None
    comment: str | None = None
    known: bool = False

    @property
    def touched(self) -> bool:
        """Has anything been answered that was not known before?"""
        return bool(self.city or self.product or (self.name and not self.known))


def take_name(draft: CallDraft, said: Any) -> CallDraft:
    """Any name, a first name too."""
    name = " ".join(said.text.split())
    letters = sum(char.isalpha() for char in name)
    if letters < 2 or len(name) > LONGEST_NAME or not all(char.isalpha() or char in " -'’." for char in name):
        raise Rejected("bad-called")
    return draft.model_copy(update={"name": name})


def take_phone(draft: CallDraft, phone: Any) -> CallDraft:
    """A number that the room has taken from the sender's own contact: a typed one is anybody's."""
    if not isinstance(phone, str):
        raise Rejected("own-contact")
    return draft.model_copy(update={"phone": phone})


def take_email(draft: CallDraft, said: Any) -> CallDraft:
    """`none`: without."""
    email = "" if said.text == "none" else said.text.strip()
    if email and (len(email) > LONGEST_MAIL or not MAIL.fullmatch(email)):
        raise Rejected("bad-email")
    return draft.model_copy(update={"email": email})


def take_city(draft: CallDraft, found: Any) -> CallDraft:
    """`(city, visits)`: the room looks it up."""
    if not isinstance(found, tuple):
        raise Rejected("choose-one")
    city, visits = found
    way = draft.way if visits else "call"
    return draft.model_copy(update={"city": city, "visits": visits, "way": "" if visits and way == "call" else way})


def take_product(draft: CallDraft, said: Any) -> CallDraft:
    return draft.model_copy(update={"product": chosen(said, PRODUCTS)})


def take_way(draft: CallDraft, said: Any) -> CallDraft:
    return draft.model_copy(update={"way": chosen(said, ("home", "call"))})


def take_address(draft: CallDraft, said: Any) -> CallDraft:
    """Where to come to: words and a number of a house."""
    address = " ".join(said.text.split())
    plausible = any(char.isalpha() for char in address) and any(char.isdecimal() for char in address)
    if not plausible or not 5 <= len(address) <= LONGEST_ADDRESS:
        raise Rejected("bad-address")
    return draft.model_copy(update={"address": address})


def take_day(draft: CallDraft, said: Any) -> CallDraft:
    """An ISO date of a button; whether an agent has time then is looked up when it is sent, and shown before."""
    try:
        day = date.fromisoformat(said.text)
    except ValueError:
        raise Rejected("choose-one") from None
    return draft.model_copy(update={"day": day, "hour": draft.hour if day == draft.day else None})


def take_hour(draft: CallDraft, said: Any) -> CallDraft:
    if not (said.text.isascii() and said.text.isdecimal() and int(said.text) < 24):
        raise Rejected("choose-one")
    return draft.model_copy(update={"hour": int(said.text)})


def take_comment(draft: CallDraft, said: Any) -> CallDraft:
    """`none`: nothing to add."""
    comment = "" if said.text == "none" else said.text.strip()
    if len(comment) > LONGEST_COMMENT:
        raise Rejected("long-text", limit=LONGEST_COMMENT)
    return draft.model_copy(update={"comment": comment})


CALL = FLOWS.add(
    Flow(
        "call",
        CallDraft,
        brief=True,
        steps=(
            Step("name", take_name, answered=lambda d: bool(d.name)),
            Step("phone", take_phone, answered=lambda d: bool(d.phone)),
            Step("email", take_email, answered=lambda d: d.email is not None),
            Step("city", take_city, answered=lambda d: bool(d.city)),
            Step("product", take_product, answered=lambda d: bool(d.product)),
            Step("way", take_way, when=lambda d: d.visits, answered=lambda d: bool(d.way)),
            Step("address", take_address, when=lambda d: d.way == "home", answered=lambda d: bool(d.address)),
            Step("day", take_day, answered=lambda d: d.day is not None),
            Step("hour", take_hour, answered=lambda d: d.hour is not None),
            Step("comment", take_comment, answered=lambda d: d.comment is not None),
        ),
    )
)
