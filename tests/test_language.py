"""Two languages: the first follows Telegram, the second is a tap away, and neither leaks into the other."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.insured import UNSPOKEN, Insured, insured
from tests.support.person import Person
from tests.support.town import Town

BILINGUAL = ("Language · Язык", "Русский")


@pytest.mark.parametrize(
    ("telegram", "words"),
    [("ru", "Здравствуйте!"), ("en", "Hello"), ("en-GB", "Hello"), ("de", "Hello"), (None, "Здравствуйте!")],
)
async def test_the_first_words_are_in_the_language_of_the_telephone(
    city: Town, telegram: str | None, words: str
) -> None:
    person = await city.person(language=telegram)
    await person.say("/start")
    assert words in (await person.screen())["text"]


def foreign(screen: dict[str, Any], irina: Insured) -> list[str]:
    """Russian letters on an English screen that are no data of the insurer's."""
    policy = irina.policies[0]
    data = [policy.full_number, *(risk.name for risk in policy.coverages), *BILINGUAL, *irina.said]
    data += [document.title for document in irina.town.world.core.register.documents.all()]
    text = "\n".join([screen["text"], *(b["text"] for row in screen["buttons"] for b in row)])
    text = re.sub(r"[АВЕКМНОРСТУХ]\d{3}\*\*\d{2,3}|[ВО]-\d{6}", "", text)  # a plate, a question, a conversation
    for words in data:
        text = text.replace(words, "")
    return re.findall(r"[^\n]*[А-Яа-яЁё]+[^\n]*", text)


async def test_an_english_speaker_meets_no_russian_screen(city: Town) -> None:
    daniel = await insured(
        city, last="Miller", first="Daniel", middle=None, language="en", email="d@pochta.example", papers=True
    )

    async def sees(*words: str) -> None:
        assert not foreign(await daniel.sees(*words), daniel)

    await daniel.say("/start")
    await sees("Hello")
    await daniel.tap("Log in")
    labels = await daniel.labels()
    await sees("consent")
    await daniel.tap(labels[1])
    await sees("+7 800 000-00-00")
    await daniel.tap((await daniel.labels())[0])
    await daniel.tap(labels[0], exact=True)
    await sees("Your phone number")
    await daniel.say("+79070000111")
    await sees("Share my number")
    await daniel.share_card("+79070000112")
    await sees("That contact isn’t yours")
    await daniel.share_contact()
    await sees("Enter the code")
    async with city.http.get(f"{city.url}/sms", params={"phone": daniel.phone}) as response:
        assert not re.search(r"[А-Яа-я]", (await response.json())[-1]["text"])
    await daniel.say("000")
    await sees("six digits")
    await daniel.say(await daniel.code())
    await sees("you’re logged in", "Hello, Daniel!")
    await daniel.tap("My policies")
    await sees("You have 1 policy", f"{UNSPOKEN} days left")
    await daniel.tap("OSAGO")
    await sees("Who can drive", "Mi***r D.", "You can renew now")
    await daniel.tap("Documents")
    await sees("Choose a document")
    await daniel.tap("Policy", exact=True)
    await sees("Where shall we send it?")
    await daniel.tap("Send it here")
    await sees("Where shall we send it?")
    await daniel.tap("Email to")
    number = daniel.policies[0].full_number
    said = [m["text"].replace(number, "") for m in await daniel.chat() if m["from"] == "bot"]
    assert not [text for text in said if re.search(r"[А-Яа-я]", text)]
    for path, words in (
        (("Settings",), "Settings"),
        (("Settings", "Where you’re logged in"), "This chat"),
        (("Settings", "Consents"), "Offers and news: off"),
        (("Settings", "Consents", "Withdraw"), "Withdraw your consent"),
        (("Settings", "Log out"), "Log out?"),
        (("Help",), "What you can do here"),
    ):
        await daniel.say("/menu")
        for label in path:
            await daniel.tap(label)
        await sees(words)
        await daniel.send("sticker")
        await sees(words)
    await daniel.tap("Talk to us")
    await sees("A real person")
    await daniel.say("How do I add a driver?")
    await sees("Shall we send it?")
    await daniel.tap("Send", exact=True)
    await sees("Conversation")
    await daniel.say("/menu")
    await sees("Hello, Daniel!")
    await daniel.say("/nothing")
    await sees("There’s no such command")


async def talks(person: Person, language: str) -> None:
    await person.say("/language")
    await person.tap(language)


async def test_the_language_is_changed_anywhere_and_one_stays_where_one_was(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await talks(irina, "English")
    await irina.sees("Kia Rio", "Who can drive")
    assert await irina.toasts() == ["We’ll speak English from now on."]
    await irina.tap("Menu")
    await irina.sees("Hello, Ирина!")
    await talks(irina, "Русский")
    await irina.sees("Здравствуйте, Ирина!")


async def test_the_language_can_be_chosen_before_anything_else(city: Town) -> None:
    person = await city.person()
    await person.say("/start")
    await person.tap("Войти")
    await talks(person, "English")
    shown = (await person.screen())["text"]
    assert "consent" in shown.lower()
    assert "СОГЛАСИЕ" not in shown, "the document is read in the language that was chosen"
    assert not re.search(r"[А-Яа-я]", shown)


async def test_the_answer_of_the_desk_comes_in_the_language_of_the_chat(city: Town) -> None:
    daniel = await insured(city, last="Miller", first="Daniel", middle=None, language="en")
    await daniel.say("/support")
    await daniel.say("Are you there?")
    await daniel.tap("Send", exact=True)
    sent = [m["text"] for m in await daniel.chat() if "Its number is" in m["text"]]
    number = re.search(r"В-\d{6}", sent[0])
    assert number
    await city.call("POST", f"/desk/questions/{number[0]}", {"answer": "Yes"})
    await city.settle()
    answers = [m["text"] for m in await daniel.chat() if m["text"].startswith("The answer to your question")]
    assert len(answers) == 1
