"""Nobody acts on anybody else's data: forged, replayed and stale buttons, and a matrix of every action of every room.

The matrix presses buttons that are signed with the cabinet's own key: even with a stolen key the rooms decide who may do what.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from bot.adapters import make_vault
from bot.config import key_bytes
from bot.dispatcher import HOUSE
from fsm.accident import PROTOCOL, AccidentDraft
from fsm.call import CALL, CallDraft
from fsm.claim import CLAIM
from fsm.claim_draft import ClaimDraft, Contract
from fsm.dialog import Dialog
from fsm.driver import DRIVER, DriverDraft
from fsm.flow import SUMMARY, Position
from fsm.login import LOGIN, LoginDraft
from fsm.note import NOTE, NoteDraft
from fsm.participant import PARTICIPANT, ParticipantDraft
from fsm.policy_change import CHANGE, ChangeDraft
from fsm.prolongation import PERIOD, PROLONGATION, PeriodDraft, ProlongationDraft
from fsm.question import QUESTION, QuestionDraft
from fsm.request import REQUEST, RequestDraft
from fsm.saved import dump
from handlers.buttons import Buttons, Press
from services.cabinet import Cabinet
from services.claims.values import Place
from services.db.unit import Unit
from services.payments import Kind as Owed
from services.payments import Purpose
from services.requests import Kind
from tests.support.claims import resource
from tests.support.insured import Insured, another_account, insured
from tests.support.person import Message, Person
from tests.support.second import database, message, rows, update
from tests.support.staff_side import order
from tests.support.town import Town

pytestmark = pytest.mark.lengthy

STALE = "Это кнопка прежнего экрана. Вот что сейчас."


def button(screen: Message, label: str) -> str:
    """The data of a button."""
    return str(next(b["data"] for row in screen["buttons"] for b in row if label in b["text"]))


async def unmoved(person: Person, screen: Message, data: str) -> None:
    """Pressing this changes nothing: the same screen stands, and a toast says why."""
    await person.toasts()
    await person.press(screen["message_id"], data)
    assert (await person.screen())["text"] == screen["text"]
    assert await person.toasts() == [STALE]


# -- forged and replayed ------------------------------------------------------------------------------------------------


async def test_a_forged_button_never_acts(city: Town) -> None:
    irina, other = await insured(city, papers=True), await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    screen = await irina.screen()
    real = button(screen, "ОСАГО")
    place, action, number, rev, signature = real.split(":")
    ((policy,),) = rows(city, "select id from policy where client_id = ?", other.client_id)
    forged = [
        f"{place}:{action}:{policy}:{rev}:{signature}",
        f"{place}:{action}:{policy}:{rev}:",
        f"{place}:{action}:{policy}:{rev}",
        f"policy:full:1:{rev}:{signature}",
        real.swapcase(),
        real + "A",
        real[:-1],
        "menu",
        ":::::",
        "",
        " ",
        "я" * 32,
        "\x00",
        "policies:open:1:zz:" + signature,
        Buttons(b"x" * 32).make(irina.id, 1, Press("policies", "open", str(policy), int(rev, 16))),
        Buttons(key_bytes(city.settings.keys.buttons)).make(irina.id, 0, Press(place, action, number, int(rev, 16))),
    ]
    for data in forged:
        if 0 < len(data.encode()) <= 64:  # Telegram lets nothing else through
            await unmoved(irina, screen, data)
    await irina.press(screen["message_id"], real)
    await irina.sees("Срок:")


async def test_another_accounts_button_never_acts(city: Town) -> None:
    irina, other = await insured(city), await insured(city)
    await irina.log_in()
    await other.log_in()
    for person in (irina, other):
        await person.tap("Мои полисы")
    hers = button(await other.screen(), "ОСАГО")
    await unmoved(irina, await irina.screen(), hers)


async def test_a_button_of_an_earlier_session_never_acts_in_the_next(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    old = await irina.screen()
    await irina.tap("В меню")
    await irina.tap("Настройки")
    await irina.tap("Выйти")
    await irina.tap("Выйти", exact=True)
    await unmoved(irina, await irina.screen(), button(old, "ОСАГО"))
    await irina.tap("Войти")
    await irina.share_contact()
    await irina.say(await irina.code())
    await irina.tap("Мои полисы")
    await unmoved(irina, await irina.screen(), button(old, "ОСАГО"))


async def test_the_cabinet_speaks_in_private_only(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    before = await irina.chat()
    group = {"id": -100123, "type": "supergroup", "title": "Соседи"}
    hers = message(irina.id)
    since = (await city.call("GET", "/calls"))["cursor"]
    await update(city, "message", {**hers, "chat": group, "text": "/start"})
    await update(city, "message", {**hers, "chat": group, "contact": {"phone_number": irina.phone, "first_name": "И"}})
    press = {"id": "1", "from": hers["from"], "chat_instance": "1", "data": button(before[-1], "Мои полисы")}
    await update(city, "callback_query", {**press, "message": {**hers, "chat": group}})
    await update(city, "callback_query", {**press, "id": "2", "inline_message_id": "abc"})
    await city.settle()
    assert await irina.chat() == before
    calls = (await city.call("GET", f"/calls?since={since}"))["calls"]
    assert not [call["method"] for call in calls if call["method"] != "answerCallbackQuery"]


async def test_another_clients_session_cannot_be_ended(city: Town) -> None:
    irina, other = await insured(city), await insured(city)
    for person in (irina, other):
        await person.log_in()
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    await twin.tap("Настройки")
    await twin.tap("Где выполнен вход")
    ends = [
        b["data"] for row in (await twin.screen())["buttons"] for b in row if b["text"].startswith("Завершить вход")
    ]
    own = rows(city, "select id from binding where account_id = ?", irina.id)
    assert [data.split(":")[2] for data in ends] == [str(own[0][0])], "the list holds the client's own sessions only"


# -- the matrix ---------------------------------------------------------------------------------------------------------

LOGIN_AT, CODE = "login.contact", "login.wish"
WHO = Position(LOGIN, "who", LoginDraft(phone="+79070000100", candidates=("cus-0001", "cus-0002"), needs_fact=True))
AT_CODE = Position(LOGIN, "code", WHO.draft.model_copy(update={"client": "cus-0001", "knows_fact": True}))
SUMMED_UP = Position(QUESTION, "summary", QuestionDraft(text="Вопрос"))


@dataclass(frozen=True)
class Row:
    """Where the press leads: logged out (`out`), with a session that sleeps (`idle`), with another client's `arg` and `args` (`other`).

    `arg` and `args` name what of the victim's they are (`policy`, `application`, …), or are themselves. `flow` may be made of such ids.
    """

    out: str
    idle: str
    other: str = ""
    arg: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    flow: Position[Any] | Callable[[dict[str, int]], Position[Any]] | None = None


TERM = (date(2027, 1, 1), date(2027, 12, 31))


def draft(step: str = SUMMARY, inner: Position[Any] | None = None) -> Callable[[dict[str, int]], Position[Any]]:
    """A prolongation of the victim's policy, as if they had corrected it, looked at from its summary or standing at a step."""

    def made(ids: dict[str, int]) -> Position[Any]:
        over = ProlongationDraft(policy=ids["policy"], term=TERM, unlimited=True)
        return Position(PROLONGATION, step, over, editing=step != SUMMARY, review=True, inner=inner)

    return made


def correction(ids: dict[str, int]) -> Position[Any]:
    """A correction of the victim's application."""
    over = ProlongationDraft(policy=ids["policy"], correcting=ids["application"], term=TERM, unlimited=True)
    return Position(PROLONGATION, SUMMARY, over, review=True)


NAMING, SINCE_WHEN = Position(DRIVER, "name", DriverDraft()), Position(PERIOD, "first", PeriodDraft(term=TERM))
THEIRS = {"id": "application"}


def report(step: str = SUMMARY, inner: Position[Any] | None = None) -> Callable[[dict[str, int]], Position[Any]]:
    """A claim on the victim's policy, told to its end, or standing at a step."""

    def made(ids: dict[str, int]) -> Position[Any]:
        over = ClaimDraft(
            case=f"case:{ids['claim']}",
            contract=Contract(ids["policy"], "osago", TERM),
            told_event="guilty",
            happened_on=date(2027, 1, 1),
            happened_at="",
            place=Place("Тула"),
            story="Въехали",
            registration="none",
            cars=2,
            injured=False,
            listed=True,
            photos=True,
            phone="+79031234567",
        )
        return Position(CLAIM, step, over, editing=step != SUMMARY, inner=inner)

    return made


def asking(ids: dict[str, int]) -> Position[Any]:
    """A request about the victim's policy, at its summary."""
    over = RequestDraft(key="matrix", kind="complaint", policy=ids["policy"], text="Слова", sent=True)
    return Position(REQUEST, SUMMARY, over)


def altering(step: str = SUMMARY, inner: Position[Any] | None = None) -> Callable[[dict[str, int]], Position[Any]]:
    """A change of the victim's policy."""

    def made(ids: dict[str, int]) -> Position[Any]:
        over = ChangeDraft(key="matrix", policy=ids["policy"], term=TERM, unlimited=True)
        return Position(CHANGE, step, over, editing=step != SUMMARY, review=True, inner=inner)

    return made


WITH_PLATE = Position(PARTICIPANT, "plate", ParticipantDraft())
DECIDED = Position(PROTOCOL, SUMMARY, AccidentDraft(cars=1))
CALLING = CallDraft(
    key="matrix", name="Анна", phone="+79070000100", email="", city="Казань", way="call", product="osago"
)
READING = {"asked": "как вписать водителя", "slug": "add-driver"}
NOTING = Position(NOTE, "day", NoteDraft(text="Слова"))
AT_FILES = Position(REQUEST, "files", RequestDraft(key="matrix", kind="phone", deed="block", policy=0, text="Слова"))


MATRIX: dict[tuple[str, str], Row] = {
    ("welcome", "enter"): Row(LOGIN_AT, CODE),
    ("consent", "yes"): Row(LOGIN_AT, "menu"),
    ("consent", "no"): Row("declined", "declined"),
    ("declined", "enter"): Row(LOGIN_AT, CODE),
    ("login", "who"): Row("login.fact", "login.fact", arg="0", flow=WHO),
    ("login", "send"): Row("login.code", "login.code", arg="sms", flow=AT_CODE),
    ("login", "again"): Row(LOGIN_AT, LOGIN_AT, flow=AT_CODE),
    ("login", "back"): Row("login.who", "login.who", flow=AT_CODE),
    ("stranger", "again"): Row(LOGIN_AT, LOGIN_AT),
    ("language", "speak"): Row("welcome", "menu", arg="ru"),
    ("sessions", "end"): Row(LOGIN_AT, CODE, "sessions", arg="binding"),
    **{("history", action): Row(LOGIN_AT, CODE, "history", arg="entry") for action in ("older", "newer")},
    ("history", "sieve"): Row(LOGIN_AT, CODE),
    ("history", "export"): Row(LOGIN_AT, CODE, arg="pdf"),
    ("history-sieve", "group"): Row(LOGIN_AT, CODE, arg="claims"),
    ("history-sieve", "period"): Row(LOGIN_AT, CODE, arg="week"),
    **{("history-sieve", action): Row(LOGIN_AT, CODE, "history") for action in ("show", "back")},
    ("leave", "yes"): Row(LOGIN_AT, "welcome"),
    ("consents", "offers"): Row("consents", "consents", arg="1"),
    ("consents", "withdraw"): Row("withdraw", "withdraw"),
    ("withdraw", "yes"): Row("welcome", "welcome"),
    ("policies", "page"): Row(LOGIN_AT, "policies", arg="1"),
    ("policies", "filter"): Row(LOGIN_AT, "policies", arg="past"),
    ("policies", "open"): Row(LOGIN_AT, "policies", "policies", arg="policy"),
    ("stranger", "recover"): Row("request.name", CODE),
    ("policy", "alter"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("policy", "ask"): Row(LOGIN_AT, "request-new", args={"id": "policy"}),
    ("requests", "page"): Row("requests", "requests", arg="1"),
    ("requests", "open"): Row("requests", CODE, "requests", arg="asked"),
    ("requests", "export"): Row("requests", CODE, arg="pdf"),
    ("request-new", "kind"): Row("request.text", CODE, arg="complaint"),
    **{
        ("request", action): Row("request.files", CODE, arg="0", flow=AT_FILES)
        for action in ("slot", "keep", "discard", "edit")
    },
    ("request", "say"): Row("request.summary", CODE, arg="done", flow=AT_FILES),
    ("request", "ok"): Row("requests", CODE, "requests", flow=asking),
    ("request", "back"): Row("request.text", CODE, flow=AT_FILES),
    ("request", "sent"): Row(LOGIN_AT, CODE, flow=AT_FILES),
    **{
        ("request-card", action): Row("requests", CODE, "requests", args={"id": "asked"})
        for action in ("request-end", "request-files")
    },
    **{("request-end", action): Row("requests", CODE, "requests", args={"id": "asked"}) for action in ("yes", "back")},
    **{
        ("request-files", action): Row("requests", CODE, "requests", arg="0", args={"id": "asked"})
        for action in ("keep", "discard", "send", "back")
    },
    ("request-files", "sent"): Row(LOGIN_AT, CODE, "requests", args={"id": "asked"}),
    ("calls", "begin"): Row("call.name", "call.city"),
    ("calls", "open"): Row("calls", CODE, "calls", arg="called"),
    **{
        ("call-card", action): Row("calls", CODE, "calls", args={"id": "called"})
        for action in ("call-move", "call-end")
    },
    ("call-move", "say"): Row("calls", CODE, "calls", arg="9", args={"id": "called", "day": "2027-01-11"}),
    ("call-move", "back"): Row("calls", CODE, "calls", args={"id": "called"}),
    **{("call-end", action): Row("calls", CODE, "calls", args={"id": "called"}) for action in ("yes", "back")},
    **{
        ("call", action): Row("call.product", "call.product", arg="9", flow=Position(CALL, "product", CALLING))
        for action in ("say", "edit", "ok", "page", "city")
    },
    ("call", "back"): Row("call.city", "call.city", flow=Position(CALL, "product", CALLING)),
    **{
        ("change", action): Row(LOGIN_AT, CODE, "change.drivers", arg="0", flow=altering("drivers"))
        for action in ("say", "change", "open", "undo", "edit", "ok", "day", "month", "closed")
    },
    ("change", "change-office"): Row(LOGIN_AT, CODE, "policies", flow=altering()),
    ("change", "back"): Row(LOGIN_AT, CODE, "policies", flow=altering()),
    ("change-office", "back"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("unfinished", "continue"): Row(
        "call.product", "call.product", args={"flow": "call", "wanted": {}}, flow=Position(CALL, "product", CALLING)
    ),
    ("unfinished", "anew"): Row(
        "unfinished",
        "unfinished",
        "unfinished",
        args={"flow": "change", "wanted": {"policy": "policy"}},
        flow=altering(),
    ),
    ("policy", "full"): Row(LOGIN_AT, CODE, "policies", arg="1", args={"id": "policy"}),
    ("policy", "papers"): Row(LOGIN_AT, CODE, "policies", args={"id": "policy"}),
    ("policy", "back"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("papers", "open"): Row(LOGIN_AT, CODE, "policies", arg="document", args={"id": "policy"}),
    ("papers", "back"): Row(LOGIN_AT, CODE, "policies", args={"id": "policy"}),
    ("paper", "here"): Row(LOGIN_AT, CODE, "policies", args={"id": "policy", "paper": "document"}),
    ("paper", "mail"): Row(LOGIN_AT, CODE, "policies", args={"id": "policy", "paper": "document"}),
    ("paper", "back"): Row(LOGIN_AT, CODE, "policies", args={"id": "policy", "paper": "document"}),
    ("human", "continue"): Row("question.summary", "question.summary", flow=SUMMED_UP),
    ("human", "anew"): Row("human", "human", flow=SUMMED_UP),
    ("question", "edit"): Row("question.text", "question.text", flow=SUMMED_UP),
    ("question", "send"): Row("talk", "talk", flow=SUMMED_UP),
    ("question", "back"): Row("question.text", "question.text", flow=SUMMED_UP),
    ("question", "article"): Row("question.summary", "question.summary", arg="9", flow=SUMMED_UP),
    ("talk", "close"): Row("human", "human"),
    ("talk", "rate"): Row("human", "human", arg="5"),
    ("talk", "again"): Row("human", "human"),
    **{(room, "wanted"): Row("human", CODE, "human") for room in ("talk", "human")},
    **{
        ("wanted", action): Row("human", CODE, "human", arg="0")
        for action in ("slot", "keep", "discard", "send", "back")
    },
    ("wanted", "sent"): Row(LOGIN_AT, CODE, "human"),
    ("answers", "article"): Row("answer", "answer", arg="0", args={"asked": "как вписать водителя"}),
    ("answers", "ask"): Row("question.summary", "question.summary", args={"asked": "как вписать водителя"}),
    ("answer", "ask"): Row("question.summary", "question.summary", args=READING),
    ("answer", "helped"): Row("welcome", "menu", args=READING),
    ("answer", "door"): Row(LOGIN_AT, "policies", arg="policies", args=READING),
    ("offices", "city"): Row("offices", "offices", arg="0"),
    ("offices", "office"): Row("offices", "offices", arg="0"),
    ("offices", "others"): Row("offices", "offices", args={"found": [(0, None), (1, None)], "office": 0}),
    ("offices", "cities"): Row("offices", "offices", args={"office": 0}),
    ("offices", "page"): Row("offices", "offices", arg="1"),
    ("offices", "map"): Row("offices", "offices", args={"office": 0}),
    ("menu", "application"): Row(LOGIN_AT, "menu", "menu", arg="application"),
    ("policy", "renew"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("policy", "renew-now"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("renew-now", "pay"): Row(LOGIN_AT, "policies", "policies", arg="100", args={"id": "policy"}),
    ("renew-now", "back"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("renew-now", "change"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("begun", "continue"): Row(LOGIN_AT, "policies", "policies", args={"wanted": "policy"}),
    ("begun", "anew"): Row(LOGIN_AT, "policies", "policies", args={"wanted": "policy"}, flow=draft()),
    ("prolongation", "ok"): Row(LOGIN_AT, "policies", "policies", flow=draft()),
    ("prolongation", "edit"): Row(LOGIN_AT, CODE, "prolongation.drivers", arg="drivers", flow=draft()),
    ("prolongation", "change"): Row(LOGIN_AT, CODE, "prolongation.drivers", arg="unlimited", flow=draft("drivers")),
    ("prolongation", "open"): Row(LOGIN_AT, CODE, "prolongation.name", flow=draft("drivers")),
    ("prolongation", "undo"): Row(LOGIN_AT, CODE, "prolongation.drivers", flow=draft("drivers", NAMING)),
    ("prolongation", "say"): Row(LOGIN_AT, CODE, "policies", arg="done", flow=draft("periods")),
    ("prolongation", "day"): Row(
        LOGIN_AT, CODE, "prolongation.last", arg="2027-02-01", flow=draft("periods", SINCE_WHEN)
    ),
    ("prolongation", "month"): Row(
        LOGIN_AT, CODE, "prolongation.first", arg="2027-03", flow=draft("periods", SINCE_WHEN)
    ),
    ("prolongation", "closed"): Row(LOGIN_AT, CODE, "prolongation.first", flow=draft("periods", SINCE_WHEN)),
    ("prolongation", "back"): Row(LOGIN_AT, "menu", "menu", flow=correction),
    ("application", "save"): Row(LOGIN_AT, "menu", "menu", arg="100", args=THEIRS),
    ("application", "pay"): Row(LOGIN_AT, "menu", "menu", args=THEIRS),
    ("application", "correct"): Row(LOGIN_AT, "menu", "menu", args=THEIRS),
    ("application", "repeat"): Row(LOGIN_AT, "menu", "menu", args=THEIRS),
    ("application", "cancel"): Row(LOGIN_AT, CODE, "menu", args=THEIRS),
    ("giving-up", "yes"): Row(LOGIN_AT, CODE, "menu", args=THEIRS),
    ("giving-up", "back"): Row(LOGIN_AT, CODE, "menu", args=THEIRS),
    ("application", "copies"): Row(LOGIN_AT, CODE, "menu", args=THEIRS),
    ("debts", "pay"): Row(LOGIN_AT, "debts", "debts", arg="owed"),
    ("debt", "pay"): Row(LOGIN_AT, "debts", "debts", arg="owed", args={"what": "owed"}),
    ("policy", "pay"): Row(LOGIN_AT, "debts", "debts", arg="owed", args={"id": "policy"}),
    ("case", "own-part"): Row(LOGIN_AT, CODE, "debts", args={"id": "claim"}),
    ("policy", "case"): Row(LOGIN_AT, CODE, "claims", arg="claim", args={"id": "policy"}),
    ("claims", "page"): Row(LOGIN_AT, "claims", arg="1"),
    ("claims", "open"): Row(LOGIN_AT, "claims", "claims", arg="claim"),
    **{
        ("case", action): Row(LOGIN_AT, CODE, "claims", args={"id": "claim"})
        for action in ("upload", "complain", "direction", "map", "receipt")
    },
    **{("receipt", action): Row(LOGIN_AT, CODE, "claims", args={"id": "claim"}) for action in ("here", "mail", "back")},
    ("case", "papers"): Row(LOGIN_AT, CODE, "policies", args={"id": "claim"}),
    **{
        ("case-files", action): Row(LOGIN_AT, CODE, "claims", arg="0", args={"id": "claim"})
        for action in ("slot", "keep", "discard", "exif", "send", "back")
    },
    ("case-files", "sent"): Row(LOGIN_AT, CODE, "claims", args={"id": "claim"}),
    **{
        ("copies", action): Row(LOGIN_AT, CODE, "menu", arg="0", args=THEIRS)
        for action in ("slot", "keep", "discard", "send", "back")
    },
    ("copies", "sent"): Row(LOGIN_AT, CODE, "menu", args=THEIRS),
    ("files", "page"): Row(LOGIN_AT, CODE, "claims", arg="1", args={"home": ("case-files", {"id": "claim"})}),
    ("files", "open"): Row(LOGIN_AT, CODE, "claims", arg="upload", args={"home": ("case-files", {"id": "claim"})}),
    ("files", "back"): Row(LOGIN_AT, CODE, "claims", args={"home": ("case-files", {"id": "claim"})}),
    **{
        ("file", action): Row(
            LOGIN_AT, CODE, "claims", arg="0", args={"home": ("case-files", {"id": "claim"}), "file": "upload"}
        )
        for action in ("remove", "is", "back")
    },
    ("policy", "claim"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("claims", "new"): Row(LOGIN_AT, CODE, "claim.event"),
    ("begun-claim", "continue"): Row(LOGIN_AT, CODE, "policies", flow=report()),
    ("begun-claim", "anew"): Row(LOGIN_AT, CODE, "claims", args={"policy": "policy"}, flow=report()),
    ("accident", "wizard"): Row("protocol.cars", "protocol.cars"),
    ("accident", "report"): Row(LOGIN_AT, CODE, "claim.event"),
    ("protocol", "say"): Row(
        "protocol.injured", "protocol.injured", arg="2", flow=Position(PROTOCOL, "cars", AccidentDraft())
    ),
    ("protocol", "edit"): Row("protocol.cars", "protocol.cars", arg="cars", flow=DECIDED),
    ("protocol", "ok"): Row(LOGIN_AT, CODE, "claim.event", flow=DECIDED),
    ("protocol", "anew"): Row("protocol.cars", "protocol.cars", flow=DECIDED),
    ("protocol", "back"): Row("protocol.cars", "protocol.cars", flow=DECIDED),
    ("claim", "ok"): Row(LOGIN_AT, CODE, "policies", flow=report()),
    ("claim", "edit"): Row(LOGIN_AT, CODE, "claim.story", arg="story", flow=report()),
    ("claim", "choose"): Row(LOGIN_AT, CODE, "claim.contract", arg="policy", flow=report("contract")),
    ("claim", "page"): Row(LOGIN_AT, CODE, "claim.contract", arg="1", flow=report("contract")),
    ("claim", "say"): Row(LOGIN_AT, CODE, "policies", arg="guilty", flow=report("event")),
    ("claim", "change"): Row(LOGIN_AT, CODE, "claim.story", arg="clear", flow=report("story")),
    ("claim", "open"): Row(LOGIN_AT, CODE, "claim.plate", flow=report("participants")),
    ("claim", "undo"): Row(LOGIN_AT, CODE, "claim.participants", flow=report("participants", WITH_PLATE)),
    ("claim", "day"): Row(LOGIN_AT, CODE, "claim.outside", arg="2020-01-01", flow=report("when")),
    ("claim", "month"): Row(LOGIN_AT, CODE, "claim.when", arg="2026-03", flow=report("when")),
    ("claim", "closed"): Row(LOGIN_AT, CODE, "claim.when", flow=report("when")),
    **{
        ("claim", action): Row(LOGIN_AT, CODE, "claim.photos", arg="0", flow=report("photos"))
        for action in ("slot", "keep", "discard", "exif")
    },
    ("claim", "sent"): Row(LOGIN_AT, CODE, "files", flow=report("photos")),
    ("claim", "back"): Row(LOGIN_AT, CODE, "policies", flow=report("when")),
    ("complaint", "back"): Row(LOGIN_AT, CODE, "claims", args={"id": "claim"}),
    ("policy", "remind"): Row(LOGIN_AT, "policies", "policies", args={"id": "policy"}),
    ("case", "remind"): Row(LOGIN_AT, CODE, "claims", args={"id": "claim"}),
    ("notes", "page"): Row(LOGIN_AT, "notes", arg="1"),
    ("notes", "add"): Row(LOGIN_AT, "note.text"),
    ("notes", "forget"): Row(LOGIN_AT, "notes", "notes", arg="note"),
    **{
        ("note", action): Row(LOGIN_AT, "note.day", arg="2020-01-01", flow=NOTING)
        for action in ("say", "day", "month", "closed")
    },
    ("note", "back"): Row(LOGIN_AT, "note.text", flow=NOTING),
    ("notices", "kind"): Row(LOGIN_AT, "notices", arg="claims"),
    ("notices", "by"): Row(LOGIN_AT, "notices", arg="sms"),
    ("notices", "resume"): Row(LOGIN_AT, "notices"),
    ("quiet-hours", "hours"): Row(LOGIN_AT, "notices", arg="22-8"),
    ("time-zone", "city"): Row(LOGIN_AT, "notices", arg="moscow"),
    **{
        ("reminder", action): Row(LOGIN_AT, "menu", "menu", arg="said", args={"ids": ["said"], "origin": ["menu", {}]})
        for action in ("act", "later", "stop", "ics")
    },
}
SITUATIONS = ("out", "idle", "other")


def test_the_matrix_has_a_row_for_every_action_there_is() -> None:
    actions = {(room.name, action) for room in HOUSE.rooms.values() for action in room.taps}
    assert actions == set(MATRIX)


class Stage:
    """Accounts put into a room each, by hand, in the database: `me` is their client, `victim` somebody else."""

    def __init__(self, town: Town, me: Insured, victim: Insured) -> None:
        self.town, self.me, self.victim = town, me, victim
        find = {
            "policy": "select id from policy where client_id = ?",
            "document": "select id from document where client_id = ? and kind = 'policy'",
            "binding": "select id from binding where client_id = ?",
            "application": "select id from application where client_id = ?",
            "claim": "select id from claim where client_id = ?",
            "upload": "select id from upload where client_id = ?",
            "asked": "select id from request where client_id = ? and kind = 'complaint'",
            "entry": "select id from deed where client_id = ?",
            "called": "select id from request where client_id = ? and kind = 'agent'",
            "note": "select id from note where client_id = ?",
            "said": "select id from reminder where client_id = ?",
        }
        self.ids = {name: rows(town, sql, victim.client_id)[0][0] for name, sql in find.items()}
        self.ids["owed"] = str(Purpose(Owed.INSTALMENT, self.ids["policy"], 1))
        self.buttons = Buttons(key_bytes(town.settings.keys.buttons))
        self.vault = make_vault(town.settings)

    def _meant(self, what: Any) -> Any:
        """With the victim's ids where a row names them."""
        if isinstance(what, dict):
            return {name: self._meant(value) for name, value in what.items()}
        if isinstance(what, tuple | list):
            return [self._meant(value) for value in what]
        return self.ids.get(what, what) if isinstance(what, str) else what

    def put(self, person: Person, room: str, action: str, situation: str) -> str:
        """Let the person stand there; returns a button that is as good as a real one."""
        row = MATRIX[room, action]
        args = self._meant(row.args)
        dialog = Dialog(place=room, args=args, rev=7)
        theirs = {"code": "theirs", "title": "Паспорт Жертвиной"}
        dialog.wanted = {"client": self.victim.client_id, "key": "theirs", "papers": [theirs]}
        if at := row.flow(self.ids) if callable(row.flow) else row.flow:
            dialog.flows[at.flow.name] = dump(at)
        now = self.town.world.world.clock.time()
        entered = {"idle": None, "other": now}.get(situation)
        with database(self.town) as second:
            second.execute(
                "insert into consent(account_id, purpose, version, sha256, language, given, update_id, at) "
                "select ?, purpose, version, sha256, language, 1, 'matrix', at from consent where account_id = ? limit 1",
                (person.id, self.me.id),
            )
            if situation != "out":
                second.execute(
                    "insert into binding(account_id, client_id, bound_at, unlocked_at, fresh_at, active_at) "
                    "values(?, ?, ?, ?, ?, ?)",
                    (person.id, self.me.client_id, now, entered, entered, now),
                )
            lane = f"tg:{person.id}"
            second.execute(
                "update lane set state = ? where lane = ?", (self.vault.seal("lane.state", lane, dialog.dump()), lane)
            )
        return self.buttons.make(person.id, 0, Press(dialog.where, action, str(self.ids.get(row.arg, row.arg)), 7))


Case = tuple[str, str, str]


@dataclass(frozen=True)
class Played:
    """What came of it: by room, action and situation."""

    stage: Stage
    people: dict[Case, Person]
    screens: dict[Case, Message]
    chats: dict[Case, list[Message]]
    before: list[list[tuple[Any, ...]]]


async def to_link(person: Person) -> None:
    """Their only policy on its way to be prolonged, with a link to pay by."""
    for label in ("Мои полисы", "ОСАГО", "Продлить", "Всё верно"):
        await person.tap(label)
    waiting = [row["id"] for row in (await person.town.call("GET", "/desk"))["checks"]]
    await person.town.call("POST", f"/desk/checks/{waiting[-1]}", {"outcome": "passed"})
    await person.town.settle()
    await person.tap("Согласиться и оплатить")
    await person.sees("Ссылка работает")


def bought(town: Town) -> list[list[tuple[Any, ...]]]:
    """Everything anybody has applied for and paid, and what went to the core and the provider."""
    timely = "dedup not like 'question:%' and dedup not like 'look:%'"
    sent = f"select dedup from outbox where channel in ('core', 'provider') and {timely} order by id"  # noqa: S608 - our own words
    paid = "select id, kind, subject_id, part, key, amount, state, charge_id, reason, refund_id, closed_at from payment"
    tables = (
        "application",
        "quote",
        "claim",
        "upload",
        "request",
        "remark",
        "note",
        "hush",
    )  # how often the provider is asked about a payment is a matter of time
    return [rows(town, sql) for sql in (*(f"select * from {table}" for table in tables), paid, sent)]  # noqa: S608 - our own names


async def with_a_claim(town: Town, person: Insured) -> None:
    """An insured event of theirs, with a photo."""
    whose = {"claimId": "clm-theirs", "customerId": person.client_id, "policyId": person.policies[0].policy_id}
    said = resource(None, 1, "clarification", **whose)
    await order(town, lambda cabinet, unit: cabinet.adjusting.heard(unit, said))
    now = town.world.world.clock.time()
    with database(town) as second:
        second.execute(
            "insert into upload(client_id, account_id, draft, message_id, state, mime, size, sent_at) "
            "values(?, ?, 'claim:' || (select max(id) from claim), 1, 'stored', 'image/jpeg', 1000, ?)",
            (person.client_id, person.id, now),
        )


async def with_requests(town: Town, person: Insured) -> None:
    """A complaint of theirs, a call of an agent, a note, and what they were reminded of."""

    async def file(cabinet: Cabinet, unit: Unit) -> None:
        actor = await cabinet.accounts.find(unit, person.id)
        assert actor
        await cabinet.requests.file(unit, actor, Kind.COMPLAINT, "theirs-1", {"text": "Жертвина жалуется"})
        called = {"name": "Жертвина Злата", "day": "2027-01-11", "hour": 9, "phone": person.phone}
        await cabinet.requests.file(unit, actor, Kind.AGENT, "theirs-2", called)
        await cabinet.reminders.add_note(unit, actor, date(2027, 12, 1), "Жертвина, позвонить")

    await order(town, file)
    with database(town) as second:
        second.execute(
            "insert into reminder(key, client_id, kind, subject, thing, day, step, urgent, moment, said_at) "
            "select 'theirs', ?, 'note', id, 'note:' || id, day, 0, 0, 0, 0 from note where client_id = ?",
            (person.client_id, person.client_id),
        )


@pytest.fixture(scope="module")
async def played(city: Town) -> Played:
    """Every action in every situation: the screen each of them led to, and the whole chat. No contract is to be reminded of today."""
    me = await insured(city, papers=True, ends_in=(33,), email="ya@pochta.example")
    victim = await insured(
        city, last="Жертвина", first="Злата", papers=True, ends_in=(33,), email="zhertva@pochta.example"
    )
    for person in (me, victim):
        await person.log_in()
    await to_link(victim)
    await with_a_claim(city, victim)
    await with_requests(city, victim)
    stage, before = Stage(city, me, victim), bought(city)
    cases = [
        (room, action, situation)
        for (room, action), row in MATRIX.items()
        for situation in SITUATIONS
        if getattr(row, situation)
    ]
    people = {case: await city.person() for case in cases}

    async def start(person: Person) -> None:
        await city.call("POST", f"/client/{person.id}/text", {"text": "/start"})

    async def press(case: Case) -> None:
        data = stage.put(people[case], *case)
        standing = (await people[case].chat())[-1]["message_id"]
        await city.call("POST", f"/client/{people[case].id}/tap", {"message_id": standing, "data": data})

    await asyncio.gather(*(start(person) for person in people.values()))
    await city.settle()
    for case in cases:
        await press(case)
    await city.settle()
    screens = {case: await person.screen() for case, person in people.items()}
    return Played(stage, people, screens, {case: await person.chat() for case, person in people.items()}, before)


def place(screen: Message) -> str:
    """Where a screen says it stands: `room` or `room.step`."""
    return str(screen["buttons"][-1][-1]["data"]).split(":")[0]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_action_leads_where_the_matrix_says(played: Played, situation: str) -> None:
    led = {case: place(screen) for case, screen in played.screens.items() if case[2] == situation}
    assert led == {(room, action, situation): getattr(MATRIX[room, action], situation) for room, action, _ in led}


def test_nothing_of_anybody_elses_was_shown_or_sent_or_ended(city: Town, played: Played) -> None:
    victim = played.stage.victim
    policy = victim.policies[0]
    number = f"З-{played.stage.ids['application']:06d}"
    secrets = (
        policy.number,
        "Жертвина",
        "Же***",
        policy.insured_objects[0].plate or "-",
        victim.phone[2:],
        number,
        "/pay/",
    )
    for case, chat in played.chats.items():
        assert not [word for word in secrets if word in str(chat)], case
        assert not [m for m in chat if "document" in m], case
        lane = f"tg:{played.people[case].id}"
        assert not rows(city, "select id from outbox where channel = 'mail' and lane = ?", lane), case
    assert rows(city, "select ended_at from binding where client_id = ?", victim.client_id) == [(None,)]


def test_nothing_of_anybody_elses_was_bought_or_cancelled(city: Town, played: Played) -> None:
    """Nor anything of one's own by a draft over another client's policy."""
    assert bought(city) == played.before
