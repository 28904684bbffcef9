"""`/client/...`: a person in Telegram."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from aiohttp import web

from playground.asked import Since
from playground.person import asks, other, said, taps, view
from playground.person.deeds import Done, Hand
from playground.person.settled import Calm
from playground.refusal import NoError, body_of
from playground.telegram.hub import CABINET, Telegram
from playground.telegram.model import Bot, User


class People:
    """The endpoints of the person's API; names and shapes are stable, scripts outside rely on them."""

    def __init__(self, hub: Telegram, calm: Calm) -> None:
        self._hub = hub
        self._calm = calm

    def routes(self) -> list[web.RouteDef]:
        """For the playground's application."""
        deeds = ("text", "edit", "tap", "contact", "location", "block", "unblock")
        return [
            web.get("/client/users", self._users),
            web.post("/client/users", self._new_user),
            web.get("/client/files/{unique_id}", self._file),
            web.get("/client/{user}/chat", self._chat),
            web.get("/client/{user}/settled", self._settled),
            web.post("/client/{user}/photo", self._photo),
            web.post("/client/{user}/send", self._send),
            *(web.post(f"/client/{{user}}/{deed}", self._deed) for deed in deeds),
        ]

    async def _users(self, request: web.Request) -> web.Response:
        bot = self._bot(request.query.get("bot"))
        chats = self._hub.memory.chats
        users = self._hub.memory.users.values()
        return web.json_response([view.person(u, chats.get(f"{bot.id}:{u.id}")) for u in users])

    async def _new_user(self, request: web.Request) -> web.Response:
        asked = await asks.NewUser.of_body(request)
        memory = self._hub.memory
        number = asked.id or max((id_ for id_ in memory.users if id_ < CABINET.id), default=200_000) + 1
        if number in memory.bots:
            raise NoError(409, f"{number} is a bot", "GET /bots names them; take another number")
        known = memory.users.get(number)
        if asked.first_name is None and (known is None or "first_name" in asked.model_fields_set):
            raise NoError(400, '"first_name" is missing', f"for example {asks.NewUser.EXAMPLE}")
        given = asked.model_dump(exclude_unset=True, exclude={"id"})
        user = User.model_validate((known.model_dump() if known else {"id": number}) | given)
        memory.keep_user(user)
        return web.json_response(view.person(user, None))

    async def _chat(self, request: web.Request) -> web.Response:
        hand = self._hand(request, {})
        return web.json_response(view.chat(self._hub, hand.chat, Since.of_query(request).since))

    async def _settled(self, request: web.Request) -> web.Response:
        bot = self._hand(request, {}).bot
        return web.json_response(await self._calm.wait(bot, asks.Settle.of_query(request).timeout))

    async def _deed(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        hand = self._hand(request, body)
        return web.json_response(self._do(hand, request.path.rpartition("/")[2], body))

    def _do(self, hand: Hand, deed: str, body: dict[str, Any]) -> Done:
        match deed:
            case "text":
                said = asks.Text.of(body)
                return hand.text(said.text, said.reply_to)
            case "edit":
                edited = asks.Edit.of(body)
                return hand.edit(edited.message_id, edited.text)
            case "tap":
                return taps.tap(hand, asks.Tap.of(body))
            case "contact":
                contact = asks.Contact.of(body)
                return _share(hand) if contact.own else hand.card(contact)
            case "location":
                return hand.say({"location": asks.Place.of(body).model_dump()})
            case _:
                return hand.block(blocked=deed == "block")

    async def _photo(self, request: web.Request) -> web.Response:
        """One file: a photo or a document; several: an album, one message and one update each, in order."""
        files, fields = await said.form(request)
        hand = self._hand(request, fields)
        bodies = await said.pictures(self._hub, files, fields)
        done = [hand.say(body) for body in bodies]
        return web.json_response(in_order(done, bodies[0].get("media_group_id")))

    async def _send(self, request: web.Request) -> web.Response:
        """A made-up message of some kind; in a form a `file` gives it bytes of one's own."""
        plain = not request.content_type.startswith("multipart/")
        files, fields = ([], await body_of(request)) if plain else await said.form(request)
        hand = self._hand(request, fields)
        body = other.content(self._hub, asks.Send.of(fields), files)
        return web.json_response(hand.say(body))

    async def _file(self, request: web.Request) -> web.Response:
        file = self._hub.files.get(request.match_info["unique_id"])
        if file is None:
            raise NoError(404, "there is no such file")
        headers = {
            "Content-Type": file.mime,
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=self._hub.files.data(file), headers=headers)

    def _hand(self, request: web.Request, body: dict[str, Any]) -> Hand:
        """The person and the bot a request is about. Raises NoError."""
        name = request.match_info["user"]
        users = self._hub.memory.users
        number = int(name) if name.isascii() and name.isdigit() and len(name) < 20 else 0
        user = users.get(number) or next((u for u in users.values() if u.username == name), None)
        if user is None:
            raise NoError(404, f"there is no user {name}", "GET /client/users, or POST one there")
        return Hand(self._hub, self._bot(body.get("bot") or request.query.get("bot")), user)

    def _bot(self, username: object) -> Bot:
        bots = self._hub.memory.bots
        if username is None:
            return bots[CABINET.id]
        found = next((bot for bot in bots.values() if bot.username == str(username).removeprefix("@")), None)
        if found is None:
            raise NoError(404, f"there is no bot {username}", "POST /bots registers one")
        return found


def in_order(done: list[Done], album: str | None) -> Done:
    """What came of files sent together: their messages and updates."""
    return done[0] | {
        "message_ids": [one["message_id"] for one in done],
        "update_ids": [one["update_id"] for one in done],
        "album": album,
    }


def _share(hand: Hand) -> Done:
    """The own contact: by the button when there is one, else from the attachment menu."""
    for targets in taps.live(hand):
        for target in targets:
            if not target.inline and target.button.get("request_contact"):
                return taps.act(hand, target)
    return hand.contact()
