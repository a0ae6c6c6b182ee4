"""Tables are rows of one structured array; their fields are declared one line each.

    class Customers(Table, name="customers"):
        goodwill = field("f8", 0.0, "exposures", "What past messages still weigh with this customer")

`customers["goodwill"]` is a column for NumPy, `customers.rows` is what kernels take, `customers[3]` is a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from smsim.core.kernel import rows as as_rows


@dataclass(frozen=True)
class Field:
    """One column: its type, the value a new row has, its unit and its meaning."""

    dtype: Any
    default: Any
    unit: str
    meaning: str
    shape: tuple[int, ...] = ()


def field(dtype: Any, default: Any, unit: str, meaning: str, shape: tuple[int, ...] = ()) -> Any:
    """Declare a column in one line."""
    return Field(dtype, default, unit, meaning, shape)


class Table:
    """Rows of a fixed kind. The array may be replaced by a longer one between days (`grow`), never in the middle of one."""

    name: ClassVar[str] = ""
    fields: ClassVar[dict[str, Field]] = {}

    def __init_subclass__(cls, name: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = name
        own = {key: value for key, value in vars(cls).items() if isinstance(value, Field)}
        cls.fields = {**cls.fields, **own}

    def __init__(self, size: int) -> None:
        self._array = self._fresh(size)
        self.after_growing: Callable[[], None] | None = None

    @classmethod
    def dtype(cls) -> np.dtype[Any]:
        """The record type of a row, aligned for compiled code."""
        return np.dtype([(name, f.dtype, f.shape) if f.shape else (name, f.dtype) for name, f in cls.fields.items()], align=True)

    @classmethod
    def _fresh(cls, size: int) -> NDArray[Any]:
        row = np.zeros(1, dtype=cls.dtype())
        for name, known in cls.fields.items():
            row[name] = known.default
        return np.repeat(row, size)

    @property
    def rows(self) -> NDArray[Any]:
        """The rows as a kernel takes them."""
        return as_rows(self._array)

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, key: Any) -> Any:
        return self._array[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._array[key] = value

    def mean(self, column: str) -> float:
        """The mean of a column of numbers; NaN where there are no rows. NumPy's own takes far longer to begin than to add up a few."""
        values = self._array[column]
        return float(np.add.reduce(values)) / len(values) if len(values) else float("nan")

    def grow(self, size: int) -> None:
        """Make room for at least `size` rows; what is there stays where it is."""
        if size > len(self._array):
            old = self._array
            self._array = self._fresh(size)
            self._array[: len(old)] = old
            if self.after_growing is not None:
                self.after_growing()

    def __contains__(self, column: str) -> bool:
        return column in self.fields
