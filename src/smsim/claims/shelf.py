"""All claims there are, by id: every YAML file of this room holds those of one article."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from smsim.claims.claim import Claim
from smsim.claims.reading import read_claims
from smsim.errors import InputError, Problem
from smsim.scenario.nodes import nearest

ROOM = Path(__file__).parent


@functools.cache
def shelf() -> Mapping[str, Claim]:
    """Every claim by its id, article by article. Raises ScenarioError for a file that cannot be read, ValueError for an id twice."""
    found: dict[str, Claim] = {}
    for file in sorted(ROOM.glob("*.yaml")):
        for claim in read_claims(file):
            if claim.id in found:
                raise ValueError(f"two claims have the id {claim.id}")
            found[claim.id] = claim
    return found


def choose(asked: Sequence[str]) -> list[Claim]:
    """The claims asked for, each once and in their order; `002` is all of an article; all where none is named. Raises InputError."""
    articles = dict.fromkeys(id_.partition(".")[0] for id_ in shelf())
    known = [*shelf(), *articles]
    wrong = [Problem("there is no such claim", read=one[:80], allowed=f"ids such as {next(iter(shelf()))}, or articles: "
                     f"{', '.join(articles)}; `smsim claims --list` lists them", meant=nearest(one, known))
             for one in asked if one not in known]
    if wrong:
        raise InputError(wrong)
    return [claim for claim in shelf().values() if not asked or claim.id in asked or claim.id.partition(".")[0] in asked]
