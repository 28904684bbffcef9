"""Dead letters: the person has a number, the one on duty finds it, and after the mending it is tried again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

import bot.careful
from services.db.unit import Unit
from tests.support.ops import command, eventually, rows, stepping
from tests.support.person import Person
from tests.support.town import Town, town


@pytest.fixture(scope="module")
async def works(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("dead")) as own:
        yield own


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.careful, "BACKOFF", (0.0, 0.02, 0.04))


async def breaks(unit: Unit) -> bool:
    if "Тула".encode() in unit.event.body:
        raise LookupError("Тула, Петрова Анна")
    return False


async def broken(works: Town) -> tuple[Person, int]:
    """A person whose message could not be handled, and the number they were told."""
    person = await works.person()
    await person.say("/start")
    async with stepping(works, breaks):
        await person.say("Тула")
        where = "select seq from inbox where lane = :lane and state = 2"
        [(number,)] = await eventually(lambda: rows(works, where, lane=f"tg:{person.id}"))
        await works.settle()
    return person, number


async def test_the_person_hears_the_number_once_and_stands_where_nothing_can_fail(works: Town) -> None:
    person, number = await broken(works)
    said = [message["text"] for message in await person.chat() if message["from"] == "bot"]
    assert [str(number) in text for text in said].count(True) == 1
    assert {"В начало", "Человек"} <= set(await person.labels())
    await person.say("/help")
    await person.screen()


async def test_the_one_on_duty_finds_it_without_reading_what_was_written(
    works: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    _, number = await broken(works)
    code, listed = await command(works, capsys, "list")
    assert code == 0
    [line] = [line for line in listed.splitlines() if line.split()[0] == str(number)]
    assert "event tg" in line
    assert "attempts 3" in line
    assert "LookupError" in line
    code, shown = await command(works, capsys, "show", str(number))
    assert (code, shown.strip()) == (0, line.strip())
    assert not [word for word in ("Тула", "Петрова") if word in listed + shown]


async def test_after_the_mending_it_is_tried_again_by_the_running_bot(
    works: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    person, number = await broken(works)
    before = (await person.screen())["text"]
    code, said = await command(works, capsys, "retry", str(number))
    assert (code, "будет повторено" in said) == (0, True)

    async def done() -> bool:
        return await rows(works, "select state, body from inbox where seq = :n", n=number) == [(1, None)]

    await eventually(done)
    await works.settle()
    assert (await person.screen())["text"] != before
    code, _ = await command(works, capsys, "retry", str(number))
    assert code == 1, "it is not dead any more"


async def test_a_second_failure_is_told_again_under_the_same_number(
    works: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    person, number = await broken(works)
    async with stepping(works, breaks):
        await command(works, capsys, "retry", str(number))

        async def dead() -> bool:
            return await rows(works, "select state, attempts from inbox where seq = :n", n=number) == [(2, 3)]

        await eventually(dead)
        await works.settle()
    await person.screen()


@pytest.mark.parametrize("number", ["0", "999999", "p999999", "p", "", "-1", "²", "abc", "1; drop table inbox"])
async def test_there_is_no_such_letter(works: Town, capsys: pytest.CaptureFixture[str], number: str) -> None:
    for what in ("retry", "show"):
        code, _ = await command(works, capsys, what, number)
        assert code == 1
