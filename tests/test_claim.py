"""A claim as it is told, and the wizard before it: what is asked of whom, and that nothing told is ever lost."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fsm.accident import PROTOCOL, AccidentDraft
from fsm.claim import CLAIM
from fsm.claim_answers import LONGEST_STORY
from fsm.claim_draft import CIRCUMSTANCES, EVENTS, ClaimDraft, Contract
from fsm.flow import (
    SUMMARY,
    Answer,
    Back,
    Change,
    Confirm,
    Done,
    Drop,
    Edit,
    Flow,
    Input,
    Open,
    Position,
    Rejected,
    Said,
    advance,
)
from fsm.saved import dump, load
from services.claims.values import Participant, Place, Protocol

TODAY = date(2026, 11, 22)
TERM = (date(2026, 4, 1), date(2027, 3, 31))
CONTRACTS = [
    Contract(number, product, TERM, compensation)
    for number, (product, compensation) in enumerate(
        [
            *((product, "") for product in ("osago", "kasko", "property", "dms", "life", "travel", "accident")),
            ("kasko", "repair"),
        ],
        start=1,
    )
]
PHONE = "+79070000101"


def said(text: str, clock: str = "14:05") -> Said:
    return Said(text, TODAY, clock)


def after(at: Position[Any], *events: Input) -> Position[Any]:
    for event in events:
        stands = advance(at, event)
        assert isinstance(stands, Position), (event, stands)
        at = stands
    return at


def say(at: Position[Any], *words: str) -> Position[Any]:
    return after(at, *(Answer(said(text)) for text in words))


def begun(product: str, compensation: str = "", **known: Any) -> Position[Any]:
    """Right after the contract was chosen."""
    contract = Contract(1, product, TERM, compensation)
    return after(CLAIM.start(ClaimDraft(case="case:1:1", **known)), Answer((contract, PHONE)))


def asked_of(at: Position[Any], answers: dict[str, str]) -> list[str]:
    """Every step up to the summary, with these answers."""
    steps = []
    while at.step != SUMMARY:
        steps.append(at.step)
        if at.step == "story":
            at = after(at, Change(said("Въехали сзади")), Answer(said("done")))
        else:
            at = say(at, answers.get(at.step, USUAL.get(at.step, "")))
    return steps


USUAL = {
    "when": "вчера 14:30",
    "place": "Тула, Мира, 5",
    "registration": "police",
    "cars": "2",
    "injured": "no",
    "insured": "yes",
    "dispute": "no",
    "fixation": "yes",
    "participants": "done",
    "certificates": "yes",
    "circumstances": "none",
    "compensation": "repair",
    "photos": "done",
}


# -- what is asked of whom ------------------------------------------------------------------------------------------------

OSAGO = ["when", "place", "story", "registration", "cars", "injured"]


@pytest.mark.parametrize(
    ("product", "compensation", "answers", "asked"),
    [
        ("osago", "", {"event": "guilty"}, ["event", *OSAGO, "participants", "photos"]),
        (
            "osago",
            "",
            {"event": "injured"},
            ["event", *OSAGO, "insured", "participants", "compensation", "photos"],
        ),
        (
            "osago",
            "",
            {"event": "injured", "registration": "europrotocol"},
            ["event", *OSAGO, "insured", "dispute", "fixation", "participants", "compensation", "photos"],
        ),
        ("osago", "", {"event": "injured", "cars": "1"}, ["event", *OSAGO, "compensation", "photos"]),
        (
            "osago",
            "",
            {"event": "guilty", "registration": "europrotocol", "injured": "yes"},
            ["event", *OSAGO, "insured", "participants", "photos"],
        ),
        (
            "kasko",
            "repair",
            {"event": "damage"},
            ["event", "when", "place", "story", "registration", "circumstances", "photos"],
        ),
        (
            "kasko",
            "",
            {"event": "damage", "registration": "none"},
            [
                *("event", "when", "place", "story", "registration", "certificates", "circumstances"),
                *("compensation", "photos"),
            ],
        ),
        (
            "kasko",
            "repair",
            {"event": "damage", "registration": "europrotocol"},
            [
                *("event", "when", "place", "story", "registration", "cars", "injured", "insured", "dispute"),
                *("fixation", "circumstances", "photos"),
            ],
        ),
        (
            "kasko",
            "",
            {"event": "theft"},
            ["event", "when", "place", "story", "registration", "circumstances", "photos"],
        ),
        (
            "kasko",
            "",
            {"event": "total"},
            ["event", "when", "place", "story", "registration", "circumstances", "photos"],
        ),
        ("kasko", "money", {"event": "glass"}, ["event", "when", "place", "story", "photos"]),
        ("property", "", {}, ["when", "place", "story", "photos"]),
        ("dms", "", {}, ["when", "story", "photos"]),
        ("life", "", {}, ["when", "story", "photos"]),
        ("travel", "", {}, ["when", "place", "story", "photos"]),
        ("accident", "", {}, ["when", "place", "story", "photos"]),
    ],
)
def test_only_what_makes_sense_is_asked(
    product: str, compensation: str, answers: dict[str, str], asked: list[str]
) -> None:
    assert asked_of(begun(product, compensation), answers) == asked


def test_the_time_is_asked_where_it_was_not_told_with_the_day() -> None:
    at = say(begun("osago"), "guilty", "вчера")
    assert at.step == "time"
    assert say(at, "8 вечера").draft.happened_at == "20:00"
    assert say(at, "не помню").draft.happened_at == ""


def test_what_was_told_at_the_roadside_is_not_asked_again() -> None:
    known: dict[str, Any] = {
        "happened_on": TODAY,
        "happened_at": "14:00",
        "place": Place("", 55.75, 37.62),
        "cars": 2,
        "injured": False,
    }
    at = begun("osago", insured="yes", dispute=False, fixation=True, **known)
    asked = asked_of(at, {"event": "injured", "registration": "europrotocol"})
    assert asked == ["event", "story", "registration", "participants", "compensation", "photos"]


# -- when ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("now", TODAY, "14:05"),
        ("today", TODAY, None),
        ("yesterday", date(2026, 11, 21), None),
        ("вчера 14:30", date(2026, 11, 21), "14:30"),
        ("21.11 в 8:15", date(2026, 11, 21), "08:15"),
        ("15.03.2026", date(2026, 3, 15), None),
        ("14:00", TODAY, "14:00"),
        ("22:30", TODAY, "22:30"),  # in the east of the country it is
    ],
)
def test_when_in_whatever_words(typed: str, day: date, at: str | None) -> None:
    stands = say(begun("osago"), "guilty", typed)
    assert (stands.draft.happened_on, stands.draft.happened_at) == (day, at)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("завтра", "bad-when"),
        ("", "bad-when"),
        ("🚗", "bad-when"),
        ("24.11.2026", "when-ahead"),
        ("23:30", "when-ahead"),
        ("31.12", "when-ahead"),
        ("01.01.1990", "when-long-ago"),
    ],
)
def test_when_it_cannot_have_been(typed: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        say(begun("osago"), "guilty", typed)
    assert refused.value.code == code


def test_tomorrow_has_begun_in_the_east_when_it_is_late_in_moscow() -> None:
    at = say(begun("osago"), "guilty")
    late = Answer(said("23.11.2026 00:30", "15:40"))
    assert after(at, late).draft.happened_on == date(2026, 11, 23)
    with pytest.raises(Rejected):
        advance(at, Answer(said("23.11.2026 00:30", "15:20")))


def test_a_day_out_of_the_contract_is_passed_on_when_it_is_insisted_on() -> None:
    at = say(begun("osago"), "guilty", "15.03.2026")
    assert at.step == "outside"
    assert after(at, Back()).step == "when"
    assert say(at, "yes").step == "time"
    again = say(after(say(at, "yes"), Back()), "yes")
    assert again.draft.outside == date(2026, 3, 15)


def test_another_day_out_of_the_contract_is_asked_about_again() -> None:
    at = say(begun("dms"), "15.03.2026", "yes")
    at = after(at, Change(said("Приём")), Answer(said("done")), Answer(said("done")))
    assert at.step == SUMMARY
    assert say(after(at, Edit("when")), "16.03.2026").step == "outside"
    assert say(after(at, Edit("when")), "16.05.2026").step == SUMMARY


def test_a_time_that_has_become_the_future_is_asked_again() -> None:
    at = say(begun("osago"), "guilty", "вчера 23:50")
    at = say(after(at, Back(), Back()), "сегодня")
    assert at.step == "time"


# -- the other answers -----------------------------------------------------------------------------------------------------


def test_a_story_grows_by_messages_and_has_an_end() -> None:
    at = say(begun("dms"), "вчера")
    with pytest.raises(Rejected):
        advance(at, Answer(said("done")))
    at = after(at, Change(said("Первое.")), Change(said("  Второе.  ")))
    assert at.draft.story == "Первое.\nВторое."
    with pytest.raises(Rejected) as refused:
        advance(at, Change(said("ж" * LONGEST_STORY)))
    assert refused.value.code == "long-story"
    assert after(at, Change(said("clear"))).draft.story == ""
    assert say(at, "done").step == "photos"


def at_participants() -> Position[Any]:
    at = say(begun("osago"), "guilty", "вчера 14:30", "Тула, Мира, 5")
    return say(after(at, Change(said("Въехал")), Answer(said("done"))), "none", "2", "no")


def test_a_participant_word_by_word_or_in_one_go() -> None:
    at = after(at_participants(), Open())
    at = say(at, "a 123 bc 77", "  Северный   берег ", "XXX 016 617 1796")
    assert at.draft.participants == (Participant("А123ВС77", "Северный берег", "ХХХ0166171796"),)
    at = say(after(at, Open()), "В321ОР99", "rest")
    assert at.draft.participants[1] == Participant("В321ОР99")
    edited = say(after(at, Open("0")), "keep", "не знаю", "keep")
    assert edited.draft.participants[0] == Participant("А123ВС77", "", "ХХХ0166171796")
    assert after(edited, Change(said("remove=0"))).draft.participants == (Participant("В321ОР99"),)


def test_a_participant_of_whom_nothing_is_known_is_nobody() -> None:
    at = say(after(at_participants(), Open()), "не знаю", "rest")
    assert at.draft.participants == ()
    assert say(at, "done").step == "photos"


@pytest.mark.parametrize(
    ("step", "typed"), [("plate", "123"), ("insurer", "???"), ("insurer", "ж" * 101), ("policy", "№")]
)
def test_a_participant_in_words_that_mean_nothing(step: str, typed: str) -> None:
    before = {"plate": [], "insurer": ["В321ОР99"], "policy": ["В321ОР99", "Берег"]}[step]
    with pytest.raises(Rejected):
        say(after(at_participants(), Open()), *before, typed)


def test_circumstances_are_turned_on_and_off_and_never_refuse() -> None:
    at = say(begun("kasko", "repair"), "theft", "вчера 14:30", "Тула")
    at = say(after(at, Change(said("Угнали")), Answer(said("done"))), "police")
    at = after(at, Change(said("keys")), Change(said("alarm")), Change(said("keys")))
    assert at.draft.circumstances == ("alarm",)
    with pytest.raises(Rejected):
        advance(at, Change(said("intoxicated")))
    assert say(at, "done").step == "photos"
    assert say(at, "none").draft.circumstances == ()
    again = say(after(say(at, "done", "done"), Edit("event")), "damage")
    assert again.step == "circumstances", "of another event others are asked about"


# -- what becomes of it ----------------------------------------------------------------------------------------------------


def test_a_report_holds_what_was_asked_and_nothing_else() -> None:
    at = begun("osago")
    words = {"event": "injured", "registration": "europrotocol", "dispute": "yes"}
    for step in asked_of(at, words):
        more: list[Input] = [Change(said("Въехали")), Answer(said("done"))]
        at = after(at, *more) if step == "story" else say(at, words.get(step, USUAL.get(step, "")))
    report = at.draft.report(TODAY)
    assert report.protocol == Protocol(dispute=True, fixation=True, limit=200_000)
    assert (report.event, report.compensation, report.phone) == ("injured", "repair", PHONE)
    theft = at.draft.model_copy(update={"contract": Contract(2, "kasko", TERM), "told_event": "theft"}).report(TODAY)
    assert (theft.protocol, theft.injured, theft.participants, theft.registration) == (None, None, (), "none")
    assert theft.compensation == "money"
    glass = at.draft.model_copy(update={"contract": Contract(2, "kasko", TERM, "repair"), "told_event": "glass"})
    assert (glass.report(TODAY).without_certificates, glass.report(TODAY).compensation) == (True, "repair")


@pytest.mark.parametrize(
    ("answers", "asked", "reason"),
    [
        (["1"], ["cars"], "vehicles"),
        (["3"], ["cars"], "vehicles"),
        (["2", "yes"], ["cars", "injured"], "injured"),
        (["2", "no", "no"], ["cars", "injured", "insured"], "insured"),
        (["2", "no", "yes", "yes", "no"], ["cars", "injured", "insured", "dispute", "fixation"], "dispute"),
        (["2", "no", "yes", "yes", "yes"], ["cars", "injured", "insured", "dispute", "fixation"], "disputed"),
        (["2", "no", "unknown", "no", "no"], ["cars", "injured", "insured", "dispute", "fixation"], "unfixed"),
        (["2", "no", "yes", "no", "yes"], ["cars", "injured", "insured", "dispute", "fixation"], "agreed"),
    ],
)
def test_the_wizard_ends_as_soon_as_it_is_decided(answers: list[str], asked: list[str], reason: str) -> None:
    at, seen = PROTOCOL.start(), []
    for answer in answers:
        seen.append(at.step)
        at = say(at, answer)
    assert (at.step, seen) == (SUMMARY, asked)
    assert at.draft.verdict(TODAY).reason == reason


# -- whatever anybody does -------------------------------------------------------------------------------------------------

WORDS = [
    *(
        "now",
        "вчера 14:30",
        "15.03.2026",
        "31.12",
        "yes",
        "no",
        "unknown",
        "guilty",
        "injured",
        "damage",
        "theft",
        "glass",
    ),
    *("police", "europrotocol", "none", "1", "2", "3", "done", "rest", "keep", "remove=0", "remove=7", "clear", "keys"),
    *(
        "intoxicated",
        "repair",
        "money",
        "А123ВС77",
        "Северный берег",
        "ХХХ 0166171796",
        "8 903 123-45-67",
        "Тула, Мира, 5",
    ),
    *("", " ", "²", "🚗" * 50, "ж" * 4000, "'; drop table claim; --", "<b>", "\x00", "event", "summary"),
]
MOVES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["answer"] * 6 + ["change", "change"]), st.sampled_from(WORDS)),
        st.tuples(st.just("choose"), st.integers(0, len(CONTRACTS) - 1)),
        st.tuples(st.just("place"), st.just(0)),
        st.tuples(st.just("edit"), st.sampled_from([step.name for step in CLAIM.steps])),
        st.tuples(st.just("open"), st.sampled_from(["", "0", "9", "x"])),
        st.tuples(st.sampled_from(["back", "drop", "confirm"]), st.just(0)),
    ),
    max_size=40,
)
flows = pytest.mark.parametrize("flow", [CLAIM, PROTOCOL], ids=["claim", "protocol"])
walks = settings(max_examples=150, deadline=None)


def meant(at: Position[Any], move: tuple[str, Any]) -> Input:
    """What a move is here: a contract comes looked up, and only where it is asked for; a point of the map likewise."""
    match move:
        case "answer", text:
            return Answer(said(text))
        case "change", text:
            return Change(said(text))
        case "choose", number if at.leaf.step == "contract":
            return Answer((CONTRACTS[number], PHONE))
        case "place", _ if at.leaf.step == "place":
            return Answer(Place("", 55.75, 37.62))
        case "edit", step:
            return Edit(step)
        case "open", key:
            return Open(key)
        case "back", _:
            return Back()
        case "drop", _:
            return Drop()
    return Confirm()


def told(draft: Any) -> set[str]:
    """The answers a draft holds."""
    return {name for name, value in draft if value not in (None, "", (), False) and value != Place()}


@flows
@given(moves=MOVES)
@walks
def test_nothing_told_is_lost_and_nothing_breaks(flow: Flow[Any], moves: list[tuple[str, Any]]) -> None:
    at: Position[Any] = flow.start()
    for move in moves:
        before, stood = told(at.draft), json.dumps(dump(at))
        try:
            stands = advance(at, meant(at, move))
        except Rejected:
            assert json.dumps(dump(at)) == stood
            continue
        if not isinstance(stands, Position):
            if isinstance(stands, Done):
                assert not flow.open(stands.draft)
                if flow is CLAIM:
                    stands.draft.report(TODAY).to_wire()
            at = flow.start()
            continue
        may_go = {"story", "circumstances", "participants", "listed", "happened_at"}
        assert before - told(stands.draft) <= may_go, move
        assert load(flow, json.loads(json.dumps(dump(stands)))) == stands
        assert stands.step in flow.path(stands.draft)
        at = stands


@flows
@given(moves=MOVES)
@walks
def test_back_alone_always_leads_out_and_changes_nothing(flow: Flow[Any], moves: list[tuple[str, Any]]) -> None:
    at: Any = flow.start()
    for move in moves:
        with suppress(Rejected):
            stands = advance(at, meant(at, move))
            at = stands if isinstance(stands, Position) else flow.start()
    kept = at.draft
    for _ in range(40):
        at = advance(at, Back())
        if at is None:
            break
        assert at.draft == kept
    assert at is None


def test_the_words_of_the_gateway_are_ours() -> None:
    assert EVENTS == {
        "osago": ("guilty", "injured"),
        "kasko": ("damage", "theft", "total", "glass"),
        "property": ("damage",),
    }
    assert set(CIRCUMSTANCES) <= set(EVENTS["kasko"])


def test_what_is_known_from_the_start_is_no_beginning() -> None:
    contract = Contract(1, "osago", TERM)
    assert not ClaimDraft(case="case:1:1", contract=contract, phone=PHONE).begun
    assert ClaimDraft(case="case:1:1", contract=contract, told_event="guilty").begun
    assert ClaimDraft(place=AccidentDraft(place=Place("Тула")).place).begun
