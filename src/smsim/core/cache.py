"""Where what can be made again is kept from one run to the next."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def cache_folder(*names: str) -> Path | None:
    """A folder of that name in the user's cache, else among temporary files; None where nothing can be written."""
    base = Path(os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for parent in (base, Path(tempfile.gettempdir())):
        folder = parent.joinpath("smsim", *names)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    return None
