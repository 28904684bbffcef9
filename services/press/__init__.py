"""Papers the cabinet prints by itself. A press makes bytes of words: the same words, the same bytes; it runs in a thread, never in a step.

`PRESSES` are named in a parcel: `{"document": {"print": name, "words": {…}, "file_name", "mime_type"}}`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.press.dates import dates_ics
from services.press.listing import listing_pdf, listing_xlsx
from services.press.receipt import claim_receipt

Press = Callable[[dict[str, Any]], bytes]
PRESSES: dict[str, Press] = {
    "claim-receipt": claim_receipt,
    "dates-ics": dates_ics,
    "listing-pdf": listing_pdf,
    "listing-xlsx": listing_xlsx,
}
