"""The search for the best effort leaves out points of its grid, and never the highest."""

from __future__ import annotations

import math

import numpy as np
import pytest

from smsim.core.kernel import kernel
from smsim.mechanisms.climbing import highest_of_grid, worth
from smsim.mechanisms.effort import outlook
from smsim.mechanisms.pay import RepPay

STEPS = 160


@kernel
def looked_at_in_blocks(o, pay):
    return highest_of_grid(o[0], pay[0], (o[0].most - o[0].least) / STEPS)


@kernel
def looked_at_everywhere(o, pay):
    step = (o[0].most - o[0].least) / STEPS
    best, highest = o[0].least, worth(o[0].least, o[0], pay[0])
    for i in range(1, STEPS + 1):
        value = worth(o[0].least + i * step, o[0], pay[0])
        if value > highest:
            best, highest = o[0].least + i * step, value
    return best, highest


def any_outlook(draw):
    usual = float(np.exp(draw.normal(11, 2)))
    quota = usual * float(np.exp(draw.normal(0, 0.5)))
    return outlook(sold=quota * draw.random() * 1.5, team=quota * draw.random() * 1.3, left=float(draw.choice([1.0, 0.011, draw.random()])),
                   usual=usual, doubt=usual * float(draw.choice([0.4, 0.001, 5.0])), cost=usual * float(draw.choice([0.05, 0.001, 0.3])),
                   quota=quota, reps=float(draw.integers(1, 40)), fear=float(draw.choice([0.0, 0.1])),
                   least=float(draw.choice([0.0, 0.6])), most=float(draw.choice([1.25, 3.0])))


@pytest.mark.parametrize("bonus", [0.0, 5000.0, 50000.0])
@pytest.mark.parametrize("cap", [math.inf, 1.5])
@pytest.mark.parametrize("accelerator", [0.0, 1.0, 3.0])
def test_looking_in_blocks_finds_the_same_point_as_looking_everywhere(bonus, cap, accelerator):
    draw = np.random.default_rng(7)
    for _ in range(200):
        pay = RepPay(commission=float(draw.choice([0.0, 0.05, 0.2])), bonus=bonus, cap=cap, accelerator=accelerator,
                     team_share=float(draw.choice([0.0, 0.3, 1.0])), quota="1 per quarter").row()
        o = any_outlook(draw)
        assert looked_at_in_blocks(o, pay) == looked_at_everywhere(o, pay)
