"""Where the model's code is not compiled yet, one process compiles it while the others wait for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows: there every process compiles for itself
    fcntl = None  # type: ignore[assignment]


@contextmanager
def alone_while_cold() -> Iterator[None]:
    """Keep other processes of the same code out until what is inside has compiled it; keep nobody out once it is."""
    cache = _cache()
    if cache is None or fcntl is None or (cache / "compiled").exists():
        yield
        return
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (cache / "compiled").exists():
            fcntl.flock(lock, fcntl.LOCK_UN)
        yield
        (cache / "compiled").touch()


def is_cold() -> bool:
    """Whether the first replication will have to compile the model."""
    cache = _cache()
    return cache is not None and not (cache / "compiled").exists()


def _cache() -> Path | None:
    """The folder of compiled code of these very sources, None where nothing is compiled or kept."""
    numba = sys.modules.get("numba")
    folder = getattr(numba.config, "CACHE_DIR", "") if numba is not None and not numba.config.DISABLE_JIT else ""
    return Path(folder) if folder and Path(folder).is_dir() else None
