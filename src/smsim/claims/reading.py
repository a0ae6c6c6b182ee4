"""A file of claims becomes claims; everything wrong with it is told with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from smsim.claims.claim import (
    BASE,
    BOTH,
    EXPECTED,
    FIRM,
    FIRST,
    INTERACTION,
    INTERIOR,
    LEVEL,
    PAIR,
    RISES,
    SECOND,
    STAYS,
    WITH,
    WITHOUT,
    Ask,
    Claim,
    Settings,
)
from smsim.core import units
from smsim.core.registry import registry
from smsim.errors import Problem, ScenarioError
from smsim.experiment.columns import KPIS
from smsim.scenario.nodes import Entries, Items, Leaf, Node, nearest, said
from smsim.scenario.reading import read_file
from smsim.scenario.scenario import in_order

HEAD = ("article", "claims")
KEYS = ("claim", "mechanisms", "kpi", "expected", "base", "without", "with", "first", "second", "both", "vary", "grid", "level",
        "rests_on", "band", "note", "untestable", "waits_for")
_ID = re.compile(r"[0-9]{3}\.[1-9][0-9]?")
#: Which of these keys a claim has says how it is asked.
_KINDS = {WITH: PAIR, FIRST: INTERACTION, "vary": INTERIOR, "grid": INTERIOR, "level": LEVEL}
#: Fewer values than this have no inside, or say nothing of a range.
_FEWEST = 3


def read_claims(path: Path) -> list[Claim]:
    """Read one file of claims. Raises ScenarioError with all that is wrong."""
    node, problems = read_file(path.read_bytes(), path.name, path.parent)
    reader = _Reader(node, problems)
    claims = list(reader.claims())
    if problems:
        raise ScenarioError(in_order(problems))
    return claims


class _Reader:
    """Reads one file; everything wrong with it is in `problems`."""

    def __init__(self, node: Entries, problems: list[Problem]) -> None:
        self.node, self.problems = node, problems
        self.article = self._text(node, "article")

    def claims(self) -> Iterator[Claim]:
        """Every claim of the file that can be read."""
        self._require_known(self.node, HEAD)
        inside = self.node.entries.get("claims")
        if not isinstance(inside, Entries):
            self.problems.append(Problem("a file of claims has `claims:`, and below it one entry for each", self.node.mark))
            return
        for id_, node in inside.entries.items():
            if not _ID.fullmatch(id_):
                self.problems.append(Problem("this is no id of a claim", inside.key_mark(id_), id_[:80], "such as 002.13"))
            elif not isinstance(node, Entries):
                self._wrong("a claim is a map", node, ", ".join(KEYS))
            else:
                yield self._claim(id_, node)

    def _claim(self, id_: str, node: Entries) -> Claim:
        self._require_known(node, KEYS)
        waits = self._words(node.entries.get("waits_for"))
        reason = self._text(node, "untestable") if "untestable" in node.entries else ""
        if waits:
            reason = f"waits for {', '.join(waits)}"
        ask = None if reason else self._ask(node)
        return Claim(id_, self.article, self._text(node, "claim"), self._words(node.entries.get("mechanisms")), self._text(node, "kpi"),
                     self._text(node, "expected"), ask, reason, waits, self._text(node, "note", needed=False), _plain(node))

    def _ask(self, node: Entries) -> Ask | None:
        """How the model is asked; with nothing, or with two ways at once, it is not."""
        asked = [key for key in _KINDS if key in node.entries]
        if len(asked) != 1:
            self.problems.append(Problem("a claim is asked in one way", node.mark, ", ".join(asked) or "none",
                                         "one of `with`, `first` and `second`, `vary`, `grid`, `level`; or `untestable`, or `waits_for`"))
            return None
        kind = _KINDS[asked[0]]
        figure, expected = self._figure(node), self._expected(node, kind)
        base = node.entries.get("base")
        base = base if isinstance(base, Leaf) else Leaf(BASE, node.mark)
        edge = self._number(node, "level") if kind == LEVEL else 0.0
        band = self._number(node, "band") if "band" in node.entries else None
        return Ask(kind, figure, expected, base, self._settings(node, WITHOUT), self._arms(node, kind), self._rests_on(node), edge, band)

    def _arms(self, node: Entries, kind: str) -> dict[str, Settings]:
        """What makes each firm, on top of what holds in all of them (`without`)."""
        if kind == INTERIOR:
            return self._values(node)
        if kind == LEVEL:
            return {FIRM: ()}
        if kind == PAIR:
            return {WITHOUT: (), WITH: self._settings(node, WITH)}
        first, second = self._settings(node, FIRST), self._settings(node, SECOND)
        return {WITHOUT: (), FIRST: first, SECOND: second, BOTH: first + second + self._settings(node, BOTH)}

    def _values(self, node: Entries) -> dict[str, Settings]:
        """One firm for each value of the setting that is varied, or for each entry of a grid."""
        if "grid" in node.entries:
            grid = node.entries["grid"]
            cells = grid.entries if isinstance(grid, Entries) else {}
            found = {name: tuple(cell.entries.items()) for name, cell in cells.items() if isinstance(cell, Entries)}
        else:
            settings = self._settings(node, "vary")
            found = {said(value): ((key, value),) for key, values in settings[:1] if isinstance(values, Items) for value in values.items}
        if len(found) < _FEWEST:
            self._wrong("an inside needs two ends", node, f"at least {_FEWEST} values: `vary: {{KEY: [A, B, C]}}`, or `grid:` and maps")
        return found

    def _settings(self, node: Entries, key: str) -> Settings:
        found = node.entries.get(key)
        if found is not None and not isinstance(found, Entries):
            self._wrong(f"`{key}` is a map", found, "settings and their values")
        return tuple(found.entries.items()) if isinstance(found, Entries) else ()

    def _rests_on(self, node: Entries) -> dict[str, tuple[Node, ...]]:
        found = {}
        for key, values in self._settings(node, "rests_on"):
            if isinstance(values, Items) and values.items:
                found[key] = values.items
            else:
                self._wrong("a setting a claim rests on is asked over values", values, "a list, such as `[0.35, 1]`")
        return found

    def _figure(self, node: Entries) -> str:
        text, known = self._text(node, "kpi"), [*KPIS, *registry().kpis]
        for part in text.split("/"):
            if part.strip() not in known:
                self._wrong("there is no such key figure", node.entries.get("kpi", node), f"one of {', '.join(known)}; or one / another",
                            nearest(part, known))
        return text

    def _expected(self, node: Entries, kind: str) -> str:
        allowed = (RISES,) if kind == INTERIOR else EXPECTED[:2] if kind == LEVEL else EXPECTED
        text = self._text(node, "expected")
        if text not in allowed:
            self._wrong("this cannot be expected", node.entries.get("expected", node), " or ".join(f'"{one}"' for one in allowed),
                        f'`"{STAYS}"`' if text.startswith("~") else "")
        return text

    def _number(self, node: Entries, key: str) -> float:
        leaf = node.entries[key]
        try:
            return units.number(leaf.text if isinstance(leaf, Leaf) else "")
        except ValueError:
            self._wrong(f"`{key}` is a number", leaf, "such as 0.5")
            return 0.0

    def _text(self, node: Entries, key: str, *, needed: bool = True) -> str:
        leaf = node.entries.get(key)
        if isinstance(leaf, Leaf) and leaf.text.strip():
            return " ".join(leaf.text.split())
        if leaf is not None or needed:
            self.problems.append(Problem(f"`{key}` is a text", leaf.mark if leaf else node.mark, said(leaf) if leaf else ""))
        return ""

    def _words(self, node: Node | None) -> tuple[str, ...]:
        items = node.items if isinstance(node, Items) else [node] if node is not None else []
        return tuple(said(item) for item in items)

    def _wrong(self, what: str, node: Node, allowed: str, meant: str = "") -> None:
        self.problems.append(Problem(what, node.mark, said(node), allowed, meant))

    def _require_known(self, node: Entries, keys: tuple[str, ...]) -> None:
        for key in node.entries:
            if key not in keys:
                self.problems.append(Problem(f"there is no key `{key[:80]}` here", node.key_mark(key), key[:80], ", ".join(keys),
                                             nearest(key, keys)))


def _plain(node: Node) -> str:
    """What stands at a node, whole, whatever line it stands in."""
    if isinstance(node, Leaf):
        return repr(" ".join(node.text.split()))
    if isinstance(node, Items):
        return f"[{', '.join(map(_plain, node.items))}]"
    return f"{{{', '.join(f'{key}: {_plain(inner)}' for key, inner in node.entries.items())}}}"
