"""Each quarter the two sides forecast what every territory will sell in the next (M41).

The rep goes by what is usual in his territory (half last quarter's sales, half what was usual before) and is too hopeful: B(1 + b + sε).
Marketing goes by the market: what the firm usually sells, by the territory's share of the value of all accounts: M(1 + sε'). ε and ε'
are standard normal and correlated by ρ, so the mean of the two errs by √((1 + ρ)/2) of what each errs in judgement (.875 at .53, case
21); what luck does to a quarter's sales nobody forecasts. The firm goes by the rep's forecast, and a forecast by itself does nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.calendar import QUARTER
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kpi import Kpi
from smsim.core.luck import normal
from smsim.core.section import Section, param
from smsim.world.outcomes import Outcome
from smsim.world.period import Period

_MADE = {"company.forecasts.made": "yes"}
_JOINT = _MADE | {"practices.joint_forecast.hours": "2 hours"}


class Forecasting(Section, at="company.forecasts"):
    """Forecasts of what each territory will sell."""

    made: bool = param(False, "flag", "Whether both sides forecast every quarter", source="armstrong2001", grade="C",
                        moves="forecast_mape ?")
    bias: float = param(0.1, "share", "How much too hopeful reps are (b)", source="armstrong2001", grade="C", low=-0.9, high=5,
                        moves="forecast_mape ?", given=_MADE)
    noise: float = param(0.3, "share", "Spread of each side's errors of judgement (s)", source="assumed", grade="C", low=0, high=2,
                         moves="forecast_mape ?", given=_MADE)
    shared: float = param(0.53, "share", "Correlation of the two sides' errors of judgement (ρ)", source="armstrong2001", grade="B", low=0,
                          high=1, moves="forecast_mape ?", given=_JOINT)


def forecast_error(period: Period) -> float:
    """Over whole quarters: what all territories were missed by, over what was sold."""
    missed, sold = (np.nansum(period.days.get(name, 0.0)) for name in ("forecast_missed", "forecast_sold"))
    return float(missed / sold) if sold > 0 else math.nan


class Forecast(Mechanism):
    """On the last evening of a quarter it is seen how far off one was, and forecast again."""

    name = "forecast"
    phase = Phase.LEARNING
    sections = (Forecasting,)
    reads = ("log.*", "firm.logged", "accounts.value", "accounts.owner", "forecasts.*")
    writes = ("forecasts.*",)
    streams = ("common", "rep", "marketing")
    kpis = (Kpi("forecast_mape", "share", "What territories were missed by in the forecasts of quarters, over what they sold", "down",
                "run", of_run=forecast_error),)

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Where forecasts are made."""
        return bool(scenario.of(Forecasting).made)

    def tune(self, day: int) -> None:
        """Read how both sides err; who begins looks into the books of the quarter that runs."""
        self.p = self.scenario.of(Forecasting)
        if self.before is None:
            self.read = self.quarters = 0

    def day(self, day: int) -> None:
        """Look back and ahead, if it is the last evening of a quarter."""
        self.missed = self.sold = 0.0
        if (day + 1) % QUARTER:
            return
        sold, forecasts = self._sold(day + 1 - QUARTER), self.world.forecasts
        if self.quarters:
            self.missed, self.sold = float(np.abs(forecasts["plan"] - sold).sum()), float(sold.sum())
        forecasts["usual"] = (forecasts["usual"] + sold) / 2.0 if self.quarters else sold
        forecasts["potential"] = forecasts["usual"].sum() * self._shares()
        self.quarters += 1
        self._look_ahead((day + 1) // QUARTER)

    def _sold(self, since: int) -> Any:
        """What each rep has sold since the quarter began."""
        end = int(self.world.firm["logged"][0])
        log, self.read = self.world.log[self.read:end], end
        won = log[(log["outcome"] == Outcome.WON) & (log["closed"] >= since)]
        return np.bincount(won["rep"], won["value"], minlength=len(self.world.reps))

    def _shares(self) -> Any:
        """Each territory's share of the value of all accounts."""
        accounts = self.world.accounts
        value = np.bincount(accounts["owner"], accounts["value"], minlength=len(self.world.reps))
        return value / value.sum()

    def _look_ahead(self, quarter: int) -> None:
        forecasts = self.world.forecasts
        mine, theirs = judgement(self.luck.keys[0], len(forecasts), quarter, self.p.shared)
        forecasts["by_rep"] = np.maximum(0.0, forecasts["usual"] * (1.0 + self.p.bias + self.p.noise * mine))
        forecasts["by_marketing"] = np.maximum(0.0, forecasts["potential"] * (1.0 + self.p.noise * theirs))
        forecasts["plan"] = forecasts["by_rep"]

    def tallies(self) -> Mapping[str, float]:
        """What was missed, and what was sold, in the quarter that ends tonight."""
        return {"forecast_missed": self.missed, "forecast_sold": self.sold}


def judgement(key: Any, territories: int, quarter: int, shared: float) -> tuple[Any, Any]:
    """Errors of judgement of the reps and of marketing about each territory: standard normal, correlated by `shared`."""
    common, rep, marketing = (np.array([normal(key[name], r, quarter) for r in range(territories)])
                              for name in ("common", "rep", "marketing"))
    both, own = math.sqrt(shared), math.sqrt(1.0 - shared)
    return both * common + own * rep, both * common + own * marketing
