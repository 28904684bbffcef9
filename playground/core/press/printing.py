"""From a document of the register to the bytes of a signed PDF. Pure computing: runs in a thread."""

from __future__ import annotations

import hashlib
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import TextStampStyle

from playground.core.papers import Draft
from playground.core.press.authority import Authority
from playground.core.press.claim_sheets import claim_sheet
from playground.core.press.other_sheets import certificate_sheet, invoice_sheet, receipt_sheet, rules_sheet
from playground.core.press.policy_sheet import policy_sheet
from playground.core.press.sheet import Sheet
from playground.core.register import MOSCOW
from playground.core.resources import DocumentKind

FIELD = "Insurer"
EDITION = hashlib.sha256(
    b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
).hexdigest()[:8]
"""Another look of the papers makes another edition: nothing printed by an older one is taken for today's."""
_RESERVED = 8192
"""Bytes for the signature and its two certificates, about twice of what they take."""


def print_paper(draft: Draft, authority: Authority, now: datetime) -> bytes:
    """The paper, signed by the insurer at `now`."""
    sheet = _sheet(draft, now)
    seal = sheet.seal(authority.signer, now.astimezone(MOSCOW))
    field = SigFieldSpec(FIELD, on_page=sheet.page_no() - 1, box=seal)
    return sign(bytes(sheet.output()), field, authority, now)


def _sheet(draft: Draft, now: datetime) -> Sheet:
    policy = draft.policies[0]
    if draft.claim and draft.notice:
        return claim_sheet(draft.kind, draft.claim, draft.notice, policy, draft.day, now)
    match draft.kind:
        case DocumentKind.POLICY:
            return policy_sheet(policy, now)
        case DocumentKind.INVOICE:
            return invoice_sheet(policy, now)
        case DocumentKind.RECEIPT:
            return receipt_sheet(policy, now)
        case DocumentKind.RULES:
            return rules_sheet(policy, now)
        case DocumentKind.CERTIFICATE:
            return certificate_sheet(draft.policies, now)
    raise LookupError(f"no press has {draft.kind}")


def sign(pdf: bytes, field: SigFieldSpec, authority: Authority, now: datetime) -> bytes:
    """A PAdES signature in a field that lies over the printed seal."""
    signer = SimpleSigner.load(  # type: ignore[no-untyped-call] # pyHanko types only a part of itself
        authority.folder / "signer.key", authority.folder / "signer.pem", ca_chain_files=[authority.folder / "root.pem"]
    )
    about = PdfSignatureMetadata(
        field_name=FIELD,
        name="АО «СК „Тихая гавань“» (ДЕМО)",
        reason="Выдача документа страхователю",
        location="Москва",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
    )
    signed = _DatedSigner(now, about, signer, stamp_style=_NOTHING, new_field_spec=field).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=_RESERVED
    )
    return bytes(signed.getvalue())


_NOTHING = TextStampStyle(stamp_text=" ", border_width=0)
"""The seal is printed on the sheet; the field over it only makes it answer a click."""


class _DatedSigner(PdfSigner):
    """Signs at this world's time rather than the machine's."""

    def __init__(self, now: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._now
        return session
