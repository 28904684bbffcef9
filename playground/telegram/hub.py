"""Telegram of this world in one value: its memory, files and updates, and the log of what the bots asked."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from playground.telegram.files import Files
from playground.telegram.groups import Groups
from playground.telegram.memory import STAFF_CHAT, Memory
from playground.telegram.model import Bot, Chat, User
from playground.telegram.pace import GroupPace
from playground.telegram.params import Params
from playground.telegram.polling import Polls
from playground.telegram.refusals import Refusal
from playground.telegram.updates import Updates
from playground.telegram.webhook import Deliveries
from playground.world import World

CABINET = Bot(
    id=1000000001,
    token="1000000001:PLAYGROUND",  # noqa: S106 -- the token of the playground is no secret, the documentation names it
    username="tihaya_gavan_bot",
    first_name="Тихая гавань",
    next_update=0,
)
_CALLS_KEPT = 5000
_STAFF_TITLE = "Тихая гавань: сотрудники"


class Person(Protocol):
    """A seeded person, as `playground.seed.PEOPLE` has them."""

    @property
    def id(self) -> int: ...
    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str | None: ...
    @property
    def username(self) -> str | None: ...
    @property
    def language_code(self) -> str | None: ...
    @property
    def phone(self) -> str | None: ...
    @property
    def story(self) -> str: ...


class Employee(Person, Protocol):
    """A seeded employee, as `playground.seed_staff.STAFF` has them; `status` is what they are in a staff group."""

    @property
    def post(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def anonymous(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A result with a remark ("Webhook is already set")."""

    result: Any
    description: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method by a bot."""

    hub: Telegram
    bot: Bot
    params: Params

    @property
    def memory(self) -> Memory:
        """Telegram's memory."""
        return self.hub.memory


Method = Callable[[Call], Awaitable[Any]]


class Telegram:
    """`methods` are the Bot API methods that are built, by lower-case name; `people` and `staff` are there from the start."""

    def __init__(
        self,
        world: World,
        methods: dict[str, Method],
        people: Iterable[Person] = (),
        staff: Iterable[Employee] = (),
    ) -> None:
        self.world = world
        self.memory = Memory(world)
        self.files = Files(world)
        self.updates = Updates(self.memory)
        self.groups = Groups(self.memory, self.updates)
        self.pace = GroupPace()
        self.polls = Polls(self.updates)
        self.deliveries = Deliveries(self.memory, self.updates, self._reply)
        self.calls: deque[dict[str, Any]] = deque(maxlen=_CALLS_KEPT)
        self.webhooks_set: dict[int, float] = {}
        self.calls_made = 0
        self._methods = methods
        self._people = tuple(people)
        self._staff = tuple(staff)
        world.on_reset.append(self._renew)
        self._load()

    async def start(self) -> None:
        """Begin to deliver webhooks."""
        self.deliveries.start()

    async def close(self) -> None:
        """Stop; everything is on disk already."""
        self.polls.close()
        await self.deliveries.close()

    async def execute(self, bot: Bot, method: str, params: Params, *, via: str = "request") -> Any:
        """Run one built method and log it. Raises Refusal."""
        began = time.monotonic()
        refused: Refusal | None = None
        chat_id = params.text("chat_id")
        try:
            if pause := self.pace.take(method, chat_id):
                raise Refusal(429, f"Too Many Requests: retry after {pause}", retry_after=pause)
            return await self._methods[method.lower()](Call(self, bot, params))
        except Refusal as refusal:
            if refusal.code != 429:
                self.pace.give_back(method, chat_id)
            refused = refusal
            raise
        finally:
            self.log(bot, method, params, refused, ms=(time.monotonic() - began) * 1000, via=via)

    def log(
        self, bot: Bot, method: str, params: Params, refused: Refusal | None, *, ms: float = 0, via: str = "request"
    ) -> None:
        """Add a line to the log of calls; refused ones too. `via` is `request`, or `webhook` for a method in an answer."""
        self.calls_made += 1
        self.calls.append(
            {
                "seq": self.calls_made,
                "date": self.world.clock.time(),
                "bot": bot.username,
                "method": method,
                "params": params.names(),
                "ok": refused is None,
                "error_code": refused.code if refused else None,
                "description": refused.description if refused else None,
                "ms": round(ms, 1),
                "via": via,
            }
        )
        self.world.live.publish("calls", seq=self.calls_made)

    def is_built(self, method: str) -> bool:
        """Can `execute` run it?"""
        return method.lower() in self._methods

    def add_bot(self, bot: Bot) -> Bot:
        """Register a bot: it gets its random first update_id and a place in every staff group."""
        first = self.memory.random.randrange(2_000_001, 1_000_000_000)
        bot = bot.model_copy(update={"next_update": first}, deep=True)
        self.memory.keep_bot(bot)
        for group in self.memory.groups():
            group.members[bot.id] = "administrator"
            self.memory.keep_chat(group)
        return bot

    def add_group(self, title: str) -> Chat:
        """One more staff group, with those who are employed now; its bots are told."""
        first = self.memory.groups()[0]
        people = {number: status for number, status in first.members.items() if number in self.memory.users}
        return self.groups.open(title, people, first.anonymous)

    def undelivered(self, bot: Bot) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.updates.waiting(bot))

    def _load(self) -> None:
        self.memory.load()
        self.files.load()
        self.updates.load()
        self._seed()

    def _renew(self) -> None:
        for bot in self.memory.bots.values():
            self.deliveries.stop(bot)
        self.calls.clear()
        self.pace.order(0)
        self.webhooks_set.clear()
        self._load()

    def _seed(self) -> None:
        """What a new world has: the staff group, the cabinet's bot, the people with a story and the employees."""
        if self.memory.group(STAFF_CHAT) is None:
            key = str(STAFF_CHAT)
            self.memory.keep_chat(Chat(key=key, id=STAFF_CHAT, kind="supergroup", title=_STAFF_TITLE))
        if CABINET.id not in self.memory.bots:
            self.add_bot(CABINET)
        for person in self._people:
            self._settle(person)
        staff = self.memory.groups()[0]
        new = [employee for employee in self._staff if self._settle(employee, post=employee.post)]
        if new:
            staff.members |= {employee.id: employee.status for employee in new}
            staff.anonymous += [employee.id for employee in new if employee.anonymous]
            self.memory.keep_chat(staff)

    def _settle(self, person: Person, post: str = "") -> bool:
        """Somebody lives here from now on; False if they did already."""
        if person.id in self.memory.users:
            return False
        user = User(
            id=person.id,
            first_name=person.first_name,
            last_name=person.last_name,
            username=person.username,
            language_code=person.language_code,
            phone=person.phone,
            story=person.story,
            post=post,
        )
        self.memory.keep_user(user)
        return True

    async def _reply(self, bot: Bot, method: str, params: Params) -> None:
        """A method in the answer to a webhook: executed, its result and its refusal thrown away."""
        if not self.is_built(method):
            self.log(bot, method, params, Refusal(501, f"Not Implemented: {method}"), via="webhook")
            return
        try:
            await self.execute(bot, method, params, via="webhook")
        except Refusal:
            return  # nobody is there to hear it; the log has it
