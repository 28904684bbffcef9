"""What a request holds, in lines: for the client's card, masked; for staff and exports, in full."""

from __future__ import annotations

from datetime import date
from typing import Any

from handlers import format as show
from handlers.prolongation import card_line, driver_lines, use
from handlers.texts import Html, Texts
from services.formats import to_e164
from services.model import Name
from services.prolongation.rules import AdmittedDriver, Entered, of_wire
from services.requests import Kind, Request
from services.requests.agents import window_of
from services.requests.windows import Window


def told(t: Texts, request: Request, *, full: bool = False) -> list[Html]:
    """What the client has told, a line each."""
    match request.kind:
        case Kind.AGENT:
            lines = _call(t, request, full=full)
        case Kind.CHANGE:
            lines = _change(t, request.entered)
        case _:
            lines = _plain(t, request.entered, full=full)
    return [line for line in lines if line]


def kind_of(t: Texts, request: Request) -> str:
    """What it is called."""
    if request.kind is Kind.PHONE and request.entered.get("deed") == "block":
        return t.plain("request-kind-block")
    return t.plain(f"request-kind-{request.kind}")


def window(t: Texts, it: Window) -> str:
    """`пн 23.11, 9:00–11:00`."""
    return f"{day_of(t, it.day)}, {hours_of(it)}"


def day_of(t: Texts, day: date) -> str:
    """`пн 23.11`."""
    return f"{t.plain('calendar-weekdays').split()[day.weekday()].lower()} {day:%d.%m}"


def hours_of(it: Window) -> str:
    """`9:00–11:00`."""
    return f"{it.starts.hour}:00–{it.ends.hour}:00"


def phone_of(raw: str, *, full: bool) -> str:
    return show.phone(raw) if full and to_e164(raw) else show.masked_phone(raw)


def called(name: str, *, full: bool) -> str:
    """How somebody wants to be called; a surname is masked, a lone first name is not."""
    last, _, rest = name.partition(" ")
    if full or not rest:
        return name
    first, _, middle = rest.partition(" ")
    return show.masked_name(Name(last, first, middle))


def changes(t: Texts, before: Entered, after: Entered) -> list[Html]:
    """What is different, a line each."""
    lines: list[Html] = []
    if (before.drivers, before.unlimited) != (after.drivers, after.unlimited):
        lines += _drivers(t, before, after)
    if before.periods != after.periods:
        lines.append(t("change-use", before=use(t, before.periods), after=use(t, after.periods)))
    if before.card != after.card:
        lines.append(t("change-card", card=card_line(t, after.card)))
    return lines


def _drivers(t: Texts, before: Entered, after: Entered) -> list[Html]:
    if after.unlimited:
        return [t("change-unlimited")]
    known = {_who(driver): driver for driver in before.drivers}
    named = {_who(driver) for driver in after.drivers}
    lines = [
        t("change-added" if _who(driver) not in known else "change-corrected", driver=_named(t, driver))
        for driver in after.drivers
        if known.get(_who(driver)) != driver
    ]
    gone = [t("change-removed", driver=_named(t, driver)) for who, driver in known.items() if who not in named]
    return [*([t("change-limited")] if before.unlimited else []), *lines, *gone]


def _who(driver: AdmittedDriver) -> tuple[str, date]:
    return driver.name.full, driver.birth


def _named(t: Texts, driver: AdmittedDriver) -> str:
    (line,) = driver_lines(t, Entered((driver,), unlimited=False))
    return Html(line.removeprefix("• "))


def _plain(t: Texts, entered: dict[str, Any], *, full: bool) -> list[Html]:
    policy, phone, paper, text = (entered.get(name, "") for name in ("policy", "phone", "paper", "text"))
    name = entered.get("name", "")
    return [
        t("told-policy", policy=policy) if policy else Html(""),
        t("told-name", name=called(name, full=full)) if name else Html(""),
        t("told-phone", phone=phone_of(phone, full=full)) if phone else Html(""),
        t("told-paper", paper=paper if full else f"***{paper[-4:]}") if paper else Html(""),
        t("told-contract", contract=entered["contract"] or "—") if "contract" in entered else Html(""),
        t("told-text", text=text) if text else Html(""),
    ]


def _change(t: Texts, entered: dict[str, Any]) -> list[Html]:
    policy = t("told-policy", policy=entered["policy"])
    if "after" not in entered:
        return [policy, t("told-text", text=entered["text"])]
    term = (date.fromisoformat(entered["term"][0]), date.fromisoformat(entered["term"][1]))
    return [policy, *changes(t, of_wire(entered["before"], term), of_wire(entered["after"], term))]


def _call(t: Texts, request: Request, *, full: bool) -> list[Html]:
    entered, it = request.entered, window_of(request)
    return [
        t("told-product", product=t.plain(f"product-{entered['product']}")),
        t(f"told-way-{entered['way']}", when=window(t, it)),
        t("told-address", address=entered["address"]) if entered["address"] else Html(""),
        t("told-city", city=entered["city"]),
        t("told-called", name=called(entered["name"], full=full)),
        t("told-phone", phone=phone_of(entered["phone"], full=full)),
        t("told-email", email=entered["email"] if full else show.masked_email(entered["email"]))
        if entered["email"]
        else Html(""),
        t("told-comment", comment=entered["comment"]) if entered["comment"] else Html(""),
    ]
