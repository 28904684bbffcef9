"""The papers of a contract, or of a claim: to the chat and to e-mail (C3, C4)."""

from __future__ import annotations

from handlers import format as show
from handlers.room import Room
from handlers.screen import Button, Screen, column
from handlers.texts import Texts
from handlers.turn import Turn
from services.clock import MOSCOW
from services.errors import NotFound
from services.model import Access, Document

MOST, LABEL = 20, 40
"""Papers of a list; characters of a label."""

papers = Room("papers", needs=Access.UNLOCKED, back="policy")
paper = Room("paper", needs=Access.UNLOCKED, back="papers")


@papers.screen
async def show_papers(turn: Turn) -> Screen:
    """Of the claim the person came from, or else of the policy."""
    t = turn.t
    if claim_id := turn.args.get("claim"):
        claim = await turn.cabinet.claims.one(turn.unit, turn.actor, claim_id)
        found = await turn.cabinet.documents.of_claim(turn.unit, turn.actor, claim.core_id)
        about = t("papers-of-claim", number=claim.shown)
    else:
        policy = await turn.cabinet.policies.card(turn.unit, turn.actor, turn.args["id"])
        found = await turn.cabinet.documents.of_policy(turn.unit, turn.actor, policy.core_id)
        about = t("papers-of-policy", product=t.plain(f"product-{policy.product}"), number=policy.number)
    if not found:
        return Screen(t("papers-none", about=about))
    return Screen(t("papers", about=about), column(*(Button(label, "open", key) for key, label in labels(t, found))))


def labels(t: Texts, found: list[Document]) -> list[tuple[str, str]]:
    """The newest of the papers, each with a label of its own: of two alike the day tells them apart."""
    shown = found[:MOST]
    titles = [title_of(t, document) for document in shown]
    return [
        (
            str(document.id),
            title[:LABEL] if titles.count(title) == 1 else f"{title[:22]} · {issued(document)} · {turn}",
        )
        for turn, (document, title) in enumerate(zip(shown, titles, strict=True), 1)
    ]


def issued(document: Document) -> str:
    return show.day(document.issued_at.astimezone(MOSCOW).date())


def title_of(t: Texts, document: Document) -> str:
    """What a paper is called in this language; the insurer's own title where we have no word."""
    key = f"paper-kind-{document.kind}"
    return t.plain(key) if t.has(key) else document.title


async def full_title(turn: Turn, document: Document) -> str:
    """The same with its contract: `Полис ДМС М-4852133`."""
    kind = title_of(turn.t, document)
    try:
        policy = await turn.cabinet.policies.by_core_id(turn.unit, turn.actor, document.policy_core_id or "")
    except NotFound:
        return kind
    if document.kind == "policy":
        return turn.t.plain(f"paper-policy-{policy.product}", number=policy.number)
    product = turn.t.plain(f"product-{policy.product}")
    return turn.t.plain("paper-title", kind=kind, product=product, number=policy.number)


@papers.tap("open")
async def open_paper(turn: Turn, number: str) -> None:
    turn.go("paper", **turn.args, paper=int(number))


@papers.tap("back")
async def back_to_card(turn: Turn, _: str) -> None:
    if claim_id := turn.args.get("claim"):
        turn.go("case", id=claim_id)
    else:
        turn.go("policy", **turn.args)


@paper.screen
async def show_paper(turn: Turn) -> Screen:
    t = turn.t
    document = await turn.cabinet.documents.one(turn.unit, turn.actor, turn.args["paper"])
    client = await turn.cabinet.clients.by_id(turn.unit, turn.actor.client_id or "")
    buttons = [Button(t.plain("paper-here"), "here")]
    if client and client.email:
        buttons.append(Button(t.plain("paper-mail", email=show.masked_email(client.email)), "mail"))
    key = "paper" if client and client.email else "paper-no-mail"
    return Screen(
        t(
            key,
            title=await full_title(turn, document),
            issued=issued(document),
            size=show.size(document.size),
        ),
        column(*buttons),
    )


@paper.tap("here")
async def send_here(turn: Turn, _: str) -> None:
    """The file comes as a message of its own: fetching it is the sender's work, and survives a restart."""
    if document := await _allowed(turn):
        title, caption = await full_title(turn, document), await _caption(turn, document)
        await turn.cabinet.documents.to_chat(turn.unit, turn.actor, document, title, caption)
        turn.note("paper-coming")


async def _caption(turn: Turn, document: Document) -> str:
    """What is said below a file: only the policy of OSAGO is shown at the roadside."""
    title = await full_title(turn, document)
    if document.kind != "policy":
        return turn.t("paper-caption", title=title)
    try:
        policy = await turn.cabinet.policies.by_core_id(turn.unit, turn.actor, document.policy_core_id or "")
    except NotFound:
        return turn.t("paper-caption-policy", title=title)
    return turn.t("paper-caption-osago" if policy.product == "osago" else "paper-caption-policy", title=title)


@paper.tap("mail")
async def send_by_mail(turn: Turn, _: str) -> None:
    client = await turn.cabinet.clients.by_id(turn.unit, turn.actor.client_id or "")
    if client is None or not client.email:
        raise NotFound
    if document := await _allowed(turn):
        title = await full_title(turn, document)
        letter = {
            "subject": turn.t.plain("letter-paper-subject", title=title),
            "text": turn.t.plain("letter-paper", title=title),
        }
        await turn.cabinet.documents.to_mail(turn.unit, turn.actor, document, title, client.email, letter)
        turn.note("paper-mailing", email=show.masked_email(client.email))


async def _allowed(turn: Turn) -> Document | None:
    """The paper, if the actor is sure enough for it; otherwise the code is asked and the person comes back here."""
    document = await turn.cabinet.documents.one(turn.unit, turn.actor, turn.args["paper"])
    needed = await turn.cabinet.documents.needs(turn.unit, turn.actor, document, turn.today)
    return document if turn.require(needed) else None


@paper.tap("back")
async def back_to_papers(turn: Turn, _: str) -> None:
    turn.go("papers", **{name: value for name, value in turn.args.items() if name != "paper"})
