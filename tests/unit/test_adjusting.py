"""What pay makes of a rep's choices is the same asked in one go and one after the other."""

from __future__ import annotations

import pytest

from smsim import SalesMarketingModel, load


@pytest.mark.parametrize(("day", "moved"), [(130, False), (267, True)])
def test_in_one_go_a_rep_chooses_what_he_chooses_one_after_the_other(day: int, moved: bool) -> None:
    plot = load("quota").but({"market.customers": 1000, "selling.reporting.hours": 0.2, "incentives.reps.accelerator": 3.0})
    model, found = SalesMarketingModel(plot, 1), []
    model.run_for(day)
    for rep in model.reps:
        rep.earning.look(day).follow()
        asked = rep.earning.look(day)
        effort = asked.effort()
        found.append((effort, asked.reports(effort), asked.pull(effort), asked.push(effort)))
        row = rep.row
        assert found[-1] == (row.effort, row.share_reported, row.pull, row.push)
    assert any(one[2] + one[3] > 0 for one in found) == moved
