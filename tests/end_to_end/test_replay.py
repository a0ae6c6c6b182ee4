"""A lead log is played again lead for lead: the shipped one, and a real one where it is present."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smsim.model import play
from smsim.scenario import load

REAL = Path(__file__).parents[3] / "shared" / "data" / "olist_leads_2018q1.csv"


def played(sets: list[str]) -> pd.DataFrame:
    run = play(load("real_silo", ["run.weeks=14", *sets]), 11, leads=True)
    assert run.leads is not None
    return pd.DataFrame({name: np.ma.filled(values, -1) if isinstance(values, np.ma.MaskedArray) else values
                         for name, values in run.leads.items()})


def same_days_and_channels(log: pd.DataFrame, leads: pd.DataFrame) -> None:
    born = pd.to_datetime(log["created"], format="ISO8601")
    monday = born.min().normalize() - pd.Timedelta(days=int(born.min().weekday()))
    days = ((born - monday) // pd.Timedelta(days=1)).astype(int)
    there = Counter(zip(days, log["channel"].fillna(""), strict=True))
    here = Counter(zip(leads["created"].astype(int), leads["channel"], strict=True))
    assert here == there


def test_the_shipped_log_arrives_lead_for_lead() -> None:
    log = pd.read_csv(Path(load("real_silo")["leads.replay.file"]), keep_default_na=False)
    leads = played([])
    same_days_and_channels(log, leads)
    assert sorted(leads["lead"]) == sorted(log["lead_id"])


def test_a_time_of_day_that_the_log_gives_is_kept() -> None:
    log = pd.read_csv(Path(load("real_silo")["leads.replay.file"]))
    leads = played([]).set_index("lead")
    born = pd.to_datetime(log.set_index("lead_id")["created"], format="ISO8601")
    monday = born.min().normalize() - pd.Timedelta(days=int(born.min().weekday()))
    hours = (born - monday) / pd.Timedelta(days=1)
    assert np.allclose(leads["created"], hours.reindex(leads.index), atol=1e-6)


@pytest.mark.skipif(not REAL.is_file(), reason=f"the real lead log is not here ({REAL.name})")
def test_the_real_log_arrives_lead_for_lead_on_its_days_and_channels() -> None:
    log = pd.read_csv(REAL, keep_default_na=False)
    leads = played([f"leads.replay={{file: {REAL}, created: created, channel: channel, id: lead_id}}"])
    assert len(leads) == 3343
    same_days_and_channels(log, leads)
    assert sorted(leads["lead"]) == sorted(log["lead_id"])
    within = (leads["created"] % 1) * 24
    workday = leads["created"] % 7 < 5
    office = workday & (within >= 9) & (within < 17)
    assert 0.55 < office.mean() < 0.9
