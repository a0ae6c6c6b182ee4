"""A section of a scenario file, and the one-line declaration of a parameter.

    class Decay(Section, at="leads.decay"):
        impatient_share: float = param(0.5, "share", "Share of leads that …", source="oldroyd2011", grade="B", low=0, high=1,
                                       moves="cold_share +")

`at` is the section's place in the file. Several sections may share a place (each mechanism declares its own keys); the
loader lays them together. With `each=True` the place holds named entries of the section (channels, segments).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import pydantic
from numpy.typing import NDArray

from smsim.core import units
from smsim.core.kernel import rows

GRADES = ("A", "B", "C")


@dataclass(frozen=True)
class Param:
    """What is known of one parameter: unit, meaning, source, grade, bounds, evidence range, and the output it moves."""

    unit: str
    meaning: str
    source: str
    grade: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    words: Mapping[str, float | str]
    moves: str
    given: Mapping[str, str]
    fixed: str = ""
    span: tuple[float, float] | None = None

    def allowed(self) -> str:
        """What may be written, in words."""
        choices = " | ".join(self.choices)
        known = ("never", "at once") if units.is_duration(self.unit) else ("never",) if self.unit == "date" else ()
        special = " or ".join(f"`{word}`" for word in self.words if word not in known)
        parts = [part for part in (special, choices if self.unit not in ("shares", "names") else "") if part]
        if not choices or self.unit in ("shares", "names", "profile"):
            parts.append(self._allowed_by_unit(choices))
        text = ", or ".join(parts)
        if self.low is not None or self.high is not None:
            low = "" if self.low is None else f" from {'0' if not self.low else self.say(self.low)}"
            high = "" if self.high is None else f" to {self.say(self.high)}"
            text += f",{low}{high}"
        return text

    def _allowed_by_unit(self, choices: str) -> str:
        of = f" of {choices}" if choices else ""
        named = {"text": "text", "names": f"a list of names{of}", "flag": "yes or no", "path": "a path",
                 "mind": "the name of a mind, or a class as `file.py:Name`",
                 "shares": f"a map of shares{of} that add up to 100%", "profile": "24 shares, one for each hour",
                 "quota": "an amount above 0 a month, quarter or year such as `300000 per quarter`",
                 "settings": "a map of settings such as `{practices.meetings.every: 1 week}`", "count": "a whole number"}
        return named.get(self.unit) or units.allowed(self.unit)

    def read(self, value: Any) -> Any:
        """Turn words into a number where they are words; anything else is left for validation."""
        if not isinstance(value, str) or (self.unit in ("text", "path", "mind") and not self.choices):
            return value
        word = value.strip().lower()
        if word in self.words:
            return self.words[word]
        if self.choices and self.unit not in ("shares", "names"):
            return self._choose(word)
        if self.unit == "flag":
            return _read_flag(word)
        if self.unit == "quota":
            return units.read_quota(word)
        if self.unit == "count":
            return _whole(units.number(value))
        if self.unit in ("names", "shares", "profile", "settings"):
            raise ValueError(self.allowed())
        return units.read(value, self.unit)

    def _choose(self, word: str) -> str:
        if word not in self.choices:
            raise ValueError(self.allowed())
        return word

    def say(self, value: Any) -> str:
        """The value in words, as it would stand in a file."""
        for word, number in self.words.items():
            if value == number:
                return word
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Mapping):
            inner = ", ".join(f"{k}: {units.say(v, 'share') if self.unit == 'shares' else v}" for k, v in value.items())
            return "{" + inner + "}"
        if isinstance(value, int | float):
            return units.say(float(value), "number" if self.unit == "count" else self.unit)
        if isinstance(value, list | tuple):
            return "[" + ", ".join(map(str, value)) + "]"
        return str(value)


def _as_number(known: Param, value: Any) -> int | float | None:
    """What a kernel reads of a value: always of the same kind for the same parameter; None for what is no number at all."""
    if known.unit == "flag" or known.unit == "count":
        return int(value)
    if known.unit in ("text", "path", "names", "shares", "profile", "mind", "settings", "quota"):
        return None
    if known.choices:
        return known.choices.index(value) if value in known.choices else -1
    return float(value) if isinstance(value, int | float) else math.nan


def _read_flag(word: str) -> bool:
    if word in ("yes", "true", "on"):
        return True
    if word in ("no", "false", "off"):
        return False
    raise ValueError("yes or no")


def _whole(value: float) -> int:
    if value != math.floor(value) or abs(value) > 2**53:
        raise ValueError("a whole number")
    return int(value)


def param(
    default: Any, unit: str, meaning: str, *, source: str, grade: str, low: float | None = None, high: float | None = None,
    choices: Sequence[str] = (), words: Mapping[str, float | str] | None = None, moves: str = "",
    given: Mapping[str, str] | None = None, fixed: str = "", span: tuple[float, float] | None = None,
) -> Any:
    """Declare one parameter in one line.

    `unit` is one of `core.units`, or `count`, `flag`, `text`, `path`, `mind`, `names`, `shares`, `profile`, `settings`,
    or any other word (a plain number). `choices` are the words allowed; for `shares` and `names`, the names allowed inside.
    `source` is a key of `docs/sources.md` or "assumed"; `grade` is A measured, B indirect, C judgement; `words` are special
    words and what they stand for. `moves` names an output and the sign with which it follows the parameter (`"cold_share +"`,
    `"revenue ?"` where the sign depends); `given` are the settings under which the contract test perturbs it.
    `fixed` says why it cannot change in the course of a run; most can. A field's trailing underscore is not part of its key (`at_`
    is written `at`). `span` is the range that the evidence leaves open, in the unit: what `smsim sensitivity` varies unless told; far
    narrower than the bounds, beyond which nothing is defined. Raises ValueError for an unknown grade, or a span beyond the bounds.
    """
    if grade not in GRADES:
        raise ValueError(f"grade {grade!r} is not one of {GRADES}")
    if span is not None and not (-math.inf if low is None else low) <= span[0] < span[1] <= (math.inf if high is None else high):
        raise ValueError(f"the span {span} is no range within the bounds")
    known = Param(unit, meaning, source, grade, low, high, tuple(choices), dict(words or {}), moves, dict(given or {}), fixed, span)
    extra: dict[str, Any] = {"param": known}
    if callable(default):
        return pydantic.Field(default_factory=default, json_schema_extra=extra)
    return pydantic.Field(default=default, json_schema_extra=extra)


class Section(pydantic.BaseModel):
    """One part of a scenario: parameters with units, bounds and sources. Unknown keys are errors; values cannot change."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True)
    at: ClassVar[str] = ""
    each: ClassVar[bool] = False
    #: For `each` sections: the entries that exist without being written, name → values.
    entries: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    #: Parameters that are weights of one whole: whoever writes one writes them all (the others are 0), and they add up to
    #: 100%, or all are 0.
    weights: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, at: str = "", each: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.at, cls.each = at, each

    @classmethod
    def params(cls) -> dict[str, Param]:
        """Name → what is known of the parameter, in the order of declaration."""
        found = {}
        for name, field in cls.model_fields.items():
            extra = field.json_schema_extra
            if isinstance(extra, dict) and isinstance(extra.get("param"), Param):
                found[name] = extra["param"]
        return found  # type: ignore[return-value]

    @classmethod
    def default(cls, name: str) -> Any:
        """The value a parameter has when nobody says anything."""
        return cls.model_fields[name].get_default(call_default_factory=True)

    @pydantic.field_validator("*", mode="before")
    @classmethod
    def _read_words(cls, value: Any, info: pydantic.ValidationInfo) -> Any:
        known = cls.params().get(info.field_name or "")
        return known.read(value) if known else value

    @pydantic.field_validator("*", mode="after")
    @classmethod
    def _within_bounds(cls, value: Any, info: pydantic.ValidationInfo) -> Any:
        known = cls.params().get(info.field_name or "")
        if known is None or isinstance(value, bool) or not isinstance(value, int | float):
            return value
        if value in known.words.values():
            return value
        too_low = known.low is not None and not value >= known.low
        if too_low or (known.high is not None and not value <= known.high) or math.isnan(value):
            raise ValueError(known.allowed())
        return value

    def row(self) -> NDArray[Any]:
        """The numbers of this section as one record a kernel can read: choices as their index, flags as 0 or 1.

        Returns an array of shape (1,) whose fields are the parameters that are numbers, flags or choices.
        """
        numbers = {name: _as_number(known, getattr(self, name)) for name, known in self.params().items()}
        numbers = {name: value for name, value in numbers.items() if value is not None}
        out = np.zeros(1, dtype=[(name, "i8" if isinstance(value, int) else "f8") for name, value in numbers.items()])
        out[0] = tuple(numbers.values())
        return rows(out)

    def but(self, **changes: Any) -> Self:
        """The same section with some values changed, validated again."""
        return type(self)(**{**self.model_dump(), **changes})
