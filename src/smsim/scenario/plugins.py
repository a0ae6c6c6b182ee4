"""Files of a user's own are imported with care: whatever they do wrong is told where the scenario names them."""

from __future__ import annotations

import contextlib
import re
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from smsim.core.registry import Registry, load_file
from smsim.core.registry import registry as rooms
from smsim.errors import Mark, PluginError, Problem, ScenarioError
from smsim.scenario.layout import layout
from smsim.scenario.nodes import nearest
from smsim.scenario.paths import is_file, siblings

_FILE = "a Python file, named from the folder of the file that names it"


def rooms_with(plugins: list[str], marks: dict[str, Mark]) -> Registry:
    """Everything there is, with the plugins in it. Raises PluginError, with the place where the scenario names the plugin."""
    with _told("an installed plugin cannot be used", None):
        found = rooms()
    for count, plugin in enumerate(plugins, start=1):
        imported(Path(plugin), marks[plugin])
        with _told(f"the plugin {plugin} cannot be used", marks[plugin]):
            found = rooms(tuple(plugins[:count]))
            for section in found.sections:
                section.model_rebuild()
            layout(found)
    return found


def imported(path: Path, mark: Mark) -> ModuleType:
    """Import a file; what it prints goes to standard error. Raises PluginError with the line it fails at."""
    _require_file(path, mark)
    before = set(sys.modules)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return load_file(path)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        for name in set(sys.modules) - before:
            if name.startswith("smsim_plugin_"):
                del sys.modules[name]
        cause = error.__cause__ if isinstance(error, PluginError) and error.__cause__ else error
        what = f"the plugin {path} does not import"
        raise PluginError(Problem(what, mark, why(cause, path), "a file that Python can import; run it by itself to see more")) from error


def require_mind(path: Path, name: str, kind: str, mark: Mark) -> None:
    """Make sure that a file holds a mind of that name. Raises PluginError where it does not import, else ScenarioError."""
    module = imported(path, mark)
    minds = [word for word, thing in vars(module).items()
             if isinstance(thing, type) and thing.__module__ == module.__name__ and getattr(thing, "mind", "") == kind]
    if name not in minds:
        allowed = ", ".join(minds) or f"the name of a subclass of {kind.capitalize()} in that file"
        raise ScenarioError(Problem(f"no {kind} mind is named `{name}` in {path}", mark, name, allowed, nearest(name, minds)))


def missing_mind(registry: Registry, key: str, name: str, mark: Mark) -> Problem | None:
    """The problem with the name of a mind nobody has; None where somebody has it, or where it lies in a file."""
    kind = key.rpartition(".")[2].removesuffix("_mind")
    minds = sorted(mind for of, mind in registry.minds if of == kind)
    if not minds or name in minds or ".py:" in name:
        return None
    allowed = f"{', '.join(minds)}, or a class as `file.py:Name`"
    return Problem(f"no {kind} mind is named `{name}`", mark, name, allowed, nearest(name, minds))


def why(error: BaseException, path: Path) -> str:
    """What went wrong in a file, and in which line of it."""
    text = str(error).strip()
    if isinstance(error, SyntaxError):
        text = error.msg or text
    elif isinstance(error, SystemExit):
        text = "it ends Python while it is imported"
    kind = type(error).__name__
    told = f"{kind}: {text[:200]}" if text else kind
    return f"{told} ({path.name}{_line(error, path)})"


def _line(error: BaseException, path: Path) -> str:
    """`:line:column` of a mistake in the file's text, `:line` of what failed while it ran, or nothing."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f":{error.lineno}:{error.offset or 1}" if error.lineno else ""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f":{lines[-1]}" if lines else ""


def _require_file(path: Path, mark: Mark) -> None:
    if path.suffix != ".py":
        raise PluginError(Problem(f"{path} is no Python file", mark, path.name, "a file whose name ends in `.py`"))
    if not is_file(path):
        near = nearest(path.name, [other.name for other in siblings(path) if other.suffix == ".py" and other.is_file()])
        raise PluginError(Problem(f"no plugin file {path}", mark, path.name, _FILE, near))


@contextlib.contextmanager
def _told(what: str, mark: Mark | None) -> Iterator[None]:
    """Tell of whatever fails inside as a problem with a plugin, at the place it is named."""
    try:
        yield
    except PluginError as error:
        told = [replace(problem, mark=problem.mark or mark, read=_by_file(problem.read)) for problem in error.problems]
        raise PluginError(told) from None
    except Exception as error:
        text = f"{type(error).__name__}: {error}".strip().splitlines()[0]
        raise PluginError(Problem(what, mark, _by_file(text), "classes and `KPIS` as the how-to pages have them")) from error


def _by_file(text: str) -> str:
    """The name a plugin's class is imported under, as its own name and that of its file."""
    return re.sub(r"(?:<class ')?smsim_plugin_(\w+)_[0-9a-f]{8}\.([\w.]+)(?:'>)?", r"\2 in \1.py", text)
