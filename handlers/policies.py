"""The list of contracts and the card of one (C1, C2)."""

from __future__ import annotations

import re

from handlers import format as show
from handlers.room import Room
from handlers.schedule import payments
from handlers.screen import Button, Row, Screen, column
from handlers.texts import Html, Texts
from handlers.turn import Turn
from handlers.widgets.pager import pager
from services.claims.values import Claim
from services.debts import Debt
from services.history import Deed
from services.model import Access, Coverage, Name, Policy, PolicyLine, Standing
from services.policies import GROUPS
from services.prolongation import prolongable

LABEL = 40
"""Characters of a button that a phone shows."""
YEAR = re.compile(r",? (?:19|20)[0-9]{2}$")
"""The year of a car, at the end of its name."""
CONTRACTS = "ru"
"""The language the insurer's contracts are written in."""
SOON = 365
"""Days to the end that are worth counting."""

listing = Room("policies", needs=Access.BOUND, back="menu")
card = Room("policy", needs=Access.BOUND, back="policies")


@listing.screen
async def show_list(turn: Turn) -> Screen:
    t = turn.t
    group, page = turn.args.get("group", "all"), int(turn.args.get("page", 0))
    found = await turn.cabinet.policies.page(turn.unit, turn.actor, turn.today, group, page)
    if not found.counts["all"]:
        return Screen(t("policies-none"))
    lines = [line_of(turn, policy) for policy in found.lines]
    rows = column(*(Button(label, "open", str(line.id)) for line, label in labels_of(t, found.lines)))
    rows.append(pager(t, found.page, found.pages))
    rows += filters(t, found.group, found.counts)
    heading = "policies" if found.group == "all" else f"policies-{found.group}"
    return Screen("\n\n".join([t.common(heading, count=found.counts[found.group]), *lines]), rows)


def line_of(turn: Turn, policy: PolicyLine) -> Html:
    """Kind, car or object, until when, paid or not."""
    t, standing = turn.t, policy.standing(turn.today)
    return t(
        "policies-line",
        product=t.plain(f"product-{policy.product}"),
        object=thing(policy, full=False),
        until=until(turn, policy),
        standing=standing.value,
    )


def labels_of(t: Texts, lines: list[PolicyLine]) -> list[tuple[PolicyLine, str]]:
    """The lines of a page, each with a button of its own: where two would be alike, the end of the number tells them apart."""
    labels = [label_of(t, line) for line in lines]
    return [
        (line, label_of(t, line, line.number[-4:]) if labels.count(label) > 1 else label)
        for line, label in zip(lines, labels, strict=True)
    ]


def label_of(t: Texts, policy: PolicyLine, apart: str = "") -> str:
    """Kind, object and masked plate in a button's few characters: a long object is shortened, never what tells it apart."""
    name = YEAR.sub("", named(policy, full=False)) or policy.number
    parts = [t.plain(f"product-{policy.product}"), name, show.masked_plate(policy.plate), apart]
    if (over := len(" · ".join(filter(None, parts))) - LABEL) > 0:
        parts[1] = name[: len(name) - over - 1].rstrip(" ,.") + "…"
    return " · ".join(filter(None, parts))


def until(turn: Turn, policy: PolicyLine) -> Html:
    """Until when, in the words of its standing."""
    today, standing = turn.today, policy.standing(turn.today)
    far = standing is Standing.ACTIVE and policy.days_left(today) > SOON
    return turn.t.common(
        "until-active-far" if far else f"until-{standing.value}",
        starts=show.day(policy.starts),
        ends=show.day(policy.ends),
        days=policy.days_left(today),
    )


def thing(policy: PolicyLine, *, full: bool) -> str:
    """The insured object; a plate is masked unless asked for."""
    plate = policy.plate if full else show.masked_plate(policy.plate)
    return ", ".join(part for part in (named(policy, full=full), plate) if part)


def named(policy: PolicyLine, *, full: bool) -> str:
    """What the object is called; a person's name is masked unless asked for."""
    if full or policy.object_kind != "person":
        return policy.object
    last, _, rest = policy.object.partition(" ")
    first, _, middle = rest.partition(" ")
    return show.masked_name(Name(last, first, middle))


def filters(t: Texts, chosen: str, counts: dict[str, int]) -> list[Row]:
    """Filters that would show something else than what is shown."""
    useful = [g for g in GROUPS if g != chosen and counts[g] and (counts[g] != counts["all"] or g == "all")]
    buttons = [Button(t.plain(f"filter-{group}", count=counts[group]), "filter", group) for group in useful]
    return [buttons[:3]]


@listing.tap("page")
async def turn_page(turn: Turn, page: str) -> None:
    turn.go("policies", group=turn.args.get("group", "all"), page=int(page))


@listing.tap("filter")
async def choose_filter(turn: Turn, group: str) -> None:
    turn.go("policies", group=group, page=0)


@listing.tap("open")
async def open_card(turn: Turn, number: str) -> None:
    turn.go("policy", id=int(number), list=turn.args)


@card.screen
async def show_card(turn: Turn) -> Screen:
    t = turn.t
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, turn.args.get("id", 0))
    full = bool(turn.args.get("full")) and turn.access >= Access.FRESH
    application = await turn.cabinet.prolongation.of_policy(turn.unit, turn.actor, policy, turn.today)
    renewal = "no" if application is None else "done" if application.over else "live"
    renew = application is not None or prolongable(policy, turn.today)
    claims = await open_claims(turn, policy)
    debts = await turn.cabinet.debts.of_contract(turn.unit, policy, turn.today)
    live = policy.standing(turn.today) in (Standing.ACTIVE, Standing.FUTURE, Standing.UNPAID)
    rows = [
        *column(*(Button(t.plain("policy-case", number=it.shown), "case", str(it.id)) for it in claims)),
        *column(
            *(
                Button(
                    t.plain("policy-pay", parts=len(policy.payments), amount=show.money(it.amount)),
                    "pay",
                    str(it.purpose),
                )
                for it in debts
                if it.payable
            )
        ),
        [
            *([Button(t.plain("policy-renew", renewal=renewal), "renew")] if renew else []),
            *([Button(t.plain("policy-renew-now"), "renew-now")] if renew and application is None else []),
        ],
        [Button(t.plain("policy-claim"), "claim")],
        [*([Button(t.plain("policy-alter"), "alter")] if live else []), Button(t.plain("policy-ask"), "ask")],
        [Button(t.plain("policy-remind"), "remind")] if live else [],
        [
            Button(t.plain("policy-papers"), "papers"),
            Button(t.plain("policy-hide" if full else "policy-show"), "full", str(int(not full))),
        ],
    ]
    parts = [*card_parts(turn, policy, debts, renewal, full=full), *(claim_line(t, it) for it in claims)]
    return Screen("\n\n".join(part for part in parts if part), rows, fades=full)


async def open_claims(turn: Turn, policy: Policy) -> list[Claim]:
    """What is being settled under this contract."""
    found = await turn.cabinet.claims.of_client(turn.unit, turn.actor)
    return [it for it in found if it.policy_core_id == policy.core_id and not it.over]


def claim_line(t: Texts, claim: Claim) -> Html:
    return t("policy-case-line", number=claim.shown, state=t.plain(f"claim-state-{claim.state}"))


def card_parts(turn: Turn, policy: Policy, debts: list[Debt], renewal: str, *, full: bool) -> list[str]:
    """The card from top to bottom: what it is, what it covers, who may drive, money, and what can be done now.

    `renewal`: `no`, `live` while an application is on its way, `done` when the contract is prolonged.
    """
    t, standing = turn.t, policy.standing(turn.today)
    head = t(
        "policy-head",
        product=t.plain("product-osago-full" if policy.product == "osago" else f"product-{policy.product}"),
        number=policy.number,
        object=thing(policy, full=full),
        until=until(turn, policy),
        issued=show.day(policy.issued),
        starts=show.day(policy.starts),
        ends=show.day(policy.ends),
    )
    facts = [
        t("policy-form", form=policy.form) if policy.form else "",
        t("policy-vin", vin=policy.vin if full else show.masked_vin(policy.vin)) if policy.vin else "",
        t("policy-insured", name=policy.insured.full if full else show.masked_name(policy.insured))
        if policy.insured
        else "",
        t("policy-owner", name=policy.owner.full if full else show.masked_name(policy.owner)) if policy.owner else "",
    ]
    return [
        head,
        "\n".join(fact for fact in facts if fact),
        covers(t, policy),
        drivers(t, policy, full=full),
        usage(t, policy),
        payments(turn, policy, debts),
        advice(turn, policy, standing, renewal, payable=any(it.payable for it in debts)),
    ]


def covers(t: Texts, policy: Policy) -> str:
    """Risks with their insured sums and deductibles."""
    lines = []
    for risk in policy.coverages:
        name = risk_name(t, risk)
        line = (
            t("policy-risk", name=name, limit=show.money(risk.limit))
            if risk.limit is not None
            else t("policy-risk-plain", name=name)
        )
        if risk.deductible:
            line = Html(f"{line}, {t('policy-deductible', amount=show.money(risk.deductible))}")
        lines.append(line)
    return "\n".join([t("policy-covers"), *lines]) if lines else ""


def risk_name(t: Texts, risk: Coverage) -> str:
    """In the contract's own language its own words; in another one ours, where we know the risk."""
    key = f"risk-{risk.code}"
    return t.plain(key) if t.language != CONTRACTS and t.has(key) else risk.name


def drivers(t: Texts, policy: Policy, *, full: bool) -> str:
    """Who may drive; a licence is masked unless asked for."""
    if policy.unlimited:
        return t("policy-unlimited")
    lines = [
        t(
            "policy-driver",
            name=driver.name.full if full else show.masked_name(driver.name),
            licence=show.licence(driver.licence) if full else show.masked_licence(driver.licence),
            since=str(driver.since.year),
        )
        for driver in policy.drivers
    ]
    return "\n".join([t("policy-drivers"), *lines]) if lines else ""


def usage(t: Texts, policy: Policy) -> str:
    """Periods of use, when they are not the whole term."""
    if policy.usage in ((), ((policy.starts, policy.ends),)):
        return ""
    return t("policy-usage", periods=", ".join(f"{show.day(a)} – {show.day(b)}" for a, b in policy.usage))


def advice(turn: Turn, policy: Policy, standing: Standing, renewal: str, *, payable: bool) -> str:
    """What can be done about it now, and by whom, until the chat can do it itself."""
    key = f"advice-{policy.product}-{standing.value}"
    if not turn.t.has(key):
        key = f"advice-{standing.value}"
    opens = policy.ends.fromordinal(max(policy.ends.toordinal() - 60, policy.starts.toordinal()))
    return turn.t(
        key,
        opens=show.day(opens),
        ends=show.day(policy.ends),
        soon="yes" if turn.today >= opens else "no",
        unlimited="yes" if policy.unlimited else "no",
        renewal=renewal,
        payable="yes" if payable else "no",
    )


@card.tap("full")
async def show_full(turn: Turn, wanted: str) -> None:
    """Personal data in full needs a fresh code; the person comes back to this card and it is shown."""
    turn.args["full"] = int(wanted)
    if wanted == "1" and turn.require(Access.FRESH):
        await seen(turn)


async def seen(turn: Turn) -> None:
    """The card is shown in full from now on."""
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, turn.args.get("id", 0))
    client, account = turn.actor.client_id, turn.actor.account_id
    await turn.cabinet.history.record(turn.unit, client, account, Deed.SHOWN, policy.number, product=policy.product)


@card.tap("case")
async def open_claim(turn: Turn, number: str) -> None:
    turn.go("case", id=int(number))


@card.tap("papers")
async def open_papers(turn: Turn, _: str) -> None:
    turn.args.pop("full", None)  # masked again for whoever comes back
    turn.go("papers", **turn.args)


@card.tap("ask")
async def ask(turn: Turn, _: str) -> None:
    """A request about this contract."""
    turn.go("request-new", policy=turn.args["id"])


@card.tap("back")
async def back_to_list(turn: Turn, _: str) -> None:
    turn.go("policies", **turn.args.get("list", {}))
