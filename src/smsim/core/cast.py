"""Who plays: the parts that a scenario switches on, in the order of the day, and what becomes of them when settings change."""

from __future__ import annotations

from typing import Any

from smsim.core.contracts import Mechanism, Part, Practice


class Cast:
    """The parts of a model. One that is switched off keeps its state and its luck, and is missed by nobody until it returns."""

    def __init__(self, kinds: list[type[Part]], world: Any, seed: int) -> None:
        self.kinds, self.world, self.seed = kinds, world, seed
        self._known: dict[str, Part] = {}

    @property
    def mechanisms(self) -> list[Mechanism]:
        """Those that act every day, in the order of the day."""
        return [part for part in self.world.parts.values() if isinstance(part, Mechanism)]

    @property
    def practices(self) -> list[Practice]:
        """The habits, by name."""
        return [part for part in self.world.parts.values() if isinstance(part, Practice)]

    def follow(self, scenario: Any, day: int) -> None:
        """From the morning of a day on another scenario holds: parts begin, are tuned, stop, each after those before it in the day."""
        playing = self.world.parts
        self.world.parts = {}
        for kind in self.kinds:
            part = self._known.get(kind.name)
            if kind.is_on(scenario):
                self._play(part or self._build(kind, scenario), scenario, day, kind.name in playing)
            elif part is not None and kind.name in playing:
                part.scenario = scenario
                part.stop()

    def _build(self, kind: type[Part], scenario: Any) -> Part:
        part = self._known[kind.name] = kind(self.world, scenario, self.seed)
        return part

    def _play(self, part: Part, scenario: Any, day: int, played: bool) -> None:
        part.before, part.scenario = part.scenario if played else None, scenario
        self.world.parts[part.name] = part
        part.tune(day)
