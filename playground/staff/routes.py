"""`/staff/...`: the employees of the insurer in their groups."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from playground.asked import Since
from playground.person import asks as person_asks
from playground.person import other, said, taps
from playground.person.deeds import Done
from playground.person.routes import in_order
from playground.person.settled import Calm
from playground.refusal import NoError, body_of
from playground.staff import asks, standing, view
from playground.staff.hand import Operator
from playground.staff.standing import Cast
from playground.telegram.hub import CABINET, Telegram
from playground.telegram.model import Chat, Topic

_GENERAL = ("general", "1")
_DEEDS = ("text", "edit", "tap", "location", "forward", "erase", "send", "voice", "photo", "document", "album")
_ON_TOPICS = ("delete", "close", "reopen")


class Staff:
    """The endpoints of the staff's API. `group` (body or query) says which group is meant; without it the first one."""

    def __init__(self, hub: Telegram, calm: Calm) -> None:
        self._hub = hub
        self._calm = calm
        self._cast = Cast(hub)

    def routes(self) -> list[web.RouteDef]:
        """For the playground's application."""
        return [
            web.get("/staff", self._staff),
            web.get("/staff/settled", self._settled),
            web.get("/staff/topics", self._topics),
            web.post("/staff/topics", self._new_topic),
            web.post("/staff/groups", self._new_group),
            web.post("/staff/upgrade", self._upgrade),
            web.post("/staff/{change:promote|demote}", self._stand),
            web.get("/staff/topics/{topic}/chat", self._chat),
            web.get("/staff/{topic:general}/chat", self._chat),
            web.post(f"/staff/topics/{{topic}}/{{deed:{'|'.join(_ON_TOPICS)}}}", self._on_topic),
            web.post(f"/staff/topics/{{topic}}/{{deed:{'|'.join(_DEEDS)}}}", self._deed),
            web.post(f"/staff/{{topic:general}}/{{deed:{'|'.join(_DEEDS)}}}", self._deed),
        ]

    async def _staff(self, request: web.Request) -> web.Response:
        place = self._cast.group(request.query.get("group"))
        groups = [view.group(self._hub, one) for one in self._hub.memory.groups()]
        seen = {"chat_id": place.id, "title": place.title, "groups": groups}
        return web.json_response(seen | {"operators": view.operators(self._hub, place)})

    async def _settled(self, request: web.Request) -> web.Response:
        bot = self._hub.memory.bots[CABINET.id]
        return web.json_response(await self._calm.wait(bot, person_asks.Settle.of_query(request).timeout))

    async def _topics(self, request: web.Request) -> web.Response:
        place = self._cast.group(request.query.get("group"))
        living = (topic for topic in place.topics.values() if not topic.deleted)
        return web.json_response([view.topic(self._hub, place, topic) for topic in living])

    async def _chat(self, request: web.Request) -> web.Response:
        place = self._cast.group(request.query.get("group"))
        topic = _topic(place, request.match_info["topic"])
        return web.json_response(view.chat(self._hub, place, topic, Since.of_query(request).since))

    async def _new_group(self, request: web.Request) -> web.Response:
        place = self._hub.add_group((await asks.Title.of_body(request)).title)
        return web.json_response(view.group(self._hub, place))

    async def _new_topic(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        place = self._cast.group(body.get("group"))
        user = self._cast.leader(place, body.get("operator"))
        topic = self._hub.groups.open_topic(place, asks.NewTopic.of(body).name, sender=user.id)
        return web.json_response(view.topic(self._hub, place, topic))

    async def _upgrade(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        place = self._cast.group(body.get("group"))
        user = self._cast.leader(place, body.get("operator"))
        fresh = self._hub.groups.upgrade(place, by=user.id, keep=not asks.Upgrade.of(body).empty)
        return web.json_response(view.group(self._hub, fresh) | {"was": place.id})

    async def _stand(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        place = self._cast.group(body.get("group"))
        asked = asks.Standing.of(body)
        member = standing.change(self._cast, place, asked, up=request.match_info["change"] == "promote")
        return web.json_response(member)

    async def _on_topic(self, request: web.Request) -> web.Response:
        """What an administrator does to a topic, carelessly or not; without an operator it is whoever made the group."""
        body = await body_of(request)
        place = self._cast.group(body.get("group") or request.query.get("group"))
        user = self._cast.leader(place, body.get("operator"))
        topic = _topic(place, request.match_info["topic"])
        if topic is None:
            raise NoError(409, "General is always there", "/staff/topics names the topics")
        deed = request.match_info["deed"]
        if deed == "delete":
            self._hub.groups.delete_topic(place, topic)
            return web.json_response({"id": topic.id, "deleted": True})
        closed = deed == "close"
        if topic.closed == closed:
            raise NoError(409, f"the topic is {'closed' if closed else 'open'} already")
        self._hub.groups.set_closed(place, topic, closed=closed, sender=user.id)
        return web.json_response(view.topic(self._hub, place, topic))

    async def _deed(self, request: web.Request) -> web.Response:
        deed = request.match_info["deed"]
        if request.content_type.startswith("multipart/") or deed in ("photo", "document", "album"):
            return web.json_response(await self._files(request, deed))
        body = await body_of(request)
        return web.json_response(self._do(self._hand(request, body), deed, body))

    def _do(self, hand: Operator, deed: str, body: dict[str, Any]) -> Done:
        written = asks.Written.of(body)
        match deed:
            case "text":
                return hand.text(asks.Said.of(body).text, written.reply_to, written.quote)
            case "edit":
                edited = person_asks.Edit.of(body)
                return hand.edit(edited.message_id, edited.text)
            case "erase":
                return hand.erase(asks.One.of(body).message_id)
            case "tap":
                return taps.tap(hand, person_asks.Tap.of(body))
            case "location":
                return hand.say({"location": person_asks.Place.of(body).model_dump()}, written.reply_to)
            case "forward":
                asked = asks.Forward.of(body)
                author = self._cast.user(asked.user)
                return hand.forward(author, self._hub.memory.bots[CABINET.id], asked.message_id, asked.text)
            case _:
                sent = person_asks.Send.of({"kind": "voice"} | body)
                return hand.say(other.content(self._hub, sent, []), written.reply_to)

    async def _files(self, request: web.Request, deed: str) -> Done:
        """A form: pictures, documents, an album of either; or the bytes of a voice or another kind."""
        files, fields = await said.form(request)
        hand = self._hand(request, fields)
        answered = asks.Answered.of(fields).reply_to
        reply_to = int(answered) if answered else None
        if deed in ("voice", "send"):
            sent = person_asks.Send.of({"kind": "voice"} | fields)
            return hand.say(other.content(self._hub, sent, files), reply_to)
        bodies = await said.pictures(self._hub, files, fields, plain=deed == "document")
        done = [hand.say(body, reply_to) for body in bodies]
        return in_order(done, bodies[0].get("media_group_id"))

    def _hand(self, request: web.Request, body: dict[str, Any]) -> Operator:
        """The employee and the topic a request is about. Raises NoError."""
        place = self._cast.group(body.get("group") or request.query.get("group"))
        if body.get("operator") is None:
            raise NoError(400, '"operator" is missing', "GET /staff names them, for example 200001")
        user = self._cast.user(body["operator"])
        return Operator(self._hub, place, user, _topic(place, request.match_info["topic"]))


def _topic(place: Chat, name: str) -> Topic | None:
    """A topic by its number; General is none. Raises NoError for what is not there."""
    if name in _GENERAL:
        return None
    topic = place.topics.get(int(name)) if name.isascii() and name.isdigit() and len(name) < 12 else None
    if topic is None or topic.deleted:
        raise NoError(404, f"there is no topic {name}", "GET /staff/topics names them")
    return topic
