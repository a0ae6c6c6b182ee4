"""What a study is played for when the number of its replications is not told: a precision, or the best of its scenarios."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from smsim.core import units
from smsim.errors import InputError, Problem
from smsim.scenario.nodes import nearest

#: The profit to decide on: what a precision is about that names no key figure.
HEADLINE = "contribution"
#: Worlds before the first look at a precision, look-ahead not counted; and before the first scenario may be dropped.
FEWEST, FIRST = 10, 20
#: Replications in all, unless told.
MOST_RUNS = 10_000
_SHARE = "a share above 0% and below 100%, such as `1%` or `0.01`; for other figures than contribution `revenue=1%,leads=2%`"


@dataclass(frozen=True)
class Limits:
    """Where a study stops whatever it has reached: replications of all scenarios together, and minutes of one command."""

    runs: int = MOST_RUNS
    minutes: float = math.inf


@dataclass(frozen=True)
class Precision:
    """Half-widths of 95% intervals, by key figure, as shares of the baseline's mean; not `paired`, of each scenario's own mean.

    `fewest` worlds are played before the first look.
    """

    wanted: Mapping[str, float]
    paired: bool = True
    fewest: int | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def kpis(self) -> tuple[str, ...]:
        """The key figures it is about."""
        return tuple(self.wanted)

    def about(self) -> dict[str, Any]:
        """What provenance says was asked for."""
        return {"precision": dict(self.wanted), "most_runs": self.limits.runs, "most_minutes": self.limits.minutes}


@dataclass(frozen=True)
class Best:
    """The scenario with the best mean of a key figure, found with a probability; leads within the band (a share) do not matter."""

    kpi: str = HEADLINE
    probability: float = 0.95
    band: float = 0.01
    fewest: int | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def kpis(self) -> tuple[str, ...]:
        """The key figure it is about."""
        return (self.kpi,)

    def about(self) -> dict[str, Any]:
        """What provenance says was asked for."""
        return {"best": self.kpi, "probability": self.probability, "band": self.band, "most_runs": self.limits.runs,
                "most_minutes": self.limits.minutes}


Aim = Precision | Best


def read_precision(told: str | float | Mapping[str, Any]) -> dict[str, float]:
    """`1%`, 0.01, `revenue=1%,leads=2%` or a map as a share by key figure. Raises InputError."""
    if isinstance(told, Mapping):
        parts = [(str(kpi), str(share)) for kpi, share in told.items()]
    else:
        cut = [part.partition("=") for part in str(told).split(",")]
        parts = [(kpi.strip(), share) if equals else (HEADLINE, kpi) for kpi, equals, share in cut]
    twice = [kpi for kpi, _ in parts if [other for other, _ in parts].count(kpi) > 1]
    if twice:
        raise InputError(Problem(f"--precision names {twice[0]} twice", read=str(told)[:80], allowed="each key figure once"))
    return {kpi: _share("--precision", share, _SHARE, 0.9999) for kpi, share in parts}


def read_probability(told: str | float) -> float:
    """`95%` or 0.95. Raises InputError."""
    share = _share("--probability", str(told), "a share from 50% to 99.99%", 0.9999)
    if share < 0.5:
        raise InputError(Problem("--probability is too small", read=str(told)[:80], allowed="a share from 50% to 99.99%"))
    return share


def _share(option: str, text: str, allowed: str, most: float) -> float:
    try:
        share = units.read(text if text.isascii() else "", "share")
    except ValueError as error:
        raise InputError(Problem(f"{option} is no share", read=text[:80], allowed=allowed)) from error
    if not 0 < share <= most:
        meant = f"`{text.strip()}%`" if 1 <= share <= 100 and "%" not in text else ""
        raise InputError(Problem(f"{option} is out of range", read=text[:80], allowed=allowed, meant=meant))
    return share


def read_count(option: str, told: str | int) -> int:
    """A whole number of runs. Raises InputError."""
    text = str(told).replace(",", "").strip()
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text) > 1):
        raise InputError(Problem(f"{option} is no number of runs", read=str(told)[:80], allowed="a whole number from 2, such as `2000`"))
    return int(text)


def read_minutes(option: str, told: str | float) -> float:
    """Minutes, above nought. Raises InputError."""
    try:
        minutes = units.number(str(told))
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < math.inf:
        allowed = "a number above 0, such as `20` or `0.5`"
        raise InputError(Problem(f"{option} is no number of minutes", read=str(told)[:80], allowed=allowed))
    return minutes


def require_known(aim: Aim, known: Iterable[str]) -> None:
    """Raise InputError for a key figure that nobody measures."""
    names = list(known)
    for kpi in aim.kpis:
        if kpi not in names:
            raise InputError(Problem(f"there is no key figure `{kpi[:80]}`", allowed=", ".join(names), meant=nearest(kpi, names)))


def aim_of(told: Mapping[str, Any], *, paired: bool, band: float) -> Aim | None:
    """What a study is played for, from options as people give them; None where it is so many replications. Raises InputError."""
    given = {name: value for name, value in told.items() if value is not None}
    if "precision" in given and "best" in given:
        raise InputError(Problem("a study is played for a precision or for the best", read="--precision and --best", allowed="one of them"))
    loose: list[str] = [name for name in ("most_runs", "most_minutes") if name in given and not {"precision", "best"} & given.keys()]
    loose += ["probability"] if "probability" in given and "best" not in given else []
    if loose:
        needs = "--best" if loose == ["probability"] else "--precision or --best"
        raise InputError(Problem(f"--{loose[0].replace('_', '-')} is of no use alone", allowed=f"together with {needs}"))
    limits = Limits(read_count("--most-runs", given.get("most_runs", MOST_RUNS)),
                    read_minutes("--most-minutes", given["most_minutes"]) if "most_minutes" in given else math.inf)
    fewest = int(given["replications"]) if "replications" in given else None
    if "precision" in given:
        return Precision(read_precision(given["precision"]), paired, fewest, limits)
    return _best(given, band, fewest, limits) if "best" in given else None


def _best(given: Mapping[str, Any], band: float, fewest: int | None, limits: Limits) -> Best:
    if not band > 0:
        raise InputError(Problem("--best needs a difference that matters", read=f"--band {band:.0%}", allowed="a `--band` above 0%"))
    return Best(str(given["best"]), read_probability(given.get("probability", 0.95)), band, fewest, limits)
