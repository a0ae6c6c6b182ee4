"""Draw docs/pictures/accounts.svg and print the tables of docs/accounts.md from the folders of two questions.

    smsim experiment tailoring --out results/tailoring
    smsim experiment late_delivery --out results/late_delivery
    python tools/accounts.py results/tailoring results/late_delivery
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
import pandas as pd
from exact_drawing import COLOURS, STYLE, interval, panels
from matplotlib.figure import Figure

logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a viewer has the fonts, whoever draws may not
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "accounts.svg"
TAILORING, COST = "selling.deals.tailoring", "selling.delivery.cost"
AFTER, SLOPE = "selling.delivery.after", "market.accounts.slope"


def played(folder: str, *settings: str) -> pd.DataFrame:
    """Every run, with the settings that were varied."""
    firms = pd.read_parquet(Path(folder) / "experiment.parquet").query("is_point")[["scenario", *settings]].drop_duplicates("scenario")
    return pd.read_parquet(Path(folder) / "runs.parquet").merge(firms, on="scenario")


def against(runs: pd.DataFrame, figure: str, by: str, base: float) -> list[tuple[float, float, float]]:
    """Setting, mean paired difference to the base, half its 95% interval."""
    table = runs.pivot_table(index="replication", columns=by, values=figure)
    return [(at, *(interval(table[at] - table[base]) if at != base else (0.0, 0.0))) for at in table.columns]


def curves(axis: Any, runs: pd.DataFrame, figure: str, settings: tuple[str, str, float, float, float], label: str) -> None:
    """One line for each value of the second setting; printed too."""
    by, line, base, scale, unit = settings
    for number, (value, part) in enumerate(runs.groupby(line)):
        found = against(part, figure, by, base)
        name = label.format(value)
        axis.errorbar([x * scale for x, _, _ in found], [y / unit for _, y, _ in found], [h / unit for _, _, h in found], fmt="o-", ms=5,
                      mfc="white", mew=1.6, capsize=2.5, color=COLOURS[number], label=name)
        means = part.groupby(by)[figure].mean() / unit
        print(f"| {name} | " + " | ".join(f"{means[x]:.2f} ({y / unit:+.2f} ± {h / unit:.2f})" for x, y, h in found) + " |")
    axis.legend()


def main(tailoring: str, delivery: str) -> None:
    """Draw, print."""
    with mpl.rc_context(STYLE):
        figure: Figure
        figure, (left, right) = panels("Contribution, against 100% tailoring", "Lifetime value, against 4 weeks")
        curves(left, played(tailoring, TAILORING, COST), "contribution", (TAILORING, COST, 1.0, 100, 1e6), "cost ${:,.0f} per sd²")
        curves(right, played(delivery, AFTER, SLOPE), "customer_lifetime_value", (AFTER, SLOPE, 28.0, 1 / 7, 1e3), "slope {:g}")
        left.set(xlabel="tailoring, %", ylabel="$ million")
        right.set(xlabel="weeks from sale to delivery", ylabel="$ thousand a customer")
        figure.savefig(PICTURE, metadata={"Date": None})
        if "--png" in sys.argv:
            figure.savefig(PICTURE.with_suffix(".png"), dpi=90)


if __name__ == "__main__":
    main(*[word for word in sys.argv[1:] if not word.startswith("-")][:2])
