"""Offices: by city, typed or tapped, or the nearest ones by a location that was sent; a card with a point on the map (I6)."""

from __future__ import annotations

from typing import Literal

from handlers import format as show
from handlers.room import Room
from handlers.screen import Button, Row, Screen, column
from handlers.turn import Turn
from handlers.widgets.pager import pager
from services.db.pipe import Parcel
from services.offices import Office

PAGE = 8
LABEL = 40
"""Characters a button's label has room for."""

room = Room("offices", aside=True)


@room.screen
async def show_offices(turn: Turn) -> Screen:
    """A card, or the offices there are to choose from, or the cities."""
    t, offices = turn.t, turn.cabinet.offices
    again = [Button(t.plain("offices-cities"), "cities")]
    if not offices.all:
        return Screen(t("offices-none"))
    if (office := offices.at(turn.args.get("office", -1))) is not None:
        others = Button(t.plain("offices-others"), "others")
        choice = [others] if len(turn.args.get("found", ())) > 1 else []
        return Screen(card(turn, office), [[Button(t.plain("office-map"), "map")], [*choice, *again]])
    if found := _listed(turn):
        return Screen(t("offices-choose"), [*column(*(_button(turn, *it) for it in found)), again])
    return Screen(t("offices"), _cities(turn))


def card(turn: Turn, office: Office) -> str:
    """What to know before going there."""
    address = _said(turn, office, "address")
    city, hours = _said(turn, office, "city"), _said(turn, office, "hours")
    return turn.t("office", city=city, address=address, hours=hours, phone=show.phone(office.phone))


def _said(turn: Turn, office: Office, field: Literal["city", "address", "hours"]) -> str:
    """A field in the person's language, in Russian if it is not translated."""
    russian: str = getattr(office, field)
    english: str = getattr(office, f"{field}_en")
    return russian if turn.t.language == "ru" else english or russian


def _listed(turn: Turn) -> list[tuple[Office, int | None]]:
    """Offices to choose from, with the kilometres to them if they are known."""
    found = [(turn.cabinet.offices.at(number), away) for number, away in turn.args.get("found", ())]
    return [(office, away) for office, away in found if office]


def _button(turn: Turn, office: Office, away: int | None) -> Button:
    label = f"{_said(turn, office, 'city')}, {_said(turn, office, 'address')}"
    if away is not None:
        label = turn.t.plain("office-away", km=str(away), office=label)
    number = str(turn.cabinet.offices.number(office))
    return Button(label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip(' ,')}…", "office", number)


def _cities(turn: Turn) -> list[Row]:
    """Two cities a row."""
    offices = turn.cabinet.offices
    names = [_said(turn, offices.of(city)[0], "city") for city in offices.cities()]
    pages = -(-len(names) // PAGE)
    page = min(int(turn.args.get("page", 0)), pages - 1)
    buttons = [Button(name, "city", str(n)) for n, name in enumerate(names)][page * PAGE : page * PAGE + PAGE]
    return [*(buttons[at : at + 2] for at in range(0, len(buttons), 2)), pager(turn.t, page, pages)]


def _stand(turn: Turn, **where: object) -> None:
    """Somewhere else within the room; where the person came from stays."""
    kept = {name: turn.args[name] for name in ("origin", "screen") if name in turn.args}
    turn.go("offices", **kept, **where)


def _offer(turn: Turn, found: list[tuple[Office, int | None]]) -> None:
    """One office is shown at once, several to choose from."""
    numbers = [(turn.cabinet.offices.number(office), away) for office, away in found]
    _stand(turn, found=numbers, **({"office": numbers[0][0]} if len(numbers) == 1 else {}))


@room.text
async def typed(turn: Turn, text: str) -> None:
    """A city."""
    if found := turn.cabinet.offices.find(text):
        _offer(turn, [(office, None) for office in found])
    else:
        _stand(turn)
        turn.note("offices-not-found", city=text[:LABEL])


@room.location
async def located(turn: Turn, latitude: float, longitude: float) -> None:
    """Where the person is: the nearest first. The point itself is not kept."""
    near = turn.cabinet.offices.nearest(latitude, longitude)
    _stand(turn, found=[(turn.cabinet.offices.number(it.office), round(it.distance)) for it in near])


@room.tap("city")
async def choose_city(turn: Turn, number: str) -> None:
    cities = turn.cabinet.offices.cities()
    if int(number) < len(cities):
        _offer(turn, [(office, None) for office in turn.cabinet.offices.of(cities[int(number)])])


@room.tap("office")
async def choose_office(turn: Turn, number: str) -> None:
    _stand(turn, found=turn.args.get("found", []), office=int(number))


@room.tap("others")
async def other_offices(turn: Turn, _: str) -> None:
    _stand(turn, found=turn.args.get("found", []))


@room.tap("cities")
async def all_cities(turn: Turn, _: str) -> None:
    _stand(turn)


@room.tap("page")
async def turn_page(turn: Turn, page: str) -> None:
    _stand(turn, page=int(page))


@room.tap("map")
async def show_on_map(turn: Turn, _: str) -> None:
    """The point as a message of its own, to be opened in the telephone's maps; it stays."""
    office = turn.cabinet.offices.at(turn.args.get("office", -1))
    if office is None:
        return
    place = {"latitude": office.latitude, "longitude": office.longitude}
    title = turn.t.plain("office-title")
    address = f"{_said(turn, office, 'city')}, {_said(turn, office, 'address')}"
    body = {"method": "sendVenue", "payload": place | {"title": title, "address": address}}
    turn.unit.send(Parcel(f"map:{turn.unit.event.event_id}", "telegram", body, chat_id=turn.actor.account_id))
    turn.anew = True
