"""Does `smsim recommend` keep its word? Hundreds of decisions whose answer is known, and how often what is told is right.

    python -m studies.recommend_coverage [--only CASE ...] [--studies 400] [--draw]

A function stands in the model's place: a run is the function of what the levers are set to, and luck. Luck is not shared by candidates,
which is the hard case. Everything else is what `smsim recommend` does: search, race, order, estimate. Writes docs/advice/coverage.csv and
the table of docs/advice-coverage.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from scipy import special

from smsim.advice.bench import Bench, Look
from smsim.advice.candidates import Candidates, Pick
from smsim.advice.decision import Decision, read_decision
from smsim.advice.racing import gain
from smsim.advice.recommending import Found, found_by
from smsim.advice.worlds import luck_of
from smsim.experiment.runner import Crew
from studies.advice_cases import CASES, Case

ROOT = Path(__file__).resolve().parents[1]
TABLE, PAGE = ROOT / "docs" / "advice" / "coverage.csv", ROOT / "docs" / "advice-coverage.md"
MARKS = "<!-- table -->\n", "\n<!-- end -->"
#: Levers that do nothing are so cheap to ask about that they are asked about so many times as often.
MORE_OF_NOTHING = 5
SAY = Console(stderr=True, highlight=False, soft_wrap=True)


class Possible(Candidates):
    """All that can be done, where any settings can be together."""

    def is_possible(self, pick: Pick) -> bool:
        """Always."""
        return True


@dataclass
class Functions(Bench):
    """A bench that plays a function of what the levers are set to, with luck of its own for every candidate, instead of the model."""

    case: Case = dataclasses.field(kw_only=True)

    def play(self, look: Look, picks: Iterable[Pick]) -> None:
        """Give every candidate that this look has not seen its values."""
        for pick in dict.fromkeys(picks):
            if not self.has(look, pick):
                luck = [_luck(self.decision.seed, look.name, world.name, pick) for world in self.worlds(look)]
                noise = [each.normal(size=look.replications) for each in luck]
                self._values[look.name, pick] = self.truth(pick) + self.case.noise * np.stack(noise)
                self._own_cost[look.name, pick] = 0.0
                self.runs += self._values[look.name, pick].size

    def truth(self, pick: Pick) -> float:
        """What a candidate would come to without luck."""
        levers = self.decision.levers
        return self.case.value([None if place is None else lever.option(place).number for lever, place in zip(levers, pick, strict=True)])


def _luck(seed: int, look: str, world: str, pick: Pick) -> np.random.Generator:
    told = hashlib.blake2b(repr(pick).encode(), digest_size=8).digest()
    return np.random.default_rng([luck_of(seed, look, world), int.from_bytes(told)])


def decided(case: Case, decision: Decision, seed: int) -> Found:
    """One decision of a case, on luck of its own."""
    worlds = decision.worlds
    firm = worlds.firms[0].but({"run.seed": seed})
    bench = Functions(dataclasses.replace(decision, worlds=dataclasses.replace(worlds, firms=(firm,))), Crew(), case=case)
    bench.__dict__["candidates"] = Possible(bench.decision)
    return found_by(bench)


def read(case: Case) -> Decision:
    """The decision of a case, as from a file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "decision.yaml"
        file.write_text(f"base: silo\nweeks: 2\nmeasure: deals_won\n{case.text}", encoding="utf-8")
        return read_decision(file, ["run.warm_up=0 weeks", *case.sets])


def asked(case: Case, found: Found) -> dict[str, Any]:
    """Whether what one decision tells is right, as far as it can be asked."""
    bench, final = found.bench, found.final
    nothing = bench.candidates.nothing
    assert isinstance(bench, Functions)
    chosen = found.recommended
    told: dict[str, Any] = {"recommends": chosen != nothing}
    asked_of = {"gain of the leader covered": found.leader} | ({} if case.is_null else {"gain of the recommended covered": chosen})
    for name, pick in asked_of.items():
        if pick != nothing:
            of = gain(bench, [final], pick, nothing)
            told[name] = of.low <= bench.truth(pick) - bench.truth(nothing) <= of.high
    if case.is_null:
        some = next(pick for pick in bench.candidates.singles() if pick != nothing)
        bench.play(final, [some])
        return told | {"told apart": gain(bench, [final], some, nothing).is_sure}
    return told | (_of_ranges(case, found, bench) if case.best else {})


def _of_ranges(case: Case, found: Found, bench: Functions) -> dict[str, Any]:
    """Whether the best value of every range lies where it is told to; how wide that is; what the leader loses against the best."""
    levers, there = bench.decision.levers, {each.lever: each.span for each in found.ranges}
    covered, widths = [], []
    for at, best in case.best.items():
        low, high = (levers[at].option(share).number for share in there[at]) if at in there else (np.nan, np.nan)
        covered.append(low <= best <= high)
        widths.append(np.subtract(*reversed(there[at])) if at in there else np.nan)
    best_of_all = case.value([case.best[at] for at in range(len(levers))])
    return {"best value covered": all(covered), "width": float(np.max(widths)), "loss": best_of_all - bench.truth(found.leader)}


RATES = ("recommends", "told apart", "gain of the leader covered", "gain of the recommended covered", "best value covered")


def summed(name: str, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A line of the table for each question: how often, with its exact 95% interval; medians for width and loss."""
    for ask in (ask for ask in RATES if ask in rows):
        there = rows[ask].dropna().astype(bool)
        count, of = int(there.sum()), len(there)
        low = special.betaincinv(count, of - count + 1, 0.025) if count else 0.0
        high = special.betaincinv(count + 1, of - count, 0.975) if count < of else 1.0
        yield {"case": name, "asked": ask, "studies": of, "count": count, "rate": count / of if of else np.nan, "low": low, "high": high}
    for ask in (ask for ask in ("width", "loss") if ask in rows):
        low, middle, high = rows[ask].quantile([0.05, 0.5, 0.95])
        yield {"case": name, "asked": ask, "studies": len(rows), "rate": middle, "low": low, "high": high}


def play(name: str, studies: int) -> pd.DataFrame:
    """So many decisions of a case."""
    case = CASES[name]
    decision = read(case)
    return pd.DataFrame([asked(case, decided(case, decision, seed)) for seed in range(1, studies + 1)])


def page(table: pd.DataFrame) -> str:
    """The table of the page: a line for each case and question."""
    lines = ["| case | asked | decisions | rate | 95% interval |", "|---|---|---|---|---|"]
    for _, row in table[table["asked"].isin(RATES)].iterrows():
        lines.append(f"| {row['case']} | {row['asked']} | {row['studies']:,} | {row['rate']:.1%} | {row['low']:.1%} to {row['high']:.1%} |")
    lines += ["", "| case | width of what is told of the range | loss against the best |", "|---|---|---|"]
    rest = table[~table["asked"].isin(RATES)].set_index(["case", "asked"])
    for name in dict.fromkeys(rest.index.get_level_values("case")):
        width, loss = (rest.loc[(name, ask)] for ask in ("width", "loss"))
        lines.append(f"| {name} | {width['rate']:.0%} ({width['low']:.0%} to {width['high']:.0%}) of what was searched | "
                     f"{loss['rate']:.4f} ({loss['low']:.4f} to {loss['high']:.4f}) |")
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    """Play what is asked for, then write the table and the page."""
    made = argparse.ArgumentParser(prog="python -m studies.recommend_coverage", description=__doc__)
    made.add_argument("--only", nargs="+", choices=list(CASES), default=list(CASES), help="only these cases")
    made.add_argument("--studies", type=int, default=400)
    made.add_argument("--draw", action="store_true", help="play nothing: write the page again")
    told = made.parse_args(words)
    old = pd.read_csv(TABLE) if TABLE.is_file() else pd.DataFrame(columns=["case"])
    for name in [] if told.draw else told.only:
        SAY.print(name)
        rows = play(name, told.studies * (MORE_OF_NOTHING if CASES[name].is_null else 1))
        old = pd.concat([old[old["case"] != name], pd.DataFrame(list(summed(name, rows)))], ignore_index=True)
        old = old.sort_values("case", key=lambda names: names.map(list(CASES).index), kind="stable")
        TABLE.parent.mkdir(exist_ok=True)
        old.to_csv(TABLE, index=False, float_format="%.5g")
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(MARKS[0], 1)[0], text.split(MARKS[1], 1)[1]
    PAGE.write_text(before + MARKS[0] + page(pd.read_csv(TABLE)) + MARKS[1] + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
