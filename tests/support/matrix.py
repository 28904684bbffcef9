"""Every action of every room, and where its button leads whoever may not press it: a matrix for the tests of rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fsm.accident import PROTOCOL, AccidentDraft
from fsm.call import CALL, CallDraft
from fsm.claim import CLAIM
from fsm.claim_draft import ClaimDraft, Contract
from fsm.driver import DRIVER, DriverDraft
from fsm.flow import SUMMARY, Position
from fsm.login import LOGIN, LoginDraft
from fsm.note import NOTE, NoteDraft
from fsm.participant import PARTICIPANT, ParticipantDraft
from fsm.policy_change import CHANGE, ChangeDraft
from fsm.prolongation import PERIOD, PROLONGATION, PeriodDraft, ProlongationDraft
from fsm.question import QUESTION, QuestionDraft
from fsm.request import REQUEST, RequestDraft
from services.claims.values import Place

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
