"""Whom the walkers walk as, and how each walk begins."""

from __future__ import annotations

from typing import NamedTuple

from tests.support.atlas import Move


class Story(NamedTuple):
    """Somebody to walk as. `first` are the moves that lead to where their walk begins; `twin`: logged in elsewhere as well.

    `share` is how much there is to see, in steps of a short walk. `language` is what their Telegram speaks, if not what it did.
    """

    name: str
    user: int
    share: int
    fact: str = ""
    first: tuple[Move, ...] = ()
    twin: bool = False
    language: str = ""


def press(*actions: str) -> tuple[Move, ...]:
    """The first button of each screen that does this."""
    return tuple(Move("press", action) for action in actions)


ENTER = (*press("enter", "yes"), Move("card", "own"))
LOG_IN = (*ENTER, Move("code", "right"))
RENEW = press("policies", "open", "renew")
PRICE = (*press("ok"), Move("desk", "passed"))
LINK = (*PRICE, *press("save"))
DRIVER = (
    *(*press("edit"), Move("tap", "Добавить водителя")),
    *(Move("type", text) for text in ("Mueller Hans", "01.02.1985")),
    *press("say"),
    *(Move("type", text) for text in ("99 21 765432", "2010")),
)
BEGUN = (
    *(Move("type", "/menu"), *RENEW, *press("continue", "ok"), Move("type", "/menu")),
    *(*RENEW, *press("human", "back", "menu"), *RENEW, *press("anew")),
)
"""A draft is left, and found again."""
AS_IT_IS = (
    *(*press("policies", "open"), Move("fault", "core quotes"), *press("renew-now"), Move("type", "когда?")),
    *(
        Move("stale"),
        Move("heal"),
        *press("menu", "policies", "open", "renew-now", "human", "back", "change"),
        Move("type", "/menu"),
    ),
    *(
        *press("policies", "open", "renew-now", "pay"),
        Move("idle", "PT1M"),
        Move("desk", "mismatch"),
        *press("correct", "ok", "cancel", "yes", "menu"),
    ),
    *(*press("policies", "open", "renew-now", "pay"), Move("desk", "passed")),
)
"""Nothing has changed: the price is waited for, looked at, agreed to; in doubt, begun again, and at the link."""
STAGES = (
    *(*press("ok"), Move("desk", "mismatch"), *press("copies"), Move("photo"), *press("slot", "keep", "sent")),
    *(
        *press("back"),
        Move("photo"),
        *press("discard", "human", "back", "back", "copies", "menu", "application", "copies", "send"),
    ),
    *(*press("correct", "ok"), Move("desk", "unreliable")),
    *(
        *press("correct", "ok"),
        Move("idle", "PT1M"),
        Move("idle", "PT15M"),
        Move("desk", "passed"),
        Move("desk", "price"),
    ),
    *(*press("cancel", "yes", "repeat"), Move("desk", "passed"), Move("fault", "core acceptance"), *press("save")),
    *(Move("type", "когда?"), Move("stale"), Move("heal"), Move("payer", "cancel"), Move("fault", "provider create")),
    *(*press("pay"), Move("type", "когда?"), Move("stale"), Move("heal"), Move("idle", "PT61M")),
    *(*press("pay"), Move("fault", "core payment"), Move("payer", "succeed"), Move("type", "когда?"), Move("stale")),
    Move("heal"),
)
"""An application through everything that can become of it, to the new policy."""

REPORT = (
    *(*press("accident", "wizard", "say", "say", "say", "say", "say", "anew", "say"), Move("type", "/accident")),
    *(*press("place"), Move("location"), *press("report")),
)
"""From the roadside into a claim, before anybody has come in."""


def tap(*labels: str) -> tuple[Move, ...]:
    """Buttons that say this."""
    return tuple(Move("tap", label) for label in labels)


def write(*words: str) -> tuple[Move, ...]:
    """Messages, one after another."""
    return tuple(Move("type", text) for text in words)


CRASH = (
    *(
        *press("choose"),
        *tap("Виноват другой"),
        *write("Въехали"),
        *press("change"),
        *write("Въехали сзади", "в бампер"),
    ),
    *tap("Дальше", "По европротоколу", "Никто", "Да, у всех", "Не спорим", "Нет"),
    *(*press("open", "back", "open", "undo"), *write("А123ВС77", "Северный берег", "ХХХ 0123456789")),
    *(*press("open", "say", "say", "say"), *write("В321ОР99"), *tap("Больше не знаю", "Убрать #", "Ничего не знаю")),
    *(*tap("Деньги", "Дальше", "Телефон"), *write("8 903 123-45-67"), *tap("Когда")),
    *(*press("month", "closed", "back"), *tap("Когда"), Move("day", "-2000"), *tap("Исправить дату", "Когда")),
    *(
        Move("day", "-3"),
        *tap("Столкнулись", "Две", "Отправить страховщику"),
        *press("receipt", "here", "mail", "back"),
    ),
)
"""An OSAGO to the insurer, with every answer changed on the way."""
DENT = (
    *(*write("/menu"), *press("policies"), *tap("КАСКО · Exeed LX · С#**#"), *press("case")),
    *(*write("/menu"), *press("claims", "new"), *tap("КАСКО · Exeed LX · С#**#", "Повреждена", "Сегодня", "Не помню")),
    *(*write("Тула, Мира, 5", "Задел столб"), *tap("Дальше", "Пока никак"), *press("say", "change", "change", "say")),
    *press("exif", "slot"),
    *(Move("photo"), *press("keep"), Move("photo"), *press("discard", "sent", "back")),
    *press("sent", "open", "human", "back", "menu", "claims", "new", "continue"),
    *(
        *tap("Дальше"),
        *write("/menu"),
        *press("claims", "new", "continue"),
        *write("/menu"),
        *press("claims", "new", "anew"),
    ),
)
"""A KASKO to its summary, left, found again, and begun anew."""

IDEA = (
    *(
        *write("/menu"),
        *press("requests", "request-new"),
        *tap("Предложение"),
        *write("Тёмную тему"),
        *press("say", "ok"),
    ),
)
LOOK = press("sent", "back", "discard")
AGAIN = (*write("/menu"), *press("requests", "request-new"), *tap("Жалоба"))
ASKS = (
    *(*press("requests", "request-new", "menu"), *(move for _ in range(7) for move in IDEA)),
    *(
        *press(
            "request-end",
            "menu",
            "requests",
            "open",
            "request-end",
            "human",
            "back",
            "back",
            "request-files",
            "human",
            "back",
        ),
        Move("photo"),
        *LOOK,
    ),
    *(Move("photo"), *press("keep", "send", "request-files", "menu", "requests", "request-new", "human", "back")),
    *(*tap("Телефон и доступ", "Сменить номер"), *write("8 903 123-45-67", "Прежний отключён"), *press("slot")),
    *(Move("album"), *LOOK, Move("album"), *press("keep"), *AGAIN, *press("continue"), *AGAIN),
    *(*press("human", "back", "menu"), *AGAIN[1:], *press("anew")),
)
"""Requests to the insurer: seven that wait, one with papers, one begun twice."""
VISIT = (
    *(*write("/menu"), *press("calls", "begin", "page"), *tap("Москва"), *press("say", "say")),
    *(*write("Москва, ул. Причальная, 12"), *press("say", "say", "say", "edit"), *write("Анна"), *press("ok")),
)
CALLS = (
    *(
        *VISIT,
        *press(
            "open",
            "menu",
            "calls",
            "open",
            "call-move",
            "menu",
            "calls",
            "open",
            "call-move",
            "human",
            "back",
            "say",
            "back",
            "say",
            "say",
        ),
    ),
    *(*press("call-end", "menu", "calls", "open", "call-end", "human", "back", "back", "call-end", "yes"), *VISIT),
)
"""An agent is called home, at another time, not at all, and called again."""
RETURN = (
    *(*press("recover"), *write("Петрова Анна", "112-233-445 95"), *press("say", "edit"), *write("Петрова Анна")),
    *(*press("ok"), *write("/start")),
)
ANNA = (*write("Анна"), Move("card", "own"))
"""Somebody nobody knows: asks for a way back, and calls an agent."""
ALTERS = (
    *(*write("/menu"), *press("policies", "open", "alter", "human", "back", "back", "alter", "menu")),
    *press(
        "policies",
        "open",
        "ask",
        "back",
        "menu",
        "policies",
        "open",
        "alter",
        "change-office",
        "menu",
        "policies",
        "open",
        "alter",
        "change-office",
    ),
    *(*press("human", "back", "back", "alter"), *DRIVER, *press("ok", "open", "undo", "change", "say")),
    *(*tap("Периоды"), *press("open", "month", "closed", "day"), Move("day", "+4"), *press("change", "say")),
    *(*tap("Диагностическая карта"), *press("open", "say"), *write("123456 789012345"), Move("day", "-30")),
    *(Move("day", "+400"), *press("ok", "say", "ok")),
)
"""A driver, a period and a card are asked for."""

ALBUMS = (Move("photo"), Move("album"), Move("album"), Move("album"))
PAPERS = (
    *(*press("claims"), *tap("АТ-#· ДТП, пострадали вы", "Загрузить документы")),
    *(*press("human", "back", "back", "upload", "slot"), *ALBUMS),
    *press("sent", "page", "open", "is", "open", "back", "open", "remove", "back", "keep"),
    *(Move("photo"), *press("discard", "send", "papers", "open", "here", "back", "back")),
    *(Move("insurer", "refused"), *write("/menu"), *press("claims"), *tap("ИМ-#· Ущерб имуществу")),
    *(*press("complain", "human", "back", "back", "complain", "menu"), *(Move("insurer", "open"),) * 3),
    *(*write("/menu"), *press("claims", "page")),
)
"""Papers the insurer has asked for, looked through and sent; a refusal; more claims than a page has."""
USE = (*tap("Периоды"), *press("open"), Move("day", "+100"), Move("day", "+250"), *press("change", "say"))
"""A period of use, named and taken back."""
CARD = (
    *(*tap("Диагностическая карта"), *press("open", "say"), *write("123456 789012345")),
    *(Move("day", "-30"), Move("day", "+400")),
)
"""A diagnostic card, to its summary."""


def tell(*answers: Move) -> tuple[Move, ...]:
    """A claim told from the contract to the insurer, without photos."""
    return (*write("/menu"), *press("claims", "new"), *answers, *press("ok"))


SIMPLE = (*tap("Вчера"), *write("Стало плохо"), *press("say", "say"))
PLACE = (*write("Тула, Мира, 5", "Не повезло"), *press("say", "say"))
PLACED = (*tap("Вчера"), *PLACE)
CAR = (*tap("Вчера", "Не помню"), *write("Тула, Мира, 5", "Не повезло"), *press("say"))
TOLD = (
    *(*tell(*tap("ДМС · …"), *SIMPLE), *tell(*tap("Жизнь · …"), *SIMPLE)),
    *tell(*tap("Несчастный случай · …"), *PLACED),
    *tell(*tap("Дальше", "Имущество · Квартира, #м²", "Вчера"), *press("say"), *PLACE),
    *tell(*tap("Дальше", "Путешествие · Турция, отдых на море", "Вчера"), *press("say"), *PLACE),
    *tell(*tap("КАСКО · Haval Jolion · О#**#", "Угнали"), *CAR, *tap("С полицией", "Ничего из этого", "Дальше")),
    *tell(*tap("КАСКО · Haval Jolion · О#**#", "Разбита так, что не починить"), *CAR, *press("say", "say", "say")),
    *tell(*tap("КАСКО · Haval Jolion · О#**#", "Только стекло"), *PLACED),
)
"""Of each kind of contract and event that the others do not tell of."""
TIMES = (
    *(*write("/menu"), *press("settings", "history", "older", "newer", "sieve", "menu")),
    *(*press("settings", "history", "sieve", "human", "back"), *tap("Обращения")),
    *press("period", "period", "show", "human", "back", "export", "sieve", "back", "back", "sessions", "menu"),
)
"""What has happened, looked through."""
NOTED = (
    *(
        *press("notes", "add"),
        *write("отвезти справку"),
        *press("back", "say", "closed", "day", "add", "say", "month"),
        *write("завтра"),
        *press("add"),
    ),
    *(
        *write("через месяц", "/menu"),
        *press("notes", "add", "say"),
        *write("/menu"),
        *(move for _ in range(5) for move in (*press("notes", "add", "say", "say"), *write("/menu"))),
    ),
    *(
        *press("notes", "page", "forget", "notices", "kind", "by", "quiet-hours", "hours", "time-zone", "menu"),
        *press("settings", "notices", "time-zone", "human", "back", "city"),
        *write("/menu"),
    ),
)
"""Reminders of one's own, and how one wants to be reminded."""
REMINDED = (
    *(
        Move("remind"),
        *press("ics", "human", "back", "later"),
        Move("remind"),
        *press("stop"),
        *press("settings", "notices"),
    ),
    *(*press("resume", "menu"), Move("remind"), *press("act")),
)
"""Put off, stopped, switched on again, acted on."""
WHY = (*press("help", "answers"), *write("Почему в этом году ОСАГО дороже?"))
TALKS = (
    *(*WHY, *press("article", "door"), *write("/menu"), *WHY, *press("article", "human", "menu")),
    *(*WHY, *press("article", "helped"), *WHY, *press("article", "menu")),
    *(
        *WHY,
        *press("article", "ask"),
        *write("/menu"),
        *WHY,
        *press("ask", "send", "menu", "human"),
    ),
    *(Move("staff", "/doc Паспорт\nСТС"), *press("wanted", "slot", "human", "wanted"), *(Move("album"),) * 2),
    *(
        *press("sent", "back", "discard"),
        Move("photo"),
        *press("keep", "back", "close", "rate", "again", "wanted", "menu"),
    ),
    *(*press("human", "wanted", "send"), Move("staff", "/doc Полис"), *press("wanted", "back", "close", "again")),
)
"""An answer is read, and does not help: a talk with staff, who ask for papers; ended and rated."""
STORIES = (
    Story("is reminded", 100005, 60, first=(*LOG_IN, *REMINDED, *write("/menu"), *NOTED)),
    Story(
        "seven contracts, logged in on two phones",
        100008,
        260,
        "23.08.1979",
        (
            *ENTER,
            Move("fact", "right"),
            Move("code", "right"),
            *press("settings", "sessions", "end", "human", "back", "menu", "claims", "new", "page", "menu"),
            *press("policies", "filter", "page", "menu", "help", "offices"),
            *(*tap("Москва"), *press("office", "others", "cities", "page", "city", "map", "menu")),
            *TOLD,
        ),
        True,
    ),
    Story(
        "paid, and refused",
        100005,
        12,
        first=(*LOG_IN, *RENEW, *LINK, Move("desk", "refused"), Move("payer", "succeed")),
    ),
    Story("renews as it is", 100001, 40, first=(*LOG_IN, *AS_IT_IS)),
    Story(
        "owes an instalment",
        100020,
        20,
        first=(
            *(*LOG_IN, Move("remind")),  # whatever the hour: it would come between while the link grows old
            *press("menu", "debts", "menu", "policies", "open", "pay"),
            Move("idle", "PT65M"),
            *press("pay", "menu"),
        ),
    ),
    Story("a link to pay by", 100001, 30, first=(*LOG_IN, *RENEW, *LINK)),
    Story("every stage of an application", 100003, 20, first=(*LOG_IN, *RENEW, *STAGES)),
    Story(
        "prolongs and changes everything",
        100002,
        240,
        first=(*LOG_IN, *RENEW, *DRIVER, *BEGUN, *USE, *CARD),
    ),
    Story("prolongs in English", 100015, 60, first=(*LOG_IN, *RENEW), language="en"),
    Story("reports what has happened", 100017, 150, first=(*REPORT, *LOG_IN[1:], *CRASH, *DENT)),
    Story("asks for everything", 100019, 200, first=(*LOG_IN, *ASKS, *CALLS, *ALTERS, *TIMES)),
    Story("talks to staff", 100018, 30, first=(*LOG_IN, *TALKS)),
    Story(
        "calls an agent as a stranger", 100010, 120, first=(*ENTER, *RETURN, *press("help", "calls", "begin"), *ANNA)
    ),
    Story("brings papers for a claim", 100019, 80, first=(*LOG_IN, *PAPERS)),
    Story("an English speaker", 100011, 20, first=LOG_IN),
    Story("a stranger", 100010, 20, first=(*ENTER, *press("human", "back", "again"))),
    Story("two clients on one phone", 100009, 30, "02.04.1969", (*ENTER, *press("who"))),
    Story("declined", 100006, 20, first=press("enter", "no")),
    Story("a day later", 100004, 30, first=(*LOG_IN, Move("wait", "PT25H"))),
    Story("a phone in doubt", 100012, 20, "28.11.1976", ENTER),
    Story("no e-mail", 100013, 10, first=LOG_IN),
)
