"""Keeps the verdicts and writes docs/claims.md with its chart, from the folder that `smsim claims --out FOLDER` filled: `make claims`.

    python tools/claims.py FOLDER [ID ...] [--as-it-stands]

With ids the folder is one in which only these were asked; all other verdicts stay as they are kept.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from smsim.claims.claim import CENTRE, Claim
from smsim.claims.judging import CONTRADICTED, DEPENDS, NO_EFFECT, NOT_TESTABLE, SUPPORTED, VERDICTS, Verdict, judge
from smsim.claims.playing import Cast, Request, judge_all
from smsim.claims.shelf import choose, shelf
from smsim.claims.stored import FILE, as_stored, kept_effects, stored
from smsim.cli.claims import said, unplayed
from smsim.report.look import BLUE, INK, QUIET, VERMILLION, dressed
from smsim.report.markers import between
from smsim.results import ResultSet

DOCS = Path(__file__).resolve().parents[1] / "docs"
START, END = "<!-- written by `make claims` -->", "<!-- end of what is written -->"
#: Effects beyond this share of the figure are drawn at the edge.
_EDGE = 0.5
_COLOURS = {SUPPORTED: BLUE, CONTRADICTED: VERMILLION, NO_EFFECT: QUIET, DEPENDS: "#E69F00", NOT_TESTABLE: "#B8B8B8"}


def main(words: Sequence[str]) -> None:
    """With a folder, judge it and keep the verdicts; with none, write the page anew from what is kept."""
    named = [word for word in words if not word.startswith("--")]
    if named:
        keep(named[0], named[1:], ranges="--as-it-stands" not in words)
    found = [_kept(claim) for claim in shelf().values()]
    chart(found).save(DOCS / "pictures" / "claims.svg")
    page = DOCS / "claims.md"
    page.write_text(between(page.read_text(encoding="utf-8"), START, END, f"\n\n{''.join(tables(found))}\n"), encoding="utf-8")


def keep(folder: str, ids: Sequence[str], *, ranges: bool) -> None:
    """Judge what a folder holds, and put the verdicts where smsim finds them."""
    results = ResultSet.read(folder)
    claims = choose(ids)
    replications = min(int(count) for count in results.provenance["plan"]["replications"].values())
    request = Request(claims, (), {"replications": replications}, ranges)
    verdicts = judge_all(claims, Cast(request.firms()), results)
    about = {"command": results.provenance["command"], "version": results.provenance["versions"]["smsim"]}
    if ids:
        verdicts, about = _beside(verdicts), {key: stored()[key] for key in about} | {"asked_again": f"`{about['command']}`"}
    FILE.write_text(as_stored(verdicts, about), encoding="utf-8")
    stored.cache_clear()


def _beside(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """These, and all that are kept of other claims and still ask the same."""
    fresh = {found.claim.id: found for found in verdicts}
    kept = stored()["claims"]
    return [fresh[claim.id] if claim.id in fresh else _kept(claim) for claim in shelf().values()
            if claim.id in fresh or kept.get(claim.id, {}).get("digest") == claim.digest]


def _kept(claim: Claim) -> Verdict:
    """A verdict worked out again from the effects that are kept."""
    effects = kept_effects(claim)
    if claim.ask is not None and CENTRE not in effects:
        return Verdict(claim, {}, NOT_TESTABLE, "not asked yet")
    return judge(claim, effects, stored()["claims"].get(claim.id, {}).get("grade", ""))


def tables(found: Sequence[Verdict]) -> Iterator[str]:
    """Counts, then a table for each article, the chart, and what depends."""
    again = f"; then {stored()['asked_again']}" if stored().get("asked_again") else ""
    yield f"Made by `{stored()['command']}`{again} with smsim {stored()['version']}.\n\n"
    yield from (f"{line}\n\n" for line in unplayed(found))
    heads = ["article", *VERDICTS, "claims"]
    yield _row(heads) + _row(["---"] * len(heads))
    for article in [*dict.fromkeys(one.claim.article for one in found), ""]:
        own = [one for one in found if article in ("", one.claim.article)]
        yield _row([f"`{article}`" if article else "all", *(str(sum(one.word == word for one in own)) for word in VERDICTS), str(len(own))])
    for article in dict.fromkeys(one.claim.article for one in found):
        yield f"\n## `{article}`\n\n"
        yield _row(["id", "claim", "verdict", "effect", "95% interval", "figure, expected", "grade", "command"]) + _row(["---"] * 8)
        yield from (_line(one) for one in found if one.claim.article == article)
    yield "\n## All effects\n\n![Effects of all claims that were asked, as a share of the figure](pictures/claims.svg)\n"
    yield "\n## Those that depend, and on what\n\n"
    turning = [(one, turn) for one in found for turn in one.turns]
    if not turning:
        yield "Nothing turned, in what was asked.\n"
        return
    yield _row(["id", "claim", "turns with", "as claimed at", "the other way at"]) + _row(["---"] * 5)
    for one, turn in turning:
        yield _row([one.claim.id, one.claim.text, f"`{turn.key}`", turn.supported_at, turn.contradicted_at])


def _line(one: Verdict) -> str:
    effect, claim = one.effects.get(CENTRE), one.claim
    why = f"{one.word}: {one.why}" if one.why else one.word
    size = said(effect.value) + (f" (best inside: {effect.chosen})" if effect.chosen else "") if effect else "–"
    span = f"{said(effect.low)} to {said(effect.high)}" if effect else "–"
    figure = f"`{claim.kpi}`, {claim.expected}" if claim.ask else f"{claim.kpi}, {claim.expected}"
    return _row([claim.id, claim.text, why, size, span, figure, one.grade or "–", f"`smsim claims {claim.id}`" if claim.ask else "–"])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def chart(found: Sequence[Verdict]) -> Any:
    """Every effect as a share of its figure, turned so that right is as claimed; one row per claim, article by article."""
    data = pd.DataFrame(list(_points(found)), columns=["article", "claim", "value", "low", "high", "verdict"])
    x = {"scale": alt.Scale(domain=[-_EDGE, _EDGE], clamp=True), "axis": alt.Axis(format="+%", tickCount=5)}
    title = "share of the figure; right of zero is as claimed (drawn up to ±50%)"
    colour = alt.Color("verdict:N", scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
                       legend=alt.Legend(title=None, orient="top", labelLimit=0))
    y = alt.Y("claim:N", sort=None, title=None, axis=alt.Axis(labelLimit=520))
    zero = alt.Chart(data).mark_rule(color=INK, strokeDash=[2, 2]).encode(x=alt.datum(0))
    bars = alt.Chart(data).mark_rule(strokeWidth=2.5).encode(x=alt.X("low:Q", title=title, **x), x2="high:Q", y=y, color=colour)
    dots = alt.Chart(data).mark_point(filled=True, size=55, opacity=1).encode(x=alt.X("value:Q", title=title, **x), y=y, color=colour)
    rows = alt.layer(zero, bars, dots).properties(width=420).facet(
        row=alt.Row("article:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left", labelOrient="top", labelAnchor="start",
                                                               labelFontWeight="bold"))).resolve_scale(y="independent")
    worlds = sorted({one.effects[CENTRE].n for one in found if CENTRE in one.effects})
    below = f"Paired differences and their 95% intervals, as it stands, in {worlds[0]} to {worlds[-1]} worlds." if worlds else ""
    return dressed(rows, "What five articles claim, and what follows here", below)


def _points(found: Sequence[Verdict]) -> Iterator[tuple[str, str, float, float, float, str]]:
    for one in found:
        effect = one.effects.get(CENTRE)
        if effect is None or not math.isfinite(effect.value) or not effect.baseline:
            continue
        sign = (-1 if one.claim.expected == "-" else 1) / abs(effect.baseline)
        ends = sorted(min(max(sign * end, -_EDGE), _EDGE) for end in (effect.low, effect.high))
        value = min(max(sign * effect.value, -_EDGE), _EDGE)
        yield (one.claim.article, f"{one.claim.id}  {_short(one.claim.text)}", value, *ends, one.word)


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:68].rsplit(" ", 1)[0] + " …"


if __name__ == "__main__":
    main(sys.argv[1:])
