"""The verdicts that come with smsim: those of the last study that was kept (`make claims`), and which command made them."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smsim.claims.claim import CENTRE, Claim, Point
from smsim.claims.judging import NOT_TESTABLE, Effect, Verdict

FILE = Path(__file__).with_name("verdicts.json")


@functools.cache
def stored(path: Path = FILE) -> Mapping[str, Any]:
    """What the file holds: `command`, `version`, `claims` by id; nothing where there is no file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"command": "", "version": "", "claims": {}}


def last_word(claim: Claim) -> str | None:
    """The kept verdict of a claim; none where it was never asked, or was asked when it read otherwise."""
    if claim.ask is None:
        return NOT_TESTABLE
    kept = stored()["claims"].get(claim.id)
    return str(kept["verdict"]) if kept and kept["digest"] == claim.digest else None


def as_stored(verdicts: Sequence[Verdict], about: Mapping[str, Any]) -> str:
    """The text of the file."""
    kept = {one.claim.id: of_verdict(one) | {"digest": one.claim.digest} for one in verdicts if one.claim.ask is not None}
    return json.dumps({**about, "claims": kept}, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def of_verdict(found: Verdict) -> dict[str, Any]:
    """A verdict and everything it was worked out from, as plain values."""
    ask = found.claim.ask
    return {
        "verdict": found.word, "why": found.why, "grade": found.grade, "test": ask.kind if ask else "",
        "effects": [of_effect(point, effect) for point, effect in found.effects.items()],
        "turns": [vars(turn) for turn in found.turns],
    }


def of_effect(point: Point, effect: Effect) -> dict[str, Any]:
    """An effect at a point; what is no number is null."""
    numbers = {name: _number(getattr(effect, name)) for name in ("value", "low", "high", "baseline", "band", "needed")}
    return {"key": point.key, "at": point.words, "n": effect.n, **numbers, "chosen": effect.chosen}


def _number(value: float) -> float | None:
    return float(f"{value:.6g}") if value == value and abs(value) != float("inf") else None


def kept_effects(claim: Claim) -> dict[Point, Effect]:
    """The effects the kept verdict of a claim was worked out from."""
    found: dict[Point, Effect] = {}
    for row in stored()["claims"].get(claim.id, {}).get("effects", ()):
        numbers = {name: float("nan") if row[name] is None else row[name]
                   for name in ("value", "low", "high", "baseline", "band", "needed")}
        found[Point(row["key"], row["at"]) if row["key"] else CENTRE] = Effect(n=row["n"], chosen=row["chosen"], **numbers)
    return found
