"""ABC Corp: a good product nobody is ready to sell, against the same product supported.

    python -m studies.abc_corp --out results/abc-corp --page docs/launch-timing.md

Worlds are the same, so differences are paired. What varies is how many customers without an interest of their own can be talked into one,
which nobody has measured, and how hard reps are pressed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

import smsim
from smsim.experiment.intervals import half_width
from studies.page import between

FIGURES = {"revenue": 1000.0, "contribution": 1000.0, "launch_revenue": 1000.0, "burned_accounts": 1.0}
_SHARES = (0, 0.2, 0.5, 1)
_SUPPORTED = "supported"


def groups() -> dict[str, dict[str, smsim.Scenario]]:
    """The firms that are played together, each by the words of the table."""
    left, helped = smsim.load("abc_corp"), smsim.load("abc_corp_supported")
    never = {"launches.0.announce": "never", "launches.0.strict": "no"}
    persuaded = {f"abc {share}": left.but({"market.launched.persuaded": share}, name=f"abc {share}") for share in _SHARES}
    others = {"no launch": left.but(never, name="no launch"), "abc unpressed": left.but({"launches.0.pressure": 0}, name="abc unpressed")}
    pressed = {name: left.but({"launches.0.pressure": share}, name=name) for name, share in (("pressed 15%", 0.15), ("pressed 66%", 0.66))}
    both = {"supported, pressed": helped.but({"launches.0.pressure": 0.33}, name="supported, pressed")}
    return {"abc": {_SUPPORTED: helped.but({}, name=_SUPPORTED)} | persuaded | others, "pressure": pressed | both}


def said(name: str) -> str:
    """How the table calls a firm."""
    if name.startswith("abc 0") or name == "abc 1":
        return f"ABC Corp, {float(name[4:]):.0%} persuaded"
    words = {_SUPPORTED: "supported, not pressed", "abc unpressed": "ABC Corp, not pressed", "no launch": "no launch at all",
             "supported, pressed": "supported and pressed (33%)"}
    return words.get(name, f"ABC Corp, {name}")


def table(runs: pd.DataFrame) -> str:
    """The figures of the supported firm; those of the others less it, in the same worlds, in italics where the interval holds zero."""
    names = list(dict.fromkeys(runs["scenario"]))
    words = [figure.replace("_", " ") + (", thousand" if unit > 1 else "") for figure, unit in FIGURES.items()]
    lines = ["| firm | " + " | ".join(words) + " |", "|---" * (len(words) + 1) + "|"]
    for name in names:
        cells = [_cell(runs, name, figure, unit) for figure, unit in FIGURES.items()]
        lines.append(f"| {said(name)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(runs: pd.DataFrame, name: str, figure: str, unit: float) -> str:
    wide = runs.pivot_table(index="replication", columns="scenario", values=figure)
    values = (wide[name] if name == _SUPPORTED else wide[name] - wide[_SUPPORTED]).dropna() / unit
    half = half_width(len(values), float(values.std(ddof=1)))
    digits, sign = (0 if unit > 1 else 1), "" if name == _SUPPORTED else "+"
    text = f"{values.mean():{sign},.{digits}f} ± {half:,.{digits}f}".replace("-", "−")
    return f"*{text}*" if sign and abs(values.mean()) <= half else text


def main() -> None:
    """Play what is not yet played, print the table, write it into a page."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, default=Path("results/abc-corp"))
    asked.add_argument("--page", type=Path, default=None)
    asked.add_argument("--replications", type=int, default=60)
    said_so = asked.parse_args()
    played = [smsim.run(list(firms.values()), replications=said_so.replications, workers=1, out=said_so.out / name).runs
              for name, firms in groups().items()]
    made = table(pd.concat(played, ignore_index=True))
    sys.stdout.write(f"{made}\n")
    if said_so.page is not None:
        said_so.page.write_text(between(said_so.page.read_text(encoding="utf-8"), "abc-corp", made), encoding="utf-8")


if __name__ == "__main__":
    main()
