"""Telegram's MarkdownV2: marks in, text with entities out; refusals name the place in UTF-8 bytes."""

from __future__ import annotations

from dataclasses import dataclass

from playground.telegram import links
from playground.telegram.refusals import bad
from playground.telegram.spans import Entity, byte_offset, ordered, units

_RESERVED = "_*[]()~`>#+-=|{}.!\n"
_SPACE = " \t\r\n\0\v"
_ENDS = {
    "Bold": "*",
    "Strikethrough": "~",
    "Code": "`",
    "Pre": "```",
    "PreCode": "```",
    "TextUrl": "]",
    "CustomEmoji": "]",
    "Underline": "__",
    "Spoiler": "||",
}
_TYPES = {
    "Bold": "bold",
    "Italic": "italic",
    "Strikethrough": "strikethrough",
    "Underline": "underline",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "CustomEmoji": "custom_emoji",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
}


@dataclass(slots=True)
class _Open:
    kind: str
    offset: int
    at: int
    begin: int
    argument: str = ""


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
        self.quote = False
        self.line_start = True

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            character = self.source[self.at]
            following = self._peek(1)
            if character == "\\" and "\0" < following <= "~":
                self.at += 1
                self._put(following)
                self.line_start = False
            elif character not in ("`" if self._verbatim() else _RESERVED):
                self._put(character)
                self.line_start = self.line_start and character == "\r"
            elif self._ends(character):
                self._end(character)
            else:
                self._begin(character)
            self.at += 1
        self._finish()
        return "".join(self.text), ordered(self.found)

    def _peek(self, ahead: int) -> str:
        place = self.at + ahead
        return self.source[place] if place < len(self.source) else "\0"

    def _put(self, character: str) -> None:
        self.text.append(character)
        self.offset += units(character)

    def _verbatim(self) -> bool:
        return bool(self.open) and self.open[-1].kind in ("Code", "Pre", "PreCode")

    def _ends(self, character: str) -> bool:
        if not self.open:
            return False
        if self.quote and character == "\n" and self._peek(1) != ">":
            return True
        kind = self.open[-1].kind
        if kind == "Italic":
            return character == "_" and self._peek(1) != "_"
        return kind in _ENDS and self.source.startswith(_ENDS[kind], self.at)

    def _begin(self, character: str) -> None:
        opened = _Open("", self.offset, byte_offset(self.source, self.at), len(self.text))
        match character:
            case "_" if self._peek(1) == "_":
                opened.kind = "Underline"
                self.at += 1
            case "_":
                opened.kind = "Italic"
            case "*":
                opened.kind = "Bold"
            case "~":
                opened.kind = "Strikethrough"
            case "|" if self._peek(1) == "|":
                opened.kind = "Spoiler"
                self.at += 1
            case "[":
                opened.kind = "TextUrl"
            case "`" if self.source.startswith("```", self.at):
                self._begin_pre(opened)
            case "`":
                opened.kind = "Code"
            case "!" if self._peek(1) == "[":
                opened.kind = "CustomEmoji"
                self.at += 1
            case "\n":
                self._put("\n")
                self.line_start = True
                return
            case ">" if self.line_start and self.quote:
                return
            case ">" if self.line_start:
                opened.kind = "BlockQuote"
                self.quote = True
            case _:
                raise _cannot(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        self.open.append(opened)

    def _begin_pre(self, opened: _Open) -> None:
        opened.kind = "Pre"
        self.at += 3
        end = self.at
        while end < len(self.source) and self.source[end] not in _SPACE and self.source[end] != "`":
            end += 1
        if self.at < end < len(self.source) and self.source[end] != "`":
            opened.kind, opened.argument = "PreCode", self.source[self.at : end]
            self.at = end
        if self._peek(0) in "\r\n":  # one line break after the opening mark does not belong to the text
            self.at += 2 if self._peek(1) in "\r\n" and self._peek(1) != self._peek(0) else 1
        self.at -= 1

    def _end(self, character: str) -> None:
        opened = self.open.pop()
        if character == "\n" and opened.kind != "BlockQuote":
            opened = self._expandable(opened)
        entity: Entity = {"type": _TYPES[opened.kind], "offset": opened.offset}
        keep = self.offset != opened.offset
        match opened.kind:
            case "Underline" | "Spoiler":
                self.at += 1
            case "Pre" | "PreCode":
                self.at += 2
                if opened.argument:
                    entity["language"] = opened.argument
            case "TextUrl":
                keep = self._link(entity, opened) and keep
            case "CustomEmoji":
                entity["custom_emoji_id"] = self._emoji()
            case "BlockQuote" | "ExpandableBlockQuote":
                self.quote = False
                self._put(character)
                self.line_start = keep = True
        if keep:
            self.found.append(entity | {"length": self.offset - opened.offset})

    def _expandable(self, opened: _Open) -> _Open:
        """`||` at the very end of a quotation makes it expandable; any other mark left open there is an error."""
        at = byte_offset(self.source, self.at)
        just_opened = opened.at == at - 2 or (opened.at == at - 3 and self.text[-1:] == ["\r"])
        if opened.kind != "Spoiler" or not just_opened:
            raise _unclosed(opened)
        quote = self.open.pop()
        if quote.kind != "BlockQuote":
            raise _unclosed(quote)
        quote.kind = "ExpandableBlockQuote"
        return quote

    def _finish(self) -> None:
        if self.quote:
            kind = "blockquote"
            if self.open[-1].kind == "Spoiler" and self.open[-1].at == byte_offset(self.source, len(self.source)) - 2:
                self.open.pop()
                kind = "expandable_blockquote"
            if self.open[-1].kind == "BlockQuote":
                opened = self.open.pop()
                if self.offset != opened.offset:
                    self.found.append({"type": kind, "offset": opened.offset, "length": self.offset - opened.offset})
        if self.open:
            raise _unclosed(self.open[-1])

    def _address(self, called: str) -> str:
        """What stands in the parentheses after the text of a link."""
        self.at += 2
        begin, address = byte_offset(self.source, self.at), []
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and "\0" < self._peek(1) <= "~":
                self.at += 1
            address.append(self.source[self.at])
            self.at += 1
        if self.at >= len(self.source):
            raise _cannot(f"Can't find end of a {called} at byte offset {begin}")
        return "".join(address)

    def _link(self, entity: Entity, opened: _Open) -> bool:
        target = self._address("URL") if self._peek(1) == "(" else "".join(self.text[opened.begin :])
        if (user := links.user_of(target)) is not None:
            entity |= {"type": "text_mention", "user": {"id": user}}
            return True
        url = links.checked(target)
        if url is not None:
            entity["url"] = url
        return url is not None

    def _emoji(self) -> str:
        if self._peek(1) != "(":
            raise _cannot("Custom emoji entity must contain a tg://emoji URL")
        try:
            return links.emoji_of(self._address("custom emoji URL"))
        except links.BadLinkError as error:
            raise _cannot(str(error)) from error


def _unclosed(opened: _Open) -> Exception:
    return _cannot(f"Can't find end of {opened.kind} entity at byte offset {opened.at}")


def _cannot(why: str) -> Exception:
    return bad(f"can't parse entities: {why}")
