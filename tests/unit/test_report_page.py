"""The page, the pictures and the table a results folder becomes, on made-up results."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from rich.console import Console

from smsim.errors import InputError
from smsim.record import AGES
from smsim.report import draw, print_table

CAUSES = {"won": 0.07, "cold_in_queue": 0.27, "cold_in_handoff": 0.08, "lost_to_rival": 0.12, "no_decision": 0.06,
          "not_a_buyer": 0.14, "burned_unready": 0.03, "window_closed": 0.05, "rejected": 0.04, "never_routed": 0.02}


def write_results(folder: Path, names: list[str], replications: int = 20, weeks: int = 104, *, compared: bool = True) -> Path:
    """A results folder as `compare` writes it, with effects that grow along the list of names."""
    folder.mkdir(parents=True, exist_ok=True)
    runs, days, curves = [], [], []
    for at, name in enumerate(names):
        effect = 1 + (0.08, -0.02, 0.004, 0.03)[(at - 1) % 4] * (1 + at // 5) if at else 1.0
        for replication in range(replications):
            world = np.random.default_rng(replication)
            own = np.random.default_rng([replication, at])
            level = effect * world.normal(1, 0.06) * own.normal(1, 0.006)
            day = np.arange(7 * weeks)
            season = 1 + 0.15 * np.sin(day / 58) + 0.5 * (day % 91 > 70) * (day % 7 < 5)
            money = 20_000 * level * season * np.minimum(1, day / 60) * world.lognormal(0, 0.8, len(day)) * (day % 7 < 5)
            days.append(pd.DataFrame({"scenario": name, "replication": replication, "day": day, "revenue": money}))
            runs.append(_run(name, replication, float(money[91:].sum()), effect, own))
            curves.append(_curves(name, replication, effect, own))
    runs_table = pd.DataFrame(runs)
    runs_table.to_parquet(folder / "runs.parquet")
    pd.concat(days).to_parquet(folder / "days.parquet")
    pd.concat(curves).to_parquet(folder / "curves.parquet")
    if compared:
        _differences(runs_table, names).to_parquet(folder / "differences.parquet")
    (folder / "provenance.json").write_text(json.dumps(_provenance(names)))
    return folder


def _run(name: str, replication: int, revenue: float, effect: float, own: np.random.Generator) -> dict[str, Any]:
    leads = int(own.poisson(6200 * effect))
    return {"scenario": name, "replication": replication, "seed": 1000 + replication, "revenue": revenue,
            "contribution": 0.4 * revenue - 2e6, "gross_margin": 0.6 * revenue, "deals_won": round(leads * 0.071 * effect),
            "leads": leads, "leads_worked": round(leads * 0.66), "leads_qualified": round(leads * 0.2),
            "leads_won": round(leads * 0.071 * effect),
            "win_rate": own.normal(0.24 * effect, 0.01), "cold_share": own.normal(0.35 / effect, 0.01),
            "never_worked_share": own.normal(0.12 / effect**2, 0.01), "first_response_hours_median": own.normal(9.4 / effect, 0.4),
            "lead_half_life_hours": own.normal(31 * effect**4, 1.5), "meeting_hours": 0.0 if effect == 1 else 412.0,
            "launch_ready_day": np.nan, "forecast_mape": np.nan}


def _curves(name: str, replication: int, effect: float, own: np.random.Generator) -> pd.DataFrame:
    speed = 1 - np.exp(-(AGES / 60) ** 0.55)
    shares = {cause: share * (1 if cause == "won" else 1 / effect**2) * own.normal(1, 0.05) for cause, share in CAUSES.items()}
    parts = {cause: share * speed / speed[-1] for cause, share in shares.items()}
    parts["surviving"] = np.exp(-(AGES / (45 * effect**3)) ** 0.5 * own.normal(1, 0.04))
    base = {"scenario": name, "replication": replication, "age_hours": AGES}
    return pd.concat([pd.DataFrame(base | {"curve": curve, "value": value}) for curve, value in parts.items()])


def _differences(runs: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    wide = runs.set_index(["scenario", "replication"]).drop(columns="seed")
    rows = []
    for name in names[1:]:
        gap = wide.loc[name] - wide.loc[names[0]]
        for kpi in gap:
            mean, half = gap[kpi].mean(), 2.1 * gap[kpi].std() / np.sqrt(len(gap))
            band = 0.01 * abs(wide.loc[names[0], kpi].mean())
            sure = abs(mean) > half
            verdict = "no difference that matters" if abs(mean) + half < band else "too close to call" if not sure else (
                "better" if (mean > 0) != (kpi in ("cold_share", "never_worked_share", "first_response_hours_median")) else "worse")
            rows.append({"scenario": name, "kpi": kpi, "n": len(gap), "difference": mean, "low": mean - half, "high": mean + half,
                         "share_better": (gap[kpi] > 0).mean(), "verdict": verdict, "runs_needed": 140.0 if not sure else np.nan})
    return pd.DataFrame(rows)


def _provenance(names: list[str]) -> dict[str, Any]:
    def tree(at: int, name: str) -> dict[str, Any]:
        return {"name": name, "describe": f"What {name} is like.", "run": {"weeks": 104, "warm_up": "13 weeks", "seed": 1},
                "practices": {"meetings": {"every": "never" if not at else f"{at} weeks", "length": "1 hour"}},
                "incentives": {"marketers": {"leads": "100%"} if at < 2 else {"leads": "30%", "revenue": "70%"}}}
    trees = {name: tree(at, name) for at, name in enumerate(names)}
    return {"baseline": names[0], "scenarios": trees, "plan_hash": "3f9a1c77d2e0b584",
            "versions": {"smsim": "0.1.0", "numpy": "2.2.0", "mesa": "3.5.1", "python": "3.13.1"}, "seed": 1, "seconds": 41.8,
            "command": "smsim compare silo.yaml weekly.yaml -n 20", "start": "2026-11-03T09:12:00"}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_results(tmp_path_factory.mktemp("made") / "results" / "silo+2", ["Silo", "Weekly <b>rhythm</b>", "Shared quota"])
    draw(folder)
    return folder


def _page(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def _printed(results: Any) -> str:
    console = Console(width=160, file=io.StringIO(), record=True)
    print_table(results, console)
    return console.export_text()


def test_every_picture_is_there_as_png_and_svg_and_so_is_the_page(three: Path) -> None:
    names = {"differences", "revenue", "gap", "funnel", "survival", "causes"}
    assert {path.name for path in (three / "charts").iterdir()} == {f"{name}.{kind}" for name in names for kind in ("png", "svg")}
    assert (three / "report.html").is_file()


def test_the_page_loads_nothing_from_the_network(three: Path) -> None:
    page = _page(three)
    shown = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"https?://", shown)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(["']?(?:https?:)?//""", page)
    assert "default-src 'none'" in shown


def test_names_are_escaped_everywhere(three: Path) -> None:
    assert "Weekly <b>rhythm</b>" not in _page(three)
    assert "Weekly &lt;b&gt;rhythm&lt;/b&gt;" in _page(three)
    assert all("<b>" not in path.read_text() for path in (three / "charts").glob("*.svg"))


def test_every_picture_carries_the_command_that_makes_it_again(three: Path) -> None:
    assert "smsim report results/silo+2" in _page(three)
    for path in (three / "charts").glob("*.svg"):
        assert path.read_text().count("smsim report results/silo+2") == 2, "once to be seen, once as a description"
    for path in (three / "charts").glob("*.png"):
        assert b"smsim report results/silo+2" in path.read_bytes()


def test_a_signed_png_is_still_a_picture(three: Path) -> None:
    image = plt.imread(three / "charts" / "revenue.png")
    assert image.shape[0] > 300
    assert image[-1, 0, :3].min() == 1.0, "the foot is white too"


def test_verdicts_stand_in_words_before_the_pictures(three: Path) -> None:
    page = _page(three)
    assert 0 < page.index("Contribution is") < page.index("<figure")
    assert "in 100% of 20 worlds" in page
    assert "What differs between the scenarios" in page
    assert "practices.meetings.every" in page
    assert "practices.meetings.length" not in page, "what is the same is not listed"


NINE = ["Silo", *(f"Silo[practices.meetings.every={week} weeks]" for week in range(1, 9))]


@pytest.mark.parametrize(("names", "replications"), [(["Silo"], 3), (["Silo", "Weekly"], 1), (NINE, 3)])
def test_one_scenario_one_replication_and_nine_scenarios_are_drawn(tmp_path: Path, names: list[str], replications: int) -> None:
    folder = write_results(tmp_path / "odd", names, replications, weeks=30, compared=len(names) > 1)
    files = draw(folder)
    assert len(files) == (13 if len(names) > 1 else 9)
    assert all(path.stat().st_size > 0 for path in files)
    text, page = _printed(folder), re.sub(r"<script>.*?</script>", "", _page(folder), flags=re.DOTALL)
    assert names[-1].split("[")[-1] in text
    assert ("verdict" in text) == (len(names) > 1)
    assert not re.search(r"\bnan\b", text + re.sub(r"base64,[^\"]*", "", page), flags=re.IGNORECASE)


def test_empty_key_figures_are_left_out_and_half_empty_ones_shown(tmp_path: Path) -> None:
    folder = write_results(tmp_path / "holes", ["Silo", "Weekly"], 4, weeks=30)
    runs = pd.read_parquet(folder / "runs.parquet")
    runs[["revenue", "leads_qualified", "lead_half_life_hours"]] = np.nan
    runs.loc[runs["scenario"] == "Silo", "win_rate"] = np.nan
    runs.drop(columns="leads_worked").to_parquet(folder / "runs.parquet")
    (folder / "curves.parquet").unlink()
    differences = pd.read_parquet(folder / "differences.parquet")
    differences.loc[differences["kpi"].isin(["revenue", "win_rate"]), ["difference", "low", "high", "share_better"]] = np.nan
    differences.to_parquet(folder / "differences.parquet")
    assert {path.stem for path in draw(folder)} == {"differences", "revenue", "gap", "funnel", "report"}
    assert "Half-life" not in _printed(folder)
    assert "Win rate" in _printed(folder)


def test_failures_are_told(tmp_path: Path) -> None:
    folder = write_results(tmp_path / "failed", ["Silo"], 2, weeks=20, compared=False)
    failed = {"scenario": "Silo", "replication": 2, "seed": 5, "error": "ValueError: <i>no</i>", "traceback": "…"}
    pd.DataFrame([failed]).to_parquet(folder / "failures.parquet")
    draw(folder)
    assert "1 replication did not finish and is in no figure above" in _page(folder)
    assert "ValueError: &lt;i&gt;no&lt;/i&gt;" in _page(folder)


def test_a_folder_without_results_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no results"):
        draw(tmp_path)
