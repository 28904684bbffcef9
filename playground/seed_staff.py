"""The insurer's employees in the staff groups. Who may do what is the cabinet's business; here they only have a Telegram account."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Employee:
    """A Telegram user; `post` and `story` are in Russian, `status` is what they are in a staff group from the start."""

    id: int
    first_name: str
    last_name: str
    username: str | None
    post: str
    story: str
    status: str = "member"
    anonymous: bool = False
    language_code: str | None = "ru"
    phone: str | None = None


ANNA, IGOR, MARIA, TIMUR, OLGA, PAVEL, VIKTOR, KIRILL = range(200001, 200009)

STAFF: tuple[Employee, ...] = (
    Employee(ANNA, "Анна", "Соколова", "sokolova_tg", "специалист поддержки", "Отвечает клиентам первой"),
    Employee(IGOR, "Игорь", "Власов", "i_vlasov", "отдел урегулирования", "Ведёт страховые случаи"),
    Employee(MARIA, "Мария", "Зайцева", "zaitseva_m", "старшая смены", "Администратор группы", "administrator"),
    Employee(TIMUR, "Тимур", "Ахметов", None, "отдел продаж", "Берёт вызовы агента и новые договоры"),
    Employee(OLGA, "Ольга", "Рябова", "o_ryabova", "руководитель поддержки", "Создала группу", "creator"),
    Employee(PAVEL, "Павел", "Гусев", None, "стажёр", "В группе есть, в списке сотрудников кабинета — нет"),
    Employee(
        VIKTOR,
        "Виктор",
        "Лобанов",
        None,
        "администратор",
        "Пишет от имени группы: кто это, не видно",
        "administrator",
        True,
    ),
    Employee(KIRILL, "Кирилл", "Дроздов", "drozdov_k", "уволен", "Работал в поддержке, группу покинул", "left"),
)
