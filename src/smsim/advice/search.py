"""Which candidates are looked at: all of them where they are few, else those that a sampler proposes, batch by batch.

The sampler is optuna's TPE (Bergstra, Bardenet, Bengio & Kégl 2011), begun with every lever alone and a batch at random. Every second
proposal is a move instead: one of the best so far with one or two levers elsewhere, since TPE alone creeps along the edge of a budget.
Both are asked and told in batches of a fixed size, so what they propose follows from the seed, whoever plays. What nobody can pay is cut
back until it can be paid.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from smsim.advice.bench import Bench, Look
from smsim.advice.candidates import Candidates, Pick
from smsim.advice.levers import FINE
from smsim.advice.worlds import luck_of
from smsim.errors import InputError, Problem, RunError
from smsim.experiment import tables

#: Candidates proposed before any of them is played.
BATCH = 16
#: Tries for each candidate wanted before nothing new is to be had; the best from which a move starts.
_PATIENCE, _PARENTS = 8, 4
#: How far a move goes along a range, as a share of it, and how often it leaves the range alone.
_STEPS, _LEAVE = (0.25, 0.1, 0.03), 0.1
#: A file that says after which batch the minutes were used up, so that the same command does not search on.
CLOSED = "search.json"


def search(bench: Bench, look: Look) -> list[Pick]:
    """Play what is to be looked at, in the order it was thought of; the candidate that changes nothing is first."""
    made, effort = bench.candidates, bench.decision.effort
    everything = made.all(effort.trials)
    if everything is not None:
        bench.play(look, everything)
        return everything
    found: dict[Pick, None] = {}
    closed, batches = _closed_after(bench), [list(made.singles())]
    proposals = _Proposals(made, luck_of(bench.decision.seed, "search", ""), len(batches[0]))
    while batches:
        batch = batches.pop()
        bench.play(look, batch)
        found.update(dict.fromkeys(batch))
        proposals.tell(batch, [_score(bench, look, pick) for pick in batch])
        if len(found) >= effort.trials or proposals.is_tired or _is_over(bench, closed, len(found)):
            break
        batches.append(proposals.ask(min(BATCH, effort.trials - len(found)), found))
    return list(found)


def _score(bench: Bench, look: Look, pick: Pick) -> float:
    wanted = bench.decision.objective
    return wanted.sign * wanted.value(bench.groups([look], pick))


def _closed_after(bench: Bench) -> int | None:
    """How many candidates had been looked at when the minutes were used up, None where they were not."""
    try:
        told = json.loads((bench.out / CLOSED).read_text(encoding="utf-8")) if bench.out is not None else {}
        return int(told["closed_after"])
    except (OSError, ValueError, KeyError):
        return None


def _is_over(bench: Bench, closed: int | None, count: int) -> bool:
    """Whether no more are tried; once that was so, it is so at the same place again."""
    if closed is not None:
        return count >= closed
    if bench.seconds < 60 * bench.decision.effort.minutes:
        return False
    if bench.out is not None:
        try:
            tables.write_text(bench.out / CLOSED, json.dumps({"closed_after": count}) + "\n")
        except OSError as error:
            raise RunError(f"{bench.out}: cannot write {CLOSED}: {error.strerror or error}; the runs are kept") from error
    return True


def sampler() -> Any:
    """The library that proposes candidates. Raises InputError where it is not installed."""
    try:
        import optuna
    except ImportError:
        problem = Problem("so many candidates are searched with optuna, which is not installed",
                          allowed="`pip install 'smsim[all]'`; or `trials` as large as there are candidates, and `steps` for ranges")
        raise InputError(problem) from None
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return optuna


class _Proposals:
    """A sampler that is asked for candidates and told what they came to."""

    def __init__(self, candidates: Candidates, seed: int, singles: int) -> None:
        self._optuna, self._candidates = sampler(), candidates
        self._luck = np.random.default_rng(seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tpe = self._optuna.samplers.TPESampler(seed=seed % 2**32, multivariate=True, n_startup_trials=singles + BATCH // 2)
        self._study = self._optuna.create_study(direction="maximize", sampler=tpe)
        self._scores: dict[Pick, float] = {}
        self._space = dict(self._dimensions())
        self.is_tired = False

    def _dimensions(self) -> Iterator[tuple[str, Any]]:
        """What is proposed for each lever: an option of a list; of a range whether it is touched, and how far."""
        kinds = self._optuna.distributions
        for at, lever in enumerate(self._candidates.decision.levers):
            count = 2 if lever.is_range else len(lever.options) + 1
            yield f"{at}", kinds.CategoricalDistribution(tuple(range(count)))
            if lever.is_range:
                yield f"{at} share", kinds.FloatDistribution(0.0, 1.0)

    def ask(self, count: int, known: dict[Pick, None]) -> list[Pick]:
        """So many candidates that nobody has looked at; fewer where the sampler knows no more, which then is tired."""
        batch: dict[Pick, None] = {}
        for number in range(_PATIENCE * count):
            proposed = self._sampled() if number % 2 else self._moved()
            pick = self._candidates.made_affordable(proposed, self._luck)
            if pick not in known and self._candidates.is_possible(pick):
                batch.setdefault(pick)
            if len(batch) == count:
                break
        self.is_tired = not batch
        return list(batch)

    def _sampled(self) -> Pick:
        trial = self._study.ask(self._space)
        self._study.tell(trial, state=self._optuna.trial.TrialState.FAIL)
        return self._pick(trial.params)

    def _moved(self) -> Pick:
        """One of the best so far, with one or two levers elsewhere."""
        best = sorted(self._scores, key=lambda pick: -self._scores[pick])[:_PARENTS]
        pick = best[int(self._luck.integers(len(best)))]
        levers = self._luck.permutation(len(pick))[: int(self._luck.integers(1, 3))].tolist()
        for at in levers:
            pick = self._candidates.but(pick, at, self._elsewhere(pick, at))
        return pick

    def _elsewhere(self, pick: Pick, at: int) -> float | None:
        """Another place for a lever: along a range mostly near by, in a list any other."""
        lever, place = self._candidates.decision.levers[at], pick[at]
        if not lever.is_range:
            options = [None, *map(float, range(len(lever.options)))]
            return options[int(self._luck.integers(len(options)))]
        if place is None or self._luck.random() < _LEAVE:
            return round(float(self._luck.random()) * FINE) / FINE if place is None else None
        shift = float(self._luck.normal(0.0, self._luck.choice(_STEPS)))
        return round(min(max(place + shift, 0.0), 1.0) * FINE) / FINE

    def _pick(self, params: dict[str, Any]) -> Pick:
        found: list[float | None] = []
        for at, lever in enumerate(self._candidates.decision.levers):
            place = int(params[f"{at}"])
            share = round(float(params[f"{at} share"]) * FINE) / FINE if lever.is_range else place - 1.0
            found.append(self._candidates.fitted(at, share) if place else None)
        return tuple(found)

    def tell(self, picks: Sequence[Pick], scores: Sequence[float]) -> None:
        """Note what candidates came to."""
        for pick, score in zip(picks, scores, strict=True):
            self._scores[pick] = score
            trial = self._optuna.trial.create_trial(params=self._params(pick), distributions=self._space, value=score)
            self._study.add_trial(trial)

    def _params(self, pick: Pick) -> dict[str, Any]:
        params: dict[str, Any] = {}
        for at, lever in enumerate(self._candidates.decision.levers):
            place = pick[at]
            params[f"{at}"] = 0 if place is None else 1 if lever.is_range else int(place) + 1
            if lever.is_range:
                params[f"{at} share"] = 0.5 if place is None else place
        return params
