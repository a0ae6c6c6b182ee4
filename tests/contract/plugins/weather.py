"""A user's mechanism with a table, luck and a key figure of its own, which nobody looks at."""

from __future__ import annotations

from collections.abc import Mapping

from smsim import Kpi, Mechanism, Phase, Section, Table, field, kernel, launch, luck, param


class Weather(Section, at="weather"):
    """The weather."""

    wet: float = param(0.3, "share", "Chance of rain", source="assumed", grade="C", low=0, high=1, moves="rainy_days +")


class Sky(Table, name="sky"):
    """One row."""

    rain = field("f8", 0.0, "flag", "Whether it rains today")


class Raining(Mechanism):
    """It rains or it does not."""

    name = "weather"
    phase = Phase.MARKET
    sections = (Weather,)
    writes = ("sky.rain",)
    streams = ("rain",)
    kpis = (Kpi("rainy_days", "days", "Days on which it rained"),)

    def set_up(self) -> None:
        """Look up."""
        self.sky = self.world.sky = Sky(1)

    def day(self, day: int) -> None:
        """Rain."""
        launch(rain, self.sky.rows, self.luck.keys, self.scenario.of(Weather).wet, day)

    def tallies(self) -> Mapping[str, float]:
        """Whether it rained."""
        return {"rainy_days": float(self.sky["rain"][0])}


@kernel
def rain(sky, keys, wet, day):
    """Draw the weather of the day."""
    sky[0].rain = 1.0 if luck(keys[0].rain, 0, day) < wet else 0.0
