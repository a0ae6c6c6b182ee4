"""Runs the examples of a Markdown page, in order, in a folder of their own, with Sybil.

A fence under `<!-- file: NAME -->` is a file and is written; a `python` fence is executed, all of a page in one namespace; in a
`shell` fence every line that begins with `smsim` is run, studies with few and short replications. What a reader would see as
`make …` or `git …` is left alone. Fences of other languages are only shown.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from sybil import Document, Example, Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.region import Lexeme
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
#: Laid over every study, so that a page takes seconds.
_SHORT = ["-n", "2", "--weeks", "18", "--workers", "1"]
_STUDIES = ("run", "compare", "experiment", "why")


def _write_file(example: Example) -> None:
    Path(example.region.lexemes["file"]).write_text(example.parsed, encoding="utf-8")


def _run_commands(example: Example) -> None:
    for line in example.parsed.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["smsim"]:
            _run_command(words[1:])


def _run_command(words: list[str]) -> None:
    from smsim.cli.app import app

    short = _SHORT if words[0] in _STUDIES else []
    result = CliRunner().invoke(app, [*words, *short])
    assert result.exit_code == 0, f"smsim {shlex.join(words)}\n{result.output}"


_EVALUATORS = {"python": PythonEvaluator(("annotations",)), "shell": _run_commands}


def _fences(document: Document) -> Iterator[Region]:
    for match in _FENCE.finditer(document.text):
        file, language = match["file"], match["language"]
        evaluator = _write_file if file else _EVALUATORS.get(language)
        if evaluator is not None:
            offset = match.start("body") - match.start()
            lines = document.text.count("\n", match.start(), match.start("body")) - 1
            yield Region(match.start(), match.end(), Lexeme(match["body"], offset, lines), evaluator, {"file": file})


def run_examples(page: Path) -> int:
    """Run the examples of a page in the current folder and return how many there were."""
    document = Sybil(parsers=[_fences], path=str(page.parent)).parse(page)
    count = 0
    for example in document.examples():
        example.evaluate()
        count += 1
    return count


def pages() -> list[Path]:
    """Every Markdown page of the project that speaks to a reader."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "news").glob("*.md")])
