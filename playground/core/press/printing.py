"""From a document of the register to the bytes of a signed PDF. Pure computing: runs in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import TextStampStyle

from playground.core.press.authority import Authority
from playground.core.press.other_sheets import certificate_sheet, invoice_sheet, receipt_sheet, rules_sheet
from playground.core.press.policy_sheet import policy_sheet
from playground.core.press.sheet import Sheet
from playground.core.register import MOSCOW
from playground.core.resources import Document, DocumentKind, Policy

FIELD = "Insurer"


def print_paper(document: Document, policies: Sequence[Policy], authority: Authority, now: datetime) -> bytes:
    """The paper about `policies`, signed by the insurer at `now`."""
    sheet = _sheet(document, policies)
    seal = sheet.seal(authority.signer, now.astimezone(MOSCOW))
    field = SigFieldSpec(FIELD, on_page=sheet.page_no() - 1, box=seal)
    return sign(bytes(sheet.output()), field, authority, now)


def _sheet(document: Document, policies: Sequence[Policy]) -> Sheet:
    issued, policy = document.issued_at, policies[0]
    match document.kind:
        case DocumentKind.POLICY:
            return policy_sheet(policy, issued)
        case DocumentKind.INVOICE:
            return invoice_sheet(policy, issued)
        case DocumentKind.RECEIPT:
            return receipt_sheet(policy, issued)
        case DocumentKind.RULES:
            return rules_sheet(policy, issued)
        case DocumentKind.CERTIFICATE:
            return certificate_sheet(policies, issued)


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
        IncrementalPdfFileWriter(BytesIO(pdf))
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
