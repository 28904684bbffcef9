"""Which papers a claim brings, and when: each appears with the state it belongs to and stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playground.core.claims import Claim, ClaimRequest, ClaimState, Step
from playground.core.papers import Draft
from playground.core.register import MOSCOW
from playground.core.resources import DocumentKind, Policy

S, K = ClaimState, DocumentKind
TITLES = {
    K.CLAIM_APPLICATION: "Заявление о страховом случае",
    K.INSPECTION_ACT: "Акт осмотра",
    K.REPAIR_DIRECTION: "Направление на ремонт",
    K.REFUSAL: "Отказ в выплате",
    K.CLAIM_HISTORY: "История страхового случая",
}


def of_claim(claim: Claim, notice: ClaimRequest, policy: Policy) -> list[Draft]:
    """The papers of one claim, as far as it has come."""
    return [
        Draft(
            document_id=f"doc-{claim.claim_id}-{kind}",
            customer_id=claim.customer_id,
            policy_id=claim.policy_id,
            kind=kind,
            title=f"{TITLES[kind]} {claim.claim_number}",
            policies=[policy],
            day=day,
            claim=claim,
            notice=notice,
        )
        for kind, day in _due(claim)
    ]


def _due(claim: Claim) -> Iterator[tuple[DocumentKind, date]]:
    """Kinds with the days they are of."""
    yield K.CLAIM_APPLICATION, _day(claim.history[0])
    inspected = next((it for it in claim.history if it.status is S.INSPECTION), None)
    decided = next((it for it in claim.history if it.status in (S.REPAIR, S.PAYOUT, S.REFUSED)), None)
    if inspected and decided and claim.inspection:
        yield K.INSPECTION_ACT, claim.inspection.at.astimezone(MOSCOW).date()
    for kind, state, there in (
        (K.REPAIR_DIRECTION, S.REPAIR, claim.direction),
        (K.REFUSAL, S.REFUSED, claim.refusal),
        (K.CLAIM_HISTORY, S.CLOSED, True),
    ):
        steps = [it for it in claim.history if it.status is state]
        if steps and there:
            yield kind, _day(steps[-1])


def _day(step: Step) -> date:
    return step.at.astimezone(MOSCOW).date()
