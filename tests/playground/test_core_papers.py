"""The insurer's papers: signed so that a stranger can check it, readable, printed once and again only when they would lie."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
import zxingcpp
from PIL import Image
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from playground.core.press.policy_sheet import qr_text
from playground.core.resources import DocumentKind, Policy
from tests.playground.insurer import Cabinet, Insurer, insurer


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


async def fetch(house: Insurer, document: str, **headers: str) -> tuple[int, bytes, str]:
    async with house.session.get(house.at_core(f"/documents/{document}/content"), headers=headers) as answer:
        return answer.status, await answer.read(), answer.headers["ETag"]


async def verdict(house: Insurer, pdf: bytes) -> Any:
    """What a reader says who trusts the demo authority and nobody else."""
    async with house.session.get(house.at_core("/authority.pem"), headers={"Authorization": ""}) as answer:
        assert answer.status == 200
        roots = list(load_certs_from_pemder_data(await answer.read()))
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    moment = house.world.clock.now()
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
    return await async_validate_pdf_signature(signature, context)


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def policy_of(house: Insurer, policy_id: str) -> Policy:
    policy = house.core.register.policies.get(policy_id)
    assert policy is not None
    return policy


async def test_the_signature_is_whole_valid_and_trusted(house: Insurer) -> None:
    _, pdf, _ = await fetch(house, "doc-0001-policy")
    status = await verdict(house, pdf)
    assert (status.intact, status.valid, status.trusted, status.bottom_line) == (True, True, True, True)
    signed = status.signer_reported_dt
    assert abs((signed - house.world.clock.now()).total_seconds()) < 3600


async def test_one_flipped_bit_breaks_it(house: Insurer) -> None:
    _, pdf, _ = await fetch(house, "doc-0001-policy")
    place = pdf.index(b"stream") + 40
    forged = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    status = await verdict(house, forged)
    assert not status.intact
    assert not status.bottom_line


async def test_it_is_signed_at_the_time_of_this_world(house: Insurer) -> None:
    house.world.clock.advance(timedelta(days=700))
    await house.tell_desk("/policies/pol-0001", formNumber="ТТТ 7000000700")
    _, pdf, _ = await fetch(house, "doc-0001-policy")
    status = await verdict(house, pdf)
    assert status.bottom_line
    assert abs((status.signer_reported_dt - house.world.clock.now()).total_seconds()) < 3600


async def test_the_policy_says_what_the_register_knows(house: Insurer) -> None:
    _, pdf, _ = await fetch(house, "doc-0001-policy")
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    text, policy = text_of(pdf), policy_of(house, "pol-0001")
    vin = policy.insured_objects[0].vin
    drivers = [str(driver.name) for driver in policy.drivers]
    for words in ("Страховой полис ОСАГО", policy.number, "ДЕМО", str(policy.insured.name), str(vin), *drivers):
        assert words in text


async def test_its_qr_code_is_twenty_millimetres_and_can_be_read(house: Insurer, tmp_path: Path) -> None:
    policy = policy_of(house, "pol-0001")
    expected = qr_text(policy)
    for fact in ("Тихая гавань", policy.full_number, policy.insured_objects[0].plate, policy.insured_objects[0].vin):
        assert fact is not None
        assert fact in expected
    _, pdf, _ = await fetch(house, "doc-0001-policy")
    (code,) = zxingcpp.read_barcodes(await picture(pdf, expected, tmp_path))
    assert code.text == expected


async def picture(pdf: bytes, text: str, folder: Path) -> Image.Image:
    """The printed page where poppler is installed; else the same code as it was drawn from."""
    (folder / "page.pdf").write_bytes(pdf)
    try:
        poppler = await asyncio.create_subprocess_exec(
            "pdftoppm", "-r", "300", "-png", "-singlefile", folder / "page.pdf", folder / "page"
        )
    except FileNotFoundError:
        segno.make(text, error="m", micro=False, encoding="utf-8").save(str(folder / "page.png"), scale=4)
    else:
        assert await poppler.wait() == 0
    with Image.open(folder / "page.png") as image:
        return image.convert("L")


async def test_every_paper_can_be_printed(house: Insurer) -> None:
    documents = (await house.get("/documents?limit=500"))["data"]
    assert {document["kind"] for document in documents} == set(DocumentKind)
    for document in documents:
        status, pdf, tag = await fetch(house, document["documentId"])
        assert status == 200
        assert (len(pdf), tag) == (document["size"], f'"{document["sha256"]}"')
        assert "ДЕМО" in text_of(pdf)
        assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert not house.world.store.all("core.event"), "what is there on the first day is read, not told"


async def test_many_drivers_flow_onto_the_next_page(house: Insurer) -> None:
    policy = policy_of(house, "pol-0001")
    await house.tell_desk("/policies/pol-0001", drivers=[driver.wire() for driver in policy.drivers] * 15)
    _, pdf, _ = await fetch(house, "doc-0001-policy")
    assert len(PdfReader(BytesIO(pdf)).pages) == 2
    assert (await verdict(house, pdf)).bottom_line


async def test_it_is_printed_once(house: Insurer) -> None:
    results = await asyncio.gather(*(fetch(house, "doc-0001-policy") for _ in range(3)))
    status, pdf, tag = results[0]
    assert results == [results[0]] * 3
    assert (status, tag) == (200, f'"{hashlib.sha256(pdf).hexdigest()}"')
    assert await fetch(house, "doc-0001-policy", **{"If-None-Match": tag}) == (304, b"", tag)


async def test_an_ended_term_changes_no_paper(house: Insurer) -> None:
    _, before, _ = await fetch(house, "doc-0001-policy")
    house.world.clock.advance(timedelta(days=10))
    assert (await fetch(house, "doc-0001-policy"))[1] == before


async def test_a_changed_policy_is_printed_anew_and_told(house: Insurer) -> None:
    shown = {row["documentId"]: row for row in (await house.get("/documents"))["data"]}
    async with Cabinet().at(house.port + 9) as cabinet:
        await house.tell_desk("/policies/pol-0001", unlimitedDrivers=True, drivers=[])
        policy, document = [await cabinet.next() for _ in range(2)]
    assert (policy["type"], document["type"]) == ("policy.changed", "document.changed")
    told, before = document["resource"], shown["doc-0001-policy"]
    assert (told["documentId"], told["version"]) == ("doc-0001-policy", 2)
    _, pdf, tag = await fetch(house, "doc-0001-policy")
    assert tag == f'"{told["sha256"]}"' != f'"{before["sha256"]}"'
    assert "Без ограничений" in text_of(pdf)
    assert sum(count() for count in house.world.pending) == 0


async def test_payment_brings_the_policy_itself(house: Insurer) -> None:
    unpaid = next(it for it in house.core.register.policies.all() if it.customer_id == "cus-0007")
    shown = (await house.get("/documents"))["data"]
    assert {row["kind"] for row in shown if row["policyId"] == unpaid.policy_id} == {"invoice", "rules"}
    async with Cabinet().at(house.port + 9) as cabinet:
        _, told = await house.tell_desk(f"/policies/{unpaid.number}", paid=True, start=str(house.core.register.today()))
        events = [await cabinet.next() for _ in range(2)]
    assert (told["status"], told["premium"]["payments"][0]["paid"]) == ("active", True)
    assert events[1]["resource"]["kind"] == "policy"
    assert events[1]["resource"]["version"] == 1


async def test_the_same_paper_is_not_printed_twice_after_a_reset(house: Insurer) -> None:
    before = await house.get("/documents")
    house.world.reset()
    assert await house.get("/documents") == before


async def test_papers_signed_before_a_reset_stay_checkable(house: Insurer) -> None:
    _, pdf, _ = await fetch(house, "doc-0001-policy")
    house.world.reset()
    assert (await verdict(house, pdf)).bottom_line
    assert (house.world.settings.data / "authority" / "signer.key").stat().st_mode & 0o077 == 0
