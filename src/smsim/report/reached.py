"""What a study was played for, and whether it got there: how precise it became, or which scenario is best and who was dropped when."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from smsim.report.findings import Findings
from smsim.report.wording import label, listed

#: Widths and dropped scenarios that are told one by one.
_TOLD = 4
_GOES_ON = "the same command with more goes on from there"


def reached(findings: Findings) -> list[str]:
    """What is said of it, in sentences; nothing where a number of replications was asked for."""
    told = findings.provenance.get("reached")
    if not isinstance(told, Mapping):
        return []
    return _best(told, findings.baseline) if told.get("kind") == "best" else _precision(told)


def counted(findings: Findings) -> str:
    """How many replications each scenario has."""
    least, most = findings.fewest, findings.replications
    if least == most:
        return f"{most} replication{'s' if most > 1 else ''} of each scenario"
    return f"{least} to {most} replications of a scenario"


def _precision(told: Mapping[str, Any]) -> list[str]:
    widths = [width for width in told["widths"] if not width["met"]] or list(told["widths"])
    widths.sort(key=lambda width: -_number(width["reached"]) / _number(width["wanted"]))
    words = [f"{label(width['kpi'])} of {width['scenario']} ± {_share(width["reached"])} (± {_share(width["wanted"])} asked)"
             for width in widths[:_TOLD]]
    more = f" and {len(widths) - _TOLD} more" if len(widths) > _TOLD else ""
    worlds = max(told["worlds"].values())
    if told["met"]:
        return [f"As precise as was asked after {worlds} worlds: {', '.join(words)}{more}."]
    needed = max(_number(width["needed"]) for width in widths)
    needs = f"; about {needed:,.0f} worlds would do" if math.isfinite(needed) else ""
    known = f"{', '.join(words)}{more}{needs}"
    return [f"Stopped {_by(told)} after {worlds} worlds, before it was as precise as was asked: {known}; {_GOES_ON}."]


def _best(told: Mapping[str, Any], baseline: str) -> list[str]:
    best, left, kpi = str(told["best"]), [str(name) for name in told["left"]], label(str(told["kpi"]))
    if not told["met"]:
        others = listed(left) if len(left) <= _TOLD else f"{len(left)} scenarios"
        said = [f"Stopped {_by(told)} before it was settled which scenario has the best {kpi}: {others} may; {best} is ahead so far; "
                f"{_GOES_ON}."]
    elif len(left) > 1:
        said = [f"{listed(left)} came out alike in {kpi}; none of the others is better."]
    else:
        said = [f"{best} has the best {kpi}: true with probability {_share(told['probability'])} or more, if it leads by "
                f"{_share(told['band'])} of {baseline}; a smaller lead does not matter."]
    dropped = [f"{one['scenario']} after {one['worlds']} worlds (behind {one['behind']})" for one in told["dropped"]]
    if dropped:
        said.append(f"Dropped: {'; '.join(dropped)}. Differences are taken over the worlds that both have.")
    return said


def _by(told: Mapping[str, Any]) -> str:
    return "by its limit of minutes" if told["stopped"] == "minutes" else "by its limit of runs"


def _number(value: float | str) -> float:
    """A number as provenance holds it: what is not finite is a word there."""
    return float(value) if isinstance(value, int | float) and not math.isnan(value) else math.inf


def _share(value: float | str) -> str:
    """A share to two digits."""
    return f"{100 * _number(value):.2g}%" if math.isfinite(_number(value)) else "unknown"
