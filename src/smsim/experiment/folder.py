"""Whether a folder can hold the results of a plan: nothing but an empty folder, a new one, or one that holds the same plan."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from smsim.errors import PlanError, Problem, RunError
from smsim.experiment import provenance, versions
from smsim.experiment.plan import Plan

try:
    import fcntl
except ImportError:  # not on Windows: there two commands on one folder are not told apart
    fcntl = None  # type: ignore[assignment]

_FREE = "a new folder, an empty one, or one that holds the same plan; `--out DIR` names it"


def require(path: Path, plan: Plan) -> None:
    """Raise PlanError where the folder holds anything but this plan, or cannot be made. Writes nothing."""
    try:
        str(path).encode()
        _require(path, plan)
    except UnicodeError:
        raise PlanError(Problem("this folder's name is not written in UTF-8", read=ascii(str(path)), allowed="another name")) from None
    except (OSError, ValueError) as error:
        read = getattr(error, "strerror", None) or str(error)
        raise PlanError(Problem(f"{str(path)[:80]} cannot be written", read=read, allowed=_FREE)) from error


def _require(path: Path, plan: Plan) -> None:
    if path.is_dir():
        _require_ours(path, plan)
        return
    for parent in (path, *path.parents):
        if parent.exists() or parent.is_symlink():
            break
    if not parent.is_dir():
        what = "is a file" if parent.exists() else "is a link to nothing"
        raise PlanError(Problem(f"{path} cannot hold results: {parent} {what}", allowed=_FREE))
    if not os.access(parent, os.W_OK | os.X_OK):
        raise PlanError(Problem(f"{path} cannot be written", read=f"{parent} may not be written to", allowed=_FREE))


def _require_ours(path: Path, plan: Plan) -> None:
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        raise PlanError(Problem(f"{path} cannot be read", read=error.strerror or "", allowed=_FREE)) from error
    if "provenance.json" not in names:
        other = [name for name in names if not _is_temporary(path / name)]
        if other:
            raise PlanError(Problem(f"{path} holds something else", read=", ".join(other[:5]), allowed=_FREE))
    else:
        _require_same(path, plan)
    if not os.access(path, os.W_OK | os.X_OK):
        raise PlanError(Problem(f"{path} cannot be written", allowed=_FREE))


def _is_temporary(path: Path) -> bool:
    """Whether a study that never got to its provenance may have left this: parts by number, their lock, a half-written file."""
    if path.name == "parts" and path.is_dir():
        return all(_is_ours_within_parts(inner) for inner in path.iterdir())
    return _is_half_written(path)


def _is_ours_within_parts(path: Path) -> bool:
    return path.name == "lock" or path.name.removeprefix(".").isdecimal() or _is_half_written(path)


def _is_half_written(path: Path) -> bool:
    return path.name.startswith(".") and path.name.endswith(".tmp")


def _require_same(path: Path, plan: Plan) -> None:
    found = provenance.read(path)
    if found.get("plan_hash") == plan.hash:
        return
    raise PlanError(Problem(f"{path} holds the results of another plan", read=_what_differs(found, plan), allowed=_FREE))


def _what_differs(found: dict[str, object], plan: Plan) -> str:
    if not found:
        return "its provenance.json cannot be read"
    before = found.get("versions")
    if isinstance(before, dict):
        now = versions.known()
        for part in ("smsim", "python", "numpy", "numba", "mesa"):
            if before.get(part) != now.get(part):
                return f"it was played by {part} {before.get(part)}, here is {now.get(part)}"
    told = found.get("scenarios")
    names = sorted(told) if isinstance(told, dict) else []
    if names != sorted(plan.by_name):
        return f"it holds {', '.join(names)}; the plan is {', '.join(sorted(plan.by_name))}"
    if isinstance(before, dict) and before.get("code") != versions.code_hash():
        return "the model's code has changed since"
    return "the same names, other settings"


def forget(path: Path) -> None:
    """Take away a folder in which nothing could be written, not even what is to be played."""
    with suppress(OSError):
        for entry in path.iterdir():
            if _is_half_written(entry):
                entry.unlink()
        path.rmdir()


def claim(path: Path, plan: Plan) -> IO[str]:
    """Make the folder and lock it for as long as this process lives. Raises PlanError, or RunError where the disk is full."""
    require(path, plan)
    try:
        (path / "parts").mkdir(parents=True, exist_ok=True)
        lock = (path / "parts" / "lock").open("w")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise RunError(f"{path}: cannot write: the disk is full") from error
        raise PlanError(Problem(f"{path} cannot be written", read=error.strerror or "", allowed=_FREE)) from error
    try:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        problem = Problem(f"{path} is being filled by another command", allowed="to wait for it, or another `--out`")
        raise PlanError(problem) from error
    except OSError:
        pass  # some network disks have no locks
    return lock
