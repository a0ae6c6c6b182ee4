"""What numbers depend on besides the scenario: versions, the code that plays, the files a scenario names, the machine."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import os
import platform
from pathlib import Path
from typing import Any

#: Parts whose version is written beside results.
_PARTS = ("smsim", "numpy", "numba", "mesa", "pandas", "pyarrow", "scipy", "pydantic")
#: Parts of the package that decide what happens; charts and commands do not.
_PLAYS = ("core", "world", "mechanisms", "practices", "agents", "model.py", "record.py")


def of(part: str) -> str:
    """The installed version of a part, empty where there is none."""
    try:
        return importlib.metadata.version(part)
    except importlib.metadata.PackageNotFoundError:
        return ""


def smsim() -> str:
    """The version of smsim."""
    return of("smsim")


def known() -> dict[str, str]:
    """Every version that matters for the numbers."""
    return {"smsim": smsim(), "code": code_hash(), "python": platform.python_version(), **{part: of(part) for part in _PARTS[1:]}}


@functools.cache
def code_hash() -> str:
    """A short hash of the code that plays and of what computes for it: the same hash, the same numbers on one machine."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update("/".join([platform.python_version(), of("numpy"), of("numba"), of("mesa")]).encode())
    package = Path(__file__).parents[1]
    for part in _PLAYS:
        place = package / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if file.is_file():
                digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def files_hash(tree: Any) -> dict[str, str]:
    """The hash of every plugin, file of a mind and lead log a resolved scenario names, by what they are called there."""
    tree = tree if isinstance(tree, dict) else {}
    leads = tree.get("leads")
    replay = leads.get("replay") if isinstance(leads, dict) else None
    named = [*(tree.get("plugins") or ()), *_files_of_minds(tree), replay.get("file") if isinstance(replay, dict) else replay]
    return {name: _file_hash(name) for name in named if isinstance(name, str) and Path(name).is_file()}


def _files_of_minds(tree: dict[str, Any]) -> list[str]:
    """The Python files of minds that are named as `file.py:Name`."""
    company = tree.get("company")
    minds = [value for key, value in company.items() if key.endswith("_mind")] if isinstance(company, dict) else []
    return [f"{mind.rpartition('.py:')[0]}.py" for mind in minds if isinstance(mind, str) and ".py:" in mind]


def _file_hash(name: str) -> str:
    """The hash of a file; of a Python file, with all that lies beside it and may be imported from there."""
    path = Path(name)
    beside = [other for other in sorted(path.parent.glob("*.py")) if other.is_file()] if path.suffix == ".py" else []
    told = b"".join(other.name.encode() + b"\0" + other.read_bytes() for other in beside)
    return hashlib.sha256(path.read_bytes() + told).hexdigest()[:16]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> float:
    """Bytes of memory of the machine, infinite where it does not tell."""
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        return float("inf")


#: Where Linux tells what a container may take.
_CONTAINER = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory_allowed() -> float:
    """Bytes this process may take: the machine's, or less where a container or a limit of its own allows less."""
    limits = [memory()]
    for file in _CONTAINER:
        with contextlib.suppress(OSError, ValueError):
            limits.append(float(file.read_text(encoding="ascii")))  # "max" is no number: no limit
    try:
        import resource

        soft = resource.getrlimit(resource.RLIMIT_AS)[0]
        limits += [float(soft)] if soft != resource.RLIM_INFINITY else []
    except ImportError:  # not on Windows
        pass
    return min(limits)


def machine() -> dict[str, Any]:
    """The size of the machine; not its name."""
    size = memory()
    return {"cores": cores(), "memory_gb": round(size / 1e9, 1) if size < float("inf") else None, "system": platform.system(),
            "processor": platform.machine()}
