"""Which links Telegram takes, and how it writes them (td: LinkManager)."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://|(?!\d))")
_HOST = re.compile(r"[^\s/?#@:\[\]%\\<>\"'`{}|^]+")


class BadLinkError(ValueError):
    """Why a link was not taken, in Telegram's words."""


def check(url: str) -> str:
    """The link as Telegram will store it: with a scheme and a path. Raises BadLinkError."""
    lowered = url.lower()
    for scheme in ("tg", "ton"):
        if lowered.startswith(f"{scheme}:"):
            return _own(url[len(scheme) + 1 :].removeprefix("//"), scheme)
    found = _SCHEME.match(url)
    if found and found[1].lower() not in ("http", "https"):
        raise BadLinkError("Unsupported URL protocol")
    parts = split(url if found else f"http://{url}")
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadLinkError("Wrong port number specified in the URL") from error
    if not host:
        raise BadLinkError("URL host is empty")
    ipv6 = ":" in host
    if not ipv6 and not _HOST.fullmatch(host):
        raise BadLinkError("Disallowed character in URL host")
    if "." not in host and not ipv6:
        raise BadLinkError("Wrong HTTP URL")
    user = parts.netloc.rpartition("@")[0]
    place = (f"{user}@" if user else "") + (f"[{host}]" if ipv6 else host) + (f":{port}" if port else "")
    rest = (parts.path or "/") + ("?" if _has_query(url) else "") + parts.query
    return f"{parts.scheme.lower()}://{place}{rest}" + (f"#{parts.fragment}" if parts.fragment else "")


def checked(url: str) -> str | None:
    """The link, or None when Telegram would drop it silently."""
    try:
        return check(url)
    except BadLinkError:
        return None


def split(url: str) -> SplitResult:
    """The parts of a link. Raises BadLinkError where Python's parser gives up (a lone bracket in the host)."""
    try:
        return urlsplit(url)
    except ValueError as error:
        raise BadLinkError("Disallowed character in URL host") from error


def user_of(url: str) -> int | None:
    """The user a `tg://user?id=` link mentions."""
    found = re.fullmatch(r"tg:(?://)?user/?\?(.*)", url.strip(), re.IGNORECASE)
    number = parse_qs(found[1]).get("id", [""])[0] if found else ""
    return int(number) if number.isascii() and number.isdigit() and int(number) > 0 else None


def emoji_of(url: str) -> str:
    """The custom emoji of a `tg://emoji?id=` link. Raises BadLinkError with Telegram's words."""
    scheme, _, rest = url.partition(":")
    if scheme.lower() != "tg":
        raise BadLinkError("Custom emoji URL must have scheme tg")
    parts = split("//" + rest.removeprefix("//"))
    if (parts.hostname or "") != "emoji":
        raise BadLinkError('Custom emoji URL must have host "emoji"')
    number = parse_qs(parts.query).get("id")
    if not number:
        raise BadLinkError("Custom emoji URL must have an emoji identifier")
    return emoji_id(number[0])


def emoji_id(number: str) -> str:
    """A custom emoji identifier: a canonical integer other than zero."""
    if not re.fullmatch(r"-?[1-9][0-9]{0,18}", number):
        raise BadLinkError("Invalid custom emoji identifier specified")
    return number


def _own(rest: str, scheme: str) -> str:
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not host:
        raise BadLinkError("URL host is empty")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", host):
        raise BadLinkError("Unallowed characters in URL host" if ":" not in host else f"Wrong {scheme} URL")
    return f"{scheme}://{rest}"


def _has_query(url: str) -> bool:
    return "?" in url.split("#", 1)[0]
