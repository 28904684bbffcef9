"""Formatting as Telegram reads it. The tables hold facts of td's own tests; the properties are ours."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playground.telegram import entities, entities_html, entities_markdown
from playground.telegram.refusals import Refusal
from playground.telegram.spans import cut, units

Case = tuple[str, str, list[tuple[Any, ...]]]

HTML: list[Case] = [
    ("", "", []),
    ("➡️ ➡️<i>➡️ ➡️</i>", "➡️ ➡️➡️ ➡️", [("italic", 5, 5)]),
    ("<em>a</em><b>b</b><strong>c</strong>", "abc", [("italic", 0, 1), ("bold", 1, 1), ("bold", 2, 1)]),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
    ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
    ("🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>", "🏟 🏟🏟 ><🏟", [("italic", 5, 7), ("bold", 9, 3)]),
    ("🏟 🏟&lt;<i>🏟 🏟&lt;</>", "🏟 🏟<🏟 🏟<", [("italic", 6, 6)]),
    ("&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678;", '&ge;<>&"&laquo;&#12345678;', []),
    ("&#128512;&#x1F600;", "😀😀", []),
    ("a<b></b>", "a", []),
    ('<span class = "tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
    ("<a href=telegram.org>x</a>", "x", [("text_link", 0, 1, "http://telegram.org/")]),
    ("<a href='telegram.org?&lt;'>x</a>", "x", [("text_link", 0, 1, "http://telegram.org/?<")]),
    ("<a>telegram.org</a>", "telegram.org", [("text_link", 0, 12, "http://telegram.org/")]),
    ("<a>telegram.org </a>", "telegram.org ", []),
    ('<a href="javascript:alert(1)">x</a>', "x", []),
    ('<a href="tg://user?id=42">x</a>', "x", [("text_mention", 0, 1, 42)]),
    ("<pre>a</pre><code>b</code>", "ab", [("pre", 0, 1), ("code", 1, 1)]),
    ('<pre><code class="language-fift">a</></>', "a", [("pre", 0, 1, "fift")]),
    ('<code class="language-fift"><pre>a</></>', "a", [("pre", 0, 1, "fift")]),
    ('<pre> <code class="language-fift">a</></>', " a", [("code", 1, 1), ("pre", 0, 2)]),
    ('<tg-emoji emoji-id="54321">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, "54321")]),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("<blockquote expandable asd>a</>", "a", [("expandable_blockquote", 0, 1)]),
    ("<BLOCKQUOTE expandable=false>a</>", "a", [("expandable_blockquote", 0, 1)]),
]
HTML_REFUSED = [
    (
        "&#57311;",
        "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units",
    ),
    ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
    ("<div>", 'Unsupported start tag "div" at byte offset 0'),
    ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
    ("🏟 🏟&lt;<i    aba  =  '&lt;&gt;&quot;>", "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
    ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
    ("<b>жирный</i>", 'Unmatched end tag at byte offset 15, expected "</b>", found "</i>"'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<tg-emoji emoji-id=x>a</tg-emoji>", "Invalid custom emoji identifier specified"),
]
MARKDOWN: list[Case] = [
    ("\\\\\\_\\*\\`", "\\_*`", []),
    ("\\a\\➡️\\", "a\\➡️\\", []),
    ("➡️ ➡️_➡️ ➡️_*➡️ ➡️*", "➡️ ➡️➡️ ➡️➡️ ➡️", [("italic", 5, 5), ("bold", 10, 5)]),
    ("🏟 🏟_🏟 __🏟___", "🏟 🏟🏟 🏟", [("italic", 5, 5), ("underline", 8, 2)]),
    ("🏟 🏟__🏟 _🏟_\\___", "🏟 🏟🏟 🏟_", [("underline", 5, 6), ("italic", 8, 2)]),
    ("🏟 🏟`🏟 🏟```", "🏟 🏟🏟 🏟", [("code", 5, 5)]),
    ("```🏟\n\r🏟```", "🏟", [("pre", 0, 2, "🏟")]),
    ("```🏟\n\n🏟```", "\n🏟", [("pre", 0, 3, "🏟")]),
    ("``````", "", []),
    ("||test||~s~", "tests", [("spoiler", 0, 4), ("strikethrough", 4, 1)]),
    ("_* * ` `_", "   ", [("italic", 0, 3), ("bold", 0, 1), ("code", 2, 1)]),
    ("[ ](as)", " ", []),
    ("[telegram\\.org]a", "telegram.orga", [("text_link", 0, 12, "http://telegram.org/")]),
    ("[x](https://telegram.dog?\\\\\\()", "x", [("text_link", 0, 1, "https://telegram.dog/?\\(")]),
    ("[x](tg:user?id=123456)", "x", [("text_mention", 0, 1, 123456)]),
    ("![👍](TG://EMoJI/?test=1231&id=25#id=32)a", "👍a", [("custom_emoji", 0, 2, "25")]),
    ("abc\n> \n> \n>\ndef", "abc\n \n \n\ndef", [("blockquote", 4, 5)]),
    ("\r\r>\r\ra\r\n\r", "\r\r\r\ra\r\n\r", [("blockquote", 2, 5)]),
    (">\n**>2", "\n2", [("blockquote", 0, 1), ("blockquote", 1, 1)]),
    (">*b\n>ld*\nasd", "b\nld\nasd", [("blockquote", 0, 5), ("bold", 0, 4)]),
    (">asd\n>q||e||w||\nasdad", "asd\nqew\nasdad", [("expandable_blockquote", 0, 8), ("spoiler", 5, 1)]),
    (">asd\n>q||ew||\nasdad", "asd\nqew\nasdad", [("blockquote", 0, 8), ("spoiler", 5, 2)]),
    (">||", "", []),
]
MARKDOWN_REFUSED = [
    ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    ("a>", "Character '>' is reserved and must be escaped with the preceding '\\'"),
    ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
    ("🏟 🏟_abac * asd ", "Can't find end of Bold entity at byte offset 15"),
    ("🏟 🏟```a ", "Can't find end of PreCode entity at byte offset 9"),
    ("🏟 🏟```🏟 🏟`", "Can't find end of Code entity at byte offset 21"),
    ("🏟 🏟__🏟 🏟_", "Can't find end of Italic entity at byte offset 20"),
    ("[telegram\\.org](asd\\)", "Can't find end of a URL at byte offset 16"),
    ("🏟 🏟![👍]", "Custom emoji entity must contain a tg://emoji URL"),
    ("🏟 🏟![👍](tg://emoji?id=1234", "Can't find end of a custom emoji URL at byte offset 17"),
    ("![👍](t://emoji?id=1234)", "Custom emoji URL must have scheme tg"),
    ("![👍](tg:emojis?id=1234)", 'Custom emoji URL must have host "emoji"'),
    ("![👍](tg://emoji#test)", "Custom emoji URL must have an emoji identifier"),
    (">asd\n>q||e||w__\n||asdad", "Can't find end of Underline entity at byte offset 13"),
    (">asd\n>q||ew\n||asdad", "Can't find end of Spoiler entity at byte offset 7"),
]


def seen(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Entities as tuples: kind, offset, length and what belongs to the kind."""
    details = ("url", "language", "custom_emoji_id", "user")
    rows = []
    for entity in found:
        extra = [entity[name]["id"] if name == "user" else entity[name] for name in details if name in entity]
        rows.append((entity["type"], entity["offset"], entity["length"], *extra))
    return rows


@pytest.mark.parametrize(("source", "text", "expected"), HTML)
def test_html(source: str, text: str, expected: list[tuple[Any, ...]]) -> None:
    plain, found = entities_html.parse(source)
    assert plain == text
    assert sorted(seen(found)) == sorted(expected)


@pytest.mark.parametrize(("source", "why"), HTML_REFUSED)
def test_html_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        entities_html.parse(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(("source", "text", "expected"), MARKDOWN)
def test_markdown(source: str, text: str, expected: list[tuple[Any, ...]]) -> None:
    plain, found = entities_markdown.parse(source)
    assert plain == text
    assert seen(found) == expected


@pytest.mark.parametrize(("source", "why"), MARKDOWN_REFUSED)
def test_markdown_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        entities_markdown.parse(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


ANY_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


@settings(deadline=None)
@given(before=ANY_TEXT, inside=ANY_TEXT, after=ANY_TEXT)
def test_escaped_html_is_never_refused_and_covers_what_was_meant(before: str, inside: str, after: str) -> None:
    source = f"{html.escape(before)}<b>{html.escape(inside)}</b>{html.escape(after, quote=False)}"
    text, found = entities_html.parse(source.replace("&#x27;", "&#39;"))
    assert text == before + inside + after
    assert [cut(text, e["offset"], e["offset"] + e["length"]) for e in found] == ([inside] if inside else [])


@settings(deadline=None)
@given(before=ANY_TEXT, inside=ANY_TEXT, after=ANY_TEXT)
def test_escaped_markdown_is_never_refused_and_covers_what_was_meant(before: str, inside: str, after: str) -> None:
    def escaped(part: str) -> str:
        return re.sub(r"([\\_*\[\]()~`>#+\-=|{}.!])", r"\\\1", part)

    text, found = entities_markdown.parse(f"{escaped(before)}*{escaped(inside)}*{escaped(after)}")
    assert text == before + inside + after
    assert [cut(text, e["offset"], e["offset"] + e["length"]) for e in found] == ([inside] if inside else [])


@settings(deadline=None)
@given(source=st.text("<>/ab=\"'& ;pre\n😀", max_size=40))
def test_any_html_is_parsed_or_refused_and_drawn_safely(source: str) -> None:
    try:
        formatted = entities.read(source, "HTML", None)
    except Refusal:
        return
    assert all(0 <= e["offset"] <= e["offset"] + e["length"] <= units(formatted.text) for e in formatted.entities)
    assert html.unescape(re.sub(r"<[^>]*>", "", formatted.html)) == formatted.text


@settings(deadline=None)
@given(source=st.text("_*~`|[]()!>\\ab.\n😀", max_size=40))
@example(source="[\\[]")
def test_any_markdown_is_parsed_or_refused(source: str) -> None:
    try:
        formatted = entities.read(source, "MarkdownV2", None)
    except Refusal:
        return
    assert all(0 <= e["offset"] <= e["offset"] + e["length"] <= units(formatted.text) for e in formatted.entities)


def test_text_is_trimmed_and_entities_move_with_it() -> None:
    formatted = entities.read("  \n <b> жирный </b>  ", "HTML", None)
    assert formatted.text == " жирный"
    assert seen(formatted.entities) == [("bold", 0, 7)]


def test_nothing_is_formatted_inside_code() -> None:
    assert seen(entities.read("<code>a <b>b</b> https://a.ru</code>", "HTML", None).entities) == [("code", 0, 16)]


def test_telegram_finds_links_and_commands_by_itself() -> None:
    found = entities.typed("/start@bot123 на https://a.ru/x, a@b.ru и @vasya #дом /не").entities
    assert [entity["type"] for entity in found] == ["bot_command", "url", "email", "mention", "hashtag"]


def test_a_deep_link_marks_only_the_command() -> None:
    assert seen(entities.typed("/start tok_en-1").entities) == [("bot_command", 0, 6)]


def test_given_entities_are_checked_like_parsed_ones() -> None:
    formatted = entities.read(
        "Hi you", "", [{"type": "italic", "offset": 3, "length": 3}, {"type": "url", "offset": 0, "length": 2}]
    )
    assert seen(formatted.entities) == [("italic", 3, 3)]
    with pytest.raises(Refusal, match="entity URL 'localhost' is invalid: Wrong HTTP URL"):
        entities.read("x", "", [{"type": "text_link", "offset": 0, "length": 1, "url": "localhost"}])
