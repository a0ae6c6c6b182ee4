"""How long a decision takes at most: one replication is timed, and every look, step and estimate is counted at its largest."""

from __future__ import annotations

from smsim.advice.candidates import Candidates
from smsim.advice.decision import Decision
from smsim.advice.ranges import PLACES
from smsim.experiment.length import Length, time_one
from smsim.experiment.runner import Crew


def measure(decision: Decision, crew: Crew) -> Length:
    """Candidates, replications at most, and how long they take; minutes given for the search are its most."""
    effort, worlds, levers = decision.effort, decision.worlds.count, len(decision.levers)
    seconds = time_one(decision.base)
    everything = Candidates(decision).all(effort.trials)
    count = effort.trials if everything is None else len(everything)
    first = count * worlds * effort.first
    if effort.minutes < float("inf"):
        first = min(first, int(effort.minutes * 60 * crew.workers / seconds))
    raced = max(2 * effort.shortlist, count // 2) * worlds * (effort.replications - effort.first)
    ordered = levers * (levers + 1) // 2 * worlds * effort.first
    listed = (effort.shortlist + 2 * min(levers, count) + 1) * worlds * effort.replications
    ranges = sum(lever.is_range for lever in decision.levers)
    listed += ranges * PLACES * (2 if ranges > 1 and decision.budget < float("inf") else 1) * worlds * effort.replications
    runs = first + min(raced, 4 * effort.shortlist * worlds * effort.replications) + ordered + listed
    return Length(count, runs, runs, seconds, crew.workers)
