"""`scripts/demo`: a scripted conversation through real HTTP, printed as a transcript; `--json` prints one object a line.

Exits 1 if any step does not show what it should.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp

from playground.app import Running, serve
from playground.demo_claim import Accident
from playground.demo_reminders import Reminded
from playground.demo_renewal import Failed, Renewal, Step, signed_text
from playground.demo_staff import HandOver
from playground.ports import free_ports
from playground.visitor import Visitor
from playground.world import Settings

ANNA, DMITRY = 100001, 100002
READY_SECONDS = 120.0


class Demo:
    """`story` yields the steps: what is done, by whom, and the words that must be seen afterwards, by `eyes`."""

    def __init__(self, world: Running, http: aiohttp.ClientSession) -> None:
        self.world, self._http = world, http
        self.anna = Visitor(world.url, ANNA, http)
        self.eyes = self.anna

    async def story(self) -> AsyncIterator[Step]:
        anna = self.anna
        yield "Анна", "пишет /start", lambda: anna.do("text", text="/start"), ("Здравствуйте", "кабинет")
        yield "Анна", "нажимает «Войти»", lambda: anna.do("tap", label="Войти"), ("согласие",)
        yield "Анна", "соглашается", lambda: anna.do("tap", label="Соглашаюсь", exact=True), ("Поделиться номером",)
        yield "Анна", "присылает чужую карточку", self._foreign_contact, ("не ваша карточка",)
        yield "Анна", "делится своим номером", lambda: anna.do("contact", own=True), ("шесть цифр", "+7 907 ***-**-01")
        yield "Анна", "вводит неверный код", self._wrong_code, ("не подошёл", "2 попытки")
        yield "Анна", "вводит код из SMS", self._right_code, ("вы вошли", "Анна")
        yield "Анна", "открывает полисы", lambda: anna.do("tap", label="Мои полисы"), ("ОСАГО", "осталось 5 дней")
        yield "Анна", "открывает полис", lambda: anna.do("tap", label="Kia Rio"), ("ХХХ", "Кто может управлять")
        yield "Анна", "открывает документы", lambda: anna.do("tap", label="Документы"), ("Выберите документ",)
        yield "Анна", "выбирает полис", lambda: anna.do("tap", label="Полис", exact=True), ("Куда прислать",)
        yield "Анна", "просит прислать сюда", lambda: anna.do("tap", label="Прислать сюда"), ("Полис",)
        yield "программа", "читает PDF и проверяет подпись", self._signature, ("Куда прислать",)
        yield "Анна", "зовёт человека", lambda: anna.do("tap", label="Человек"), ("Позвоните",)
        yield "Анна", "пишет вопрос", lambda: anna.do("text", text="Как вписать в полис сына?"), ("Отправляем?", "сына")
        yield "Анна", "отправляет", lambda: anna.do("tap", label="Отправить"), ("Разговор О-",)
        yield "страховщик", "отвечает на вопрос", self._answer, ("Ответ выше",)
        yield "программа", "находит ответ в чате", self._answered, ("Ответ выше",)
        yield "Анна", "довольна ответом", lambda: anna.do("tap", label="Вопрос решён"), ("завершён",)
        yield "Анна", "возвращается", lambda: anna.do("tap", label="Назад"), ("Куда прислать",)
        renewal = Renewal(self.world.settings.port, anna)
        for step in (*renewal.story(HandOver(anna).story()), *Accident(anna, self._http).story()):
            yield step
        self.eyes = Visitor(self.world.url, DMITRY, self._http)
        for step in Reminded(self.eyes).story():
            yield step

    async def _foreign_contact(self) -> None:
        await self.anna.do("contact", own=False, phone="+79070000102", first_name="Пётр", user_id=100002)

    async def _wrong_code(self) -> None:
        right = await self.anna.code()
        await self.anna.do("text", text=f"{(int(right) + 1) % 1_000_000:06d}")

    async def _right_code(self) -> None:
        await self.anna.do("text", text=await self.anna.code())

    async def _signature(self) -> None:
        if "ОСАГО" not in await signed_text(self.anna, self.world.settings.port):
            raise Failed("the PDF does not say ОСАГО")

    async def _answer(self) -> None:
        desk = await self.anna.call("GET", "/desk")
        number = next(q["number"] for q in desk["questions"] if q["status"] == "waiting")
        words = {"answer": "Позвоните нам или приходите в офис: нужны его права и ваш паспорт."}
        await self.anna.call("POST", f"/desk/questions/{quote(number)}", words)
        await self.anna.settle()

    async def _answered(self) -> None:
        said = [message["text"] for message in await self.anna.messages()]
        if not any("Ответ на вопрос" in text and "нужны его права" in text for text in said):
            raise Failed("the answer is not in the chat")


async def play(show: Callable[[dict[str, Any]], None]) -> bool:
    """The whole story in a fresh world; True if every step was right."""
    with tempfile.TemporaryDirectory(prefix="cabinet-demo-") as folder:
        world = await serve(Settings(port=free_ports(), data=Path(folder)), bot=True)
        try:
            async with asyncio.timeout(READY_SECONDS):
                await world.wait_for_bot()
            async with aiohttp.ClientSession() as http:
                return await _tell(Demo(world, http), show)
        finally:
            await world.close()


async def _tell(demo: Demo, show: Callable[[dict[str, Any]], None]) -> bool:
    began, steps, right = time.monotonic(), 0, 0
    async for who, does, deed, words in demo.story():
        started = time.monotonic()
        try:
            await deed()
            sees = await demo.eyes.sees()
            ok = all(word in sees for word in words)
        except Exception as error:  # whatever goes wrong is a failed step of the transcript, and the exit code
            sees, ok = f"{type(error).__name__}: {error}", False
        steps, right = steps + 1, right + ok
        show(
            {
                "step": steps,
                "who": who,
                "does": does,
                "sees": sees,
                "ok": ok,
                "ms": round((time.monotonic() - started) * 1000),
            }
        )
        if not ok:
            break
    show({"summary": {"steps": steps, "ok": right, "seconds": round(time.monotonic() - began, 1)}})
    return steps == right


def as_json(line: dict[str, Any]) -> None:
    """One object a line."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def as_transcript(line: dict[str, Any]) -> None:
    """For people."""
    if summary := line.get("summary"):
        sys.stdout.write(f"{summary['ok']} из {summary['steps']} шагов верны, {summary['seconds']} с\n")
        return
    mark = "✓" if line["ok"] else "✗"
    said = "\n".join(f"      {text}" for text in line["sees"].splitlines() if text.strip())
    sys.stdout.write(f"{mark} {line['step']:>2}. {line['who']} {line['does']}  ({line['ms']} мс)\n{said}\n\n")
    sys.stdout.flush()


def main() -> int:
    """0 when every step is right."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    show = as_json if parser.parse_args().json else as_transcript
    return 0 if asyncio.run(play(show)) else 1


if __name__ == "__main__":
    sys.exit(main())
