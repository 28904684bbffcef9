"""Who is who in a staff group, and how that changes: promoted, demoted, gone."""

from __future__ import annotations

from typing import Any

from playground.refusal import NoError
from playground.staff.asks import Standing
from playground.telegram import wire
from playground.telegram.groups import leads, status
from playground.telegram.hub import Telegram
from playground.telegram.model import Bot, Chat, User


class Cast:
    """Groups and people by whatever a request calls them."""

    def __init__(self, hub: Telegram) -> None:
        self.hub = hub

    def group(self, asked: object) -> Chat:
        """A group by its id, also by one it had before an upgrade; without an id the first one. Raises NoError."""
        memory = self.hub.memory
        if asked is None or asked == "":
            return memory.groups()[0]
        found = memory.chats.get(str(asked))
        if found is None or found.kind != "supergroup":
            raise NoError(404, f"there is no group {asked}", "GET /staff names them")
        return memory.today(found)

    def user(self, asked: object) -> User:
        """Somebody by their number, username or first name; of those with one name the employee. Raises NoError."""
        users = self.hub.memory.users
        name = str(asked).removeprefix("@")
        if name.isascii() and name.isdigit() and (found := users.get(int(name))):
            return found
        people = sorted(users.values(), key=lambda user: not user.post)
        found = next((user for user in people if name in (user.username, user.name, user.first_name)), None)
        if found is None:
            raise NoError(404, f"there is no operator {asked}", "GET /staff names them, for example 200001")
        return found

    def leader(self, place: Chat, asked: object) -> User:
        """An administrator of the group; without a name whoever made it. Raises NoError."""
        if asked is None:
            number = next(number for number, held in place.members.items() if held == "creator")
            return self.hub.memory.users[number]
        user = self.user(asked)
        if not leads(place, user.id):
            raise NoError(403, f"{user.name} is no administrator of the group", "POST /staff/promote makes one")
        return user

    def bot(self, username: str) -> Bot:
        """A bot by its username. Raises NoError."""
        bots = self.hub.memory.bots.values()
        found = next((bot for bot in bots if bot.username == username.removeprefix("@")), None)
        if found is None:
            raise NoError(404, f"there is no bot {username}", "POST /bots registers one")
        return found


def change(cast: Cast, place: Chat, asked: Standing, *, up: bool) -> dict[str, Any]:
    """Promotes or demotes; without a status one step: out, member, administrator. Returns the ChatMember. Raises NoError."""
    hub = cast.hub
    user_id = cast.bot(asked.bot).id if asked.bot is not None else cast.user(asked.operator).id
    before = status(place, user_id)
    if before == "creator":
        raise NoError(409, "whoever made the group stays what they are")
    goal = asked.status or _step(before, up=up)
    by = cast.leader(place, asked.by).id
    if goal == "left":
        by = user_id
    if goal != before or asked.rights is not None:
        hub.groups.set_status(place, user_id, goal, by=by, rights=asked.rights)
    if asked.anonymous is not None and goal == "administrator":
        hub.groups.set_anonymous(place, user_id, anonymous=asked.anonymous)
    return wire.member(hub.memory, place, user_id)


def _step(before: str, *, up: bool) -> str:
    if up:
        return "administrator" if before in ("member", "administrator") else "member"
    return "member" if before == "administrator" else "left"
