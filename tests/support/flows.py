"""Two flows made for the tests of the kernel: one whose answers open and close other questions, one with a list of drivers.

Both are as crooked as a real dialog may get: a later answer opens an earlier question, and a result can hide the list that took it.
"""

from __future__ import annotations

from typing import Any

from fsm.flow import Draft, Flow, Rejected, Step, Sub


def one_of(*allowed: Any) -> Any:
    """Takes one of these values, refuses everything else."""

    def check(value: Any) -> Any:
        if value not in allowed:
            raise Rejected("choose-one")
        return value

    return check


def field(name: str, check: Any) -> Any:
    """An `accept` that keeps the checked value in `name`."""
    return lambda draft, value: draft.model_copy(update={name: check(value)})


class CarDraft(Draft):
    kind: str = ""
    power: int = 0
    owner_name: str = ""
    owner: str = ""


CAR = Flow(
    "car",
    CarDraft,
    steps=(
        Step("kind", field("kind", one_of("car", "flat")), answered=lambda d: bool(d.kind)),
        Step(
            "power",
            field("power", one_of(75, 150)),
            when=lambda d: d.kind == "car",
            answered=lambda d: bool(d.power),
        ),
        Step(
            "owner_name",
            field("owner_name", one_of("Пётр", "Анна")),
            when=lambda d: d.owner == "other",
            answered=lambda d: bool(d.owner_name),
        ),
        Step("owner", field("owner", one_of("me", "other")), answered=lambda d: bool(d.owner)),
    ),
)


class DriverDraft(Draft):
    name: str = ""
    licence: str = ""
    country: str = ""


DRIVER = Flow(
    "driver",
    DriverDraft,
    steps=(
        Step("name", field("name", one_of("Пётр", "Анна")), answered=lambda d: bool(d.name)),
        Step("licence", field("licence", one_of("9912345678", "foreign")), answered=lambda d: bool(d.licence)),
        Step(
            "country",
            field("country", one_of("KZ")),
            when=lambda d: d.licence == "foreign",
            answered=lambda d: bool(d.country),
        ),
    ),
)


class PolicyDraft(Draft):
    """Two drivers are the most; the third question closes the list: `unlimited` hides it."""

    unlimited: bool | None = None
    drivers: tuple[DriverDraft, ...] = ()
    email: str = ""


def begin_driver(draft: PolicyDraft, key: str) -> DriverDraft:
    if not key:
        return DriverDraft()
    if not (key.isdecimal() and int(key) < len(draft.drivers)):
        raise Rejected("no-such-driver")
    return draft.drivers[int(key)]


def finish_driver(draft: PolicyDraft, key: str, driver: DriverDraft) -> PolicyDraft:
    drivers = list(draft.drivers)
    if key:
        drivers[int(key)] = driver
    else:
        drivers.append(driver)
    return draft.model_copy(update={"drivers": tuple(drivers), "unlimited": len(drivers) > 2})


def take_drivers(draft: PolicyDraft, value: Any) -> PolicyDraft:
    """`"done"`, or `("remove", number)`."""
    if value == "done" and draft.drivers:
        return draft
    match value:
        case ("remove", int(number)) if 0 <= number < len(draft.drivers):
            rest = draft.drivers[:number] + draft.drivers[number + 1 :]
            return draft.model_copy(update={"drivers": rest})
    raise Rejected("no-drivers")


POLICY = Flow(
    "policy",
    PolicyDraft,
    steps=(
        Step("unlimited", field("unlimited", one_of(True, False)), answered=lambda d: d.unlimited is not None),
        Sub(
            "drivers",
            DRIVER,
            begin=begin_driver,
            finish=finish_driver,
            accept=take_drivers,
            when=lambda d: not d.unlimited,
            answered=lambda d: bool(d.drivers),
        ),
        Step("email", field("email", one_of("a@b.ru", "c@d.ru")), answered=lambda d: bool(d.email)),
    ),
)

ANSWERS: dict[str, list[Any]] = {
    "kind": ["car", "flat"],
    "power": [75, 150],
    "owner_name": ["Пётр", "Анна"],
    "owner": ["me", "other"],
    "unlimited": [True, False],
    "drivers": ["done", ("remove", 0)],
    "email": ["a@b.ru", "c@d.ru"],
    "name": ["Пётр", "Анна"],
    "licence": ["9912345678", "foreign"],
    "country": ["KZ"],
    "text": ["Можно ли вписать брата?", "Ещё вопрос"],
    "contact": [("+79070000001", ["cus-1"]), ("+79070000001", ["cus-1", "cus-2"])],
    "who": ["0", "1"],
    "fact": [True],
    "wish": [None],
    "code": [None],
}
"""Answers each step takes, of these flows and of the real ones."""
JUNK: list[Any] = ["", "   ", "²", "-1", "99", "x" * 4000, 12.5, None, [], ("remove", 7), "drivers", "summary"]
"""What people and programs send instead."""
