"""Which papers there are about the policies, and what they are called; `playground.core.claim_papers` says it of claims.

How they look is in `playground.core.press`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from playground.core.claims import Claim, ClaimRequest
from playground.core.resources import DocumentKind, Policy, Product

PRODUCT_NAMES = {
    Product.OSAGO: "ОСАГО",
    Product.KASKO: "КАСКО",
    Product.DMS: "ДМС",
    Product.PROPERTY: "Страхование имущества",
    Product.TRAVEL: "Страхование путешественника",
    Product.LIFE: "Страхование жизни",
    Product.ACCIDENT: "Страхование от несчастных случаев",
}
_ABBREVIATED = (Product.OSAGO, Product.KASKO, Product.DMS)
_WITH_RULES = (Product.OSAGO, Product.KASKO, Product.PROPERTY)
_MANY = 5
"""Who has that many contracts gets a certificate that lists them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper to be printed: about one policy, about all of a customer's (`policy_id` None), or about a claim (`claim` and `notice`).

    `day` is the day of a paper that was there on the first day.
    """

    document_id: str
    customer_id: str
    policy_id: str | None
    kind: DocumentKind
    title: str
    policies: Sequence[Policy]
    day: date
    claim: Claim | None = None
    notice: ClaimRequest | None = None

    def says(self) -> str:
        """A fingerprint of what will be on the paper. A term that simply began or ended changes no paper."""
        about: object = [policy.model_dump(mode="json", exclude={"version", "status"}) for policy in self.policies]
        if self.kind is DocumentKind.RULES:
            about = self.policies[0].product
        elif self.claim and self.notice:
            about = [self._about_claim(self.claim), self.notice.wire(), self._object()]
        return hashlib.sha256(json.dumps([self.kind, about], sort_keys=True).encode()).hexdigest()

    def _about_claim(self, claim: Claim) -> object:
        """Only what the paper of this kind takes from the claim: a later state changes none of the earlier papers."""
        if self.kind is DocumentKind.CLAIM_HISTORY:
            return claim.model_dump(mode="json", exclude={"version"})
        part = {
            DocumentKind.INSPECTION_ACT: claim.inspection,
            DocumentKind.REPAIR_DIRECTION: claim.direction,
            DocumentKind.REFUSAL: claim.refusal,
        }.get(self.kind)
        return [claim.claim_number, claim.registered_at.isoformat(), self.day.isoformat(), part and part.wire()]

    def _object(self) -> object:
        """Of the policy, what every paper of a claim names; money that comes later is none of their business."""
        policy = self.policies[0]
        parts = [policy.insured, *policy.insured_objects, *policy.coverages]
        return [policy.full_number, *(part.wire() for part in parts)]


def of_policy(policy: Policy) -> list[Draft]:
    """The papers of one policy."""
    return [_draft(policy, kind) for kind in _due(policy)]


def of_everybody(policies: Iterable[Policy]) -> list[Draft]:
    """The papers of all policies, and the certificates."""
    drafts: list[Draft] = []
    households: dict[str, list[Policy]] = {}
    for policy in policies:
        drafts += of_policy(policy)
        households.setdefault(policy.customer_id, []).append(policy)
    return drafts + [_certificate(household) for household in households.values() if len(household) >= _MANY]


def _due(policy: Policy) -> list[DocumentKind]:
    """The policy itself only after the first payment; an invoice while something is owed, a receipt for instalments."""
    payments = policy.premium.payments
    kinds = [DocumentKind.POLICY] if any(payment.paid for payment in payments) else []
    if policy.product in _WITH_RULES:
        kinds.append(DocumentKind.RULES)
    if not all(payment.paid for payment in payments):
        kinds.append(DocumentKind.INVOICE)
    if len(payments) > 1 and any(payment.paid for payment in payments):
        kinds.append(DocumentKind.RECEIPT)
    return kinds


def _draft(policy: Policy, kind: DocumentKind) -> Draft:
    product, number = PRODUCT_NAMES[policy.product], policy.full_number
    titles = {
        DocumentKind.POLICY: f"Полис {product} {number}" if policy.product in _ABBREVIATED else f"Полис {number}",
        DocumentKind.RULES: f"Правила страхования: {product}",
        DocumentKind.INVOICE: f"Счёт на оплату полиса {number}",
        DocumentKind.RECEIPT: f"Квитанция об оплате полиса {number}",
    }
    document_id = f"doc-{policy.policy_id.removeprefix('pol-')}-{kind}"
    return Draft(document_id, policy.customer_id, policy.policy_id, kind, titles[kind], [policy], policy.issuance_date)


def _certificate(household: Sequence[Policy]) -> Draft:
    customer_id = household[0].customer_id
    document_id = f"doc-{customer_id}-certificate"
    title = "Справка о договорах страхования"
    day = max(policy.issuance_date for policy in household)
    return Draft(document_id, customer_id, None, DocumentKind.CERTIFICATE, title, household, day)
