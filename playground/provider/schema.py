"""What all bodies of the provider are made of: strict parts, amounts, metadata."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

DESCRIPTION = 128
METADATA_KEYS, METADATA_KEY, METADATA_VALUE = 16, 32, 512


def no(words: str, parameter: str | None = None) -> PydanticCustomError:
    """A refusal in the provider's words; `parameter` where the rule is about more than the field it is found in."""
    return PydanticCustomError("shop", "{words}", {"words": words, "parameter": parameter})


class Part(BaseModel):
    """A piece of a body: types are not bent, unknown fields are ignored."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", hide_input_in_errors=True)


def _value(value: str) -> str:
    if not re.fullmatch(r"\d{1,11}\.\d{2}", value) or Decimal(value) <= 0:
        raise no("Payment amount is illegal")
    return value


def _currency(value: str) -> str:
    if value != "RUB":
        raise no("Currency code is illegal")
    return value


class Amount(Part):
    """Money: `value` is a string with a dot and two digits after it, above zero; roubles only."""

    value: Annotated[str, AfterValidator(_value)]
    currency: Annotated[str, AfterValidator(_currency)]

    @property
    def decimal(self) -> Decimal:
        """The value to count with."""
        return Decimal(self.value)


def _description(value: str) -> str:
    if len(value) > DESCRIPTION:
        raise no(f"Description is too long. Max. length is {DESCRIPTION}")
    return value


def _metadata(value: dict[str, str]) -> dict[str, str]:
    if len(value) > METADATA_KEYS:
        raise no(f"Metadata object is limited to {METADATA_KEYS} keys")
    if any(len(key) > METADATA_KEY for key in value):
        raise no(f"The key names length in metadata object is limited to {METADATA_KEY} characters")
    if any(len(text) > METADATA_VALUE for text in value.values()):
        raise no(f"The key values length in metadata object is limited to {METADATA_VALUE} characters")
    return value


Description = Annotated[str, AfterValidator(_description)]
Metadata = Annotated[dict[str, str], AfterValidator(_metadata)]
