"""What is timed from outside, as whole commands: compiling, starting, and two processes against one."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PLAY = "from smsim import load, play; play(load('silo').but({'run.weeks': 2, 'run.warm_up': 0}), 1)"
_SHORT = ["run", "silo", "--replications", "1", "--weeks", "14", "--workers", "1", "--quiet", "--out"]
_RUN = "import smsim; smsim.run('silo', replications=1, weeks=14)"
Round = Callable[[], dict[str, float]]


def spent(command: list[str], **more: str) -> dict[str, float]:
    """Seconds by the clock and of processors that a command and its children take. Raises CalledProcessError if it fails."""
    started, cpu = time.perf_counter(), _cpu()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | more)
    return {"seconds": time.perf_counter() - started, "cpu": _cpu() - cpu}


def _cpu() -> float:
    used = os.times()
    return used.children_user + used.children_system


@contextmanager
def commands() -> Iterator[dict[str, Round]]:
    """The commands that start something small, by name; caches and results lie in a folder that goes away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        warm, python = str(Path(folder, "warm")), sys.executable
        smsim = [python, "-m", "smsim"]
        spent([python, "-c", _PLAY], NUMBA_CACHE_DIR=warm)
        spent([*smsim, *_SHORT, str(Path(folder, "first"))], NUMBA_CACHE_DIR=warm)
        yield {
            "import mesa": lambda: spent([python, "-c", "import mesa"]),
            "smsim run": lambda: spent([*smsim, *_SHORT, tempfile.mkdtemp(dir=folder)], NUMBA_CACHE_DIR=warm),
            "without report": lambda: spent([python, "-c", _RUN], NUMBA_CACHE_DIR=warm),
            "smsim --help": lambda: spent([*smsim, "--help"]),
            "python": lambda: spent([python, "-c", ""]),
        }


@contextmanager
def compiling() -> Iterator[dict[str, Round]]:
    """Two weeks of the silo where nothing is compiled yet, and where everything is."""
    with tempfile.TemporaryDirectory() as folder:
        warm = str(Path(folder, "warm"))
        spent([sys.executable, "-c", _PLAY], NUMBA_CACHE_DIR=warm)
        yield {
            "cold": lambda: spent([sys.executable, "-c", _PLAY], NUMBA_CACHE_DIR=tempfile.mkdtemp(dir=folder)),
            "warm": lambda: spent([sys.executable, "-c", _PLAY], NUMBA_CACHE_DIR=warm),
        }


@contextmanager
def processes(replications: int) -> Iterator[dict[str, Round]]:
    """A study of two scenarios, played by one process, by two that have to be started, and by two that are there already."""
    import smsim

    def study(**crew: Any) -> dict[str, float]:
        started = time.perf_counter()
        smsim.run(["silo", "weekly"], replications=replications, **crew)
        return {"seconds": time.perf_counter() - started}

    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as ready:
        smsim.run(["silo", "weekly"], replications=2, weeks=14, workers=2, executor=ready)
        yield {"one process": lambda: study(workers=1), "two processes": lambda: study(workers=2),
               "two ready": lambda: study(workers=2, executor=ready)}


@contextmanager
def thousand(replications: int) -> Iterator[dict[str, Round]]:
    """So many replications of `silo`, two years with 2,000 customers, by this process and by two others; all three are warm."""
    import smsim

    def study(**crew: Any) -> dict[str, float]:
        started = time.perf_counter()
        smsim.run("silo", replications=replications, **crew)
        return {"seconds": time.perf_counter() - started}

    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as ready:
        smsim.run("silo", replications=4, weeks=14, workers=2, executor=ready)
        smsim.run("silo", replications=1, weeks=14)
        yield {"thousand by one": lambda: study(workers=1), "thousand by two": lambda: study(workers=2, executor=ready)}
