"""The first minute: what a newcomer is asked, and what is open to somebody who says no (A16)."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.insurer import consent_texts
from handlers.texts import LOCALES
from tests.support.insured import insured
from tests.support.second import on_disk, rows
from tests.support.town import Town, town

ANSWERS = "select purpose, version, sha256, language, given, withdrawn_at from consent where account_id = ? order by id"


async def test_a_newcomer_is_told_what_this_is_and_asked_for_consent_first(city: Town) -> None:
    igor = await city.person()
    await igor.say("/start")
    await igor.sees("Здравствуйте!", "Тихая гавань")
    await igor.tap("Войти")
    await igor.sees("Сначала нужно ваше согласие", "СОГЛАСИЕ\nна обработку персональных данных")
    assert await igor.keyboard() is None, "the number is asked for only after the consent"


async def test_the_very_first_words_may_be_anything(city: Town) -> None:
    igor = await city.person()
    await igor.say("здрасьте")
    await igor.sees("здрасьте\nПередать это человеку?", "Здравствуйте!")
    await igor.say("42")
    await igor.sees("Чтобы увидеть свои полисы, нажмите «Войти»", "Здравствуйте!")


async def test_a_consent_is_kept_with_its_version_and_the_hash_of_the_text_that_was_shown(city: Town) -> None:
    igor = await city.person()
    await igor.say("/start")
    await igor.tap("Войти")
    shown = (await igor.screen())["text"].partition("\n\n")[2].partition("\n\n")[2]
    await igor.tap("Соглашаюсь", exact=True)
    ((purpose, version, sha256, language, given, withdrawn),) = rows(city, ANSWERS, igor.id)
    assert (purpose, language, given, withdrawn) == ("processing", "ru", 1, None)
    assert shown.startswith("СОГЛАСИЕ")
    assert sha256 == hashlib.sha256(shown.encode()).hexdigest()
    assert (LOCALES / "ru" / "consent" / "processing.txt").read_text().startswith(f"{version}\n")
    ((at, update_id),) = rows(city, "select at, update_id from consent where account_id = ?", igor.id)
    now = city.world.world.clock.time()
    assert 0 <= now - at < 60
    assert update_id.isdecimal()


async def test_saying_no_leaves_help_phone_language_and_the_human(city: Town) -> None:
    igor = await city.person()
    await igor.say("/start")
    await igor.tap("Войти")
    await igor.tap("Не соглашаюсь")
    await igor.sees("Хорошо, номер телефона мы не спросим", "+7 800 000-00-00")
    for label, words in (("Помощь", "Что умеет кабинет"), ("Язык", "На каком языке"), ("Человек", "Живой человек")):
        await igor.tap(label)
        await igor.sees(words)
        await igor.tap("Назад")
        await igor.sees("номер телефона мы не спросим")
    assert [given for *_, given, _ in rows(city, ANSWERS, igor.id)] == [0]
    await igor.tap("Вернуться к согласию")
    await igor.tap("Соглашаюсь", exact=True)
    await igor.sees("Ваш номер телефона")


async def test_what_somebody_without_consent_sends_is_not_kept(city: Town) -> None:
    irina = await insured(city)
    await irina.say("/start")
    await irina.tap("Войти")
    await irina.tap("Не соглашаюсь")
    await irina.say("мой тайный дневник")
    await irina.sees("Отправляем?\nмой тайный дневник")
    await irina.say("/cancel")
    await irina.sees("Вопрос не отправлен, черновик удалён.")
    await irina.tap("Войти")
    await irina.tap("Не соглашаюсь")
    await irina.share_contact()
    await irina.sees("Без согласия здесь доступны")
    with closing(sqlite3.connect(city.settings.sqlite_path or "")) as second:
        kept = second.execute("select count(*) from inbox where lane = ? and body is not null", (f"tg:{irina.id}",))
        assert kept.fetchone() == (0,)
    held = on_disk(city)
    for words in ("тайный дневник", irina.phone, irina.phone.removeprefix("+")):
        assert words.encode() not in held
    await irina.tap("В начало")
    await irina.sees("Здравствуйте!")


async def test_without_consent_no_command_and_no_button_leads_inside(city: Town) -> None:
    irina = await insured(city)
    await irina.say("/start")
    await irina.tap("Войти")
    await irina.tap("Не соглашаюсь")
    for command in ("/menu", "/start"):
        await irina.say(command)
        await irina.sees("Здравствуйте! Это кабинет")
    await irina.tap("Войти")
    await irina.sees("Сначала нужно ваше согласие")


async def new_edition(folder: Path) -> Path:
    """The same texts with a consent of another date."""
    for language in ("ru", "en"):
        (folder / language / "consent").mkdir(parents=True)
        for purpose in ("processing", "marketing"):
            text = (LOCALES / language / "consent" / f"{purpose}.txt").read_text()
            edition = "2027-02-01" if purpose == "processing" else text.partition("\n")[0]
            (folder / language / "consent" / f"{purpose}.txt").write_text(f"{edition}\n{text.partition(chr(10))[2]}")
    return folder


async def test_a_new_edition_is_asked_once_and_the_session_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = await new_edition(tmp_path / "texts")
    async with town(tmp_path / "town") as here:
        irina = await insured(here)
        await irina.log_in()
        with monkeypatch.context() as newer:
            newer.setattr("bot.usecases.consent_texts", lambda brand: consent_texts(brand, edition))
            await here.restart_bot()
        await irina.tap("Мои полисы")
        await irina.sees("Сначала нужно ваше согласие")
        await irina.say("/menu")
        assert "Мои полисы" not in "".join(await irina.labels()), "not before the answer"
        await irina.tap("Войти")
        await irina.tap("Соглашаюсь", exact=True)
        await irina.sees("Здравствуйте, Ирина!")
        assert [row[1] for row in rows(here, ANSWERS, irina.id)] == ["2026-11-01", "2027-02-01"]
        await irina.tap("Мои полисы")
        await irina.sees("У вас 1 полис")
