"""The people who live in Telegram here. Their policies are the insurer's business: `playground.core.portfolio`.

Telephone numbers are +7 907 000-01-xx. The code 907 belongs to the mobile part of the Russian numbering plan, so software takes the
numbers for real ones, but no operator was ever given it: nobody can be called or written to by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram user; `phone` (E.164) is what the contact button shares, `story` is what a player should know (Russian)."""

    id: int
    first_name: str
    last_name: str | None
    username: str | None
    language_code: str | None
    phone: str | None
    story: str


def phone(number: int) -> str:
    """The telephone of the person with this short number (1…99)."""
    return f"+79070000{100 + number:03}"


ANNA, DMITRY, ELENA, SERGEY, OLGA, PAVEL, TATYANA = range(100001, 100008)
ALEXEY, NATALYA, IGOR, DANIEL, VERA, ROMAN, SVETLANA, GLEB = range(100008, 100016)
MARINA, VIKTOR, YULIYA, KONSTANTIN = range(100017, 100021)

PEOPLE: tuple[Person, ...] = (
    Person(
        ANNA,
        "Анна",
        "Ковалёва",
        "anna_kov",
        "ru",
        phone(1),
        "ОСАГО на Kia Rio кончается через 5 дней; в полисе двое водителей: она и муж",
    ),
    Person(
        DMITRY,
        "Дмитрий",
        None,
        "orlov_d",
        "ru",
        phone(2),
        "ОСАГО кончается через 59 дней: продлить уже можно",
    ),
    Person(
        ELENA,
        "Елена",
        "Лебедева",
        None,
        "ru",
        phone(3),
        "ОСАГО кончается через 60 дней: окно продления открывается сегодня",
    ),
    Person(
        SERGEY,
        "Сергей",
        "Морозов",
        "smorozov",
        "ru",
        phone(4),
        "ОСАГО кончается через 61 день: продлить можно будет завтра",
    ),
    Person(
        OLGA,
        "Ольга",
        "Новикова",
        None,
        "ru",
        phone(5),
        "ОСАГО кончается через 2 дня: при продлении выйдет перерыв в защите",
    ),
    Person(
        PAVEL,
        "Павел",
        None,
        None,
        "ru",
        phone(6),
        "ОСАГО кончилось вчера: продлить нельзя, нужен новый полис",
    ),
    Person(
        TATYANA,
        "Татьяна",
        "Белова",
        "tanya_b",
        "ru",
        phone(7),
        "ОСАГО оформлено, но не оплачено; начнётся через 4 дня",
    ),
    Person(
        ALEXEY,
        "Алексей",
        "Громов",
        "gromov",
        "ru",
        phone(8),
        "Семь договоров всех видов: действующие, будущий, закончившийся, взносы оплачены частично",
    ),
    Person(
        NATALYA,
        "Наталья",
        "Воронова",
        None,
        "ru",
        phone(9),
        "На одном телефоне два клиента: она сама и взрослый сын Кирилл, у каждого свой полис",
    ),
    Person(
        IGOR,
        "Игорь",
        "Степанов",
        "igor_s",
        "ru",
        phone(10),
        "Посторонний: у страховщика такого клиента нет",
    ),
    Person(
        DANIEL,
        "Daniel",
        "Miller",
        "dan_miller",
        "en",
        phone(11),
        "Говорит по-английски; одно ОСАГО без ограничения числа водителей",
    ),
    Person(
        VERA,
        "Вера",
        "Максимова",
        None,
        "ru",
        phone(12),
        "Страховщик отметил, что номер мог перейти к другому человеку: при входе спросят ещё дату рождения или номер полиса",
    ),
    Person(
        ROMAN,
        "Роман",
        None,
        None,
        None,
        phone(13),
        "Клиент без электронной почты и без отчества",
    ),
    Person(
        SVETLANA,
        "Светлана",
        "И.",
        "sveta_il",
        "ru",
        phone(14),
        "Телефон страховщиком не подтверждён; в ОСАГО два периода использования машины",
    ),
    Person(
        GLEB,
        "Глеб",
        "Фомин",
        "gleb_fomin",
        "ru",
        phone(15),
        "ОСАГО без ограничения водителей кончается через 30 дней",
    ),
    Person(
        MARINA,
        "Марина",
        "Соловьёва",
        "marina_sol",
        "ru",
        phone(17),
        "КАСКО с ремонтом и франшизой и ОСАГО: направление на ремонт, назначенный осмотр, закрытое дело о стекле",
    ),
    Person(
        VIKTOR,
        "Виктор",
        "Шестаков",
        None,
        "ru",
        phone(18),
        "КАСКО на два года по правилам 2021 года, возмещение деньгами: одна выплата, один отказ",
    ),
    Person(
        YULIYA,
        "Юлия",
        "Крылова",
        "yulia_krylova",
        "ru",
        phone(19),
        "ОСАГО, квартира и полис от несчастных случаев: от неё ждут два документа, одно дело на рассмотрении, одно только принято",
    ),
    Person(
        KONSTANTIN,
        "Константин",
        "Рыжов",
        "k_ryzhov",
        "ru",
        phone(20),
        "КАСКО в рассрочку на четыре взноса: второй просрочен на 3 дня, до конца льготных дней ещё есть время",
    ),
)
