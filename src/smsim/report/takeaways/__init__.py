"""What somebody takes away from a results folder: slides, a workbook, tables as text, all of the same numbers as the page.

A file of the same name is written over, at once or not at all. What cannot be written is found before anything is played.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smsim.errors import InputError, Problem, RunError
from smsim.experiment import tables
from smsim.report.advice import is_advice
from smsim.report.findings import Findings, read

#: What each option writes, and the package it needs (as it is imported, and as it is installed).
SUFFIX = {"--slides": ".pptx", "--workbook": ".xlsx"}
NEEDS = {"--slides": ("pptx", "python-pptx"), "--workbook": ("xlsxwriter", "XlsxWriter")}


@dataclass(frozen=True)
class Takeaways:
    """Which take-aways are wanted, and where they go."""

    slides: Path | None = None
    workbook: Path | None = None
    csv: Path | None = None

    def wanted(self) -> dict[str, Path]:
        """The options given, with their paths."""
        given = {"--slides": self.slides, "--workbook": self.workbook, "--csv": self.csv}
        return {option: path for option, path in given.items() if path is not None}

    def require(self) -> None:
        """Raise InputError where one of them cannot be written. Writes nothing."""
        problems = [problem for option, path in self.wanted().items() if (problem := _problem(option, path)) is not None]
        if problems:
            raise InputError(problems)

    def write(self, folder: Path) -> list[Path]:
        """Write them from a results folder; the files written. Raises RunError where the disk does not take them."""
        wanted = self.wanted()
        if not wanted:
            return []
        told, makers = _of(folder)
        written: list[Path] = []
        for option, path in wanted.items():
            try:
                written += makers[option](told, path)
            except OSError as error:
                raise RunError(f"{option}: cannot write {path}: {error.strerror or error}; the results are in {folder}, and `smsim report` "
                               f"with {option} writes it where there is room") from error
        return written


def _of(folder: Path) -> tuple[Any, dict[str, Callable[[Any, Path], list[Path]]]]:
    """What a folder holds, and who makes take-aways of it."""
    if not is_advice(folder):
        return read(folder), MAKERS
    from smsim.advice.advice import Advice
    from smsim.report.takeaways import recommended

    return Advice.read(folder), recommended.MAKERS


def _problem(option: str, path: Path) -> Problem | None:
    """What is wrong with a path, None where it can be written."""
    try:
        str(path).encode()
        return _lacking(option) or _misnamed(option, path) or _shut(option, path)
    except (UnicodeError, ValueError, OSError) as error:
        allowed = getattr(error, "strerror", None) or "another name"
        return Problem(f"{option}: this name cannot be used", read=ascii(str(path))[:80], allowed=allowed)


def _lacking(option: str) -> Problem | None:
    name, package = NEEDS.get(option, ("", ""))
    if not name or importlib.util.find_spec(name) is not None:
        return None
    return Problem(f"{option} needs the package {package}, which is not installed",
                   allowed=f"`pip install {package}`, or smsim with its extra `all`")


def _misnamed(option: str, path: Path) -> Problem | None:
    suffix = SUFFIX.get(option)
    if suffix is None:
        if path.is_dir() or path.suffix.lower() in ("", ".csv"):
            return None
        return Problem("--csv writes no such file", read=str(path)[:80], allowed="a folder, or a file whose name ends in .csv")
    if path.suffix.lower() == suffix:
        return None
    meant = f"`{path.stem or path.name}{suffix}`"
    return Problem(f"{option} writes no such file", read=str(path)[:80], allowed=f"a name that ends in {suffix}", meant=meant)


def _shut(option: str, path: Path) -> Problem | None:
    is_folder = option == "--csv" and path.suffix.lower() != ".csv"
    if path.is_dir() and not is_folder:
        return Problem(f"{option}: {path} is a folder", allowed="the name of a file")
    if path.is_file() and is_folder:
        return Problem(f"{option}: {path} is a file", allowed="the name of a folder, or one that ends in .csv")
    nearest = next(each for each in ([path] if is_folder else []) + list(path.parents) if each.exists())
    wrong = "is a file" if not nearest.is_dir() else "" if os.access(nearest, os.W_OK | os.X_OK) else "may not be written to"
    if not wrong:
        return None
    return Problem(f"{option}: {path} cannot be written", read=f"{nearest} {wrong}", allowed="a folder that can be written to")


def started(findings: Findings) -> dt.datetime | None:
    """When the study began: the same runs give the same date."""
    try:
        return dt.datetime.fromisoformat(str(findings.provenance.get("start"))).replace(tzinfo=None)
    except ValueError:
        return None


def _slides(findings: Findings, path: Path) -> list[Path]:
    from smsim.report import page
    from smsim.report.pictures import signature
    from smsim.report.takeaways import deck, powerpoint

    made = powerpoint.make(deck.slides(findings), signature(findings), page.title(findings), started(findings))
    return [tables.write_bytes(path, made)]


def _workbook(findings: Findings, path: Path) -> list[Path]:
    from smsim.report.takeaways import deck, sheets, workbook

    made = workbook.make(sheets.summary(findings), deck.charts_of(findings), sheets.sheets(findings), started(findings))
    return [tables.write_bytes(path, made)]


def _csv(findings: Findings, path: Path) -> list[Path]:
    """The runs in one file, or every table in a folder; other files in it stay."""
    from smsim.report.takeaways import mattering

    if path.suffix.lower() == ".csv" and not path.is_dir():
        return [tables.write_bytes(path, findings.runs.to_csv(index=False).encode())]
    kept = {"runs": findings.runs, "differences": findings.differences, "days": findings.days, "curves": findings.curves,
            "failures": findings.failures, "why": findings.why, "losses": findings.losses, "sensitivity": mattering.table(findings)}
    return [tables.write_bytes(path / f"{name}.csv", table.to_csv(index=False).encode()) for name, table in kept.items() if not table.empty]


MAKERS: dict[str, Callable[[Findings, Path], list[Path]]] = {"--slides": _slides, "--workbook": _workbook, "--csv": _csv}
