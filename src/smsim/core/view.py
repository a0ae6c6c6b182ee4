"""A row looked at as an object: attributes are columns. [mesa]"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

import mesa
import numpy as np
from mesa.agentset import AbstractAgentSet, GroupBy

from smsim.core.table import Table


class RowView:
    """One row of one table: `view.trust` reads a column, `view.trust = .5` writes it. Raises AttributeError for no such column."""

    __slots__ = ("_array", "_index", "_known", "_table")

    def __init__(self, table: Table, index: int) -> None:
        for name, value in (("_table", table), ("_index", index), ("_array", None), ("_known", None)):
            object.__setattr__(self, name, value)

    def _row(self) -> Any:
        """The row where it lies now: a table that has grown lies elsewhere."""
        array = self._table.rows
        if array is not self._array:
            object.__setattr__(self, "_array", array)
            object.__setattr__(self, "_known", array[self._index])
        return self._known

    def __getattr__(self, name: str) -> Any:
        try:
            value = self._row()[name]
        except ValueError:
            raise AttributeError(f"{self._table.name} have no column {name!r}; they have {', '.join(self._table.fields)}") from None
        return value.item() if value.ndim == 0 else value

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self._table.fields:
            raise AttributeError(f"{self._table.name} have no column {name!r}")
        self._row()[name] = value

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._table, self._index)


class RowAgent(mesa.Agent[Any]):
    """A Mesa agent that is a view on a row of some tables: never registered, made when looked at, equal when the row is equal."""

    tables: tuple[Table, ...]

    def __init__(self, model: Any, tables: tuple[Table, ...], index: int) -> None:
        self.__dict__.update(model=model, unique_id=index, pos=None, tables=tables)

    def __getattr__(self, name: str) -> Any:
        for table in self.__dict__.get("tables", ()):
            if name in table.fields:
                value = table[name][self.__dict__["unique_id"]]
                return value.item() if value.ndim == 0 else value
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> None:
        for table in self.tables:
            if name in table.fields:
                table[name][self.unique_id] = value
                return
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowAgent) and self.tables is other.tables and self.unique_id == other.unique_id

    def __hash__(self) -> int:
        return hash((id(self.tables), self.unique_id))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.unique_id})"

    def remove(self) -> NoReturn:
        """Rows are not removed; raises TypeError."""
        raise TypeError("a customer is a row of the market and cannot be removed")


class RowSet(AbstractAgentSet[Any]):
    """A Mesa agent set answered from columns: no agent is made before somebody looks at one."""

    def __init__(self, agents: Iterable[Any], random: Any = None, *, model: Any = None, kind: type[RowAgent] = RowAgent,
                 tables: tuple[Table, ...] = ()) -> None:
        self.random, self.model, self.kind, self.tables = random, model, kind, tables
        self._rows = np.asarray(agents if isinstance(agents, np.ndarray) else [a.unique_id for a in agents], dtype=np.int64)

    def _like(self, rows: Any) -> RowSet:
        return RowSet(np.asarray(rows, dtype=np.int64), self.random, model=self.model, kind=self.kind, tables=self.tables)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return (self.kind(self.model, self.tables, int(row)) for row in self._rows)

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, RowAgent) and agent.tables is self.tables and bool((self._rows == agent.unique_id).any())

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, slice):
            return list(self._like(self._rows[item]))
        return self.kind(self.model, self.tables, int(self._rows[item]))

    def column(self, name: str) -> Any:
        """The values of one column for the members, as an array. Raises AttributeError for no such column."""
        for table in self.tables:
            if name in table.fields:
                return table[name][self._rows]
        if name == "unique_id":
            return self._rows
        raise AttributeError(f"no column {name!r}; there are {', '.join(f for t in self.tables for f in t.fields)}")

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> Any:
        """Values of one attribute for all members, or of several for each."""
        if not isinstance(attr_names, str):
            return [list(values) for values in zip(*(self.get(n, handle_missing, default_value) for n in attr_names), strict=True)]
        try:
            return self.column(attr_names).tolist()
        except AttributeError:
            if handle_missing == "default":
                return [default_value] * len(self)
            raise

    def set(self, attr_name: str, value: Any) -> Any:
        """Write one column for all members."""
        self.column(attr_name)
        for table in self.tables:
            if attr_name in table.fields:
                table[attr_name][self._rows] = value
        return self

    def to_list(self) -> list[Any]:
        """All members, as objects."""
        return list(self)

    def select(self, filter_func: Callable[[Any], bool] | None = None, at_most: float = float("inf"), inplace: bool = False,
               agent_type: type[Any] | None = None) -> RowSet:
        """Members for which the function is true, at most so many (or such a share of them)."""
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        rows = self._rows if agent_type is None or issubclass(self.kind, agent_type) else self._rows[:0]
        if filter_func is not None:
            rows = np.array([row for row in rows if filter_func(self.kind(self.model, self.tables, int(row)))], dtype=np.int64)
        return self._update_rows(rows[: int(min(at_most, len(rows)))], inplace)

    def where(self, mask: Any) -> RowSet:
        """Members for which a boolean column is true: `customers.where(customers.column("stage") == 0)`."""
        return self._like(self._rows[np.asarray(mask)])

    def groupby(self, by: Any, result_type: str = "agentset") -> GroupBy:
        """Members grouped by a column or by what a function returns."""
        keys = [by(agent) for agent in self] if callable(by) else self.column(by).tolist()
        groups: dict[Any, list[int]] = {}
        for key, row in zip(keys, self._rows, strict=True):
            groups.setdefault(key, []).append(int(row))
        sets = {key: self._like(rows) for key, rows in groups.items()}
        return GroupBy(dict(sets) if result_type == "agentset" else {key: list(members) for key, members in sets.items()})

    def shuffle(self, inplace: bool = False) -> RowSet:
        """Members in a random order (Mesa's luck, not the model's)."""
        rows = self._rows.tolist()
        self.random.shuffle(rows)
        return self._update_rows(np.array(rows, dtype=np.int64), inplace)

    def sort(self, key: Any, ascending: bool = False, inplace: bool = False) -> RowSet:
        """Members in the order of a column or a function."""
        values = np.array([key(agent) for agent in self]) if callable(key) else self.column(key)
        order = np.argsort(values, kind="stable")
        return self._update_rows(self._rows[order if ascending else order[::-1]], inplace)

    def do(self, method: Any, *args: Any, **kwargs: Any) -> RowSet:
        """Call a method or function on every member."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: Any, *args: Any, **kwargs: Any) -> RowSet:
        """The same in a random order."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """What a method or function returns for every member."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def _update_rows(self, rows: Any, inplace: bool) -> RowSet:
        if not inplace:
            return self._like(rows)
        self._rows = rows
        return self

    def _update(self, agents: Iterable[Any]) -> RowSet:
        return self._update_rows(np.array([agent.unique_id for agent in agents], dtype=np.int64), True)

    def add(self, agent: Any) -> None:
        """Rows are not added; raises TypeError."""
        raise TypeError("the market has as many customers as the scenario says")

    discard = remove = add
