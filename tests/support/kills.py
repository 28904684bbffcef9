"""Somebody who logs in, reads a policy, has it sent, asks a question, renews the policy or tells of an accident, while the bot dies
again and again.

Like a real person they look at the screen and repeat only what was not answered.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from typing import Any

import aiohttp

from playground.photos import Photo, draw, jpeg, sample
from tests.support.person import Message
from tests.support.scene import PATIENCE, Scene


@dataclass(frozen=True, slots=True)
class Deed:
    """What a person does, the place where they must stand then, and what comes with it: a `file` or a `notice`.

    What comes by the insurer's, the provider's or the mail server's hand is an input of its own.
    """

    how: str
    what: str
    place: str
    brings: str = ""
    inputs: int = 1


LOGIN = (
    Deed("type", "/start", "welcome"),
    Deed("press", "enter", "consent"),
    Deed("press", "yes", "login.contact"),
    Deed("contact", "", "login.code"),
    Deed("code", "", "menu"),
)
PAPERS = (
    Deed("press", "policies", "policies"),
    Deed("press", "open", "policy"),
    Deed("press", "papers", "papers"),
    Deed("press", "open", "paper"),
    Deed("press", "here", "paper", "file", 2),
    Deed("press", "mail", "paper", "notice", 2),
)
QUESTION = (
    Deed("press", "human", "human"),
    Deed("type", "первое", "question.summary"),
    Deed("type", "второе", "question.summary"),
    Deed("press", "send", "talk", "notice"),
    Deed("press", "close", "talk"),
)
"""It opens a talk with staff, where nobody answers; the next one is a talk of its own, in the same topic."""
TALK = (
    *QUESTION[:4],
    Deed("staff", "/take", "talk", "notice"),
    Deed("type", "третье", "talk"),
    Deed("photo", "", "talk"),
    Deed("staff", "Ответ специалиста", "talk", "notice"),
    Deed("type", "четвёртое", "talk"),
    Deed("staff", "/close", "talk", "notice"),
    Deed("press", "rate", "talk"),
)
"""With staff: a question, an employee takes it, words and a photo, an answer, more words, the end, one star."""
WANTED = (
    *TALK[:5],
    Deed("staff", "/doc Паспорт\nСТС", "talk", "notice"),
    Deed("press", "wanted", "wanted"),
    Deed("send", "front", "wanted"),
    Deed("send", "pdf", "wanted"),
    Deed("press", "send", "talk"),
)
"""An employee asks for two papers: a photo and a file are gathered and sent."""
HANDED = ("Отправляю документ: Паспорт", "photo", "Отправляю документ: СТС", "file")
"""What then goes up."""
HOME = (Deed("press", "menu", "menu"),)
RENEWAL = (
    Deed("press", "policies", "policies"),
    Deed("press", "open", "policy"),
    Deed("press", "renew", "prolongation.summary"),
    Deed("press", "ok", "application", inputs=2),
    Deed("press", "save", "application", inputs=3),
    Deed("pay", "card", "application", "file", inputs=4),
)
"""Unchanged, from the card: the check and its result; agreed, saved and the link; paid, issued, ready and the file."""
ONE_TAP = (
    Deed("press", "policies", "policies"),
    Deed("press", "open", "policy"),
    Deed("press", "renew-now", "renew-now", inputs=2),
    Deed("press", "pay", "application", inputs=4),
    Deed("pay", "card", "application", "file", inputs=4),
)
"""Nothing changed, by a quote: its price; agreed, checked, saved and the link; paid, issued, ready and the file."""
ACCIDENT = (
    Deed("press", "policies", "policies"),
    Deed("press", "open", "policy"),
    Deed("press", "claim", "claim.event"),
    Deed("press", "say", "claim.when"),
    Deed("press", "say", "claim.place"),
    Deed("type", "Тверская, 1", "claim.story"),
    Deed("type", "Въехал в столб", "claim.story"),
    Deed("press", "say", "claim.registration"),
    Deed("press", "say", "claim.cars"),
    Deed("press", "say", "claim.injured"),
    Deed("press", "say", "claim.participants"),
    Deed("press", "say", "claim.photos"),
)
"""From the menu to the photos of a claim, always by the first answer."""
FILES = (
    Deed("send", "album", "claim.photos", inputs=5),
    Deed("send", "front", "claim.photos"),
    Deed("send", "back", "claim.photos"),
    Deed("send", "pdf", "claim.photos"),
)
FILED = (
    Deed("press", "say", "claim.summary"),
    Deed("press", "ok", "case", "file", inputs=4),
    Deed("desk", "clarification", "case", "notice", inputs=1),
    Deed("press", "upload", "case-files"),
    Deed("send", "asked", "case-files"),
    Deed("press", "send", "case", "notice", inputs=3),
    Deed("desk", "closed", "case", "notice", inputs=1),
)
"""To the insurer: the number, the receipt, all files there; a document is asked for and sent, taken and looked at; the end."""
CLAIM = (*ACCIDENT, *FILES, *FILED)
LIFE = (*LOGIN, *PAPERS, *HOME, *QUESTION, *HOME)
"""The whole of it: from the first word to the menu."""
EVERYDAY = (*PAPERS, *HOME, *QUESTION, *HOME)


EMPLOYEE = 200001
"""Answers clients."""
SENT = {"album": (1, 2, 3, 4, 5), "front": (6,), "back": (7,), "pdf": (8,), "asked": (9,)}
"""What is sent together, by the numbers of its files."""
STALE = "Это кнопка прежнего экрана. Вот что сейчас."


class Client:
    """Does one thing after another, looks at the answer, and repeats only what was not answered."""

    def __init__(self, scene: Scene, user: int) -> None:
        self.scene, self.user = scene, user
        self.updates: dict[str, list[int]] = {"tap": [], "message": []}  # Telegram's two queues of one person
        self.had: Counter[str] = Counter()
        self.rev = self.inputs = self.repeats = self.retyped = self.questions = self.papers = self.letters = 0
        self.checks = self.links = self.policies = 0  # of renewals: sent to the check, agreed to, paid
        self.claims = self.moves = 0  # filed; what the desk has done about it
        self.talks: list[
            str
        ] = []  # said in a talk, `photo` and `file` for those; and what staff have said, after `staff `
        self.rated = False
        self.files: list[str] = []  # what was sent, by the name of the deed
        self.mortal = 0  # the number of the last deed at which the bot has died
        self.refused = 0  # taps that came too late
        self.place = ""
        self.screen: Message = {}

    async def do(self, deed: Deed) -> None:
        """Post it; nothing is awaited."""
        match deed.how:
            case "press":
                found = [data for data in pressable(self.screen) if data.split(":")[1] == deed.what]
                if not found:
                    raise AssertionError(await self._story(deed, self.mark()))
                await self._post("tap", {"message_id": self.screen["message_id"], "data": found[0]})
            case "type":
                await self._post("text", {"text": deed.what})
            case "contact":
                await self._post("contact", {"own": True})
            case "code":
                await self._post("text", {"text": await self._code()})
            case "pay":
                await self._pay()
            case "send":
                await self._send(deed.what)
            case "desk":
                await self._decide(deed.what)
            case "staff":
                await self._staff(deed.what)
            case "photo":
                await self._show(sample("sharp", 1))

    def done(self, deed: Deed) -> None:
        """It was answered."""
        self.inputs += deed.inputs
        self.questions += deed == QUESTION[3]
        self.papers += deed.what == "here"
        self.letters += deed.what == "mail"
        self.checks += deed.what in ("ok", "pay") and deed.place == "application"
        self.claims += deed.what == "ok" and deed.place == "case"
        self.links += deed.what in ("save", "pay")
        self.policies += deed.how == "pay"
        self.rated |= deed.what == "rate"
        if deed == WANTED[-1]:
            self.talks += HANDED
        if deed.place == "talk" and deed.how in ("type", "photo", "staff"):
            self.talks.append(deed.what if deed.how == "type" else f"{deed.how} {deed.what}".strip())

    async def through(self, deed: Deed) -> None:
        """Do it and wait for the answer, whatever happens to the bot meanwhile."""
        before, clock = self.mark(), asyncio.get_running_loop().time
        await self.do(deed)
        began, pressed = clock(), self.screen.get("message_id")
        refused, pressings = self.refused, 1
        until = began + UNANSWERED.get(deed.how, 15.0)
        while not await self.answered(deed, before):
            await asyncio.sleep(0.03)
            assert clock() < began + PATIENCE, await self._story(deed, before)
            taken = self.rev != before[0]  # then the rest is on its way: a second press would be a second wish
            moved = deed.how == "press" and self.screen["message_id"] != pressed
            # `late`: the screen went on before any of the taps came; `moved`: what was pressed was a copy
            late = deed.how == "press" and self.refused >= refused + pressings
            refused = min(refused, self.refused)
            if late or (not taken and (moved or clock() > until)):
                pressings = 1 if late else pressings + 1
                refused = self.refused if late else refused
                await self.again(deed)
                until, pressed = clock() + UNANSWERED.get(deed.how, 15.0), self.screen["message_id"]
        self.done(deed)

    async def _story(self, deed: Deed, before: tuple[int, Counter[str]]) -> str:
        last = [message["text"][:80] or message["kind"] for message in (await self.chat())[-4:]]
        log = self.scene.log.read_text()[-1000:]
        return f"{self.user} waits: {deed}, was {before}, is {self.rev} {self.had} in {self.place}: {last}\n{log}"

    async def again(self, deed: Deed) -> None:
        """It was not answered. A button may be pressed twice without harm."""
        self.repeats += 1
        self.retyped += deed.how != "press"
        await self.do(deed)

    def mark(self) -> tuple[int, Counter[str]]:
        """What is there before a deed: to be compared with by `answered`."""
        return self.rev, self.had

    async def look(self) -> bool:
        """Read the chat: True if the screen stands at the bottom."""
        standing = await self.chat()
        self.had = Counter(
            "file" if "document" in message else "notice"
            for message in standing
            if message["from"] == "bot" and not message["buttons"]
        )
        if not standing or standing[-1]["from"] != "bot" or not standing[-1]["buttons"]:
            return False
        self.screen = standing[-1]
        self.place, _, _, rev, _ = pressable(self.screen)[0].split(":")
        self.rev = int(rev, 16)
        return True

    async def chat(self) -> list[Message]:
        """What stands in the chat."""
        seen = await self.scene.call("GET", f"/client/{self.user}/chat?since=0")
        self.refused = sum(toast["text"] == STALE for toast in seen["toasts"])
        self.refused += sum(
            STALE in message["text"] for message in seen["messages"]
        )  # a note, if nobody waits for a toast
        return [message for message in seen["messages"] if not message["deleted"]]

    async def answered(self, deed: Deed, before: tuple[int, Counter[str]]) -> bool:
        """Has the screen moved on, to where the deed leads, with what it brings?"""
        rev, had = before
        moved = await self.look() and self.rev >= rev + deed.inputs and self.place == deed.place
        return moved and (not deed.brings or self.had[deed.brings] > had[deed.brings])

    async def _pay(self) -> None:
        """On the payer's page; whoever has paid already sees that there."""
        [link] = [b["url"] for row in self.screen["buttons"] for b in row if b["kind"] == "url"]
        number = link.rpartition("/")[2]
        if (await self.scene.call("GET", f"/payments/{number}"))["status"] == "pending":
            await self.scene.call("POST", f"/payments/{number}/succeed", {})

    async def _code(self) -> str:
        users = await self.scene.call("GET", "/client/users")
        phone = next(user["phone"] for user in users if user["id"] == self.user)
        for _ in range(500):
            if messages := await self.scene.call("GET", f"/sms?phone={phone.removeprefix('+')}"):
                return "".join(filter(str.isdigit, messages[-1]["text"]))[:6]
            await asyncio.sleep(0.02)
        raise AssertionError(f"{self.user} got no code")

    async def _send(self, what: str) -> None:
        """Photos, several of them as an album; a PDF as a file."""
        form = aiohttp.FormData()
        for photo in map(shot, SENT[what]):
            form.add_field("file", photo.content, filename=photo.name, content_type=photo.mime)
        async with self.scene.http.post(f"{self.scene.world.url}/client/{self.user}/photo", data=form) as response:
            done = await response.json()
        self.updates["message"] += done["update_ids"]
        self.files += [what] * len(done["update_ids"])

    async def _show(self, photo: Photo) -> None:
        """One photo, to staff."""
        form = aiohttp.FormData()
        form.add_field("file", photo.content, filename=photo.name, content_type=photo.mime)
        async with self.scene.http.post(f"{self.scene.world.url}/client/{self.user}/photo", data=form) as response:
            self.updates["message"] += (await response.json())["update_ids"]

    async def _staff(self, text: str) -> None:
        """An employee writes in the topic that has a card; an empty copy of it has none."""
        topics = await self.scene.call("GET", "/staff/topics")
        topic = next(it["id"] for it in topics if it["pinned"])
        await self.scene.call("POST", f"/staff/topics/{topic}/text", {"operator": EMPLOYEE, "text": text})

    async def _decide(self, status: str) -> None:
        """The insurer's employee about this person's newest claim; what is decided already is left as it is."""
        claim = (await self.scene.claims_of(self.user))[-1]
        if claim["status"] != status:
            body = {"status": status, "documents": ["Справка о ДТП"]}
            await self.scene.call("POST", f"/desk/claims/{claim['claimNumber']}", body)
            self.moves += 1

    async def _post(self, deed: str, body: dict[str, Any]) -> None:
        done = await self.scene.call("POST", f"/client/{self.user}/{deed}", body)
        self.updates["tap" if deed == "tap" else "message"].append(done["update_id"])


@cache
def shot(number: int) -> Photo:
    """A photo, or a PDF, of its own for each number."""
    if (number,) == SENT["pdf"]:
        return sample("pdf", number)
    return Photo(f"{number}.jpg", "image/jpeg", jpeg(draw(number, (1024, 768))))


def pressable(screen: Message) -> list[str]:
    """What its buttons send; links send nothing."""
    return [button["data"] for row in screen["buttons"] for button in row if button["kind"] == "callback"]


# -- when the bot dies ------------------------------------------------------------------------------------------------

ANNA = 100001
CLAIMANTS = (100004,)
"""To whose insured car something happens."""
RENEWERS = (100001, 100002, 100003, 100005)
"""Whose policy can be prolonged today."""
EVERYBODY = tuple(range(100001, 100009))
"""Who needs nothing but a code, and has a policy and an e-mail."""
UNANSWERED = {"press": 3.0}
"""Seconds of silence after which a person tries again: a button soon, 15 for whatever else."""
PAGES = {"open", "papers", "menu", "human"}
"""Taps that only turn a page, as `policies` does: one may stand for all."""


async def live_once(scene: Scene, point: int, life: tuple[Deed, ...] = LIFE, spared: Set[str] = frozenset()) -> Client:
    """One person's whole life; at every deed that is not spared the bot dies at its point number `point`, if it has so many."""
    person = Client(scene, ANNA)
    for number, deed in enumerate(life, start=1):
        before, deaths = person.mark(), len(scene.deaths)
        scene.fuse.set(0 if deed.what in spared else point)
        await person.do(deed)
        await settle(scene)
        if not await person.answered(deed, before):
            await person.again(deed)
            await settle(scene)
        person.done(deed)
        if len(scene.deaths) > deaths:
            person.mortal = number
    return person


async def points_of(scene: Scene, life: tuple[Deed, ...], spared: Set[str]) -> list[int]:
    """How many points there are to die at in each deed of a life that nobody ends."""
    person, many, passed = Client(scene, ANNA), 10**6, list[int]()
    for deed in life:
        before = person.mark()
        scene.fuse.set(0 if deed.what in spared else many)
        await person.do(deed)
        assert await scene.calm()
        passed.append(0 if deed.what in spared else many - scene.fuse.left)
        scene.fuse.set(0)
        assert await person.answered(deed, before), deed
        person.done(deed)
    return passed


async def start_anew(scene: Scene, person: Client, deed: Deed, point: int) -> bool:
    """The bot is down while a person does something, and dies at the point of its next start. False if that was survived."""
    await scene.kill()
    before, deaths = person.mark(), len(scene.deaths)
    await person.do(deed)
    scene.fuse.set(point)
    await scene.start()
    await settle(scene)
    if not await person.answered(deed, before):
        await person.again(deed)
        await settle(scene)
    person.done(deed)
    return len(scene.deaths) > deaths


async def settle(scene: Scene) -> None:
    """Until everything is calm, however often the bot dies on the way."""
    while not await scene.calm():
        await scene.revive()
    scene.fuse.set(0)


async def live_together(scene: Scene, kills: int, chance: random.Random) -> list[Client]:
    """Eight people at once go on and on while the bot is killed so many times, whenever it happens to be."""
    people, over = [Client(scene, user) for user in EVERYBODY], asyncio.Event()
    async with asyncio.timeout(PATIENCE * 2 + 10 * kills), asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(_live(person, over))
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.0, 0.4))
            await scene.kill()
            scene.deaths.append("at random")
            await scene.start()
        over.set()
    await settle(scene)
    return people


async def _live(person: Client, over: asyncio.Event) -> None:
    more = (*RENEWAL, *HOME) if person.user in RENEWERS else (*CLAIM, *HOME) if person.user in CLAIMANTS else ()
    for deed in (*LIFE, *more):
        await person.through(deed)
    while not over.is_set():
        for deed in EVERYDAY:
            await person.through(deed)
