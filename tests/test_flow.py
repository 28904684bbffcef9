"""The flow kernel: what holds at every position, whatever a person does (properties), and the rules one by one."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fsm.dialog import Dialog
from fsm.flow import (
    FLOWS,
    SUMMARY,
    Answer,
    Back,
    Change,
    Confirm,
    Done,
    Draft,
    Drop,
    Edit,
    Flow,
    Input,
    Open,
    Position,
    Rejected,
    Step,
    Sub,
    advance,
)
from fsm.graph import draw, graph
from fsm.login import LOGIN, LoginDraft
from fsm.question import QUESTION, QuestionDraft
from fsm.saved import dump, load
from tests.support.flows import ANSWERS, CAR, JUNK, POLICY, DriverDraft, PolicyDraft

EVERY: list[Flow[Any]] = [CAR, POLICY, LOGIN, QUESTION]
SUMMED: list[Flow[Any]] = [flow for flow in EVERY if flow.summary]

flows = pytest.mark.parametrize("flow", EVERY, ids=lambda flow: str(flow.name))
summed = pytest.mark.parametrize("flow", SUMMED, ids=lambda flow: str(flow.name))

Move = tuple[str, int]
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["answer"] * 6 + ["junk", "back", "back", "open", "open", "edit", "confirm"]),
        st.integers(0, 11),
    ),
    max_size=30,
)
"""A walk: what is done, and which of the possibilities. What they mean depends on where one stands."""
walks = settings(max_examples=60, deadline=None)


def meant(at: Position[Any], move: Move) -> Input:
    """The input a move stands for at this position."""
    what, number = move
    leaf = at.leaf
    match what:
        case "answer":
            answers = ANSWERS.get(leaf.step, [None])
            return Answer(answers[number % len(answers)])
        case "junk":
            # a contact and the like come from the services, already looked up: no junk can reach those steps
            checked = leaf.flow is LOGIN and leaf.step != "who"
            return Answer(ANSWERS[leaf.step][0] if checked and leaf.step in ANSWERS else JUNK[number % len(JUNK)])
        case "back":
            return Back()
        case "open":
            return Open(["", "", "0", "1", "9", "x"][number % 6])
        case "edit":
            names = [step.name for step in leaf.flow.steps] + ["nowhere", SUMMARY]
            return Edit(names[number % len(names)])
    return Confirm()


def walk(flow: Flow[Any], moves: list[Move], start: Draft | None = None) -> list[Position[Any]]:
    """Every position of a walk; a flow that is done or left begins anew."""
    at = flow.start(start)
    seen = [at]
    for move in moves:
        try:
            stands = advance(at, meant(at, move))
        except Rejected:
            continue
        at = stands if isinstance(stands, Position) else flow.start(start)
        seen.append(at)
    return seen


def held(at: Position[Any]) -> dict[str, Draft]:
    """Every answer a position holds: its draft, and those of the sub-flows it is in or has left half-way."""
    answers: dict[str, Draft] = {"": at.draft}
    inside = dict(at.begun) | ({f"{at.step}/{at.key}": at.inner} if at.inner else {})
    for name, inner in inside.items():
        answers |= {f"{name}:{below}": draft for below, draft in held(inner).items()}
    return answers


def every_level(at: Position[Any]) -> list[Position[Any]]:
    return [at, *(every_level(at.inner) if at.inner else ()), *(p for b in at.begun.values() for p in every_level(b))]


def to_summary(at: Position[Any]) -> list[str]:
    """Answer whatever is asked until the summary; returns the steps that were asked on the way."""
    asked: list[str] = []
    for _ in range(40):
        leaf = at.leaf
        if at.step == SUMMARY:
            return asked
        asked.append(leaf.step)
        event: Input = Confirm() if leaf.step == SUMMARY else Answer(ANSWERS[leaf.step][0])
        if leaf.step == "drivers" and not leaf.draft.drivers:
            event = Open()
        at = after(at, event)
    raise AssertionError(f"no summary after {asked}")


# -- what holds everywhere --------------------------------------------------------------------------------------------


@flows
@given(moves=MOVES, move=MOVES)
@walks
def test_a_rejected_input_changes_nothing(flow: Flow[Any], moves: list[Move], move: list[Move]) -> None:
    at = walk(flow, moves)[-1]
    before = json.dumps(dump(at))
    for one in move:
        with suppress(Rejected):
            advance(at, meant(at, one))
        assert json.dumps(dump(at)) == before


@flows
@given(moves=MOVES)
@walks
def test_the_question_asked_is_one_that_this_draft_is_asked(flow: Flow[Any], moves: list[Move]) -> None:
    for at in walk(flow, moves):
        for level in every_level(at):
            assert level.step in level.flow.path(level.draft)


@flows
@given(moves=MOVES)
@walks
def test_back_never_loses_an_answer(flow: Flow[Any], moves: list[Move]) -> None:
    for at in walk(flow, moves):
        back = advance(at, Back())
        if back is None:
            assert at.step == at.flow.path(at.draft)[0]
            assert not at.editing
        else:
            assert isinstance(back, Position), "Back never ends a flow"
            assert held(back) == held(at)


@flows
@given(moves=MOVES)
@walks
def test_back_alone_always_leads_out(flow: Flow[Any], moves: list[Move]) -> None:
    at: Position[Any] | Done[Any] | None = walk(flow, moves)[-1]
    for _ in range(30):
        if not isinstance(at, Position):
            break
        at = advance(at, Back())
    assert at is None


@flows
@given(moves=MOVES)
@walks
def test_every_position_survives_json(flow: Flow[Any], moves: list[Move]) -> None:
    for at in walk(flow, moves):
        assert load(flow, json.loads(json.dumps(dump(at)))) == at


@summed
@given(moves=MOVES)
@walks
def test_the_summary_is_reachable_from_everywhere(flow: Flow[Any], moves: list[Move]) -> None:
    for at in walk(flow, moves)[-3:]:
        to_summary(at)


@flows
@given(moves=MOVES)
@walks
def test_nothing_is_done_while_a_question_is_open(flow: Flow[Any], moves: list[Move]) -> None:
    """The last question of a flow without a summary is answered by ending it (the code of the login is kept nowhere)."""
    at = flow.start()
    for move in moves:
        try:
            stands = advance(at, meant(at, move))
        except Rejected:
            continue
        if isinstance(stands, Done):
            assert set(flow.open(stands.draft)) <= (set() if flow.summary else {at.step})
        at = stands if isinstance(stands, Position) else flow.start()


@summed
@given(moves=MOVES, number=st.integers(0, 9))
@walks
def test_an_edit_returns_to_the_summary_and_asks_only_what_it_opened(
    flow: Flow[Any], moves: list[Move], number: int
) -> None:
    for at in (at for at in walk(flow, moves) if at.step == SUMMARY):
        for name in flow.path(at.draft)[:-1]:
            edited = after(at, Edit(name))
            assert (edited.step, edited.draft) == (name, at.draft)
            assert advance(edited, Back()) == at
            if isinstance(flow.step(name), Sub):
                continue
            answered = after(edited, Answer(ANSWERS[name][number % len(ANSWERS[name])]))
            opened = set(flow.open(answered.draft))
            assert answered.step in (opened or {SUMMARY})
            inside = {step.name for sub in flow.steps if isinstance(sub, Sub) for step in sub.inner.steps} | {SUMMARY}
            assert set(to_summary(answered)) <= opened | inside


@flows
@given(moves=MOVES)
@walks
def test_the_kernel_is_pure(flow: Flow[Any], moves: list[Move]) -> None:
    assert walk(flow, moves) == walk(flow, moves)


# -- the rules one by one ---------------------------------------------------------------------------------------------


def through(flow: Flow[Any], *events: Input, start: Draft | None = None) -> Position[Any]:
    return after(flow.start(start), *events)


def after(at: Position[Any], *events: Input) -> Position[Any]:
    for event in events:
        stands = advance(at, event)
        assert isinstance(stands, Position), (event, stands)
        at = stands
    return at


PETER = (Answer("Пётр"), Answer("9912345678"), Confirm())
ANNA = (Answer("Анна"), Answer("foreign"), Answer("KZ"), Confirm())


def test_a_hidden_question_is_not_asked_and_its_answer_is_kept() -> None:
    at = through(CAR, Answer("car"), Answer(150), Answer("me"), Edit("kind"), Answer("flat"))
    assert at.step == SUMMARY
    assert "power" not in CAR.path(at.draft)
    with pytest.raises(Rejected):
        advance(at, Edit("power"))
    again = after(at, Edit("kind"), Answer("car"))
    assert (again.step, again.draft.power) == (SUMMARY, 150)


def test_an_edit_asks_what_it_opens_even_if_it_stands_earlier() -> None:
    at = through(CAR, Answer("flat"), Answer("me"), Edit("owner"), Answer("other"))
    assert (at.step, at.editing) == ("owner_name", True)
    assert after(at, Answer("Анна")).step == SUMMARY


def test_who_leaves_an_edit_half_way_is_asked_for_the_rest_before_the_end() -> None:
    at = through(CAR, Answer("flat"), Answer("me"), Edit("owner"), Answer("other"), Back())
    assert at.step == SUMMARY
    asked = after(at, Confirm())
    assert asked.step == "owner_name", "the owner's name is missing: this must not be done"
    named = after(asked, Answer("Анна"))
    assert advance(named, Confirm()) == Done(named.draft)


def test_a_sub_flow_brings_its_result() -> None:
    at = through(POLICY, Answer(False), Open(), *PETER, Open(), *ANNA)
    assert at.step == "drivers"
    assert [driver.name for driver in at.draft.drivers] == ["Пётр", "Анна"]
    assert at.draft.drivers[1].country == "KZ"
    assert after(at, Answer("done"), Answer("a@b.ru")).step == SUMMARY


def test_an_item_is_edited_in_its_place() -> None:
    at = through(POLICY, Answer(False), Open(), *PETER, Open(), *ANNA)
    inner = after(at, Open("0"))
    assert inner.leaf.draft == at.draft.drivers[0]
    assert inner.leaf.step == SUMMARY
    at = after(inner, Edit("name"), Answer("Анна"), Confirm())
    assert [driver.name for driver in at.draft.drivers] == ["Анна", "Анна"]


def test_what_is_reviewed_begins_and_ends_at_its_summary() -> None:
    at = POLICY.review(PolicyDraft(unlimited=True, email="a@b.ru"))
    assert at.step == SUMMARY
    assert advance(at, Back()) is None
    edited = after(at, Edit("email"))
    assert after(edited, Back()).step == after(edited, Answer("c@d.ru")).step == SUMMARY
    assert after(POLICY.review(PolicyDraft(unlimited=True)), Answer("a@b.ru")).step == SUMMARY


def test_a_change_is_taken_in_and_the_step_stays() -> None:
    at = through(POLICY, Answer(False), Open(), *PETER, Open(), *ANNA)
    at = after(at, Change(("remove", 0)))
    assert (at.step, [driver.name for driver in at.draft.drivers]) == ("drivers", ["Анна"])


def test_an_item_is_removed() -> None:
    at = through(POLICY, Answer(False), Open(), *PETER, Open(), *ANNA)
    assert [driver.name for driver in after(at, Answer(("remove", 0))).draft.drivers] == ["Анна"]


def test_an_unknown_item_does_not_open() -> None:
    at = through(POLICY, Answer(False))
    for key in ("0", "x", "²"):
        with pytest.raises(Rejected):
            advance(at, Open(key))


def test_a_sub_flow_left_half_way_waits() -> None:
    at = through(POLICY, Answer(False), Open(), Answer("Анна"), Answer("foreign"), Back(), Back(), Back())
    assert (at.step, at.inner, at.draft.drivers) == ("drivers", None, ())
    assert after(at, Open()).leaf.draft == DriverDraft(name="Анна", licence="foreign")


def test_after_a_removal_only_the_new_item_waits() -> None:
    """The numbers of existing ones may have moved: what was begun over the old ones would land on another driver."""
    at = through(POLICY, Answer(False), Open(), *PETER, Open(), *ANNA)
    at = after(at, Open(), Answer("Пётр"), Back(), Back())
    at = after(at, Open("1"), Edit("name"), Answer("Пётр"), Back())
    assert set(at.begun) == {"drivers/", "drivers/1"}
    at = after(at, Answer(("remove", 0)))
    assert set(at.begun) == {"drivers/"}


def test_a_result_that_hides_its_list_goes_on() -> None:
    three = (Open(), *PETER)
    at = through(POLICY, Answer(False), *three, *three, *three)
    assert at.draft.unlimited
    assert at.step == "email"


def test_a_brief_flow_does_not_ask_what_is_known() -> None:
    brief = replace(POLICY, brief=True)
    assert brief.start(PolicyDraft(unlimited=True)).step == "email"
    assert brief.start(PolicyDraft(unlimited=True, email="a@b.ru")).step == SUMMARY
    at = brief.start(PolicyDraft(email="a@b.ru"))
    at = after(at, Answer(False))
    assert at.step == "drivers"
    at = after(at, Open(), *PETER, Answer("done"))
    assert at.step == SUMMARY, "the mail was known"
    back = after(at, Edit("unlimited"), Back())
    assert back.step == SUMMARY
    shown = after(brief.start(PolicyDraft(unlimited=True)), Back())
    assert shown.step == "unlimited", "Back shows what was known, too"


def test_an_item_that_is_dropped_is_forgotten() -> None:
    at = through(POLICY, Answer(False), Open(), Answer("Анна"), Back(), Back())
    assert after(at, Open()).leaf.draft == DriverDraft(name="Анна")
    assert after(at, Open(), Drop(), Open()).leaf.draft == DriverDraft()


def test_a_prefilled_draft_asks_all_the_same_and_keeps_what_is_there() -> None:
    draft = PolicyDraft(unlimited=True, email="a@b.ru")
    at = POLICY.start(draft)
    assert (at.step, at.draft) == ("unlimited", draft)


def test_login_asks_what_is_in_doubt() -> None:
    many = through(LOGIN, Answer(("+79070000001", ["a", "b"])))
    assert many.step == "who"
    assert through(LOGIN, Answer(("+79070000001", ["a"]))).step == "code"
    assert LOGIN.start(LoginDraft(unlock=True, client="a")).step == "wish"


def test_login_is_not_done_without_the_fact() -> None:
    at = through(LOGIN, Answer(("+79070000001", ["a"])), start=LoginDraft(needs_fact=True))
    assert at.step == "fact"
    assert after(at, Answer(False), Answer(None)).step == "fact"


def test_the_declared_flows_are_well_formed() -> None:
    for flow in FLOWS.flows.values():
        names = [step.name for step in flow.steps]
        assert len(set(names)) == len(names)
        assert all(name.isidentifier() and name != SUMMARY for name in names)
        assert flow.path(flow.draft()), "somebody must be asked something"


# -- releases ---------------------------------------------------------------------------------------------------------


class Old(Draft):
    city: str = ""
    phone: str = ""


class New(Draft):
    release: ClassVar[int] = 2
    town: str = ""
    phone: str = ""


def renamed(release: int, data: dict[str, Any]) -> dict[str, Any] | None:
    return {"town": data["city"], "phone": data["phone"]} if release == 1 else None


def keep(name: str) -> Step[Any]:
    return Step(name, lambda d, v: d.model_copy(update={name: v}), answered=lambda d: bool(getattr(d, name)))


OLD: Flow[Any] = Flow("visit", Old, (keep("city"), keep("phone")))
NEW: Flow[Any] = Flow("visit", New, (keep("town"), keep("phone")), migrate=renamed)
STRICT: Flow[Any] = Flow("visit", New, (keep("town"), keep("phone")))


def test_a_draft_of_an_older_release_is_migrated() -> None:
    at = through(OLD, Answer("Тула"), Answer("1"), Edit("phone"))
    read = load(NEW, dump(at))
    assert read == Position(NEW, "phone", New(town="Тула", phone="1"), editing=True)


def test_a_step_that_is_gone_leads_to_what_is_open() -> None:
    assert load(NEW, dump(OLD.start(Old(phone="1")))) == Position(NEW, "town", New(phone="1"))
    read = load(NEW, dump(OLD.start(Old(city="Тула", phone="1"))))
    assert read is not None
    assert read.step == SUMMARY


def test_a_draft_nobody_can_migrate_begins_anew() -> None:
    assert load(STRICT, dump(through(OLD, Answer("Тула")))) is None
    unreadable = dump(NEW.start()) | {"release": 7}
    assert load(NEW, unreadable) is None
    assert load(NEW, dump(NEW.start()) | {"draft": {"town": "Тула", "colour": "red"}}) is None


def test_an_inner_draft_of_an_older_release_is_dropped_and_the_outer_one_kept() -> None:
    at = through(
        POLICY, Answer(False), Open(), *PETER, Open("0"), Edit("name"), Answer("Анна"), Back(), Open(), Answer("Анна")
    )
    data = dump(at)
    data["inner"]["release"] = 0
    data["begun"]["drivers/0"]["draft"] = {"colour": "red"}
    read = load(POLICY, data)
    assert read is not None
    assert (read.step, read.inner, read.begun) == ("drivers", None, {})
    assert read.draft == at.draft


# -- the dialog around the flows --------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PLACES = st.sampled_from(["welcome", "menu", "policy", "login"])
ARGS = st.dictionaries(st.text(), JSON, max_size=3)


@given(
    place=PLACES,
    args=ARGS,
    rev=st.integers(0, 10**6),
    pressed=st.text(),
    refusals=st.integers(0, 9),
    then=st.none() | st.tuples(PLACES, ARGS),
    moves=MOVES,
)
@walks
def test_a_dialog_survives_json(
    place: str,
    args: dict[str, Any],
    rev: int,
    pressed: str,
    refusals: int,
    then: tuple[str, dict[str, Any]] | None,
    moves: list[Move],
) -> None:
    dialog = Dialog(place, args, rev, pressed, refusals, then)
    at = dialog.stand(walk(QUESTION, moves)[-1])
    read = Dialog.load(dialog.dump())
    assert read == dialog
    assert read.at(QUESTION) == at
    assert read.where == dialog.where


def test_a_new_chat_stands_at_the_door() -> None:
    assert Dialog.load(None) == Dialog.load(b"{}") == Dialog()
    assert Dialog().place == "welcome"


def test_what_an_older_release_knew_is_ignored() -> None:
    assert Dialog.load(b'{"place": "menu", "colour": "red"}') == Dialog("menu")


def test_a_button_is_of_one_screen_only() -> None:
    dialog = Dialog()
    dialog.begin(LOGIN)
    dialog.go("login")
    where, rev = dialog.where, dialog.rev
    assert where == "login.contact"
    assert not dialog.is_stale(where, rev)
    dialog.rev += 1
    assert dialog.is_stale(where, rev), "the same place, shown again later"
    dialog.rev -= 1
    dialog.stand(through(LOGIN, Answer(("+79070000001", ["a", "b"]))))
    assert dialog.is_stale(where, rev), "another step of the same dialog"
    dialog.go("menu")
    assert dialog.is_stale("login.who", rev)
    assert not dialog.is_stale("menu", rev)


def test_where_names_the_innermost_question() -> None:
    dialog = Dialog("policy")
    dialog.flows["policy"] = dump(through(POLICY, Answer(False), Open(), Answer("Анна")))
    assert dialog.where == "policy.licence"


def test_a_draft_waits_until_its_flow_ends() -> None:
    dialog = Dialog()
    dialog.begin(QUESTION, QuestionDraft(text="Когда?"))
    dialog.go("menu")
    at = Dialog.load(dialog.dump()).at(QUESTION)
    assert at is not None
    assert at.draft.text == "Когда?"
    dialog.end(QUESTION)
    assert dialog.at(QUESTION) is None
    dialog.end(QUESTION)


# -- the picture ------------------------------------------------------------------------------------------------------


def test_the_page_of_the_dialogs_is_what_the_code_draws() -> None:
    page = (Path(__file__).parent.parent / "docs" / "flows.md").read_text()
    drawn = page.partition("<!-- python -m fsm.graph -->\n")[2].partition("\n<!-- end -->")[0]
    assert drawn == f"```mermaid\n{graph()}\n```", "run `python -m fsm.graph` and put its output into docs/flows.md"


def test_the_picture_shows_conditions_sub_flows_summary_and_back() -> None:
    picture = draw(POLICY)
    for line in (
        'policy_drivers_if{"not d.unlimited"}',
        "policy_drivers_if -->|no| policy_email",
        'subgraph policy_drivers_driver["driver"]',
        "policy_drivers ==>|open| policy_drivers_driver_name",
        "policy_drivers_driver_done ==>|result| policy_drivers",
        "policy_summary -.->|edit| policy_drivers",
        "policy_summary -->|confirm| policy_done",
        "policy_email -.->|back| policy_drivers",
    ):
        assert line in picture, line
