"""How a study is played and told: by how many, where to, how loudly, and what of it is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smsim.errors import InputError, Problem

if TYPE_CHECKING:
    from smsim.report.takeaways import Takeaways


@dataclass(frozen=True)
class Manner:
    """How a study is played and told."""

    workers: str | None
    out: Path | None
    leads: bool
    quiet: bool
    json: bool
    cluster: str | None = None
    takeaways: Takeaways | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing but results may be said."""
        return self.quiet or self.json

    def count(self) -> int:
        """How many processes play. Raises InputError."""
        from smsim.experiment.versions import cores

        if self.workers is None:
            return cores()
        text = self.workers.strip()
        if not (text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) > 0):
            raise InputError(Problem("--workers is no number of processes", read=text[:80], allowed="a whole number from 1 to 9999"))
        return int(text)

    def tell_where(self) -> None:
        """Say where the take-aways lie, unless they are told as JSON or not at all."""
        if not self.is_silent and self.takeaways is not None:
            for path in self.takeaways.wanted().values():
                print(path)

    def where(self) -> dict[str, Any]:
        """The same for JSON: nothing where nothing was wanted."""
        wanted = self.takeaways.wanted() if self.takeaways is not None else {}
        return {"takeaways": {option.removeprefix("--"): str(path) for option, path in wanted.items()}} if wanted else {}


def away(slides: Path | None, workbook: Path | None, csv: Path | None) -> Takeaways | None:
    """What shall be taken away; None for nothing. Raises InputError where it could not be written, before anything is played."""
    if slides is None and workbook is None and csv is None:
        return None
    from smsim.report.takeaways import Takeaways

    takeaways = Takeaways(slides, workbook, csv)
    takeaways.require()
    return takeaways
