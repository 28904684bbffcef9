"""One claim: how it stands, what comes next and by when, what is needed, its papers (G5–G7, C4)."""

from __future__ import annotations

from handlers import format as show
from handlers.case_files import wish_for
from handlers.claims import event_of, state_of
from handlers.policies import thing
from handlers.progress import next_step, timeline
from handlers.room import Room
from handlers.screen import Button, Row, Screen
from handlers.turn import Turn
from handlers.watching import line, watched
from services.claims.values import Claim, State
from services.db.pipe import Parcel
from services.errors import NotFound
from services.model import Access, Policy

UNDECIDED = (State.SENT, State.RECEIVED, State.REVIEW, State.INSPECTION)
"""States in which more photos help the decision."""

room = Room("case", needs=Access.UNLOCKED, back="claims")


@room.screen
async def show_case(turn: Turn) -> Screen:
    t = turn.t
    claim = await turn.cabinet.claims.one(turn.unit, turn.actor, turn.args["id"])
    policy = await policy_of(turn, claim)
    turn.args["screen"] = f"claim {claim.number}"
    product = t.plain(f"product-{claim.product}")
    parts = [
        t(
            "case",
            number=claim.shown,
            state=state_of(turn, claim),
            event=event_of(turn, claim),
            object=f"{product}, {thing(policy, full=False)}" if policy else product,
            day=show.day(claim.happened_on),
        ),
        next_step(turn, claim, policy),
        t("case-said", comment=claim.said.comment) if claim.said.comment else "",
        "\n".join(line(turn, it) for it in watched(turn, claim)),
        await files_line(turn, claim),
        timeline(turn, claim),
    ]
    return Screen("\n\n".join(part for part in parts if part), await rows(turn, claim))


async def policy_of(turn: Turn, claim: Claim) -> Policy | None:
    """Its contract; None while the insurer has not told us of it."""
    try:
        return await turn.cabinet.policies.by_core_id(turn.unit, turn.actor, claim.policy_core_id)
    except NotFound:
        return None


async def files_line(turn: Turn, claim: Claim) -> str:
    """How many files the insurer has, and which photos are still missing."""
    t = turn.t
    files = [it for it in await turn.cabinet.uploads.of_claim(turn.unit, turn.actor, claim.id) if it.live]
    handed = sum(it.handed for it in files)
    parts = [t("case-files-count", handed=str(handed), all=str(len(files)))] if files else []
    wish = await wish_for(turn, claim)
    if claim.account_id and claim.state in UNDECIDED and not claim.said.wanted and (missing := wish.open()):
        parts.append(t("case-missing", slots="; ".join(slot.label for slot in missing)))
    return "\n".join(parts)


async def rows(turn: Turn, claim: Claim) -> list[Row]:
    """What can be done now comes first."""
    t = turn.t
    upload = (
        [] if claim.over else [Button(t.plain("case-upload-wanted" if claim.said.wanted else "case-upload"), "upload")]
    )
    refused = [Button(t.plain("case-complaint"), "complain")] if claim.state is State.REFUSED else []
    there = claim.said.direction
    map_point = [Button(t.plain("office-map"), "map")] if there and there.latitude is not None else []
    direction = [Button(t.plain("case-direction"), "direction")] if there and there.document else []
    papers = [Button(t.plain("case-papers"), "papers")] if claim.core_id else []
    evidence = [Button(t.plain("case-receipt"), "receipt")] if claim.token else []
    remind = [] if claim.over else [Button(t.plain("case-remind"), "remind")]
    pay = [Button(t.plain("case-own-part-pay"), "own-part")] if claim.owed else []
    return [pay, upload, refused, [*direction, *map_point], [*papers, *evidence], remind]


@room.tap("upload")
async def upload(turn: Turn, _: str) -> None:
    turn.go("case-files", id=turn.args["id"])


@room.tap("complain")
async def complain(turn: Turn, _: str) -> None:
    turn.go("complaint", id=turn.args["id"])


@room.tap("papers")
async def open_papers(turn: Turn, _: str) -> None:
    turn.go("papers", claim=turn.args["id"])


@room.tap("receipt")
async def open_receipt(turn: Turn, _: str) -> None:
    turn.go("receipt", id=turn.args["id"])


@room.tap("direction")
async def open_direction(turn: Turn, _: str) -> None:
    """The paper the station wants to see: to the chat or to e-mail, as any other."""
    claim = await turn.cabinet.claims.one(turn.unit, turn.actor, turn.args["id"])
    found = await turn.cabinet.documents.of_claim(turn.unit, turn.actor, claim.core_id)
    wanted = claim.said.direction.document if claim.said.direction else ""
    if paper := next((it for it in found if it.core_id == wanted), None):
        turn.go("paper", claim=claim.id, paper=paper.id)
    else:
        turn.note("case-direction-later")


@room.tap("map")
async def show_on_map(turn: Turn, _: str) -> None:
    """The station as a point in the telephone's maps; it stays."""
    claim = await turn.cabinet.claims.one(turn.unit, turn.actor, turn.args["id"])
    there = claim.said.direction
    if there is None or there.latitude is None:
        return
    place = {"latitude": there.latitude, "longitude": there.longitude, "title": there.station, "address": there.address}
    body = {"method": "sendVenue", "payload": place}
    turn.unit.send(Parcel(f"map:{turn.unit.event.event_id}", "telegram", body, chat_id=turn.actor.account_id))
    turn.anew = True
