"""The texts: the same in every language, each one used and none missing, right in number, fit to be sent."""

from __future__ import annotations

import ast
import html
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.dispatcher import HOUSE
from fsm.flow import FLOWS, SUMMARY, Flow, Sub
from handlers.case_files import COPIES
from handlers.fluent import MissingText
from handlers.menu import LANGUAGES
from handlers.texts import LOCALES, Texts
from services.claims.checklist import BY_EVENT, SLOTS
from services.claims.values import State
from services.deadlines.claims import EUROPROTOCOL, ONE_ELEMENT, PAID, REPORTED
from services.drivers import Problem
from services.errors import CabinetError
from services.model import Standing
from services.policies import GROUPS
from services.prolongation.rules import PeriodProblem

ROOT = LOCALES.parent
MESSAGE, TOAST, LABEL = 4096, 200, 40
"""The most characters of each; the first two are Telegram's, the third is what a phone's screen has room for."""

NUMBERS = [*range(26), *range(100, 113), 1000]
CATEGORIES = {"zero", "one", "two", "few", "many"}
NASTY = "Ы & <b"
"""What a person may be called, or type: if it is not escaped somewhere, the markup breaks."""
ALWAYS = {"brand": NASTY, "phone": "8 800 000-00-00", "hours": NASTY, "tow": NASTY, "commissioner": NASTY}
TYPICAL = {
    "product": "ОСАГО",
    "object": "Skoda Octavia",
    "until": "21.11.2026",
    "email": "i***@mail.ru",
} | dict.fromkeys(("text", "answer"), NASTY * (3000 // len(NASTY)))

FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "ru": {
        "policies": ("У вас # полис", "У вас # полиса", "У вас # полисов"),
        "until-active": ("остался # день", "осталось # дня", "осталось # дней"),
        "error-wrong-code": ("Осталась # попытка", "Остались # попытки", "Осталось # попыток"),
        "error-wrong-fact": ("Осталась # попытка", "Остались # попытки", "Осталось # попыток"),
        "error-old-code": ("Осталась # попытка", "Остались # попытки", "Осталось # попыток"),
        "application-checking": ("уже # минуту", "уже # минуты", "уже # минут"),
        "error-long-text": ("длиннее # знака", "длиннее # знаков", "длиннее # знаков"),
        "error-long-draft": ("больше # знака", "больше # знаков", "больше # знаков"),
        "error-too-many-files": ("Больше # файла", "Больше # файлов", "Больше # файлов"),
        "photos-more": ("ещё # файл", "ещё # файла", "ещё # файлов"),
        "wanted-sent": ("специалисту # файл", "специалисту # файла", "специалисту # файлов"),
        "photos-waiting": ("Ещё # загружается", "Ещё # загружаются", "Ещё # загружаются"),
        "photos-doubts": ("ещё # под вопросом", "ещё # под вопросом", "ещё # под вопросом"),
        "application-copies-sent": ("# копия", "# копии", "# копий"),
        "case-repair-term": ("# рабочий день", "# рабочих дня", "# рабочих дней"),
        "claim-card-wanted": ("# документ", "# документа", "# документов"),
        "claim-news-clarification": ("# документ", "# документа", "# документов"),
        "complaint-electronic": ("# рабочий день", "# рабочих дня", "# рабочих дней"),
        "complaint-otherwise": ("# день", "# дня", "# дней"),
        "debt-overdue": ("прошёл # день", "прошло # дня", "прошло # дней"),
        "remind-left": ("через # день", "через # дня", "через # дней"),
        "remind-ago": ("# день назад", "# дня назад", "# дней назад"),
        "remind-more": ("ещё # напоминание", "ещё # напоминания", "ещё # напоминаний"),
        "error-too-many-notes": ("# напоминание", "# напоминания", "# напоминаний"),
        "talk-late": ("# ваше сообщение", "# ваших сообщения", "# ваших сообщений"),
        "left-days": ("Остался # день", "Осталось # дня", "Осталось # дней"),
        "left-working-days": ("Остался # рабочий день", "Осталось # рабочих дня", "Осталось # рабочих дней"),
        "term-calendar-days": ("# день", "# дня", "# дней"),
        "term-working-days": ("# рабочий день", "# рабочих дня", "# рабочих дней"),
        "term-calendar-days-excl-holidays": ("# день", "# дня", "# дней"),
    },
    "en": {
        "policies": ("You have # policy", "You have # policies"),
        "until-active": ("# day left", "# days left"),
        "error-wrong-code": ("# try left", "# tries left"),
        "error-wrong-fact": ("# try left", "# tries left"),
        "error-old-code": ("# try left", "# tries left"),
        "application-checking": ("for # minute", "for # minutes"),
        "error-long-text": ("# character", "# characters"),
        "error-long-draft": ("# character", "# characters"),
        "error-too-many-files": ("more than # file", "more than # files"),
        "photos-more": ("# more file", "# more files"),
        "wanted-sent": ("# file has", "# files have"),
        "photos-waiting": ("# file is", "# files are"),
        "photos-doubts": ("# more", "# more"),
        "application-copies-sent": ("# copy", "# copies"),
        "case-repair-term": ("# working day", "# working days"),
        "claim-card-wanted": ("# document", "# documents"),
        "claim-news-clarification": ("# document", "# documents"),
        "complaint-electronic": ("# working day", "# working days"),
        "complaint-otherwise": ("# day", "# days"),
        "debt-overdue": ("# day ago", "# days ago"),
        "remind-left": ("in # day", "in # days"),
        "remind-ago": ("# day ago", "# days ago"),
        "remind-more": ("# more reminder", "# more reminders"),
        "error-too-many-notes": ("# reminder", "# reminders"),
        "talk-late": ("# of your messages is", "# of your messages are"),
        "left-days": ("# day left", "# days left"),
        "left-working-days": ("# working day left", "# working days left"),
        "term-calendar-days": ("# day", "# days"),
        "term-working-days": ("# working day", "# working days"),
        "term-calendar-days-excl-holidays": ("# day", "# days"),
    },
}
"""Every text that counts, with its words for one, for a few (where the language knows them) and for many."""

ELSEWHERE = (
    "sms-|letter-|login-share-how|place-share-how|receipt-|export-|deed-|history-(title|below|footer|file|column)"
    "|remind-(title|about)-"
)
"""Plain texts that are no labels: they stand in a message, a letter, a paper."""
TAG = re.compile(r"<(/?)([a-z]+)([^<>]*)>")
ATTRIBUTES = {"a": r' href="[^"<>]+"', "blockquote": "( expandable)?"}
PLAIN_TAGS = {"b", "i", "u", "s", "code", "pre"}

languages = pytest.mark.parametrize("language", LANGUAGES)


@dataclass(frozen=True, slots=True)
class Needs:
    """The variables of a text, and the variants that some of them choose from."""

    variables: set[str]
    choices: dict[str, list[str]]


@cache
def read(language: str) -> dict[str, Needs]:
    """All texts of a language as they are written."""
    found: dict[str, Needs] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text()).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{path.name}: {entry.id.name} is written twice"
                found[entry.id.name] = needs_of(entry)
    return found


def needs_of(message: ftl.Message) -> Needs:
    nodes = list(inside(message))
    return Needs(
        {node.id.name for node in nodes if isinstance(node, ftl.VariableReference)},
        {
            node.selector.id.name: [
                v.key.name if isinstance(v.key, ftl.Identifier) else v.key.value for v in node.variants
            ]
            for node in nodes
            if isinstance(node, ftl.SelectExpression) and isinstance(node.selector, ftl.VariableReference)
        },
    )


def inside(node: Any) -> Iterator[ftl.BaseNode]:
    if isinstance(node, ftl.BaseNode):
        yield node
        for value in vars(node).values():
            for child in value if isinstance(value, list) else [value]:
                yield from inside(child)


@cache
def counted() -> set[str]:
    """Variables that are numbers: a text chooses its plural by them."""
    needs = [needs for language in LANGUAGES for needs in read(language).values()]
    return {
        name
        for each in needs
        for name, variants in each.choices.items()
        if any(variant.isdigit() or variant in CATEGORIES for variant in variants)
    }


def plausible(needs: Needs) -> Iterator[dict[str, Any]]:
    """Every combination of values that a text may have to say."""
    names = sorted(needs.variables - ALWAYS.keys())
    options = [
        NUMBERS if name in counted() else needs.choices.get(name) or [TYPICAL.get(name, NASTY)] for name in names
    ]
    for chosen in product(*options):
        yield dict(zip(names, chosen, strict=True))


@cache
def texts(language: str) -> Texts:
    return Texts(language, ALWAYS, {})


@cache
def said_by(*names: str) -> set[str]:
    """The keys that the code passes first to calls of these names; `*` stands for what an f-string fills in."""
    found: set[str] = set()
    for tree in parsed("handlers", "bot"):
        found |= calls(tree, names, {})
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                found |= calls(function, names, assignments(function))
    return found


def calls(scope: ast.AST, names: tuple[str, ...], assigned: dict[str, list[ast.expr]]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(scope):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id="t" as name), args=[key, *_]):
                found |= patterns(key, assigned) if name in names else set()
    return found


def assignments(function: ast.AST) -> dict[str, list[ast.expr]]:
    """What is assigned to each name of a function: a key may be chosen a line before it is said."""
    assigned: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                assigned[name].append(value)
    return assigned


def patterns(key: ast.expr, assigned: dict[str, list[ast.expr]]) -> set[str]:
    match key:
        case ast.Constant(value=str(written)):
            return {written}
        case ast.JoinedStr(values=parts):
            return {"".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in parts)}
        case ast.IfExp(body=one, orelse=other):
            return patterns(one, assigned) | patterns(other, assigned)
        case ast.Name(id=name):
            return {pattern for value in assigned.get(name, ()) for pattern in patterns(value, {})}
    return set()


def parsed(*folders: str) -> Iterator[ast.Module]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ast.parse(path.read_text())


def keys_of(wanted: set[str]) -> set[str]:
    """The texts these patterns mean."""
    return {key for key in read("ru") if any(fnmatchcase(key, pattern) for pattern in wanted)}


def every_key_said() -> set[str]:
    return said_by("t", "_t", "common", "plain", "note", "say", "reply", "refuse", "toast")


def refusals() -> Iterator[tuple[str, set[str]]]:
    """The code of each refusal, and the facts it carries."""
    for kind in kinds(CabinetError):
        if "code" in vars(kind):
            made = inspect.signature(kind.__init__).parameters if inspect.isfunction(kind.__init__) else ()
            yield kind.code, set(made) - {"self"}
    for problem in (*Problem, *PeriodProblem):
        yield problem.value, set()
    for tree in parsed("fsm", "handlers", "services"):
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="Rejected"), args=[ast.Constant(value=str(code))], keywords=facts):
                    yield code, {fact.arg for fact in facts if fact.arg}


def kinds(root: type[CabinetError]) -> Iterator[type[CabinetError]]:
    yield root
    for kind in root.__subclasses__():
        yield from kinds(kind)


def expectations() -> Iterator[str]:
    """What `Room.expects` may ask for."""
    for room in HOUSE.rooms:
        yield f"{room}-expects"
        if flow := FLOWS.flows.get(room):
            yield from (f"{room}-{step}-expects" for step in steps(flow))


def steps(flow: Flow[Any]) -> Iterator[str]:
    yield SUMMARY
    for step in flow.steps:
        yield step.name
        if isinstance(step, Sub):
            yield from steps(step.inner)


def flaw(text: str) -> str:
    """What Telegram would not accept in this HTML; empty if nothing."""
    open_tags: list[str] = []
    for closing, tag, attributes in TAG.findall(text):
        if closing:
            if attributes or not open_tags or open_tags.pop() != tag:
                return f"</{tag}> closes nothing"
        elif not re.fullmatch(ATTRIBUTES.get(tag, "" if tag in PLAIN_TAGS else "-"), attributes):
            return f"<{tag}{attributes}> is not Telegram's"
        else:
            open_tags.append(tag)
    if open_tags:
        return f"<{open_tags[-1]}> is not closed"
    stray = re.search(r"[<>]|&(?!(lt|gt|amp|quot);)", TAG.sub("", text))
    return f"{stray[0]} is not escaped" if stray else ""


def seen(text: str) -> str:
    """What of HTML a person sees."""
    return html.unescape(TAG.sub("", text))


def form(language: str, number: int, forms: tuple[str, ...]) -> str:
    if language == "en":
        return forms[number != 1]
    if number % 10 == 1 and number % 100 != 11:
        return forms[0]
    return forms[1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2]


@pytest.mark.parametrize(
    "written",
    [
        "good = Good\nbad line\n",
        "twice = Once\ntwice = Again\n",
        "hello = { nobody }\n",
        "count = { $number ->\n    [one] day\n}\n",
        "-term = Fluent's own\n",
    ],
)
def test_nothing_starts_with_texts_written_badly(written: str, tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "bad.ftl").write_text(written)
    with pytest.raises(MissingText):
        Texts("ru", {}, {}, tmp_path)


@languages
def test_a_language_says_what_the_first_one_says(language: str) -> None:
    first, this = read("ru"), read(language)
    assert this.keys() == first.keys()
    differing = {key for key in first if first[key].variables != this[key].variables}
    assert not differing


def test_whatever_the_code_says_is_written() -> None:
    missing = {pattern for pattern in every_key_said() if not keys_of({pattern})}
    assert not missing


def test_whatever_is_written_is_said() -> None:
    said = keys_of(every_key_said() - {"error-*"})  # a refusal's text is needed by the refusal, not by the f-string
    needed = {f"error-{code}" for code, _ in refusals()} | set(expectations())
    assert read("ru").keys() - said - needed == set()


def test_every_value_of_the_domain_has_its_words() -> None:
    schemas = yaml.safe_load((ROOT / "docs" / "core-gateway.openapi.yaml").read_text())["components"]["schemas"]
    needed = {f"{what}-{standing.value}" for what in ("until", "advice") for standing in Standing}
    needed |= {f"filter-{group}" for group in GROUPS}
    needed |= {f"product-{name}" for name in schemas["ProductName"]["enum"]}
    needed |= {f"claim-state-{state}" for state in State} | {f"mark-{word}" for word in ("done", "coming", "open")}
    needed |= {f"{word}-{slot}" for word in ("slot", "how") for slot in (*SLOTS, *COPIES)}
    needed |= {f"case-event-{product}-{event}" for product, event in BY_EVENT}
    needed |= {f"form-{name}" for name in schemas["Direction"]["properties"]["form"]["enum"]}
    watched = {*EUROPROTOCOL, ONE_ELEMENT, *PAID.values(), *(name for names in REPORTED.values() for name in names)}
    needed |= {f"watch-{name.replace('_', '-')}" for name in (*watched, "inspection", "decision")}
    needed |= {f"paper-kind-{name}" for name in schemas["Document"]["properties"]["kind"]["enum"]}
    needed |= {f"desk-place-{room}" for room in {*HOUSE.rooms, *FLOWS.flows}}
    needed |= {f"desk-step-{step}" for flow in FLOWS.flows.values() for step in steps(flow)}
    assert needed <= read("ru").keys()


@languages
def test_a_refusal_says_what_it_carries(language: str) -> None:
    for code, facts in refusals():
        assert read(language)[f"error-{code}"].variables - ALWAYS.keys() == facts, code


def test_a_refusal_that_can_be_raised_has_a_code_of_its_own() -> None:
    nameless = {kind for kind in kinds(CabinetError) if not kind.__subclasses__() and "code" not in vars(kind)}
    assert not nameless


@languages
def test_every_text_can_be_sent(language: str) -> None:
    t = texts(language)
    for key, needs in read(language).items():
        for values in plausible(needs):
            said = t(key, **values)
            assert not flaw(said), (key, values)
            assert 0 < len(seen(said)) <= MESSAGE, (key, values)


@languages
def test_labels_and_toasts_are_short_and_without_markup(language: str) -> None:
    t = Texts(language, dict.fromkeys(ALWAYS, "Тихая гавань"), {})
    toasts = keys_of(said_by("toast", "refuse") | {"stale-button", "desk-not-staff"})
    labels = {key for key in keys_of(said_by("plain")) - toasts if not re.match(ELSEWHERE, key)}
    for keys, most in ((labels, LABEL), (toasts, TOAST)):
        for key in keys:
            needs = read(language)[key]
            for values in plausible(needs):
                said = t.plain(key, **values)
                assert len(said) <= most, said
                assert not TAG.search(said), said


@languages
def test_plurals(language: str) -> None:
    t = texts(language)
    counting = {
        key for key, needs in read(language).items() if any("one" in variants for variants in needs.choices.values())
    }
    assert counting == FORMS[language].keys()
    for key, forms in FORMS[language].items():
        for values in plausible(read(language)[key]):
            name, number = next((name, value) for name, value in values.items() if name in counted())
            if number < 1000 and str(number) not in read(language)[key].choices[name]:
                words = form(language, number, forms).replace("#", str(number))
                assert re.search(rf"{words}\b", t(key, **values)), (key, number)
