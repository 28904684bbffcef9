"""A driver as they are asked for: name, birth, sex if the patronymic does not tell, licence, since when (D5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from fsm.answers import chosen, known
from fsm.flow import Draft, Flow, Rejected, Step
from services.drivers import birth_problem, since_problem
from services.formats import licence_foreign, licence_ru, person_name, sex_of, to_date, year_or_date
from services.model import Name
from services.prolongation.rules import AdmittedDriver


class DriverDraft(Draft):
    """`starts` is the first day of cover: ages count on it. `foreign`: the licence is of another country and has a free format."""

    starts: date = date.max
    name: Name | None = None
    birth: date | None = None
    sex: str = ""
    foreign: bool = False
    licence: str = ""
    since: date | None = None

    @classmethod
    def of(cls, driver: AdmittedDriver, starts: date) -> DriverDraft:
        """To be looked at again."""
        return cls(
            starts=starts,
            name=driver.name,
            birth=driver.birth,
            sex=driver.sex or sex_of(driver.name.middle) or "",
            foreign=driver.foreign,
            licence=driver.licence,
            since=driver.since,
        )

    def done(self) -> AdmittedDriver:
        """The driver, once everything is answered. Raises Rejected."""
        if self.name is None or self.birth is None or self.since is None or not self.licence:
            raise Rejected("unexpected")
        return AdmittedDriver(self.name, self.birth, self.sex, self.licence, self.foreign, self.since)


def take_name(draft: DriverDraft, said: Any) -> DriverDraft:
    """Surname, first name, patronymic if there is one; it mostly tells the sex."""
    name = known(person_name(said.text), Rejected("bad-name"))
    return draft.model_copy(update={"name": name, "sex": sex_of(name.middle) or draft.sex})


def take_birth(draft: DriverDraft, said: Any) -> DriverDraft:
    birth = known(to_date(said.text, said.today), Rejected("bad-birth"))
    if wrong := birth_problem(birth, draft.starts, said.today):
        raise Rejected(wrong)
    since = draft.since
    if since and since_problem(since, birth, draft.starts, said.today):
        since = None  # it was right for another birth date: it is asked again
    return draft.model_copy(update={"birth": birth, "since": since})


def take_sex(draft: DriverDraft, said: Any) -> DriverDraft:
    return draft.model_copy(update={"sex": chosen(said, ("male", "female"))})


def take_licence(draft: DriverDraft, said: Any) -> DriverDraft:
    """A number; `ru` and `foreign` choose its kind first."""
    if said.text in ("ru", "foreign"):
        foreign = said.text == "foreign"
        return draft.model_copy(
            update={"foreign": foreign, "licence": "" if foreign != draft.foreign else draft.licence}
        )
    licence = licence_foreign(said.text) if draft.foreign else licence_ru(said.text)
    if licence is None and draft.foreign:
        raise Rejected("bad-licence-foreign")
    if licence is None:
        raise Rejected("bad-licence")
    return draft.model_copy(update={"licence": licence})


def take_since(draft: DriverDraft, said: Any) -> DriverDraft:
    """The date of the first licence; only a year is its last day (seed: only the year known)."""
    since = known(year_or_date(said.text, said.today), Rejected("bad-since"))
    if draft.birth and (wrong := since_problem(since, draft.birth, draft.starts, said.today)):
        raise Rejected(wrong)
    return draft.model_copy(update={"since": since})


DRIVER = Flow(
    "driver",
    DriverDraft,
    steps=(
        Step("name", take_name, answered=lambda d: d.name is not None),
        Step("birth", take_birth, answered=lambda d: d.birth is not None),
        Step(
            "sex",
            take_sex,
            when=lambda d: d.name is not None and sex_of(d.name.middle) is None,
            answered=lambda d: bool(d.sex),
        ),
        Step("licence", take_licence, answered=lambda d: bool(d.licence)),
        Step("since", take_since, answered=lambda d: d.since is not None),
    ),
)
