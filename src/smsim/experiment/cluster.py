"""More than one machine: the replications of a plan on the workers of a dask scheduler, or on a cluster of this machine's own.

The numbers are those of one process. Files that scenarios name go to every worker, also to one that joins later. A worker that dies costs
its replications' time: the scheduler hands them to others. Where the scheduler is lost, what has come back is kept.
"""

from __future__ import annotations

import dataclasses
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from smsim.errors import InputError, PlanError, Problem
from smsim.experiment import parcel, versions
from smsim.experiment.plan import Plan
from smsim.experiment.pool import deaf
from smsim.experiment.runner import Crew
from smsim.experiment.worker import play_one

try:
    from distributed import WorkerPlugin
except ImportError:
    WorkerPlugin = object

#: Seconds to find the scheduler, to wait for its first worker, and to take leave.
_FIND, _COME, _LEAVE = 20, 120, 5
#: Seconds between two questions how many workers there are.
_ASK = 5.0
#: How often dask tries again what a worker could not take in or send back.
RETRIES = 2
_LOCAL = re.compile(r"local:(\d{1,4})", re.ASCII)
_ALLOWED = "`local:N` for N processes of this machine, or the address of a scheduler such as `tcp://10.0.0.1:8786`"


class Luggage(WorkerPlugin):  # type: ignore[misc]
    """The files of a study, laid down on every worker there is and every one that joins."""

    def __init__(self, files: Mapping[str, tuple[str, bytes]]) -> None:
        self.files = dict(files)
        self.name = f"smsim {' '.join(sorted(self.files))}"[:200]

    def setup(self, worker: Any) -> None:
        """Lay them down."""
        parcel.unpack(self.files)


class ClusterExecutor(Executor):
    """Hands replications to the workers of a dask client."""

    def __init__(self, client: Any, plan: Plan) -> None:
        self._client, self._plan = client, plan
        self._executor = client.get_executor(retries=RETRIES, pure=False)
        self._parcels: dict[int, tuple[Any, parcel.Parcel]] = {}
        self._hands, self._asked = 1, -_ASK

    @property
    def hands(self) -> int:
        """How many replications the workers play at once. Raises BrokenExecutor where the scheduler is lost."""
        now = time.monotonic()
        if now - self._asked >= _ASK:
            self._require_scheduler()
            try:
                self._hands = max(1, sum(self._client.nthreads().values()))
            except Exception as error:
                raise BrokenExecutor(str(error)) from error
            self._asked = now
        return self._hands

    def submit(self, function: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        """Hand on a task; one that plays a scenario, with the scenario packed."""
        self._require_scheduler()
        if function is play_one:
            play, scenario, seed, leads = args
            function, args = parcel.play_parcel, (play, self._packed(scenario), seed, leads)
        found: Future[Any] = self._executor.submit(function, *args, **more)
        return found

    def _packed(self, scenario: Any) -> parcel.Parcel:
        """Each scenario is packed once; it is kept, since another could have the number of one that is gone."""
        if id(scenario) not in self._parcels:
            self._parcels[id(scenario)] = scenario, parcel.Parcel.of(scenario)
        return self._parcels[id(scenario)][1]

    def _require_scheduler(self) -> None:
        if self._client.status != "running":
            raise BrokenExecutor("the scheduler cannot be reached")


@contextmanager
def gathered(crew: Crew, plan: Plan) -> Iterator[Crew]:
    """The crew with the cluster it names as its executor; as it is where it names none. Raises InputError, and nothing is written."""
    if crew.cluster is None:
        yield crew
        return
    if crew.executor is not None:
        raise PlanError(Problem("a study cannot be played by an executor and a cluster", allowed="one of them"))
    with _client(crew.cluster) as client:
        _make_ready(client, plan, crew.cluster)
        yield dataclasses.replace(crew, workers=1, executor=ClusterExecutor(client, plan))


@contextmanager
def _client(asked: str) -> Iterator[Any]:
    """A dask client, and with `local:N` the cluster it belongs to, as long as it is needed. Ctrl-C is no business of its processes."""
    own = _LOCAL.fullmatch(asked)
    if not (own and int(own[1])) and "://" not in asked:
        raise InputError(Problem("--cluster names no cluster", read=asked[:80], allowed=_ALLOWED))
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        problem = Problem("a cluster needs dask.distributed, which is not installed", allowed="`pip install 'smsim[cluster]'`")
        raise InputError(problem) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with ExitStack() as leaving:
        try:
            with deaf():
                manner = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": logging.CRITICAL}
                address = LocalCluster(n_workers=int(own[1]), **manner) if own else asked
                if own:
                    leaving.callback(_close, address)
                client = Client(address, timeout=_FIND, set_as_default=False)
        except (OSError, ValueError) as error:
            raise InputError(Problem(f"no scheduler answers at {asked[:80]}", read=str(error)[:200], allowed=_ALLOWED)) from error
        leaving.callback(_close, client)
        yield client


def _close(thing: Any) -> None:
    """Let go of a client or a cluster, also of one that is gone already."""
    with suppress(Exception):
        thing.close(timeout=_LEAVE)


def _make_ready(client: Any, plan: Plan, asked: str) -> None:
    """Wait for a worker, make sure that all play by our rules, and send the files. Raises InputError."""
    try:
        client.wait_for_workers(1, timeout=_COME)
    except TimeoutError:
        raise InputError(Problem(f"no worker has come to {asked} in {_COME} seconds", allowed="at least one")) from None
    try:
        rules = client.run(versions.code_hash)
    except Exception as error:
        raise InputError(Problem(f"the workers of {asked} cannot play", read=f"{type(error).__name__}: {error}"[:200],
                                 allowed=f"workers with smsim {versions.smsim()} installed")) from error
    other = [address for address, code in rules.items() if code != versions.code_hash()]
    if other:
        raise InputError(Problem(f"{len(other)} of {len(rules)} workers of {asked} would play by other rules", read=", ".join(other[:3]),
                                 allowed="the same smsim, Python, NumPy, Numba and Mesa as here"))
    files = parcel.luggage(plan)
    if files:
        client.register_plugin(Luggage(files))
