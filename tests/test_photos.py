"""Photos and papers for a claim: albums, doubts, refusals, what is on its way; each is safe when it is acknowledged (G3, B3)."""

from __future__ import annotations

import hashlib
import random
from typing import Any

import pytest

from playground.photos import Photo, sample
from services.claims.checklist import checklist
from tests.support.insured import come_in
from tests.support.ops import fault, unparked
from tests.support.person import Person
from tests.support.photographs import album_of, dented, post, send, sharp
from tests.support.second import rows
from tests.support.town import Town
from tests.test_case import BORN, MARINA, REAR, YULIYA, enter, move, notices, open_case

pytestmark = pytest.mark.lengthy

TWO = ["Извещение о ДТП", {"code": "sts", "title": "СТС"}]
EIGHT = [f"Документ {number}" for number in range(1, 9)]


async def asked(place: Town, documents: list[Any]) -> Person:
    """Yuliya at the screen where the insurer asks for these documents."""
    yuliya = await enter(place, YULIYA)
    await move(place, REAR, "clarification", documents=documents)
    await yuliya.tap("Загрузить документы")
    await yuliya.sees(f"0 из {len(documents)}", "Сейчас:")
    return yuliya


async def at_the_desk(place: Town) -> list[dict[str, Any]]:
    """The files of Yuliya's claim, as the insurer has them."""
    claim = await place.call("GET", f"/desk/claims/{REAR}")
    return [it for it in claim["files"] if it["received"]]


def screens(chat: list[dict[str, Any]]) -> int:
    return sum(bool(message["buttons"]) for message in chat)


# -- many at once -------------------------------------------------------------------------------------------------------


async def test_an_album_of_ten_is_one_screen_below_it(village: Town) -> None:
    yuliya = await asked(village, EIGHT)
    since = (await village.call("GET", "/calls"))["cursor"]
    numbers = await send(yuliya, *sharp(10))
    screen = await yuliya.sees("8 из 8", "И ещё 2 файла", "Всё, что нужно, есть")
    assert screen["message_id"] > max(numbers)
    assert screens(await yuliya.chat()) == 1
    calls = (await village.call("GET", f"/calls?since={since}"))["calls"]
    assert sum(call["method"] == "sendMessage" for call in calls) == 1, "one screen, edited in place as files come"


async def test_an_album_that_arrives_in_any_order_fills_the_slots_in_the_order_it_was_sent(village: Town) -> None:
    yuliya = await asked(village, EIGHT)
    photos = sharp(8)
    messages = await album_of(yuliya, *photos, first=10_000)
    await post(village, messages, random.Random(7))
    await yuliya.sees("8 из 8")
    await yuliya.tap("Готово, отправить")
    await village.settle()
    found = {file["slots"][0]: file["name"] for file in await at_the_desk(village)}
    assert [found[slot] for slot in sorted(found)] == [f"photo-{10_000 + number}.jpg" for number in range(8)]


async def test_the_albums_of_two_clients_do_not_mix(village: Town) -> None:
    yuliya = await asked(village, EIGHT)
    marina = village.seeded(100017)
    await come_in(marina, BORN[100017])
    await move(village, "АТ-15004026", "clarification", documents=EIGHT)
    await marina.tap("Загрузить документы")
    hers = await album_of(yuliya, *sharp(5), first=10_000)
    others = await album_of(marina, *[sample("sharp", seed) for seed in range(21, 24)], first=10_000)
    await post(village, [*hers, *others], random.Random(3))
    await yuliya.sees("5 из 8")
    await marina.sees("3 из 8")
    for person in (yuliya, marina):
        await person.tap("Готово, отправить")
    await village.settle()
    counts = {
        claim: len((await village.call("GET", f"/desk/claims/{claim}"))["filesReceived"])
        for claim in (REAR, "АТ-15004026")
    }
    assert counts == {REAR: 5, "АТ-15004026": 3}


# -- what is wrong with a file ------------------------------------------------------------------------------------------


async def test_the_same_photo_twice_is_not_needed(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await send(yuliya, sample("sharp"))
    await send(yuliya, sample("sharp"))
    await yuliya.sees("1 из 2", "такое фото уже есть, второй раз не нужно")
    await send(yuliya, sample("sharp", 2))
    text = (await yuliya.sees("2 из 2"))["text"]
    assert "второй раз" not in text, "it was said, and is over"


async def test_a_dark_a_blurred_and_a_small_one_may_stay_or_go(village: Town) -> None:
    yuliya = await asked(village, EIGHT)
    await send(yuliya, sample("dark"), sample("blurred"), sample("tiny"), sample("sharp", 9))
    await yuliya.sees(
        "4 из 8", "Фото 1 (Документ 1): слишком темно", "Фото 2 (Документ 2): смазано", "Фото 3", "маленький"
    )
    await yuliya.tap("Что прислали")
    await yuliya.sees("1. Документ 1: загружен, под вопросом", "4. Документ 4: загружен")
    await yuliya.tap("№ 1")
    await yuliya.sees("слишком темно", "загружен и сохранён")
    await yuliya.tap("Убрать")
    await yuliya.sees("Убрали")
    await yuliya.tap("Назад")
    await yuliya.sees("3 из 8", "смазано")
    await yuliya.tap("Оставить как есть")
    text = (await yuliya.sees("3 из 8"))["text"]
    assert "смазано" not in text
    assert "Оставить как есть" not in await yuliya.labels()


async def test_doubtful_ones_go_with_one_tap(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await send(yuliya, sample("dark"))
    await yuliya.tap("Убрать", exact=True)
    await yuliya.sees("0 из 2")
    assert not [label for label in await yuliya.labels() if "прислали" in label]


async def test_files_of_every_kind(village: Town) -> None:
    yuliya = await asked(village, EIGHT)
    for kind in ("heic", "pdf", "png"):
        await send(yuliya, sample(kind), plain=True)
    await yuliya.sees("3 из 8")
    await yuliya.tap("Готово, отправить")
    await village.settle()
    kinds = sorted(file["mimeType"] for file in await at_the_desk(village))
    assert kinds == ["application/pdf", "image/jpeg", "image/jpeg"], "pictures are made anew"


async def test_what_is_no_photo_is_refused_with_its_name_and_what_to_do(village: Town) -> None:
    yuliya = await asked(village, TWO)
    program = Photo("договор.jpg", "image/jpeg", b"\x7fELF\x02\x01\x01" + bytes(500))
    await send(yuliya, program, plain=True)
    await yuliya.sees("0 из 2", "«договор.jpg» не подходит", "Внутри не фото и не PDF")
    await send(yuliya, Photo("речь.mp3", "audio/mpeg", b"ID3" + bytes(500)), plain=True)
    await yuliya.sees("«речь.mp3» не подходит", "Подойдут фото и PDF")
    await yuliya.tap("Что прислали")
    await yuliya.sees("«договор.jpg»: не подошёл")
    await yuliya.tap("№ 1")
    await yuliya.tap("Убрать")
    await yuliya.sees("Пока ничего не прислали")


async def test_whoever_has_gone_on_hears_only_what_needs_them(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await fault(village, "telegram", method="getFile", error=500, times=2)
    await send(yuliya, sample("sharp"), sample("dark"))
    await yuliya.say("/menu")
    await village.call("DELETE", "/faults")
    await wake(village)
    said = "\n".join(await notices(yuliya))
    assert said.count("слишком темно") == 1
    await yuliya.sees("Выберите, что показать")


# -- slots --------------------------------------------------------------------------------------------------------------


async def test_a_slot_is_chosen_for_the_next_one_and_a_photo_may_be_something_else(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await yuliya.tap("СТС")
    await yuliya.sees("Сейчас: СТС")
    await send(yuliya, sample("sharp"))
    await yuliya.sees("✓ СТС", "— Извещение о ДТП", "Сейчас: Извещение о ДТП")
    await yuliya.tap("Что прислали")
    await yuliya.tap("№ 1")
    await yuliya.sees("Показывает: СТС")
    await yuliya.tap("Извещение о ДТП")
    await yuliya.tap("Назад")
    await yuliya.sees("— СТС", "✓ Извещение о ДТП")


async def test_a_caption_is_kept(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await send(yuliya, sample("sharp"), caption="скол на двери")
    await yuliya.tap("Что прислали")
    await yuliya.tap("№ 1")
    await yuliya.sees("Подпись: скол на двери")


async def test_time_and_place_are_kept_with_consent_only(village: Town) -> None:
    yuliya = await asked(village, EIGHT)
    await send(yuliya, sample("placed"), plain=True)
    await yuliya.tap("Сохранять время и место")
    await yuliya.sees("Время и место съёмки сохраним")
    await send(yuliya, sample("placed", 2), plain=True)
    kept = rows(village, "select taken_sealed is not null from upload order by id")
    assert kept == [(0,), (1,)]


# -- trouble ------------------------------------------------------------------------------------------------------------


async def wake(place: Town) -> None:
    """What was parked goes again now."""
    await unparked(place)
    await place.settle()


async def test_what_cannot_be_fetched_now_comes_later_by_itself(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await fault(village, "telegram", method="getFile", error=500, times=5)
    await send(yuliya, sample("sharp"))
    text = (await yuliya.sees("0 из 2", "(загружается)", "дойдёт сам"))["text"]
    assert "✓ Изв" not in text, "acknowledged only when it is stored"
    await village.call("DELETE", "/faults")
    await wake(village)
    await yuliya.sees("1 из 2", "✓ Извещение о ДТП")


async def test_a_restart_in_the_middle_loses_nothing(village: Town) -> None:
    yuliya = await asked(village, EIGHT)
    await fault(village, "telegram", method="getFile", error=500, times=50)
    await send(yuliya, *sharp(4))
    await village.stop_bot()
    await village.call("DELETE", "/faults")
    await village.start_bot()
    await wake(village)
    await yuliya.sees("4 из 8")
    await yuliya.tap("Готово, отправить")
    await village.settle()
    assert len(await at_the_desk(village)) == 4


async def test_what_is_on_its_way_follows_by_itself(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await fault(village, "telegram", method="getFile", error=500, times=5)
    await send(yuliya, *sharp(2))
    await yuliya.tap("Готово, отправить")
    await yuliya.sees("уйдёт следом само")
    assert not await at_the_desk(village)
    await village.call("DELETE", "/faults")
    await wake(village)
    assert len(await at_the_desk(village)) == 2
    await open_case(yuliya, REAR)
    await yuliya.sees("на рассмотрении", "Файлы: у страховщика 2 из 2")


async def test_everything_asked_for_brings_the_claim_back_to_review(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await send(yuliya, *sharp(2))
    await yuliya.tap("Готово, отправить")
    await village.settle()
    await yuliya.sees("на рассмотрении", "Файлы: у страховщика 2 из 2")
    assert sum("начал рассматривать" in it for it in await notices(yuliya)) == 1
    await yuliya.tap("Дослать")
    await yuliya.tap("Что прислали")
    await yuliya.sees("у страховщика")
    await yuliya.tap("№ 1")
    assert "Убрать" not in await yuliya.labels(), "what the insurer has stays"


async def test_the_content_at_the_desk_is_the_content_that_was_kept(village: Town) -> None:
    yuliya = await asked(village, TWO)
    await send(yuliya, sample("sharp"))
    await yuliya.tap("Готово, отправить")
    await village.settle()
    ((sha256,),) = rows(village, "select sha256 from upload where state = 'stored'")
    assert [file["sha256"] for file in await at_the_desk(village)] == [sha256]
    url = f"{village.url}/desk/claims/{REAR}/files/{sha256}"
    async with village.http.get(url) as response:
        content = await response.read()
    assert hashlib.sha256(content).hexdigest() == sha256


# -- copies for an application (D8) -------------------------------------------------------------------------------------


async def test_copies_go_to_the_insurer_when_the_data_do_not_match(village: Town) -> None:
    await village.call("POST", "/desk/checks", {"auto": False})
    anna = village.seeded(100001)
    await anna.log_in()
    await anna.tap("Мои полисы")
    await anna.tap("Kia Rio")
    await anna.tap("Продлить")
    await anna.tap("Всё верно")
    ((number,),) = rows(village, "select id from application")
    await village.call("POST", f"/desk/checks/{number:06d}", {"outcome": "mismatch", "fields": ["drivers/0/licence"]})
    await village.settle()
    await anna.tap("Приложить копии документов")
    await anna.sees("Копии документов", "0 из 4", "Права, лицевая сторона")
    await fault(village, "telegram", method="getFile", error=500, times=5)
    await send(anna, *sharp(2))
    await anna.tap("Готово, отправить")
    await anna.sees("Не всё ещё загрузилось")
    await village.call("DELETE", "/faults")
    await wake(village)
    await anna.tap("Готово, отправить")
    await village.settle()
    await anna.sees("У страховщика 2 копии документов")
    files = (await village.call("GET", "/desk"))["applications"][-1]["files"]
    assert sorted(slot for file in files for slot in file["slots"]) == ["licence-back", "licence-front"]


# -- a claim that is told -----------------------------------------------------------------------------------------------


async def test_eight_photos_to_the_insurers_number(village: Town) -> None:
    """An album of five, two singles and a PDF."""
    marina = await enter(village, MARINA)
    await dented(marina)
    photos = sharp(7)
    await send(marina, *photos[:5])
    await send(marina, photos[5])
    await send(marina, photos[6])
    await marina.sees("7 из 8", "Сейчас: Права, оборот")
    await send(marina, sample("pdf"), plain=True)
    await marina.sees("8 из 8", "Всё, что нужно, есть")
    await marina.tap("Дальше")
    await marina.sees("Снимки: 8 из 8")
    await marina.tap("Отправить страховщику")
    await village.settle()
    screen = await marina.sees("принято", "Файлы: у страховщика 8 из 8")
    number = screen["text"].split(":")[0].removeprefix("Случай ")
    claim = await village.call("GET", f"/desk/claims/{number}")
    assert sorted(slot for file in claim["files"] for slot in file["slots"]) == sorted(
        checklist("kasko", "damage", "none")
    )
    assert all(file["received"] for file in claim["files"])
    kept = {sha256 for (sha256,) in rows(village, "select sha256 from upload where state = 'stored'")}
    assert {file["sha256"] for file in claim["files"]} == kept
    assert sum(f"Номер: {number}" in it for it in await notices(marina)) == 1


async def test_a_photo_is_taken_at_any_step(village: Town) -> None:
    marina = await enter(village, MARINA)
    await marina.tap("Страховые случаи")
    await marina.tap("Новый случай")
    await marina.tap("КАСКО")
    await send(marina, sample("sharp"))
    await marina.sees("Что случилось с машиной", "Фото сохраняем")
    await marina.tap("Повреждена")
    await send(marina, Photo("a.jpg", "image/jpeg", b"\x7fELF" + bytes(100)), plain=True)
    assert sum("Внутри не фото" in it for it in await notices(marina)) == 1
    await marina.tap("Сегодня")
    await marina.tap("Не помню")
    await marina.say("Тула, Мира, 5")
    await marina.say("Задела столб")
    for label in ("Дальше", "Пока никак", "Да", "Ничего"):
        await marina.tap(label)
    await marina.sees("1 из 8", "✓ Общий вид места")


async def test_photos_may_come_later_and_the_case_keeps_asking(village: Town) -> None:
    marina = await enter(village, MARINA)
    await dented(marina)
    await fault(village, "telegram", method="getFile", error=500, times=5)
    await send(marina, sample("sharp"))
    await marina.tap("Дальше")
    await marina.sees("Снимки: 0 из 8", "Ещё 1 загружается")
    await marina.tap("Отправить страховщику")
    await village.settle()
    await marina.sees("Файлы: у страховщика 0 из 1", "Ещё можно дослать: ", "VIN")
    await village.call("DELETE", "/faults")
    await wake(village)
    await marina.sees("Файлы: у страховщика 1 из 1")
    await marina.tap("Дослать")
    await marina.sees("1 из 8", "✓ Общий вид места", "Сейчас: Повреждения издалека")
    await marina.tap("VIN")
    await send(marina, sample("sharp", 2))
    await marina.sees("2 из 8", "✓ VIN")
    await marina.tap("Готово, отправить")
    await village.settle()
    await marina.sees("Файлы: у страховщика 2 из 2")
    number = (await marina.screen())["text"].split(":")[0].removeprefix("Случай ")
    files = (await village.call("GET", f"/desk/claims/{number}"))["files"]
    assert sorted(slot for file in files for slot in file["slots"]) == ["scene", "vin"]


async def test_a_restart_between_photos_keeps_what_was_told(village: Town) -> None:
    marina = await enter(village, MARINA)
    await dented(marina)
    await send(marina, *sharp(3))
    await village.restart_bot()
    await send(marina, sample("sharp", 4))
    await marina.sees("4 из 8")
