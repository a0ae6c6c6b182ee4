"""Reps give marketing's leads more of their time where leads are better sifted, better tracked and more.

With experience sifting counts for more, tracking and volume for less; good sellers answer more to volume and less to tracking.

Reps differ, leave and are replaced (`people`); four years, the first left out. Time share: hours on marketing's leads over those and the
hours of own prospecting, by rep and quarter, where he was there from its beginning. In each world a fractional logit (Papke & Wooldridge
1996) explains it by a level, by experience (years there, five at the most, less two) and by performance (his sales of the quarter over
those of the mean rep, less one). A main effect is the change of the level, an interaction the change of a slope, in log-odds. Sifting: the
score tells buyers from idlers with .9 instead of .7, at the same threshold. Tracking: reps see how old every lead is instead of one in
ten, and marketing is told what became of its leads; nobody in the model watches a rep or pays him for following up. Volume: half
as many customers again, and the money to reach them, with the same people. At least seven of the eight signs should be as found.

Source: Sabnis, Chatterjee, Grewal & Lilien 2013, Journal of Marketing [C] for the five interactions; the signs of the three main effects
are implied there [D].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smsim.core.calendar import QUARTER, YEAR
from smsim.facts.fact import INFINITE, TESTS, Fact, Means, Measure, Played, World
from smsim.scenario.sizing import larger_market
from smsim.world.outcomes import Outcome

_WEEKS = QUARTER // 7
_LONGEST, _USUAL = 5.0, 2.0
_LENGTH: dict[str, Any] = {"run.weeks": 4 * 52, "run.warm_up": YEAR}
WORLDS = {
    "firm": World("people", _LENGTH),
    "sifting": World("people", _LENGTH | {"leads.score_auc": 0.9}),
    "tracking": World("people", _LENGTH | {"leads.age_seen": 1.0, "crm.closed_loop": "yes"}),
    "volume": World("people", _LENGTH | larger_market(1.5)),
}
#: What was found: what is changed, what of the regression changes with it, and which way.
SIGNS = (
    ("sifting", "level", 1), ("tracking", "level", 1), ("volume", "level", 1),
    ("tracking", "experience", -1), ("volume", "experience", -1), ("sifting", "experience", 1),
    ("volume", "performance", 1), ("tracking", "performance", -1),
)


def numbers(played: Played) -> Mapping[str, float]:
    """Level and slopes of the time share."""
    share, known = observe(played.again(), int(played.start) // QUARTER)
    return dict(zip(("level", "experience", "performance"), fractional_logit(share, known).tolist(), strict=True))


def observe(model: Any, first: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The time share of each rep in each quarter from the first on, and what is to explain it: one, experience, performance."""
    reps, quarters, shares, known = model.world.reps, model.plot["run.weeks"] // _WEEKS, [], []
    for quarter in range(quarters):
        hours = np.zeros((2, len(reps)))
        for _ in range(_WEEKS):
            model.run_for(6)  # on Sundays reps begin to count anew
            hours += [reps["hours_leads"], reps["hours_own"]]
            model.run_for(1)
        there = (hours.sum(axis=0) > 0) & (model.days_played - reps["hired"] >= QUARTER)
        if quarter >= first:
            years, sold = np.minimum((model.days_played - reps["hired"]) / YEAR, _LONGEST) - _USUAL, sales(model, quarter)
            rows = np.stack([np.ones(len(reps)), years, sold / max(sold[there].mean(), 1.0) - 1.0 if there.any() else sold], axis=1)
            shares.append((hours[0] / np.maximum(hours.sum(axis=0), 1e-9))[there])
            known.append(rows[there])
    return np.concatenate(shares), np.concatenate(known)


def sales(model: Any, quarter: int) -> NDArray[Any]:
    """What each rep has sold in a quarter that is over."""
    log = model.world.log[: int(model.world.firm["logged"][0])]
    won = log[(log["outcome"] == Outcome.WON) & (log["closed"] >= quarter * QUARTER) & (log["closed"] < (quarter + 1) * QUARTER)]
    return np.bincount(won["rep"], won["value"], minlength=len(model.world.reps))


def fractional_logit(share: NDArray[Any], known: NDArray[Any], rounds: int = 25) -> NDArray[Any]:
    """Coefficients of a share on what is known, by Bernoulli quasi-likelihood: Σ (y − Λ(x·b))·x = 0, by Newton's steps."""
    found = np.zeros(known.shape[1])
    for _ in range(rounds):
        mean = 1.0 / (1.0 + np.exp(-np.clip(known @ found, -30.0, 30.0)))
        steep = known.T @ (known * (mean * (1.0 - mean))[:, None])
        found = found + np.linalg.lstsq(steep, known.T @ (share - mean), rcond=None)[0]
    return found


def change(world: str, number: str) -> Callable[[Means], float]:
    """How much a coefficient is higher in a world than in the firm as it is."""
    return lambda means: means[world][number] - means["firm"][number]


def as_found(means: Means) -> float:
    """How many of the eight signs are as found."""
    return float(sum(sign * change(world, number)(means) > 0 for world, number, sign in SIGNS))


_SAYS = {"level": "Change of the time share, log-odds, with {}", "experience": "Change of the slope on experience with {}",
         "performance": "Change of the slope on performance with {}"}


def _measure(world: str, number: str, sign: int) -> Measure:
    name, band = world if number == "level" else f"{number} by {world}", (0.0, INFINITE) if sign > 0 else (-INFINITE, 0.0)
    return Measure(name, _SAYS[number].format(f"more {world}"), band, change(world, number))


FACT = Fact("4", "Who follows up", __doc__, WORLDS, numbers, (
    Measure("signs", "Of the eight signs, as found", (7.0, 8.0), as_found), *(_measure(*sign) for sign in SIGNS),
), TESTS)
