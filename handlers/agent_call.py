"""A call of an agent as it is asked for: what is on file is shown masked and not asked (I1)."""

from __future__ import annotations

from typing import Any

from fsm.call import CALL, PRODUCTS, CallDraft
from fsm.flow import Answer, Position, Rejected
from handlers import format as show
from handlers import unfinished
from handlers.flow import FlowRoom
from handlers.request_lines import called, phone_of, window
from handlers.screen import Ask, Button, Row, Screen, column
from handlers.texts import Html
from handlers.turn import Turn
from handlers.updates import Contact, Message
from handlers.widgets.pager import pager
from handlers.windows import day_rows, hour_rows
from services.errors import WindowGone
from services.model import Access
from services.requests.windows import Window

PAGE = 8
"""Cities of a page."""
MISSING = "—"

room = FlowRoom(
    "call",
    CALL,
    needs=Access.CONSENTED,
    back="calls",
    typed={"name": True, "email": True, "address": True, "comment": False},
)


room.without("change", "open", "undo", "day", "month", "closed")


async def begin(turn: Turn, product: str = "") -> None:
    """From anywhere; a call that is begun already is not lost."""
    at = turn.dialog.at(CALL)
    if at is None or not at.draft.touched:
        await begin_anew(turn, product)
    else:
        unfinished.ask(turn, "call", product=product)


async def begin_anew(turn: Turn, product: str = "") -> None:
    """Over what is on file."""
    event = turn.unit.event
    draft = CallDraft(key=f"{event.source}-{event.event_id}", product=product if product in PRODUCTS else "")
    client = await turn.cabinet.clients.by_id(turn.unit, turn.actor.client_id) if turn.actor.client_id else None
    if client:
        known = {"name": client.name.full, "phone": client.phone, "email": client.email or None, "known": True}
        draft = draft.model_copy(update=known)
    turn.dialog.begin(CALL, draft)
    turn.go("call")


unfinished.DRAFTS["call"] = begin_anew


@room.asks("name", "address")
async def ask_words(turn: Turn, at: Position[CallDraft]) -> Screen:
    return Screen(turn.t(f"call-{at.step}"))


@room.asks("phone")
async def ask_phone(turn: Turn, _: Position[CallDraft]) -> Screen:
    """A number is its owner's only when Telegram says so (A1)."""
    t = turn.t
    return Screen(t("call-phone"), ask=Ask("contact", t.plain("login-share"), t.plain("login-share-how")))


@room.contact
async def shared(turn: Turn, contact: Contact, message: Message) -> None:
    """One's own number, and only where it is asked for."""
    if room.position(turn).step != "phone":
        turn.note("call-contact-known")
        return
    phone = turn.cabinet.login.own_phone(
        turn.actor,
        contact_user=contact.user_id,
        forwarded=message.forward_origin is not None,
        phone=contact.phone_number,
    )
    await room.take(turn, Answer(phone))


@room.asks("email")
async def ask_email(turn: Turn, _: Position[CallDraft]) -> Screen:
    return Screen(turn.t("call-email"), [[Button(turn.t.plain("call-email-none"), "say", "none")]])


@room.asks("city")
async def ask_city(turn: Turn, _: Position[CallDraft]) -> Screen:
    """Where the nearest office is: tapped, typed, or found by a point on the map."""
    t, cities = turn.t, turn.cabinet.offices.cities()
    chosen = [n for n in turn.args.get("cities", ()) if n < len(cities)]
    if not chosen:
        pages = max(1, -(-len(cities) // PAGE))
        page = min(int(turn.args.get("page", 0)), pages - 1)
        chosen = list(range(len(cities)))[page * PAGE : (page + 1) * PAGE]
        turning = pager(t, page, pages)
    else:
        turning = []
    buttons = [Button(city_of(turn, cities[n]), "city", str(n)) for n in chosen]
    rows: list[Row] = [*(buttons[at : at + 2] for at in range(0, len(buttons), 2)), turning]
    return Screen(t("call-city"), rows, ask=Ask("location", t.plain("place-share"), t.plain("place-share-how")))


def city_of(turn: Turn, city: str) -> str:
    """In the person's language, if it has been translated."""
    office = turn.cabinet.offices.of(city)[0]
    return city if turn.t.language == "ru" else office.city_en or city


async def settle(turn: Turn, city: str, kilometres: float = 0.0) -> None:
    """This is the city. Raises Rejected where none is asked for."""
    if room.position(turn).step != "city":
        raise Rejected("choose-one")
    for name in ("cities", "page"):
        turn.args.pop(name, None)
    await room.take(turn, Answer((city, turn.cabinet.agents.come_home(city, kilometres))))


@room.tap("city")
async def choose_city(turn: Turn, number: str) -> None:
    cities = turn.cabinet.offices.cities()
    if int(number) < len(cities):
        await settle(turn, cities[int(number)])


@room.tap("page")
async def turn_page(turn: Turn, page: str) -> None:
    turn.args["page"] = int(page)


@room.location
async def located(turn: Turn, latitude: float, longitude: float) -> None:
    """The nearest office; the point itself is not kept."""
    for near in turn.cabinet.offices.nearest(latitude, longitude, count=1):
        await settle(turn, near.office.city, near.distance)
        turn.note("call-nearest", city=city_of(turn, near.office.city), km=str(round(near.distance)))


_answers = room.types


@room.text
async def typed(turn: Turn, text: str) -> None:
    """A city is looked up: it may be any of several; other words are answers."""
    if room.position(turn).step != "city":
        if _answers:
            await _answers(turn, text)
        return
    cities = turn.cabinet.offices.cities()
    found = list(dict.fromkeys(office.city for office in turn.cabinet.offices.find(text)))
    if len(found) == 1:
        await settle(turn, found[0])
        return
    turn.args["cities"] = [cities.index(city) for city in found]
    turn.note("call-city-several" if found else "call-city-unknown", city=text[:40])


@room.asks("product")
async def ask_product(turn: Turn, _: Position[CallDraft]) -> Screen:
    t = turn.t
    buttons = [Button(t.plain(f"product-{it}"), "say", it) for it in PRODUCTS]
    return Screen(t("call-product"), [buttons[at : at + 2] for at in range(0, len(buttons), 2)])


@room.asks("way")
async def ask_way(turn: Turn, _: Position[CallDraft]) -> Screen:
    t = turn.t
    return Screen(t("call-way"), column(*(Button(t.plain(f"call-way-{it}"), "say", it) for it in ("home", "call"))))


@room.asks("day")
async def ask_day(turn: Turn, at: Position[CallDraft]) -> Screen:
    return Screen(turn.t(f"call-day-{at.draft.way or 'call'}"), day_rows(turn))


@room.asks("hour")
async def ask_hour(turn: Turn, at: Position[CallDraft]) -> Screen:
    """The day may be over by now: then another one is chosen."""
    t, day = turn.t, at.draft.day
    rows = hour_rows(turn, day) if day else []
    if not day or not rows:
        return Screen(t("call-no-hours"))
    return Screen(t("call-hour", day=show.day(day)), rows)


@room.asks("comment")
async def ask_comment(turn: Turn, _: Position[CallDraft]) -> Screen:
    return Screen(turn.t("call-comment"), [[Button(turn.t.plain("call-comment-none"), "say", "none")]])


@room.asks("summary")
async def show_summary(turn: Turn, at: Position[CallDraft]) -> Screen:
    """All of it, each line to be changed by itself."""
    t, d = turn.t, at.draft
    lines = [
        t("told-product", product=t.plain(f"product-{d.product}")),
        t(f"told-way-{d.way}", when=window(t, when(d))),
        t("told-address", address=d.address or MISSING) if d.way == "home" else Html(""),
        t("told-city", city=city_of(turn, d.city)),
        t("told-called", name=called(d.name, full=False)),
        t("told-phone", phone=phone_of(d.phone, full=False)),
        t("told-email", email=show.masked_email(d.email) if d.email else MISSING),
        t("told-comment", comment=d.comment or MISSING),
    ]
    edits = [Button(t.plain(f"call-edit-{step}"), "edit", step) for step in CALL.path(d)[:-1]]
    rows: list[Row] = [[Button(t.plain("call-send"), "ok")], *(edits[n : n + 3] for n in range(0, len(edits), 3))]
    return Screen("\n\n".join([t("call-summary"), "\n".join(line for line in lines if line), t("call-consent")]), rows)


def when(draft: CallDraft) -> Window:
    """The time that was chosen. Raises WindowGone for none."""
    if draft.day is None or draft.hour is None:
        raise WindowGone
    return Window(draft.day, draft.hour)


async def send(turn: Turn, draft: CallDraft) -> None:
    """Under a number. Raises WindowGone, TooManyRequests: what was entered is kept."""
    entered: dict[str, Any] = {
        "name": draft.name,
        "phone": draft.phone,
        "email": draft.email or "",
        "city": draft.city,
        "product": draft.product,
        "way": draft.way,
        "address": draft.address if draft.way == "home" else "",
        "comment": draft.comment or "",
    }
    there = when(draft)
    filed = await turn.cabinet.agents.call(turn.unit, turn.actor, draft.key, there, entered)
    turn.say(f"call-sent-{draft.way}", f"request:{filed.number}", number=filed.number, when=window(turn.t, there))
    turn.go("calls")


room.finish = send
