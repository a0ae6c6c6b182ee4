"""A belief of a segment's need, made of the model's own functions, about a need that moves as a random walk."""

from __future__ import annotations

import numpy as np

from smsim.mechanisms.insight import aged, hear_of_need
from smsim.world.market import Insight, Market


class Belief:
    """A belief of a segment's need about which nothing is known but that it moves as a random walk."""

    def __init__(self, noise):
        self.table, self.noise, self.market = Insight(1), noise, Market(drift=0.0).row()
        self.table["var"], self.table["mean"] = 1e6, 0.0

    def age(self, moves):
        """A period passes: no drift towards a mean (keep 1), and a surprise of this variance."""
        self.table["var"] = aged(float(self.table["var"][0]), 1.0, moves)
        return float(self.table["var"][0])

    def hear(self, seen):
        """Take in a report; returns by how much of the difference the belief moved."""
        before = self.table["mean"][0, 0]
        hear_of_need(self.table.rows[0], np.asarray(seen), self.noise, 0.0, self.market)
        return (self.table["mean"][0, 0] - before) / (seen[0] - before)


def walk_error(moves, noise, walk, steps=150):
    """Mean squared distance of a belief to a random walk, before each report through noise; the first fifty left out."""
    rng = np.random.default_rng(walk)
    needs = np.cumsum(rng.normal(0, np.sqrt(moves), (steps, 3)), axis=0)
    belief, errors = Belief(noise), []
    for need in needs:
        belief.age(moves)
        errors.append(np.mean((belief.table["mean"][0] - need) ** 2))
        belief.hear(need + rng.normal(0, np.sqrt(noise), 3))
    return np.mean(errors[50:])
