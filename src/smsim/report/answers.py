"""What a question's firms came to: for each key figure asked for, a row per firm with its mean, its paired difference, its verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from smsim.compare import paired
from smsim.experiment.designs import points
from smsim.experiment.sampling import SCREENING
from smsim.report.figures import GLYPHS
from smsim.report.findings import Findings
from smsim.report.statistics import mean_interval
from smsim.report.wording import label, listed, sentence, signed_amount


@dataclass(frozen=True)
class Answers:
    """The question a results folder was made to answer, and what its firms came to."""

    findings: Findings
    asked: Mapping[str, Any]

    @property
    def factors(self) -> list[str]:
        """The keys of the settings varied."""
        return list(self.asked["factors"])

    @property
    def is_grid(self) -> bool:
        """Whether every combination was played."""
        return bool(self.asked["design"] == "grid")

    @property
    def measure(self) -> list[str]:
        """The key figures asked for of which there is a value."""
        return self.findings.columns(*self.asked["measure"])

    def words(self, key: str) -> list[str]:
        """The values of a setting in the order of the file."""
        return list(self.asked["factors"][key]["words"])

    def unit(self, key: str) -> str:
        """The unit of a setting."""
        return str(self.asked["factors"][key]["unit"])

    @property
    def against(self) -> str:
        """What everything is compared with, in words."""
        if not self.is_grid:
            return self.findings.baseline
        pinned = self.asked["baseline"] or {key: self.words(key)[0] for key in self.factors}
        same = "" if len(pinned) == len(self.factors) else ", all else equal"
        return ", ".join(f"{called(key)} {words}" for key, words in pinned.items()) + same

    @cached_property
    def firms(self) -> pd.DataFrame:
        """A row per firm that was played: `scenario against is_point`, each setting in words as `f0 f1 …` and as a number as `x0 x1 …`."""
        table = points(self.asked)
        for at, key in enumerate(self.factors):
            table[f"f{at}"] = [row["values"][key]["words"] for row in self.asked["points"]]
            table[f"x{at}"] = pd.to_numeric(table[key], errors="coerce")
        kept = [name for name in table if name not in self.factors]
        return table.loc[table["scenario"].isin(self.findings.scenarios), kept].reset_index(drop=True)

    def rows(self, kpi: str) -> pd.DataFrame:
        """The firms with `mean low high`, `gap gap_low gap_high verdict` against what each is compared with, and both in words."""
        if kpi not in self._rows:
            self._rows[kpi] = self._told(kpi)
        return self._rows[kpi]

    @cached_property
    def _rows(self) -> dict[str, pd.DataFrame]:
        return {}

    def _told(self, kpi: str) -> pd.DataFrame:
        return pd.concat([self.firms, pd.DataFrame([self._row(kpi, one, other) for one, other in self._pairs])], axis=1)

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return list(zip(self.firms["scenario"], self.firms["against"], strict=True))

    def _row(self, kpi: str, one: str, other: str) -> dict[str, Any]:
        worlds = self.worlds(kpi)
        mean, low, high = mean_interval(worlds[one])
        found: dict[str, Any] = {"mean": mean, "low": low, "high": high, "mean_words": self.findings.said(mean, kpi)}
        if one == other or other not in worlds:
            nothing = 0.0 if one == other else math.nan
            return found | {"gap": nothing, "gap_low": math.nan, "gap_high": math.nan, "verdict": "", "gap_words": "baseline"}
        return found | self._gap(kpi, worlds[one].to_numpy(float), worlds[other].to_numpy(float))

    def _gap(self, kpi: str, one: np.ndarray, other: np.ndarray) -> dict[str, Any]:
        about = self.findings.kpi(kpi)
        gap = paired(one, other, about.better, self.findings.band)
        verdict = gap.verdict or ("higher" if gap.low > 0 else "lower")
        mean, half = (signed_amount(value, about.unit, self.findings.currency) for value in (gap.difference, gap.difference - gap.low))
        words = f"{mean} {GLYPHS[verdict]}"
        return {"gap": gap.difference, "gap_low": gap.low, "gap_high": gap.high, "verdict": verdict,
                "gap_words": words if math.isnan(gap.low) else f"{words}\n± {half.removeprefix('+')}"}

    def worlds(self, kpi: str) -> pd.DataFrame:
        """A row per world, a column per firm."""
        if kpi not in self._worlds:
            self._worlds[kpi] = self.findings.runs.pivot_table(index="replication", columns="scenario", values=kpi, dropna=False)
        return self._worlds[kpi]

    @cached_property
    def _worlds(self) -> dict[str, pd.DataFrame]:
        return {}

    def main_effect(self, kpi: str, at: int) -> pd.DataFrame:
        """What one setting does on average over all others, world by world: `value`, and `gap gap_low gap_high` from its first value."""
        worlds = self.worlds(kpi).dropna()
        own = self.asked["baseline"].get(self.factors[at], self.words(self.factors[at])[0])
        level = self.firms.set_index("scenario")[f"f{at}"].reindex(worlds.columns)
        means = {words: worlds.loc[:, (level == words).to_numpy()].mean(axis=1) for words in self.words(self.factors[at])}
        ends = [mean_interval(means[words] - means[own]) for words in means]
        return pd.DataFrame({"value": list(means), "gap": [end[0] for end in ends], "gap_low": [end[1] for end in ends],
                             "gap_high": [end[2] for end in ends]})

    def leanings(self, kpi: str) -> list[float]:
        """How closely the points' means of a key figure follow each setting: Spearman's rank correlation, NaN for words."""
        rows = self.rows(kpi)
        dots = rows[rows["is_point"]].dropna(subset=["mean"])
        return [leaning(dots[f"x{at}"], dots["mean"]) for at in range(len(self.factors))]

    def sentence(self, kpi: str) -> str:
        """The answer in a sentence: how many differences are decided, or which settings a key figure follows."""
        if not self.is_grid:
            leans = {called(key): lean for key, lean in zip(self.factors, self.leanings(kpi), strict=True) if not math.isnan(lean)}
            first = sorted(leans, key=lambda name: -abs(leans[name]))[:3]
            told = listed([f"{name} (ρ = {leans[name]:+.2f})".replace("-", "−") for name in first])
            return f"{sentence(label(kpi))} follows {told} most closely." if told else f"{sentence(label(kpi))} follows no setting."
        rows = self.rows(kpi)
        counts = rows[(rows["scenario"] != rows["against"]) & (rows["verdict"] != "")]["verdict"].value_counts()
        parts = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
        return f"{sentence(label(kpi))} against {self.against}: {parts or 'nothing to compare'}."

    def says(self, kpi: str) -> list[tuple[str, str]]:
        """Everything that is said of a figure: pairs of a sentence and what it rests on."""
        return [(self.sentence(kpi), self.ends(kpi))]

    def ends(self, kpi: str) -> str:
        """Which firm has the lowest mean and which the highest."""
        rows = self.rows(kpi).dropna(subset=["mean"]).sort_values("mean")
        if len(rows) < 2:
            return ""
        low, high = rows.iloc[0], rows.iloc[-1]
        return (f"Lowest mean: {low['mean_words']} at {self._at(low)}. Highest: {high['mean_words']} at {self._at(high)}. "
                "The highest of many is partly luck.")

    def _at(self, row: pd.Series[Any]) -> str:
        return ", ".join(f"{called(key)} {row[f'f{at}']}" for at, key in enumerate(self.factors))


def answers(findings: Findings) -> Answers | None:
    """What a results folder answers; None where nothing was asked."""
    asked = findings.provenance.get("experiment")
    if not isinstance(asked, Mapping):
        return None
    if asked["design"] in SCREENING:
        from smsim.report.mattering import Mattering

        return Mattering(findings, asked)
    return Answers(findings, asked)


def leaning(x: pd.Series[float], y: pd.Series[float]) -> float:
    """Spearman's rank correlation: whether y goes up (1) or down (−1) with x; NaN where one of them stands still."""
    ranks = x.rank(), y.rank()
    return float(ranks[0].corr(ranks[1])) if min(rank.nunique() for rank in ranks) > 1 else math.nan


def called(key: str) -> str:
    """A setting by the last two parts of its key; of one in a numbered list the list as well."""
    parts = key.split(".")
    return ".".join(parts[-3:] if parts[-2:-1] and parts[-2].isdigit() else parts[-2:])

