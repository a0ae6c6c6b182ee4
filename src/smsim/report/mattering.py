"""What matters: for each setting that a Morris or Sobol design varied, how much a figure hangs on it, and whether the decision turns on it.

The figure is that of one firm, or what the second firm has over the first in the same world. Beside the indices of the design
(`experiment/indices.py`) stands what each setting does alone: the figure with that setting at its low and its high end and all others
as they stand, and what becomes of the decision (`report/turning.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from smsim.experiment.designs import AS_IT_STANDS, HIGH, LOW
from smsim.experiment.indices import Parts, indices, parts
from smsim.report.answers import Answers, answers, called
from smsim.report.findings import Findings
from smsim.report.statistics import mean_interval
from smsim.report.turning import HANGS, TURNS, WON, Worlds, crossing, decided, decision, in_words
from smsim.report.wording import amount, label, listed, sentence, signed_amount

#: The index that orders the settings, by design, and how it is called.
LEADING = {"morris": ("mu_star", "μ*"), "sobol": ("total", "total index")}


class Mattering(Answers):
    """The question what matters, and what came out, setting by setting."""

    @property
    def design(self) -> str:
        """Morris or Sobol."""
        return str(self.asked["design"])

    @property
    def is_pair(self) -> bool:
        """Whether it is asked about what one firm has over another."""
        return len(self.asked["firms"]) == 2

    @property
    def whose(self) -> str:
        """The firm, or the two."""
        return " against ".join(reversed(self.asked["firms"]))

    @property
    def against(self) -> str:
        """What everything is compared with, in words."""
        return str(self.asked["firms"][0])

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {}

    def table(self, kpi: str) -> pd.DataFrame:
        """A row per setting, the one that matters most first; nothing where no world was played at all points."""
        if kpi not in self._tables:
            made = pd.DataFrame([self._alone(kpi, key) for key in self.factors]) if self._count(kpi) else pd.DataFrame()
            self._tables[kpi] = self._with_indices(kpi, made) if len(made) else made
        return self._tables[kpi]

    def everything(self) -> pd.DataFrame:
        """The table of all key figures measured."""
        found = [table for kpi in self.measure if len(table := self.table(kpi))]
        return pd.concat(found, ignore_index=True) if found else pd.DataFrame()

    def parts(self, kpi: str) -> Parts:
        """Where the differences between runs come from: settings, luck, both."""
        return parts(self._points(kpi)[1])

    def _with_indices(self, kpi: str, made: pd.DataFrame) -> pd.DataFrame:
        shares, values = self._points(kpi)
        found = indices(self.design, shares, values, self._seed)
        for name, column in found.items():
            made[name] = column
        leading = LEADING[self.design][0]
        known = made["noise"].notna()
        told = (made[f"{leading}_low"] > 0) & ((made[leading] > made["noise"]) | (self.design == "sobol"))
        made["told"] = np.where(known, np.where(told, "yes", "no"), "not known")
        shared = self.parts(kpi)
        for name, value in vars(shared).items():
            made[f"{name}_share"] = value
        return made.sort_values(leading, ascending=False, kind="stable", ignore_index=True)

    @property
    def _seed(self) -> int:
        seeds = self.findings.provenance.get("seed")
        return int(next(iter(seeds.values()))) if isinstance(seeds, dict) and seeds else 1

    def _values(self, kpi: str, rows: Sequence[dict[str, Any]]) -> Worlds:
        """The figure, or the difference, of firms (rows) in the worlds that were played at every point (columns)."""
        worlds = self._complete(kpi)
        own = worlds[[row["scenario"] for row in rows]].to_numpy(float).T
        return own - worlds[[row["against"] for row in rows]].to_numpy(float).T if self.is_pair else own

    def _complete(self, kpi: str) -> pd.DataFrame:
        names = [row["scenario"] for row in self.asked["points"]]
        return self.worlds(kpi).reindex(columns=names).dropna()

    def _count(self, kpi: str) -> int:
        return len(self._complete(kpi))

    @cached_property
    def _places(self) -> list[dict[str, Any]]:
        """The points of the firm asked about, or of the second of two."""
        return [row for row in self.asked["points"] if (row["scenario"] != row["against"]) == self.is_pair]

    def _points(self, kpi: str) -> tuple[Worlds, Worlds]:
        rows = [row for row in self._places if row["is_point"]]
        return np.array([row["shares"] for row in rows]), self._values(kpi, rows)

    def _place(self, place: str) -> dict[str, Any]:
        return next(row for row in self._places if row["place"] == place)

    def _alone(self, kpi: str, key: str) -> dict[str, Any]:
        """What a setting does alone: the figure at its two ends and as the firms stand, its swing, and what becomes of the decision."""
        about = self.asked["factors"][key]
        rows = [self._place(place) for place in (f"{LOW} {key}", AS_IT_STANDS, f"{HIGH} {key}")]
        values = self._values(kpi, rows)
        found: dict[str, Any] = {"kpi": kpi, "setting": key, "grade": about["grade"], "unit": about["unit"]}
        signs = []
        for name, row, worlds in zip(("low", "own", "high"), rows, values, strict=True):
            told = row["values"][key]
            mean, low, high = mean_interval(pd.Series(worlds))
            found |= {name: _number(told), f"{name}_words": told["words"]}
            found |= {f"at_{name}": mean, f"at_{name}_low": low, f"at_{name}_high": high}
            signs.append(1 if low > 0 else -1 if high < 0 else 0)
        swing = mean_interval(pd.Series(values[2] - values[0]))
        found |= dict(zip(("swing", "swing_low", "swing_high"), swing, strict=True))
        found["decision"] = decision(signs) if self.is_pair else ""
        at = [found[name] for name in ("low", "own", "high")]
        ends = crossing(at, values, self._seed) if found["decision"] in (TURNS, HANGS) else None
        return found | dict(zip(("turns_at", "turns_low", "turns_high"), ends or (math.nan,) * 3, strict=True))

    def agreement(self, kpi: str) -> tuple[float, float, float]:
        """The shares of the design's points at which the difference is decided above zero, below it, and not."""
        values = self._points(kpi)[1]
        ends = np.array([mean_interval(pd.Series(worlds))[1:] for worlds in values])
        above, below = float((ends[:, 0] > 0).mean()), float((ends[:, 1] < 0).mean())
        return above, below, 1 - above - below

    def said(self, kpi: str, value: float) -> str:
        """An amount of the figure; of a difference, with its sign."""
        unit, currency = self.findings.kpi(kpi).unit, self.findings.currency
        return signed_amount(value, unit, currency) if self.is_pair else amount(value, unit, currency)

    def size(self, kpi: str, value: float) -> str:
        """An index in words: a Morris effect in the figure's unit, a Sobol index as a share."""
        if self.design == "sobol":
            return "–" if math.isnan(value) else f"{value:.2f}".replace("-", "−")
        unit, currency = self.findings.kpi(kpi).unit, self.findings.currency
        return signed_amount(value, unit, currency).removeprefix("+") if unit == "share" else amount(value, unit, currency)

    def sentence(self, kpi: str) -> str:
        """Which settings matter most, and how many cannot be told from luck."""
        table, told = self.table(kpi), f"{sentence(label(kpi))} of {self.whose}"
        if table.empty:
            return f"{told}: no world was played at all points."
        name, word = LEADING[self.design]
        sure = table[table["told"] != "no"].head(3)
        first = listed([f"{called(row['setting'])} ({word} {self.size(kpi, row[name])})" for _, row in sure.iterrows()])
        lost = int((table["told"] == "no").sum())
        unsaid = f" {lost} of {len(table)} settings cannot." if lost else ""
        if not first:
            return f"{told}: no setting can be told from luck."
        return f"{told}: {first} {'can be told from luck' if lost else 'matters most' if len(sure) == 1 else 'matter most'}.{unsaid}"

    def ends(self, kpi: str) -> str:
        """What the firms come to as they stand, and over all points; how much of what is seen is noise."""
        table = self.table(kpi)
        if table.empty:
            return ""
        own = table.iloc[0]
        low, high = self.said(kpi, own["at_own_low"]), self.said(kpi, own["at_own_high"])
        parted = f" (95% interval {low} to {high})" if not math.isnan(own["at_own_low"]) else ""
        told = f"As {'they stand' if self.is_pair else 'it stands'}: {self.said(kpi, own['at_own'])}{parted}."
        if self.is_pair:
            above, below, rest = self.agreement(kpi)
            told += f" Over all points above zero in {above:.0%}, below in {below:.0%}, not decided in {rest:.0%}."
        return f"{told} {self.of_noise(kpi)}"

    def of_noise(self, kpi: str) -> str:
        """How much of what is seen is due to settings and how much to luck."""
        shared = self.parts(kpi)
        if math.isnan(shared.both):
            return "With a single world the noise of the simulation cannot be told from the effect of settings."
        return (f"Of the variance of single runs {shared.inputs:.0%} is due to the settings, {shared.luck:.0%} to luck that is the same at "
                f"all points and cancels, {shared.both:.0%} to luck that is not. Of the variance of the points' means {shared.noise:.0%} "
                "is noise.")

    def flags(self, kpi: str) -> list[str]:
        """The settings on which the decision turns or hangs, those of judgement (grade C) named as such."""
        table = self.table(kpi)
        return [self._flag(kpi, row) for _, row in table.iterrows() if row["decision"] in (TURNS, HANGS, WON)] if len(table) else []

    def _flag(self, kpi: str, row: pd.Series[Any]) -> str:
        where = ", ".join(f"{self.said(kpi, row[f'at_{end}'])}{'' if decided(row, end) else ' (not decided)'} at {row[f'{end}_words']}"
                          for end in ("low", "high"))
        graded = "judgement, graded C" if row["grade"] == "C" else f"graded {row['grade']}"
        said = {TURNS: "The decision turns on", HANGS: "The decision hangs on", WON: "A decision is won by"}[str(row["decision"])]
        return f"{said} {row['setting']} ({graded}): {where}.{self._turning(row)}"

    def _turning(self, row: pd.Series[Any]) -> str:
        if math.isnan(row["turns_at"]):
            return ""
        at, low, high = (in_words(row[name], row["unit"]) for name in ("turns_at", "turns_low", "turns_high"))
        return f" The mean is zero at about {at} ({low} to {high})."

    def says(self, kpi: str) -> list[tuple[str, str]]:
        """Everything that is said of a figure: pairs of a sentence and what it rests on."""
        return [(self.sentence(kpi), self.ends(kpi)), *((flag, "") for flag in self.flags(kpi))]


def as_they_stand(findings: Findings) -> Findings:
    """Of a folder that asks what matters only the firms as they stand, as if nobody had asked; any other as it is."""
    asked = answers(findings)
    if not isinstance(asked, Mattering):
        return findings
    names = [name for name in asked.asked["firms"] if name in findings.scenarios]
    own = {name: table[table["scenario"].isin(names)] for name in ("runs", "days", "curves", "differences")
           if "scenario" in (table := getattr(findings, name))}
    told = {name: value for name, value in findings.provenance.items() if name != "experiment"}
    return replace(findings, **own, provenance=told) if names else findings


def _number(told: dict[str, Any]) -> float:
    number = told["number"]
    return math.nan if number is None else math.inf if number == "never" else float(number)
