"""What is asked over HTTP is checked once, at the edge: a model says what a body or a query may hold, anything else is 400."""

from __future__ import annotations

from typing import Annotated, ClassVar, TypeVar

from aiohttp import web
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from playground.refusal import NoError, body_of

A = TypeVar("A", bound="Asked")


class Asked(BaseModel):
    """A request's fields, of exactly these types; fields it does not know are left alone. `EXAMPLE` goes into the hint."""

    model_config = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False, frozen=True)
    EXAMPLE: ClassVar[str] = ""

    @classmethod
    def of(cls: type[A], values: object) -> A:
        """From JSON values. Raises NoError."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise cls._no(error) from error

    @classmethod
    async def of_body(cls: type[A], request: web.Request) -> A:
        """From a JSON body. Raises NoError."""
        return cls.of(await body_of(request))

    @classmethod
    def of_query(cls: type[A], request: web.Request) -> A:
        """From the query; an empty value is none. Raises NoError."""
        try:
            return cls.model_validate_strings({name: value for name, value in request.query.items() if value})
        except ValidationError as error:
            raise cls._no(error) from error

    @classmethod
    def _no(cls, error: ValidationError) -> NoError:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "the whole"
        return NoError(400, f'"{name}": {first["msg"].removeprefix("Value error, ")}', f"for example {cls.EXAMPLE}")


class Since(Asked):
    """The cursor after which somebody wants to hear."""

    EXAMPLE = "?since=0"

    since: int = 0


OrNone = BeforeValidator(lambda value: None if value == "" else value)
"""An empty text is the same as none."""
Trimmed = BeforeValidator(lambda value: value.strip() if isinstance(value, str) else value)
MessageId = Annotated[int, Field(ge=1, lt=2**31)]
Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"\S")]
Username = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
