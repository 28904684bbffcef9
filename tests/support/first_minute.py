"""The first minute of a fresh process: what is built or sent to a thread after it said that it is ready. Prints JSON.

Run as a program (`python -m tests.support.first_minute FOLDER`): in the tests' own process everything was built long ago.
"""

from __future__ import annotations

import asyncio
import json
import sys
import traceback
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pydantic import BaseModel
from pydantic._internal import _model_construction

from tests.support.ops import rows
from tests.support.town import Town, town

OURS = ("bot", "handlers", "fsm", "services", "aiogram")


def callers() -> set[str]:
    """The packages on the stack."""
    return {str(frame.f_globals.get("__name__", "")).partition(".")[0] for frame, _ in traceback.walk_stack(None)}


async def probe() -> None:
    """What the recorders must notice, or they notice nothing at all."""
    scope: dict[str, Any] = {"__name__": "bot.probe", "asyncio": asyncio}
    exec("async def hop():\n    await asyncio.to_thread(int)", scope)  # noqa: S102 - a caller from another package
    await scope["hop"]()


async def burst(own: Town) -> None:
    """Every kind of update, some for the first time."""
    anna = own.seeded(100001)
    await anna.log_in()
    people = [await own.person() for _ in range(5)]
    for person in people:
        await person.say("/start")
    await asyncio.gather(*(person.tap("Помощь") for person in people))
    for kind in ("sticker", "voice", "video", "dice", "venue", "forward"):
        await people[0].send(kind)
    await people[1].share_card("+79070000001", 5)
    screen = await people[2].screen()
    await people[2].press(screen["message_id"], "forged")
    await people[3].say("привет")
    said = [message for message in await people[3].chat() if message["from"] == "user"]
    await people[3]._do("edit", {"message_id": said[-1]["message_id"], "text": "пока"})
    await people[4]._do("block", {})
    await people[4]._do("unblock", {})


async def main(folder: Path) -> dict[str, Any]:
    built: list[str] = []
    threads: list[str] = []
    async with town(folder) as own:
        loop = asyncio.get_running_loop()
        new, complete = _model_construction.ModelMetaclass.__new__, _model_construction.complete_model_class
        rebuild, executor, to_thread = BaseModel.model_rebuild, loop.run_in_executor, asyncio.to_thread

        def noted_new(meta: Any, name: str, *args: Any, **kwargs: Any) -> Any:
            built.append(f"made {name}")
            return new(meta, name, *args, **kwargs)

        def noted_complete(cls: Any, *args: Any, **kwargs: Any) -> Any:
            built.append(f"completed {cls.__name__}")
            return complete(cls, *args, **kwargs)

        def noted_rebuild(cls: Any, *args: Any, **kwargs: Any) -> Any:
            built.append(f"rebuilt {cls.__name__}")
            return rebuild.__func__(cls, *args, **kwargs)  # type: ignore[attr-defined] # the function of a class method

        def noted_executor(pool: Any, function: Any, *args: Any) -> Any:
            if callers() & set(OURS) and args != ("commit",):
                threads.append(f"{function} {args}")
            return executor(pool, function, *args)

        async def noted_thread(function: Any, *args: Any, **kwargs: Any) -> Any:
            if callers() & set(OURS):
                threads.append(str(function))
            return await to_thread(function, *args, **kwargs)

        with (
            patch.object(_model_construction.ModelMetaclass, "__new__", noted_new),
            patch.object(_model_construction, "complete_model_class", noted_complete),
            patch.object(BaseModel, "model_rebuild", classmethod(noted_rebuild)),
            patch.object(loop, "run_in_executor", noted_executor),
            patch.object(asyncio, "to_thread", noted_thread),
        ):
            await burst(own)
            seen = {"built": [*built], "threads": [*threads]}
            type("Probe", (BaseModel,), {})
            await probe()
        [(updates,)] = await rows(own, "select count(*) from inbox where source = 'tg' and state = 1")
    return seen | {"updates": updates, "proof": [*built, *threads]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(Path(sys.argv[1])))))  # noqa: T201 - a program prints
