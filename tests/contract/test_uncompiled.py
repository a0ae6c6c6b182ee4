"""A kernel's uncompiled body is its specification: integers and words agree exactly, floats to a millionth."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import numpy as np
import pytest
from uncompiled import CASES, TINIEST
from worlds import HERE, scenario

from smsim import play
from smsim.core.kernel import COMPILED


@pytest.fixture(scope="module")
def specified(tmp_path_factory):
    file = tmp_path_factory.mktemp("uncompiled") / "runs.pickle"
    command = [sys.executable, "-W", "error", str(HERE / "contract" / "uncompiled.py"), str(file)]
    subprocess.run(command, check=True, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, timeout=300)
    compiled, runs = pickle.loads(file.read_bytes())
    assert not compiled
    return runs


def agree(one, other):
    one, other = np.ma.asarray(one), np.ma.asarray(other)
    assert one.shape == other.shape
    assert (np.ma.getmaskarray(one) == np.ma.getmaskarray(other)).all()
    if one.dtype.kind == "f":
        np.testing.assert_allclose(one.data, other.data, rtol=1e-6, atol=1e-12)
    else:
        assert (one.data == other.data).all()


@pytest.mark.parametrize("case", CASES)
def test_compiled_equals_uncompiled(specified, case):
    assert COMPILED
    here, there = play(scenario(TINIEST, CASES[case]), 3, leads=True), specified[case]
    assert set(here.kpis) == set(there.kpis)
    for name in here.kpis:
        agree(here.kpis[name], there.kpis[name])
    for kind in ("days", "curves", "leads"):
        mine, theirs = getattr(here, kind), getattr(there, kind)
        assert set(mine) == set(theirs)
        for name in mine:
            agree(mine[name], theirs[name])


@pytest.mark.parametrize("case", CASES)
def test_what_is_compared_is_not_empty(specified, case):
    run = specified[case]
    assert len(run.leads["lead"]) > 20
    assert run.kpis["leads_worked"] > 0
    assert run.days["opportunities"].sum() > 0
