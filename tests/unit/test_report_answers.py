"""What a question's firms came to, on made-up runs whose answer is known."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from smsim.report import findings as reading
from smsim.report.answers import answers, leaning
from smsim.report.charts.scatter import binned
from smsim.report.page import results, title
from smsim.report.pictures import charts

#: What each value of each setting adds to revenue.
ADDS = {"practices.meetings.every": {"never": 0.0, "1 week": 50.0}, "market.tolerance": {"0.5": 0.0, "1": 20.0},
        "leads.priority": {"learned": 0.0, "newest": -30.0}}


def folder(path: Path, keys: list[str], design: str = "grid", baseline: dict[str, str] | None = None, worlds: int = 12) -> Path:
    """A results folder of a grid (or of points) whose revenue is a sum of what each value adds and of luck."""
    runs, points = [], []
    for point in itertools.product(*(ADDS[key] for key in keys)):
        values = dict(zip(keys, point, strict=True))
        against = values | (baseline or {key: next(iter(ADDS[key])) for key in keys})
        name, other = (",".join(each.values()) for each in (values, against))
        points.append({"scenario": name, "against": other, "is_point": True, "values": {
            key: {"words": words, "number": float(words) if key == "market.tolerance" else None} for key, words in values.items()}})
        gain = sum(ADDS[key][words] for key, words in values.items())
        for world in range(worlds):
            luck = np.random.default_rng(world).normal(1000, 100) + np.random.default_rng([world, len(points)]).normal(0, 2)
            figures = {"revenue": luck + gain, "cold_share": 0.5, "morale": math.nan}
            runs.append({"scenario": name, "replication": world, "seed": world} | figures)
    asked = {"name": "question", "describe": "what?", "base": "silo", "design": design, "baseline": baseline or {},
             "measure": ["revenue", "cold_share", "morale"], "points": points,
             "factors": {key: {"meaning": "", "unit": "number", "words": list(ADDS[key])} for key in keys}}
    path.mkdir(exist_ok=True)
    pd.DataFrame(runs).to_parquet(path / "runs.parquet")
    (path / "provenance.json").write_text(json.dumps({"experiment": asked, "baseline": points[0]["scenario"]}))
    return path


def read(path: Path, *args: Any, **options: Any) -> Any:
    found = answers(reading.read(folder(path, *args, **options)))
    assert found is not None
    return found


KEYS = list(ADDS)


def test_a_difference_is_taken_world_by_world(tmp_path: Path) -> None:
    rows = read(tmp_path, KEYS[:1]).rows("revenue").set_index("scenario")
    assert rows.loc["1 week", "gap"] == pytest.approx(50, abs=3)
    assert rows.loc["1 week", "gap_high"] - rows.loc["1 week", "gap_low"] < 10  # of the luck, 100 wide, nothing is left
    assert rows.loc["1 week", "verdict"] == "better"
    assert rows.loc["never", "gap_words"] == "baseline"


def test_a_baseline_of_one_setting_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    rows = read(tmp_path, KEYS[:2], baseline={KEYS[0]: "never"}).rows("revenue").set_index("scenario")
    assert rows.loc["1 week,1", "gap"] == pytest.approx(50, abs=3)
    assert rows.loc["never,1", "gap"] == 0


def test_a_main_effect_is_the_mean_over_everything_else(tmp_path: Path) -> None:
    found = read(tmp_path, KEYS)
    for at, key in enumerate(KEYS):
        effect = found.main_effect("revenue", at).set_index("value")["gap"]
        assert effect.to_dict() == pytest.approx(ADDS[key], abs=3)


def test_a_key_figure_nobody_measured_is_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, KEYS[:1]).measure == ["revenue", "cold_share"]


def test_the_sentence_counts_what_is_decided(tmp_path: Path) -> None:
    found = read(tmp_path, KEYS[:2])
    assert found.sentence("revenue") == "Revenue against meetings.every never, market.tolerance 0.5: 3 better."
    assert found.sentence("cold_share").endswith("3 no difference that matters.")


@pytest.mark.parametrize(("count", "design", "names"), [
    (1, "grid", ["answer-revenue", "answer-cold_share"]),
    (2, "grid", ["answer-revenue", "answer-revenue-lines", "answer-cold_share", "answer-cold_share-lines"]),
    (3, "grid", ["answer-revenue", "answer-cold_share"]),
    (3, "latin", ["answer-revenue", "answer-cold_share"]),
])
def test_every_kind_of_question_has_its_pictures(tmp_path: Path, count: int, design: str, names: list[str]) -> None:
    found = list(charts(reading.read(folder(tmp_path, KEYS[:count], design=design))))
    assert [name for name, _, _ in found if name.startswith("answer")] == names
    for _, caption, chart in found:
        assert caption
        with alt.data_transformers.enable("default", max_rows=None):
            chart.to_dict()


def test_one_world_has_no_intervals_and_decides_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, KEYS[:2], worlds=1)
    assert set(found.rows("revenue")["verdict"]) == {"", "too close to call"}
    assert len(list(charts(found.findings))) >= 4


def test_the_page_is_titled_with_the_question_and_answers_each_figure(tmp_path: Path) -> None:
    found = reading.read(folder(tmp_path, KEYS[:2]))
    assert title(found) == "What?"
    assert [each.scenario for each in results(found)] == ["Revenue", "Leads gone cold"]


def test_bins_hold_equally_many_and_their_means_are_those_of_the_points() -> None:
    x, y = pd.Series(np.arange(36.0)), pd.Series(2 * np.arange(36.0))
    found = binned(x, y)
    assert len(found) == 6
    assert found["mean"].tolist() == (2 * found["x"]).tolist()
    assert (found["low"] < found["mean"]).all()


def test_leaning_is_the_correlation_of_ranks() -> None:
    x = pd.Series([1.0, 2.0, 3.0, 4.0])
    assert leaning(x, x**3) == pytest.approx(1)
    assert leaning(x, -x) == pytest.approx(-1)
    assert math.isnan(leaning(x, x * 0))
