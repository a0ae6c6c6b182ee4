"""How often should marketing and sales meet, what does meeting carry, and on what does it turn? Plays everything, writes docs/findings."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import smsim
from studies.playing import SAY, Size, play, worlds
from studies.questions import QUESTIONS, Question

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Place:
    """Where results are kept, and where the page with its tables and pictures stands."""

    results: Path
    docs: Path

    def csv(self, name: str) -> Path:
        """The table of a question."""
        return self.docs / "findings" / f"{name}.csv"


def main(words: Sequence[str] | None = None) -> int:
    """Play, write tables, draw, fill the page: 0 all done, 1 worlds failed, 2 cannot be played, 130 stopped."""
    from studies import page, pictures  # workers import this file: what they do not need would make them slow

    told = parser().parse_args(words)
    asked = [question for question in QUESTIONS if not told.only or question.name in told.only]
    place, size = setting(told)
    whole = True
    try:
        if not told.draw:
            whole = play(asked, size, place.results)
            tabulate(asked, size, place)
    except smsim.InputError as error:
        SAY.print(f"{error}\nResults of another model are not mixed with these: move or remove them, or use --draw.")
        return 2
    except KeyboardInterrupt:
        SAY.print("stopped; what was finished is kept, and the same command goes on from there")
        return 130
    drawn = pictures.draw(place.docs)
    page.fill(ROOT / "docs" / "findings.md", place.docs, [question.name for question in asked])
    SAY.print(f"tables and {len(drawn)} pictures are in {place.docs.relative_to(ROOT)}")
    return 0 if whole else 1


def parser() -> argparse.ArgumentParser:
    """What can be typed."""
    made = argparse.ArgumentParser(prog="python -m studies.emergence", description=__doc__)
    made.add_argument("--replications", type=int, metavar="N", help="at most so many worlds of each firm (200, or 60 for the ranges)")
    made.add_argument("--workers", type=int, default=2, metavar="K", help="how many worlds are played at once (2)")
    made.add_argument("--only", nargs="+", choices=[question.name for question in QUESTIONS], metavar="QUESTION",
                      help="only these, with what they share with others: " + ", ".join(question.name for question in QUESTIONS))
    made.add_argument("--quick", action="store_true", help="4 worlds of 52 weeks, into results/study-quick: a trial, no finding")
    made.add_argument("--draw", action="store_true", help="play nothing: draw and fill the page again from docs/findings/*.csv")
    return made


def setting(told: argparse.Namespace) -> tuple[Place, Size]:
    """Where everything goes and how much is played; a trial stays away from the page."""
    if told.quick:
        trial = ROOT / "results" / "study-quick"
        return Place(trial, trial / "docs"), Size(told.replications or 4, 52, told.workers)
    return Place(ROOT / "results" / "study", ROOT / "docs"), Size(told.replications, None, told.workers)


def tabulate(asked: Sequence[Question], size: Size, place: Place) -> None:
    """Write the table of each question."""
    from studies import tables

    for question in asked:
        tables.write(tables.table(question.contrasts, worlds(question, size, place.results)), place.csv(question.name))


if __name__ == "__main__":
    sys.exit(main())
