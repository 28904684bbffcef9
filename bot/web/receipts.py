"""The public page that verifies a claim's receipt: readable without scripts, nothing personal, nothing from elsewhere.

A file dropped on it never leaves the reader's browser: its SHA-256 is computed there and looked for in the list.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
import time
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from pathlib import Path
from string import Template

from aiohttp import web

from bot.web.payments import Networks, source_of
from handlers import format as show
from handlers.texts import Texts
from services.claims.journal import Journal
from services.claims.verification import Kept, Proof, proof
from services.db.pipe import Store

VERIFY = "/verify/{token}"
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
A_MINUTE = 30
"""Looks from one address; a household, a court or an expert needs a few."""
MOST = 10_000
"""Addresses that are remembered."""

_HERE = Path(__file__).parent
PAGE = Template((_HERE / "verify.html").read_text())
STYLE, SCRIPT = (_HERE / "verify.css").read_text(), (_HERE / "verify.js").read_text()


def _allowed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src {_allowed(STYLE)}; script-src {_allowed(SCRIPT)}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}


class Receipts:
    """`languages` are the texts, the first for those who want neither; of `X-Forwarded-For` only what `proxies` have written is read."""

    def __init__(
        self,
        store: Store,
        journal: Journal,
        languages: Mapping[str, Texts],
        proxies: Networks,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._journal, self._languages, self._proxies = store, journal, languages, proxies
        self._looks = Looks(clock)

    async def handle(self, request: web.Request) -> web.Response:
        """The page of one receipt; 404 with what to do for a link nobody was given, 429 for too many looks."""
        t = self._languages[language_of(request.headers.get("Accept-Language", ""), tuple(self._languages))]
        source = source_of(request.remote or "", request.headers.getall("X-Forwarded-For", []), self._proxies)
        if not self._looks.allow(source):
            return _page(t, 429, t("verify-slow-title"), _paragraph(t("verify-slow")), {"Retry-After": "60"})
        token = request.match_info["token"]
        found = None
        if TOKEN.fullmatch(token):
            async with self._store.tx() as tx:
                found = await proof(tx, self._journal, token)
        if found is None:
            return _page(t, 404, t("verify-unknown-title"), _paragraph(t("verify-unknown")))
        return _page(t, 200, t("verify-title", tail=found.tail), _shown(t, found))


class Looks:
    """How often each address has looked within this minute. IPv6 counts by its /64, which is one household."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._minute = clock, -1
        self._counts: dict[object, int] = {}

    def allow(self, source: IPv4Address | IPv6Address | None) -> bool:
        """Count one look; False if it is one too many."""
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        who = IPv6Network((source, 64), strict=False) if isinstance(source, IPv6Address) else source
        if who not in self._counts and len(self._counts) >= MOST:
            return False
        self._counts[who] = self._counts.get(who, 0) + 1
        return self._counts[who] <= A_MINUTE


def language_of(accepted: str, known: tuple[str, ...]) -> str:
    """The one of `known` a reader likes best by their `Accept-Language`."""
    wishes = []
    for turn, part in enumerate(accepted.split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), turn, name.partition("-")[0].lower()))
        except ValueError:
            continue
    return next((name for weight, _, name in sorted(wishes) if name in known and weight < 0), known[0])


def _page(t: Texts, status: int, title: str, body: str, more: Mapping[str, str] | None = None) -> web.Response:
    text = PAGE.substitute(
        language=t.language, title=title, brand=t("verify-brand"), body=body, style=STYLE, script=SCRIPT
    )
    return web.Response(status=status, text=text, content_type="text/html", headers={**HEADERS, **(more or {})})


def _shown(t: Texts, it: Proof) -> str:
    verdict = ("good", t("verify-intact")) if it.intact else ("bad", t("verify-broken"))
    registered = show.moment(it.registered_at) if it.registered_at else t("verify-waiting")
    facts = (
        (t("verify-filed"), show.moment(it.filed_at)),
        (t("verify-registered"), registered),
        (t("verify-count"), str(len(it.files))),
        (t("verify-journal"), f'<span class="{verdict[0]}">{verdict[1]}</span>'),
        (t("verify-entries"), str(it.entries)),
        (t("verify-first"), f"<code>{it.first}</code>"),
    )
    listed = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in facts)
    files = "".join(_file(t, kept) for kept in it.files)
    told = {
        name: html.escape(t.plain(f"verify-told-{name}"), quote=True)
        for name in ("counting", "found", "missing", "failed")
    }
    data = " ".join(f'data-{name}="{words}"' for name, words in told.items())
    return (
        f"{_paragraph(t('verify-what'))}<dl>{listed}</dl>"
        f"<h2>{t('verify-files')}</h2><ol>{files}</ol>"
        f'<section id="check" hidden><h2>{t("verify-check")}</h2>'
        f'<label class="drop" {data}><input type="file">{t("verify-drop")}</label>'
        f'<p id="told" role="status" aria-live="polite"></p></section>'
        f"{_paragraph(t('verify-hand'), 'note')}{_paragraph(t('verify-not'), 'note')}"
    )


def _file(t: Texts, it: Kept) -> str:
    size = show.size(it.size)
    return (
        f'<li data-marks="{it.source} {it.sha256}"><span>{t("verify-kept", size=size)}</span><code>{it.sha256}</code>'
        f"<span>{t('verify-sent')}</span><code>{it.source}</code></li>"
    )


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{text}</p>' if kind else f"<p>{text}</p>"
