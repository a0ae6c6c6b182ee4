"""Which practice pays where: by what is sold, by the size of the firm, by how long a product lives.

    python -m studies.contingency --out results/contingency --docs docs

One firm, sixty heads large, is varied in one thing at a time, and each variant is asked without any practice, with each of a handful alone,
and with all of them. The firm is divided as `divided` is (disputes, roles that go without saying, forecasts of each side's own), and
nobody trains reps for the launch. Markets and money grow with the heads. Worlds are the same with and without a practice, so gains are
paired; they are reckoned per head and year, since a firm of six hundred earns more of everything.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

import smsim
from smsim.experiment.intervals import half_width
from smsim.facts.contingency import DIVIDED
from smsim.report.look import BLUE, INK, dressed
from studies.page import between, said

FIGURE = "contribution"
NONE, ALL = "none", "all of these"
_UNTRAINED = {"launches.0.training": "0 hours"}
#: The handful; `training` is there only where something is launched.
PRACTICES: Mapping[str, Mapping[str, Any]] = {
    "meetings": {"practices.meetings.every": "2 weeks"},
    "training": {"launches.0.training": "12 hours"},
    "agreement and pledge": {"practices.funnel_agreement.owned": "90%", "practices.pledge.within": "2 hours"},
    "target lists": {"practices.target_lists.every": "13 weeks"},
    "role definitions": {"practices.roles.formality": "60%"},
}


@dataclass(frozen=True)
class Situation:
    """A firm in which the practices are asked, how many times as large it is as its scenario, and in how many worlds."""

    question: str
    name: str
    firm: str
    heads: int
    worlds: int
    changes: Mapping[str, Any] = field(default_factory=dict)
    times: float = 1.0

    @property
    def launches(self) -> bool:
        """Whether it brings something out."""
        return self.firm != "silo"

    def practices(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """None, each alone, all."""
        own = {name: dict(settings) for name, settings in PRACTICES.items() if self.launches or name != "training"}
        yield NONE, {}
        yield from own.items()
        yield ALL, {key: value for settings in own.values() for key, value in settings.items()}

    def scenarios(self) -> list[smsim.Scenario]:
        """The firm without and with each practice."""
        base = smsim.load(self.firm)
        spends = {f"channels.{name}.spend": self.times * base[f"channels.{name}.spend"] for name in base.tree()["channels"]}
        larger = {"company.reps": self.heads * 2 // 3, "company.marketers": self.heads // 3,
                  "market.customers": round(self.times * base["market.customers"]), **spends}
        common = {**DIVIDED, **larger, **(_UNTRAINED if self.launches else {}), **self.changes}
        return [base.but(common | settings, name=name) for name, settings in self.practices()]


SOLD, SIZE, STANDING, LIFE = "what is sold", "size, a new system", "size, the standing business", "product life"
#: How many worlds of a firm of 6, 60 and 600 heads: a head of a large firm meets as many customers, so fewer worlds tell as much.
_WORLDS = {6: 48, 60: 16, 600: 4}


def _launch(question: str, name: str, firm: str = "new_system", heads: int = 60, **changes: Any) -> Situation:
    return Situation(question, name, firm, heads, _WORLDS[heads], changes, times=heads / 6)


def _life(weeks: int) -> Situation:
    return _launch(LIFE, f"{weeks} weeks", **{"products.widget.life_cycle": f"{weeks} weeks"})


SITUATIONS = (
    *(_launch(SOLD, firm.replace("_", " "), firm) for firm in ("new_system", "modified_rebuy", "commodity")),
    *(_launch(SIZE, f"{heads} heads", heads=heads) for heads in _WORLDS),
    *(Situation(STANDING, f"{heads} heads", "silo", heads, worlds, {"run.weeks": 65} if heads == 600 else {}, times=heads / 12)
      for heads, worlds in _WORLDS.items()),
    *(_life(weeks) for weeks in (13, 104, 208)),
)
#: Where the table of a question stands on the page.
BLOCKS = {SOLD: "contingency-sold", SIZE: "contingency-size", STANDING: "contingency-standing", LIFE: "contingency-life"}
#: What the other situations of a question are held against.
AGAINST = {SOLD: "commodity", SIZE: "6 heads", STANDING: "6 heads", LIFE: "104 weeks"}


def main(words: Sequence[str] | None = None) -> None:
    """Play what is not yet played; print the tables, or write them into the page and draw the picture."""
    asked = argparse.ArgumentParser(prog="python -m studies.contingency", description=__doc__)
    asked.add_argument("--out", type=Path, default=Path("results/contingency"))
    asked.add_argument("--docs", type=Path, default=None)
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--share", type=float, default=1.0, help="this share of the worlds, for a trial (1)")
    told = asked.parse_args(words)
    found = pd.concat([gains(one, _runs(one, told.out, told.workers, told.share)) for one in SITUATIONS], ignore_index=True)
    blocks = {BLOCKS[name]: table(found, name) for name in AGAINST}
    sys.stdout.write("\n\n".join(blocks.values()) + "\n")
    if told.docs is not None:
        page = told.docs / "contingency.md"
        text = page.read_text(encoding="utf-8")
        for name, made in blocks.items():
            text = between(text, name, made)
        page.write_text(text, encoding="utf-8")
        chart(found).save(told.docs / "pictures" / "contingency.svg")


def _runs(one: Situation, out: Path, workers: int, share: float) -> pd.DataFrame:
    same = next(other for other in SITUATIONS if other.scenarios() == one.scenarios() and other.worlds == one.worlds)
    folder = out / f"{same.question} {same.name}".replace(",", "").replace(" ", "-")
    worlds = max(2, math.ceil(share * one.worlds))
    return smsim.run(same.scenarios(), replications=worlds, workers=workers, out=folder, seed=1).runs


def gains(one: Situation, runs: pd.DataFrame) -> pd.DataFrame:
    """What each practice adds, world by world: a row per practice and world, per head and year and as a share of what there is without."""
    wide = runs.pivot_table(index="replication", columns="scenario", values=FIGURE)
    firm = one.scenarios()[0]
    years = (firm["run.weeks"] - firm["run.warm_up"] / 7.0) / 52.0
    names = [name for name, _ in one.practices() if name != NONE]
    rows = [pd.DataFrame({"question": one.question, "situation": one.name, "practice": name, "world": wide.index,
                          "gain": (wide[name] - wide[NONE]) / one.heads / years, "level": wide[NONE] / one.heads / years})
            for name in names]
    return pd.concat(rows, ignore_index=True)


def middle(values: pd.Series[float]) -> tuple[float, float]:
    """Mean and half of its 95% interval."""
    kept = values.dropna()
    return float(kept.mean()), half_width(len(kept), float(kept.std(ddof=1)))


def apart(found: pd.DataFrame, question: str, situation: str, practice: str) -> tuple[float, float]:
    """How much more a practice adds here than where it is held against: in the same worlds for one size, of independent worlds else."""
    own = found[(found["question"] == question) & (found["practice"] == practice)]
    wide = own.pivot_table(index="world", columns="situation", values="gain")
    here, there = wide[situation], wide[AGAINST[question]]
    if question in (SOLD, LIFE):
        return middle(here - there)
    (one, half), (other, also) = middle(here), middle(there)
    return one - other, math.hypot(half, also)


def table(found: pd.DataFrame, question: str) -> str:
    """A row per practice: what it adds in each situation, and how much more than in the one they are held against."""
    own = found[found["question"] == question]
    names, edge = list(dict.fromkeys(own["situation"])), AGAINST[question]
    others = [name for name in names if name != edge]
    heads = [*names, *(f"{name} less {edge}" for name in others)]
    lines = ["| practice | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    level = [middle(own[own["situation"] == name].drop_duplicates("world")["level"]) for name in names]
    worlds = [own[own["situation"] == name]["world"].nunique() for name in names]
    without = (f"{mean:,.0f} (n = {n})" for (mean, _), n in zip(level, worlds, strict=True))
    lines.append("| without any | " + " | ".join([*without, *("" for _ in others)]) + " |")
    for practice in dict.fromkeys(own["practice"]):
        mine = own[own["practice"] == practice]
        cells = [_cell(*middle(mine[mine["situation"] == name]["gain"])) for name in names]
        cells += [_cell(*apart(found, question, name, practice)) for name in others]
        lines.append(f"| {practice} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(mean: float, half: float) -> str:
    return said(mean, mean - half, mean + half)


def chart(found: pd.DataFrame) -> Any:
    """A panel for each situation, a point with its interval for each practice: gain as a share of what the firm earns without."""
    rows = []
    for (question, situation, practice), own in found.groupby(["question", "situation", "practice"], sort=False):
        mean, half = middle(own["gain"] / own["level"].mean())
        rows.append((question, situation, practice, mean, mean - half, mean + half, len(own)))
    data = pd.DataFrame(rows, columns=["question", "situation", "practice", "gain", "low", "high", "n"])
    panels = [_panel(data[data["question"] == question], question) for question in AGAINST]
    below = "Paired differences and their 95% intervals, as a share of what the firm earns without any of them."
    return dressed(alt.vconcat(*panels, spacing=24), "Which practice pays where", below)


def _panel(data: pd.DataFrame, question: str) -> Any:
    x = alt.X("low:Q", title=None, axis=alt.Axis(format="+.0%", tickCount=4))
    y = alt.Y("practice:N", title=None, sort=list(dict.fromkeys(data["practice"])))
    zero = alt.Chart().mark_rule(color=INK, strokeDash=[2, 2]).encode(x=alt.datum(0))
    bars = alt.Chart().mark_rule(strokeWidth=3, color=BLUE).encode(x=x, x2="high:Q", y=y)
    dots = alt.Chart().mark_point(filled=True, size=60, opacity=1, color=BLUE).encode(x="gain:Q", y=y)
    order = list(dict.fromkeys(data["situation"]))
    both = alt.layer(zero, bars, dots, data=data).properties(width=170, height=alt.Step(18))
    return both.facet(column=alt.Column("situation:N", title=question, sort=order))


if __name__ == "__main__":
    main()
