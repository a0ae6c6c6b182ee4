"""Where leads come from if not from demand: a Poisson stream, or a real firm's lead log played again.

Stream: gaps are exponential, keyed by the lead's index, in a clock that runs with the hours at which people ask. Log: the rows as
they stand; a row without a time of day draws it, keyed by the row. Neither needs a free customer: who asks is drawn by index and
lends segment, deal value and need.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pydantic

from smsim.core.birth import day_curves, day_weights, hours_of_week, instant
from smsim.core.contracts import Mechanism, Phase
from smsim.core.kernel import kernel, launch, rows
from smsim.core.luck import exponential, luck
from smsim.core.section import Section, param
from smsim.mechanisms.lead_log import Replay, read_lead_log
from smsim.world.channels import Channel
from smsim.world.market import Market

#: Share of buyers where a scenario describes no channel.
_NO_CHANNEL = 0.5


class Arrivals(Section, at="leads"):
    """Where leads come from, and when they are born."""

    arrivals: float | str = param("from_demand", "per week", "Where leads come from: the firm's demand, or a Poisson stream of this rate",
                                  source="assumed", grade="C", low=0, high=1e9, words={"from_demand": "from_demand"}, moves="leads +",
                                  given={"leads.arrivals": "70 per week"})
    birth_hours: str | list[float] = param("office", "profile", "When leads are born: office (80% Mon–Fri 9–17), evening, always, or 24 "
                                           "shares", source="oldroyd2011", grade="C",
                                           words={"office": "office", "evening": "evening", "always": "always"},
                                           moves="first_response_hours_mean ?")

    @pydantic.field_validator("birth_hours", mode="after")
    @classmethod
    def _a_profile(cls, value: str | list[float]) -> str | list[float]:
        hours_of_week(value)
        return value


def comes_from(scenario: Any) -> str:
    """Where a scenario's leads come from: `demand`, `stream` or `log`."""
    if scenario.of(Replay).file:
        return "log"
    return "demand" if scenario.of(Arrivals).arrivals == "from_demand" else "stream"


class Stream(Mechanism):
    """Leads arrive as a Poisson stream."""

    name = "arrivals"
    phase = Phase.DEMAND
    sections = (Arrivals,)
    reads = ("accounts.value",)
    writes = ("inquiries.*", "today.inquiries")
    streams = ("gap", "who", "channel", "buyer", "window")
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Only where a rate is given."""
        return comes_from(scenario) == "stream"

    def set_up(self) -> None:
        """Start the clock."""
        self.clock = rows(np.zeros(1, dtype=[("now", "f8"), ("next", "f8"), ("index", "i8")]))
        self.clock["next"] = np.inf
        self.pace = 0.0

    def tune(self, day: int) -> None:
        """Read rate and hours; who is on the way already comes sooner or later by as much as the rate has changed."""
        arrivals = self.scenario.of(Arrivals)
        hours = hours_of_week(arrivals.birth_hours)
        self.weights, self.curves = day_weights(hours), day_curves(hours)
        self.rate = float(arrivals.arrivals) / 7.0
        self.window = self.scenario.of(Market).window_length
        if self.rate not in (0.0, self.pace):
            now = self.clock["now"]
            self.clock["next"] = now + (self.clock["next"] - now) * self.pace / self.rate if self.pace else np.inf
            self.pace = self.rate

    def day(self, day: int) -> None:
        """Note the leads of the day."""
        if self.rate <= 0:
            return
        weight, stopped = self.weights[day % 7], 0
        while stopped >= 0:
            stopped = launch(stream_day, self.world.rows, self.clock, self.luck.keys, self.curves[day % 7], weight, self.rate,
                             self.window, day)
            if stopped >= 0:
                self.world.inquiries.grow(2 * len(self.world.inquiries))
        self.clock["now"] += weight


@kernel
def stream_day(w: Any, clock: Any, keys: Any, curve: Any, weight: Any, rate: Any, window: Any, day: Any) -> Any:
    """Note the stream's leads of one day, as far as there is room; 0 if there was none left, else -1."""
    c, k = clock[0], keys[0]
    if c.next == np.inf:
        c.next = exponential(k.gap, 0, 0) / rate
    while c.next < c.now + weight:
        if w.today[0].inquiries >= len(w.inquiries):
            return 0
        n = c.index
        row = w.inquiries[int(w.today[0].inquiries)]
        row.at = day + instant(curve, (c.next - c.now) / weight)
        row.identity = n
        row.customer = min(int(luck(k.who, n, 0) * len(w.customers)), len(w.customers) - 1)
        row.channel = min(int(luck(k.channel, n, 0) * len(w.channels)), len(w.channels) - 1)
        good = w.channels[row.channel].quality if row.channel >= 0 else _NO_CHANNEL
        row.buyer = 1 if luck(k.buyer, n, 0) < good else 0
        row.window_end = row.at + window * exponential(k.window, n, 0) if row.buyer else np.inf
        row.value = w.accounts[row.customer].value
        row.holds, row.product = 0, 0
        w.today[0].inquiries += 1
        c.index = n + 1
        c.next += exponential(k.gap, n + 1, 0) / rate
    return -1


class FromLog(Mechanism):
    """Leads arrive as a real firm's log says."""

    name = "log_replay"
    phase = Phase.DEMAND
    sections = (Replay,)
    reads = ("accounts.value",)
    writes = ("inquiries.*", "today.inquiries", "channels.*")
    streams = ("hour", "who", "buyer", "window")
    can_switch = False

    @classmethod
    def is_on(cls, scenario: Any) -> bool:
        """Only where a log is named."""
        return comes_from(scenario) == "log"

    def set_up(self) -> None:
        """Read the log and name its channels."""
        log = self.log = read_lead_log(self.scenario.of(Replay))
        names, self.described = self.world.channel_names, len(self.world.channel_names)
        names += [name for name in dict.fromkeys(log.channels) if name not in names]
        self.world.channels.grow(len(names))
        channel = np.array([names.index(name) for name in log.channels], dtype="i8")
        born = rows(np.zeros(len(log.created), dtype=[("at", "f8"), ("dated", "i8"), ("channel", "i8"), ("value", "f8"),
                                                     ("customer", "i8"), ("index", "i8"), ("window_end", "f8"), ("buyer", "i8")]))
        born["at"], born["dated"], born["channel"] = log.created, log.dated, channel
        born["value"], born["customer"], born["index"] = log.values, log.customers, np.arange(len(born))
        self.written = born

    def tune(self, day: int) -> None:
        """Bring to life the rows from today on, and put them in the order of their birth."""
        qualities = [channel.quality for channel in self.scenario.each(Channel).values()] or [_NO_CHANNEL]
        self.world.channels["quality"][self.described:] = np.mean(qualities)
        born, curves = self.written.copy(), day_curves(hours_of_week(self.scenario.of(Arrivals).birth_hours))
        launch(bring_to_life, born, self.world.rows, self.luck.keys, curves, self.scenario.of(Market).window_length)
        self.born = born[np.argsort(born["at"], kind="stable")]
        self.played = int(np.searchsorted(self.born["at"], day))

    def day(self, day: int) -> None:
        """Note the rows of the day."""
        upto = int(np.searchsorted(self.born["at"], day + 1))
        today, count = self.born[self.played:upto], upto - self.played
        self.played = upto
        inquiries = self.world.inquiries
        inquiries.grow(count)
        for name in ("at", "channel", "value", "customer", "window_end", "buyer"):
            inquiries[name][:count] = today[name]
        inquiries["identity"][:count] = today["index"]
        inquiries["holds"][:count] = inquiries["product"][:count] = 0
        self.world.today["inquiries"] += count


@kernel
def bring_to_life(born: Any, w: Any, keys: Any, curves: Any, window: Any) -> Any:
    """Give each row of a log what the log does not say: the hour, the customer behind it, whether a buyer, until when."""
    k = keys[0]
    for n in range(len(born)):
        row = born[n]
        if row.dated == 0:
            row.at = row.at + instant(curves[int(row.at) % 7], luck(k.hour, n, 0))
        named = row.customer if row.customer >= 0 else n
        row.customer = min(int(luck(k.who, named, 0) * len(w.customers)), len(w.customers) - 1)
        row.buyer = 1 if luck(k.buyer, n, 0) < w.channels[row.channel].quality else 0
        row.window_end = row.at + window * exponential(k.window, n, 0) if row.buyer else np.inf
        if not row.value > 0.0:
            row.value = w.accounts[row.customer].value
