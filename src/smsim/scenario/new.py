"""A start for a scenario of one's own: a name, what it extends, and the settings people change most, ready to be uncommented."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from smsim.core.registry import Registry
from smsim.errors import PlanError, Problem
from smsim.scenario.library import find, folder
from smsim.scenario.loading import load
from smsim.scenario.paths import exists
from smsim.scenario.scenario import Scenario
from smsim.scenario.words import plain

#: What people change most; a section stands for all of its keys.
OFTEN = (
    "run", "company.marketers", "company.reps", "company.working_hours", "market.customers", "practices.meetings",
    "incentives.marketers", "incentives.reps", "leads.decay", "leads.routing", "leads.latency", "leads.priority", "leads.age_seen",
    "selling.call", "selling.plan", "culture.trust",
)


def new_scenario(path: str | os.PathLike[str], extends: str = "silo", *, registry: Registry | None = None) -> Path:
    """Write a commented start that extends a scenario. Raises PlanError where it cannot be written, ScenarioError for `extends`."""
    target = Path(path)
    if exists(target):
        raise PlanError(Problem(f"`{target}` is there already", read=str(path), allowed="a file that does not exist yet"))
    text = starter(target, extends, registry=registry)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise PlanError(Problem(f"`{target}` cannot be written: {error.strerror}", allowed="a file in a folder of yours")) from None
    return target


def starter(target: Path, extends: str = "silo", *, registry: Registry | None = None) -> str:
    """The text of the start."""
    parent = load(extends, registry=registry)
    name = target.stem.replace("_", " ").strip().capitalize() or "Mine"
    lines = [
        f"name: {_quoted(name)}",
        "describe: What is different here, in one sentence.",
        f"extends: {_quoted(_as_seen_from(target, extends))}",
        "",
        f"# Say only what differs from {parent.name}. What stands below is what holds there; take away the `# ` in front of",
        "# what you change, and of the lines it stands under.",
        "",
    ]
    return "\n".join([*lines, *_settings(parent)]).rstrip() + "\n"


def _quoted(text: str) -> str:
    """A text as it may stand after a colon."""
    return text if re.fullmatch(r"[\w./][\w ./%-]*", text) else json.dumps(text, ensure_ascii=False)


def _as_seen_from(target: Path, extends: str) -> str:
    """The parent as the new file has to call it: a shipped name, or a path from the file's own folder."""
    found = find(extends)
    if found.path.is_relative_to(folder()):
        return found.file
    return Path(os.path.relpath(found.path, target.parent)).as_posix()


def _settings(parent: Scenario) -> list[str]:
    """The settings changed most as commented YAML, each with its meaning and what is allowed."""
    lines: list[str] = []
    above: tuple[str, ...] = ()
    for known in parent.settled.values():
        if not any(known.key == often or known.key.startswith(often + ".") for often in OFTEN):
            continue
        for depth, key in enumerate(known.path[:-1]):
            if known.path[: depth + 1] != above[: depth + 1]:
                lines += [""] * (depth == 0 and bool(lines)) + [f"# {'  ' * depth}{key}:"]
        above = known.path[:-1]
        value = plain(known.param, known.value)
        said = _quoted(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        setting = f"# {'  ' * len(above)}{known.path[-1]}: {said}"
        lines.append(f"{setting:<44} # {known.param.meaning}: {known.param.allowed()}")
    return lines
