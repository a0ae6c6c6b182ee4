"""What five articles claim, asked of the model: in words, as a list, or as one JSON object."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from smsim.cli import tell
from smsim.cli.guard import say
from smsim.cli.progress import shown
from smsim.errors import InputError, Problem, RunError

if TYPE_CHECKING:
    from pathlib import Path

    from smsim.claims.claim import Claim, Point
    from smsim.claims.judging import Effect, Verdict
    from smsim.cli.manner import Manner
    from smsim.results import ResultSet


def ask(ids: Sequence[str], sets: Sequence[str], run: Mapping[str, str | None], manner: Manner, *, ranges: bool) -> int:
    """Play the firms of the claims asked for, and say what the model makes of each."""
    from smsim.claims.playing import Request, play_claims
    from smsim.claims.shelf import choose
    from smsim.experiment.runner import Crew
    from smsim.experiment.study import Desk

    chosen, crew = choose(ids), Crew(manner.count(), cluster=manner.cluster)
    request = Request(chosen, sets, {name: _whole(name, value) for name, value in run.items()}, ranges)
    try:
        with shown(quiet=manner.is_silent) as progress:
            found, results = play_claims(request, crew, Desk(manner.out, ["smsim", *sys.argv[1:]], progress))
    except KeyboardInterrupt:
        if manner.out is not None and (manner.out / "provenance.json").is_file():
            say(f"What was finished is kept in {manner.out}; the same command goes on from there.")
        raise
    if manner.json:
        tell.as_json({"claims": [_with_effects(one) for one in found]})
    elif not manner.quiet:
        for one in found:
            _in_words(one)
        _print(*unplayed(found))
    return _status(results, manner.out)


def list_all(ids: Sequence[str], *, json: bool) -> int:
    """List the claims, with the verdicts that come with smsim; nothing is played."""
    from smsim.claims.shelf import choose
    from smsim.claims.stored import last_word, stored

    chosen = [(claim, last_word(claim)) for claim in choose(ids)]
    if json:
        tell.as_json({"claims": [_about(claim, word) for claim, word in chosen], "verdicts_by": stored()["command"]})
        return 0
    for claim, word in chosen:
        _print(f"[{claim.id}] {claim.text}", f"    {claim.kpi}, expected {claim.expected}: {word or 'never asked'}"
               f"{f' ({claim.reason})' if claim.reason else ''}")
    made = stored()
    _print("", f"Verdicts by `{made['command']}` with smsim {made['version']}; `smsim claims ID` asks again." if made["command"] else
           "No verdicts are kept; `smsim claims ID` asks.")
    return 0


def _whole(name: str, text: str | None) -> int | None:
    """A number an option gave. Raises InputError."""
    if text is None:
        return None
    least = 1 if name == "replications" else 0
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text) >= least):
        raise InputError(Problem(f"--{name} is no number", read=text[:80], allowed=f"a whole number from {least}"))
    return int(text)


def _about(claim: Claim, word: str | None) -> dict[str, Any]:
    return {"id": claim.id, "text": claim.text, "kpi": claim.kpi, "expected": claim.expected, "verdict": word}


def _with_effects(found: Verdict) -> dict[str, Any]:
    from smsim.claims.stored import of_verdict

    return _about(found.claim, found.word) | {"article": found.claim.article, "mechanisms": list(found.claim.mechanisms),
                                              "note": found.claim.note} | of_verdict(found)


def _in_words(found: Verdict) -> None:
    """A claim, its verdict, and the effect at every point."""
    from smsim.claims.judging import was_asked

    claim = found.claim
    _print(f"[{claim.id}] {claim.text}", f"    {found.word}{f': {found.why}' if found.why else ''}")
    if claim.ask is not None:
        _print(f"    {claim.kpi}, expected {claim.expected} ({claim.ask.kind}, in {claim.ask.base.text}); "
               f"rests on grade {found.grade or '–'}")
        _table([_cells(point, effect, effect.says(claim.expected)) for point, effect in found.effects.items() if was_asked(point, effect)])
    for turn in found.turns:
        _print(f"    turns with {turn.key}: as claimed at {turn.supported_at}, the other way at {turn.contradicted_at}")
    if claim.note:
        _print(f"    {claim.note}")
    _print("")


def unplayed(found: Sequence[Verdict]) -> list[str]:
    """What is said once of all claims whose other values were not played; nothing where all were."""
    few = [one for one in found if one.unplayed]
    if not few:
        return []
    which = "All claims were" if len(few) == len([one for one in found if one.effects]) else f"{len(few)} of {len(found)} claims were"
    return [f"{which} asked as they stand: other values of the assumed settings they rest on were not played, so nothing is said of "
            "whether a verdict turns with them."]


def _cells(point: Point, effect: Effect, says: str) -> tuple[str, ...]:
    chosen = f" (best inside: {effect.chosen})" if effect.chosen else ""
    return ("", f"{point}{chosen}", said(effect.value), f"{said(effect.low)} to {said(effect.high)}", said(effect.baseline),
            str(effect.n), says)


def _table(lines: list[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for head in ("   ", "asked with", "effect", "95% interval", "of", "worlds", "says"):
        table.add_column(Text(head), overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    tell.on_terminal().print(table)


def said(value: float) -> str:
    """A number of three digits, or a dash."""
    if not math.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _print(*lines: str) -> None:
    for line in lines:
        tell.on_terminal().print(line, markup=False, highlight=False, soft_wrap=True)


def _status(results: ResultSet, out: Path | None) -> int:
    failed = len(results.failures)
    if not failed:
        return 0
    where = f"\n    all of them with tracebacks in {out / 'failures.parquet'}" if out else ""
    first = results.failures.iloc[0]
    raise RunError(f"{failed} of {failed + len(results.runs)} replications failed, the first with {first['error']}{where}")
