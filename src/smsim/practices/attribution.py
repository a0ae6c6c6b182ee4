"""Attribution: channels are put on record, and some are withheld from some, to see what they bring (M27).

Money buys records: a share of leads whose channel is known, and a share of wrong records put right. A hold-out withholds one channel,
each in turn, or all of them, from a control group for a round: contacts forgone. At its end, with mean revenue y of n customers each, and
c spent on each customer,

    ROI = m·(y₁ − y₀)/c − 1 ± 1.96·(m/c)·√(s₁²/n₁ + s₀²/n₀)

m the gross margin: unbiased but for what contacts of the round bring later, and wide. Once a round marketing shows sales what became of
the leads on record that were called in it. Those who trust it enough look: a lead shown weighs a part of a call of their own, and a bad
one once, not λ-fold, being a number and no memory. The others hear nothing. The interval of ROI itself moves nobody: it is mostly too
wide to say anything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from smsim.core.contracts import Regular
from smsim.core.kpi import Kpi
from smsim.core.luck import uniforms
from smsim.core.section import Section, param
from smsim.mechanisms.hours import take_hours, take_money
from smsim.mechanisms.roi import Estimate, proven, return_on, width
from smsim.world.channels import Channel
from smsim.world.company import Company, Culture
from smsim.world.leads import FREE, FROM_MARKETING
from smsim.world.outcomes import Outcome

_ON = {"practices.attribution.every": "4 weeks"}
_HELD = _ON | {"practices.attribution.hold_out": "50%", "run.weeks": "40", "run.warm_up": "4 weeks"}
_WON = int(Outcome.WON)


class Attribution(Section, at="practices.attribution"):
    """What is put on record, what is withheld, what is shown."""

    every: float = param(math.inf, "days", "Length of a round: of a hold-out, and from one showing to the next", source="lewis2015",
                         grade="C", low=7, high=3640, words={"never": math.inf}, moves="trust_sales_in_marketing ?", given=_ON)
    money: float = param(500.0, "money per week", "Price of records", source="assumed", grade="C", low=0, high=1e9,
                         moves="practice_cost +", given=_ON)
    recorded: float = param(0.8, "share", "Share of leads whose channel is then on record, where that is more than the channel's own",
                            source="assumed", grade="C", low=0, high=1, moves="attribution_coverage +", given=_ON)
    cleared: float = param(0.5, "share", "Share of wrong records put right", source="assumed", grade="C", low=0, high=1, moves="leads ?",
                           given=_ON | {"incentives.marketers.revenue": "100%", "crm.misattributed": "60%", "crm.closed_loop": "yes"})
    hold_out: float = param(0.0, "share", "Share of customers from whom a channel is withheld", source="lewis2015", grade="B", low=0,
                            high=0.9, moves="leads -", given=_ON | {"practices.attribution.withheld": "all"})
    withheld: str = param("each", "word", "What is withheld: each channel in turn, or all of them", source="lewis2015", grade="C",
                          choices=("each", "all"), moves="leads ?", given=_HELD)
    showing: float = param(1.0, "hours", "Hours of everybody for each showing", source="assumed", grade="C", low=0, high=8,
                           moves="practice_cost +", given=_ON)
    attention: float = param(0.3, "share", "Trust below which a rep does not look", source="assumed", grade="C", low=0, high=1,
                             moves="trust_sales_in_marketing ?", given=_ON)
    weight: float = param(0.1, "calls", "What a lead that is shown weighs for a rep, in calls of his own", source="assumed", grade="C",
                          low=0, high=1, moves="trust_sales_in_marketing ?", given=_ON)


class Attributing(Regular):
    """Marketing shows what it brings, as far as it can know."""

    name = "attribution"
    sections = (Attribution,)
    reads = ("log.*", "leads.*", "firm.logged", "reps.trust", "channels.*")
    writes = ("channels.tracked", "firm.cleared", "firm.held", "accounts.withheld", "reps.lead_good", "reps.lead_bad", "reps.away",
              "marketers.away", "today.practice_hours_cost", "today.practice_money")
    streams = ("control",)
    costs = "money for records; contacts forgone with the control group; hours of showing"
    moves = "information: which channel brought a lead, what leads became; rules: who is contacted; trust: by evidence"
    through = {"information": ("channels.tracked", "firm.cleared"), "rules": ("firm.held", "accounts.withheld"),
               "trust": ("reps.lead_good", "reps.lead_bad")}
    kpis = (
        Kpi("roi_interval", "share", "Width of the 95% interval of a channel's return, median over hold-outs", "down", "run", of_run=width),
        Kpi("roi_proven", "share", "Hold-outs whose interval lies above 0", "up", "run", of_run=proven),
    )

    def set_up(self) -> None:
        """No round has been."""
        self.estimate: Estimate | None = None
        self.rounds = 0

    def tune(self, day: int) -> None:
        """Put on record."""
        of = self.scenario.of
        self.p, self.harsh, self.margin = of(Attribution), of(Culture).harshness, of(Company).gross_margin
        self.spend = np.array([channel.spend for channel in self.scenario.each(Channel).values()])
        self.world.channels["tracked"], self.world.firm["cleared"] = self.p.recorded, self.p.cleared

    def stop(self) -> None:
        """Everybody is contacted again; records end."""
        self.world.channels["tracked"] = self.world.firm["cleared"] = self.world.firm["held"] = self.world.accounts["withheld"] = 0

    def morning(self, day: int) -> None:
        """A round is over: reckon, show, begin the next."""
        world = self.world
        take_money(world, self.p.money * self.p.every / 7.0)
        for side in ("reps", "marketers"):
            take_hours(world, side, self.p.showing)
        ended = world.log[self.since:int(world.firm["logged"][0])]
        self.estimate = self._reckon(ended, (day - self.began) / 7.0)
        self._show(ended)
        self.begin(day)

    def begin(self, day: int) -> None:
        """Withhold the next channel from another control group."""
        world, used = self.world, np.flatnonzero(self.spend > 0)
        self.since, self.began, held = int(world.firm["logged"][0]), day, 0
        if self.p.hold_out > 0 and len(used):
            held = -1 if self.p.withheld == "all" else int(used[self.rounds % len(used)]) + 1
            key = self.luck.keys["control"][0]
            world.accounts["withheld"] = uniforms(key, len(world.accounts), self.rounds) < self.p.hold_out
        self.rounds += 1
        world.firm["held"] = held

    def _reckon(self, ended: Any, weeks: float) -> Estimate | None:
        """What the channel withheld in the round that is over brought, if any was."""
        held = int(self.world.firm["held"][0])
        if not held:
            return None
        won = ended[ended["outcome"] == _WON]
        revenue = np.bincount(won["customer"], won["value"], minlength=len(self.world.accounts))
        budget, control = self.world.channels["budget"][: len(self.spend)], self.world.accounts["withheld"] > 0
        money = np.where(budget < 0, self.spend, budget)
        spent = float(money.sum() if held < 0 else money[held - 1]) * weeks
        return return_on(revenue[~control] * self.margin, revenue[control] * self.margin, spent / max(1, len(revenue)))

    def _show(self, ended: Any) -> None:
        """Reps who trust marketing enough look at what became of the leads on record; each weighs a part of a call of their own."""
        reps, leads = self.world.reps, self.world.leads
        live = leads[:][leads["state"] != FREE]
        called = [self._called(ended, "first_touch"), self._called(live, "touched")]
        good, bad = (sum(counts) for counts in zip(*called, strict=True))
        looks = reps["trust"] >= self.p.attention
        reps["lead_good"][looks] += self.p.weight * good
        reps["lead_bad"][looks] += self.p.weight * bad / self.harsh

    def _called(self, rows: Any, touched: str) -> tuple[int, int]:
        """How many of the leads on record that were called in this round were good, and how many bad."""
        mine = rows[(rows["source"] == FROM_MARKETING) & (rows["traced"] > 0) & (rows[touched] >= self.began)]
        good = int((~np.isnan(mine["qualified"])).sum())
        return good, len(mine) - good

    def tallies(self) -> Mapping[str, float]:
        """The last estimate, on the day on which it is made."""
        estimate, self.estimate = self.estimate, None
        low, high = (estimate.low, estimate.high) if estimate else (math.nan, math.nan)
        return {"roi_low": low, "roi_high": high}
