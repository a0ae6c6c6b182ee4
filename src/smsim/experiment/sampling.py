"""Where in the ranges of its settings a question is asked: points of the unit cube, an edge for each setting.

    latin    each of n slices along every edge holds one point
    morris   trajectories of k + 1 points on four levels; from one point to the next a single setting moves by two thirds of its range
             (Morris 1991)
    sobol    blocks of k + 2 points: A, then A with one coordinate after the other taken from B, then B (Saltelli and others 2010), of a
             scrambled Sobol sequence

The same seed gives the same points. Morris and Sobol points are SALib's.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

import numpy as np

from smsim.errors import InputError, Mark, Problem

#: Designs that tell how much each setting matters, and how many trajectories or blocks of points they have unless told.
SCREENING = {"morris": 10, "sobol": 64}
#: Levels of a Morris design; a step goes from one to the next but one.
LEVELS = 4


def latin(factors: int, samples: int, seed: int) -> Sequence[Sequence[float]]:
    """Points in the unit cube, such that along each edge every slice of width 1/samples holds one; the same seed, the same points."""
    from scipy.stats import qmc  # takes a while to import, and a grid needs none of it

    sampler = qmc.LatinHypercube(d=factors, rng=np.random.default_rng(seed))
    shares: list[list[float]] = sampler.random(samples).tolist()
    return shares


def screening(design: str, factors: int, samples: int, seed: int) -> Sequence[Sequence[float]]:
    """The points of a Morris or Sobol design, block after block. Raises InputError without SALib."""
    require_salib()
    from SALib.sample import morris, sobol

    if design == "morris":
        points = morris.sample(problem(factors), samples, num_levels=LEVELS, seed=seed)
    else:
        points = sobol.sample(problem(factors), samples, calc_second_order=False, seed=seed)
    shares: list[list[float]] = np.asarray(points, dtype=float).tolist()
    return shares


def block(design: str, factors: int) -> int:
    """How many points belong together."""
    return factors + (1 if design == "morris" else 2)


def problem(factors: int) -> dict[str, Any]:
    """The unit cube as SALib has it."""
    return {"num_vars": factors, "names": [f"x{at}" for at in range(factors)], "bounds": [[0.0, 1.0]] * factors}


def require_salib(mark: Mark | None = None) -> None:
    """Raise InputError where SALib is not installed."""
    if importlib.util.find_spec("SALib") is None:
        raise InputError(Problem("Morris and Sobol designs need SALib, which is not installed", mark,
                                 allowed="`pip install 'smsim[all]'`; without it `design: latin`"))
