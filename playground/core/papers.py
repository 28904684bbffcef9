"""Which papers a policy has, and what they are called. How they look is in `playground.core.print`."""

from __future__ import annotations

from datetime import datetime

from playground.core.resources import Document, DocumentKind, Policy, Product

PRODUCT_NAMES = {
    Product.OSAGO: "ОСАГО",
    Product.KASKO: "КАСКО",
    Product.DMS: "ДМС",
    Product.PROPERTY: "Страхование имущества",
    Product.TRAVEL: "Страхование путешественника",
    Product.LIFE: "Страхование жизни",
    Product.ACCIDENT: "Страхование от несчастных случаев",
}
ABOUT_THE_POLICY = (DocumentKind.POLICY, DocumentKind.INVOICE, DocumentKind.RECEIPT)
"""Papers that repeat what the policy says."""
_WITH_RULES = (Product.OSAGO, Product.KASKO, Product.PROPERTY)


def due(policy: Policy) -> list[DocumentKind]:
    """The papers a policy must have: the policy itself only after the first payment, an invoice while something is owed."""
    kinds: list[DocumentKind] = []
    if any(payment.paid for payment in policy.premium.payments):
        kinds += [DocumentKind.POLICY, DocumentKind.RECEIPT]
    if not all(payment.paid for payment in policy.premium.payments):
        kinds.append(DocumentKind.INVOICE)
    if policy.product in _WITH_RULES:
        kinds.append(DocumentKind.RULES)
    return kinds


def document(policy: Policy, kind: DocumentKind, issued_at: datetime) -> Document:
    """A paper that is not printed yet."""
    return Document(
        document_id=f"{policy.policy_id.replace('pol', 'doc')}-{kind}",
        customer_id=policy.customer_id,
        policy_id=policy.policy_id,
        kind=kind,
        title=_title(policy, kind),
        issued_at=issued_at,
    )


def reads_otherwise(before: Policy, after: Policy) -> bool:
    """Whether a printed paper of `before` is wrong now. A term that simply ended changes no paper."""
    silent = {"version", "status"}
    return before.model_dump(exclude=silent) != after.model_dump(exclude=silent)


def _title(policy: Policy, kind: DocumentKind) -> str:
    product, number = PRODUCT_NAMES[policy.product], policy.full_number
    return {
        DocumentKind.POLICY: f"Полис {product} {number}" if policy.product in _SHORT else f"Полис {number}",
        DocumentKind.RULES: f"Правила страхования: {product}",
        DocumentKind.INVOICE: f"Счёт на оплату полиса {number}",
        DocumentKind.RECEIPT: f"Квитанция об оплате полиса {number}",
        DocumentKind.CERTIFICATE: f"Справка о договоре {number}",
    }[kind]


_SHORT = (Product.OSAGO, Product.KASKO, Product.DMS)
