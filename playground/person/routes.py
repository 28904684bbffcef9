"""`/client/...`: a person in Telegram."""

from __future__ import annotations

import mimetypes
from typing import Any
from urllib.parse import quote

from aiohttp import BodyPartReader, web
from pydantic import ValidationError

from playground.person import other, taps, view
from playground.person.deeds import Done, Hand
from playground.person.settled import Calm
from playground.refusal import NoError, body_of, number_of, wanted
from playground.telegram.entities import typed
from playground.telegram.hub import CABINET, Telegram
from playground.telegram.model import Bot, User
from playground.telegram.outgoing import caption_fields
from playground.telegram.refusals import Refusal

_FIELDS = ("first_name", "last_name", "username", "language_code", "phone", "story")
_ALBUM = 10
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/bmp")  # clients send anything else as a file


class People:
    """The endpoints of the person's API; names and shapes are stable, scripts outside rely on them."""

    def __init__(self, hub: Telegram) -> None:
        self._hub = hub
        self._calm = Calm(hub)

    async def close(self) -> None:
        """Let go of the bot's internal listener."""
        await self._calm.close()

    def routes(self) -> list[web.RouteDef]:
        """For the playground's application."""
        deeds = ("text", "edit", "tap", "contact", "location", "send", "block", "unblock")
        return [
            web.get("/client/users", self._users),
            web.post("/client/users", self._new_user),
            web.get("/client/files/{unique_id}", self._file),
            web.get("/client/{user}/chat", self._chat),
            web.get("/client/{user}/settled", self._settled),
            web.post("/client/{user}/photo", self._photo),
            *(web.post(f"/client/{{user}}/{deed}", self._deed) for deed in deeds),
        ]

    async def _users(self, request: web.Request) -> web.Response:
        bot = self._bot(request.query.get("bot"))
        chats = self._hub.memory.chats
        users = self._hub.memory.users.values()
        return web.json_response([view.person(u, chats.get(f"{bot.id}:{u.id}")) for u in users])

    async def _new_user(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        memory = self._hub.memory
        number = body.get("id") or max(memory.users, default=200_000) + 1
        known = memory.users.get(number)
        given = {name: body[name] for name in _FIELDS if name in body}
        example = '{"first_name": "Анна", "phone": "+79070000101"}'
        if known is None:
            wanted(body, "first_name", str, example)
        try:
            user = User.model_validate((known.model_dump() if known else {"id": number}) | given)
        except ValidationError as error:
            raise NoError(400, f"this is no user: {error.errors()[0]['msg']}", f"for example {example}") from error
        memory.keep_user(user)
        return web.json_response(view.person(user, None))

    async def _chat(self, request: web.Request) -> web.Response:
        hand = self._hand(request, {})
        return web.json_response(view.chat(self._hub, hand.chat, int(number_of(request, "since", 0))))

    async def _settled(self, request: web.Request) -> web.Response:
        bot = self._hand(request, {}).bot
        return web.json_response(await self._calm.wait(bot, number_of(request, "timeout", 10)))

    async def _deed(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        hand = self._hand(request, body)
        return web.json_response(self._do(hand, request.path.rpartition("/")[2], body))

    def _do(self, hand: Hand, deed: str, body: dict[str, Any]) -> Done:
        match deed:
            case "text":
                return hand.text(wanted(body, "text", str, '{"text": "/start"}'), body.get("reply_to"))
            case "edit":
                message_id = wanted(body, "message_id", int, '{"message_id": 7, "text": "иначе"}')
                return hand.edit(message_id, wanted(body, "text", str, '{"message_id": 7, "text": "иначе"}'))
            case "tap":
                return taps.tap(hand, body)
            case "contact":
                return _share(hand) if body.get("own", True) else hand.card(body)
            case "location":
                return hand.say({"location": _place(body)})
            case "send":
                return hand.say(other.content(self._hub, str(body.get("kind"))))
            case _:
                return hand.block(blocked=deed == "block")

    async def _photo(self, request: web.Request) -> web.Response:
        """One file: a photo or a document; several: an album, one message and one update each, in order."""
        files, fields = await _form(request)
        hand = self._hand(request, fields)
        if not 1 <= len(files) <= _ALBUM:
            raise NoError(400, f"{len(files)} files", f"send 1 to {_ALBUM} multipart parts named file")
        plain = fields.get("as_document", "").lower() in ("1", "true", "yes")
        album = {"media_group_id": str(hand.memory.random.randrange(10**16, 10**17))} if len(files) > 1 else {}
        bodies = [await self._content(data, name, mime, plain=plain) | album for name, mime, data in files]
        bodies[0] |= caption_fields(typed(fields.get("caption", "").strip()))
        done = [hand.say(body) for body in bodies]
        return web.json_response(
            done[0]
            | {
                "message_ids": [one["message_id"] for one in done],
                "update_ids": [one["update_id"] for one in done],
                "album": album.get("media_group_id"),
            }
        )

    async def _content(self, data: bytes, name: str, mime: str, *, plain: bool) -> dict[str, Any]:
        kind = mime if mime != "application/octet-stream" else mimetypes.guess_type(name)[0] or mime
        if plain or kind not in _PICTURES:
            return self._hub.files.document(data, name, kind)
        try:
            return await self._hub.files.photo(data)
        except Refusal as refusal:
            hint = "as_document=1 sends any bytes as a file"
            raise NoError(400, f"{name} is no picture Telegram takes: {refusal.description}", hint) from refusal

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
        user = users.get(int(name)) if name.isdigit() else next((u for u in users.values() if u.username == name), None)
        if user is None:
            raise NoError(404, f"there is no user {name}", "GET /client/users, or POST one there")
        return Hand(self._hub, self._bot(body.get("bot") or request.query.get("bot")), user)

    def _bot(self, username: str | None) -> Bot:
        bots = self._hub.memory.bots
        if username is None:
            return bots[CABINET.id]
        found = next((bot for bot in bots.values() if bot.username == username.removeprefix("@")), None)
        if found is None:
            raise NoError(404, f"there is no bot {username}", "POST /bots registers one")
        return found


def _share(hand: Hand) -> Done:
    """The own contact: by the button when there is one, else from the attachment menu."""
    for targets in taps.live(hand):
        for target in targets:
            if not target.inline and target.button.get("request_contact"):
                return taps.act(hand, target, {})
    return hand.contact()


def _place(body: dict[str, Any]) -> dict[str, float]:
    try:
        return {name: float(body[name]) for name in ("latitude", "longitude")}
    except (KeyError, TypeError, ValueError) as error:
        raise NoError(400, "a place is two numbers", '{"latitude": 55.75, "longitude": 37.62}') from error


async def _form(request: web.Request) -> tuple[list[tuple[str, str, bytes]], dict[str, str]]:
    """The files (name, type, bytes) and the fields of a multipart form. Raises NoError."""
    if not request.content_type.startswith("multipart/"):
        raise NoError(400, "the body is no multipart form", 'curl -F "file=@scene.jpg" -F caption=...')
    files, fields = [], {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read())
        if part.filename is None:
            fields[part.name] = data.decode(errors="replace")
        else:
            files.append((part.filename, part.headers.get("Content-Type", "application/octet-stream"), data))
    return files, fields
