"""What the models of all YAML files share: unknown keys are rejected, and words must be strings."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def quoted(value: object) -> object:
    """``value``; raises ValueError with advice if YAML read it as a number, a date or a boolean."""
    if isinstance(value, (bool, int, float, date)):
        written = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
        raise ValueError(f'{written} 没有加引号，不会当作文字；请加引号写成 "{written}"')
    return value


Word = Annotated[str, Field(min_length=1, strict=True), BeforeValidator(quoted)]
Words = tuple[Word, ...]


class Strict(BaseModel):
    """A mapping that rejects unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
