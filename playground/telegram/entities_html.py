"""Telegram's HTML: text with tags in, text with entities out; refusals name the place in UTF-8 bytes."""

from __future__ import annotations

from dataclasses import dataclass

from playground.telegram import links
from playground.telegram.refusals import bad
from playground.telegram.spans import Entity, byte_offset, units

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\0\v"
_END = "\0"


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


def parse(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities. Raises Refusal 400 "can't parse entities: ..."."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.found: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                if self._peek(1) == "/":
                    self._end_tag()
                else:
                    self._start_tag()
                self.at += 1
            else:
                self._put(self._character())
        if self.open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.text)
        if any(0xD800 <= ord(c) < 0xE000 for c in text):
            raise _cannot(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        for entity in self.found:
            if entity["type"] == "code":
                entity.pop("language", None)
        return text, self.found

    def _peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.source[place] if place < len(self.source) else _END

    def _put(self, character: str) -> None:
        self.text.append(character)
        self.offset += units(character)

    def _character(self) -> str:
        """The next character of the text; an HTML entity counts as one."""
        if self.source[self.at] == "&" and (found := _decode(self.source, self.at)):
            character, self.at = found
            return character
        self.at += 1
        return self.source[self.at - 1]

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1

    def _until(self, stop: str) -> str:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in stop and self.source[self.at] not in _SPACE:
            self.at += 1
        return self.source[begin : self.at]

    def _start_tag(self) -> None:
        begin, place = self.at, byte_offset(self.source, self.at)
        self.at += 1
        tag = self._until(">").lower()
        if self.at >= len(self.source):
            raise _cannot(f"Unclosed start tag at byte offset {place}")
        if tag not in _TYPES:
            raise _cannot(f'Unsupported start tag "{tag}" at byte offset {place}')
        argument = ""
        while self._peek() != ">":
            self._skip_space()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        self.open.append(_Open(tag, argument, self.offset, len(self.text)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        place = byte_offset(self.source, begin)
        name = self._until("=>")
        if not name:
            raise _cannot(f'Empty attribute name in the tag "{tag}" at byte offset {place}')
        self._skip_space()
        if self._peek() != "=":
            if self.at >= len(self.source):
                raise _cannot(f'Unclosed start tag "{tag}" at byte offset {place}')
            return name, None
        self.at += 1
        self._skip_space()
        if self.at >= len(self.source):
            raise _cannot(f'Unclosed start tag "{tag}" at byte offset {place}')
        value = self._quoted() if self._peek() in "'\"" else self._token()
        if self.at >= len(self.source):
            raise _cannot(f"Unclosed start tag at byte offset {place}")
        return name, value

    def _quoted(self) -> str:
        quote = self.source[self.at]
        self.at += 1
        value = []
        while self.at < len(self.source) and self.source[self.at] != quote:
            value.append(self._character())
        self.at += 1
        return "".join(value)

    def _token(self) -> str:
        begin = self.at
        while self._peek().isascii() and (self._peek().isalnum() or self._peek() in ".-"):
            self.at += 1
        if self.at >= len(self.source) or (self._peek() != ">" and self._peek() not in _SPACE):
            raise _cannot(f"Unexpected end of name token at byte offset {byte_offset(self.source, begin)}")
        return self.source[begin : self.at].lower()

    def _end_tag(self) -> None:
        place = byte_offset(self.source, self.at)
        if not self.open:
            raise _cannot(f"Unexpected end tag at byte offset {place}")
        self.at += 2
        name = self._until(">")
        self._skip_space()
        if self._peek() != ">":
            raise _cannot(f"Unclosed end tag at byte offset {place}")
        opened = self.open.pop()
        if name and name != opened.tag:
            raise _cannot(f'Unmatched end tag at byte offset {place}, expected "</{opened.tag}>", found "</{name}>"')
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        last = self.found[-1] if self.found else None
        same = last is not None and (last["offset"], last["length"]) == (entity["offset"], entity["length"])
        match opened.tag:
            case "a":
                target = opened.argument or "".join(self.text[opened.begin :])
                if not _link(entity, target):
                    return
            case "tg-emoji":
                entity["custom_emoji_id"] = _emoji(opened.argument)
            case "blockquote" if opened.argument:
                entity["type"] = "expandable_blockquote"
            case "pre" if same and last is not None and last["type"] == "code" and last.get("language"):
                last["type"] = "pre"
                return
            case "code" if same and last is not None and last["type"] == "pre" and opened.argument:
                last["language"] = opened.argument
                return
            case "code" if opened.argument:
                entity["language"] = opened.argument
        self.found.append(entity)


def _argument(tag: str, name: str, value: str | None) -> str:
    match tag, name:
        case "a", "href":
            return value or ""
        case "code", "class" if value and value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value and value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "tg-emoji", "emoji-id":
            return value or ""
        case "blockquote", "expandable":
            return "1"
    return ""


def _link(entity: Entity, target: str) -> bool:
    """Make it a link or a mention; False when the address is no link: Telegram then keeps the bare text."""
    if (user := links.user_of(target)) is not None:
        entity |= {"type": "text_mention", "user": {"id": user}}
        return True
    url = links.checked(target)
    if url is not None:
        entity["url"] = url
    return url is not None


def _emoji(number: str) -> str:
    try:
        return links.emoji_id(number)
    except links.BadLinkError as error:
        raise _cannot(str(error)) from error


def _decode(source: str, at: int) -> tuple[str, int] | None:
    """An HTML entity at `at` and the place after it. Only four names are known; the semicolon may be missing."""
    end = at + 1
    if source[end : end + 1] == "#":
        base, end = (16, at + 3) if source[at + 2 : at + 3] in ("x", "X") and source[at + 2 : at + 3] else (10, at + 2)
        begin = end
        while end < len(source) and source[end] in ("0123456789abcdefABCDEF" if base == 16 else "0123456789"):
            end += 1
        code = int(source[begin:end], base) if end > begin else 0
        if not 0 < code < 0x10FFFF or end - begin > 9:
            return None
        character = chr(code)
    else:
        while end < len(source) and source[end].isascii() and source[end].isalpha():
            end += 1
        found = _NAMED.get(source[at + 1 : end])
        if found is None:
            return None
        character = found
    return character, end + 1 if source[end : end + 1] == ";" else end


def _cannot(why: str) -> Exception:
    return bad(f"can't parse entities: {why}")
