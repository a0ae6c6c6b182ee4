"""A kernel is a small compiled function over rows and scalars. Its uncompiled body is its specification.

Compiled code is kept on disk in a folder named by the hash of the sources that can hold kernels, so that a change in another file never
leaves stale code behind. `NUMBA_DISABLE_JIT=1` plays everything uncompiled.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from smsim.core.cache import cache_folder

COMPILED = not numba.config.DISABLE_JIT
if not COMPILED:
    np.seterr(over="ignore", divide="ignore", invalid="ignore")  # compiled code wraps and divides without a word
#: Seconds for which compiled code that nobody uses is kept: other versions may be running at this moment.
_KEPT = 7 * 86400.0
#: The rooms in which kernels live: a change elsewhere leaves compiled code as it is.
_ROOMS = ("core", "world", "mechanisms", "practices")


def sources_hash() -> str:
    """A short hash of every source file that can hold a kernel, of where it lies, and of the versions that compile it."""
    digest = hashlib.blake2b(f"{sys.version}/{numba.__version__}/{np.__version__}/{__file__}".encode(), digest_size=8)
    for room in _ROOMS:
        for file in sorted((Path(__file__).parents[1] / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _prune(folder: Path) -> None:
    """Note that this compiled code is in use, and forget that of sources long gone."""
    os.utime(folder)
    for other in folder.parent.iterdir():
        if other.stat().st_mtime < folder.stat().st_mtime - _KEPT:
            shutil.rmtree(other, ignore_errors=True)


_folder = cache_folder("kernels", sources_hash()) if COMPILED else None
if _folder is not None:
    numba.config.CACHE_DIR = str(_folder)
    with contextlib.suppress(OSError):
        _prune(_folder)


def _plain(compiled: Any) -> Any:
    """Call it with plain numbers from other kernels: a constant or a narrow integer is no reason to compile it once more."""
    ask = compiled.get_call_template
    compiled.get_call_template = lambda args, kws: ask(tuple(_widest(arg) for arg in args), kws)
    return compiled


def _widest(kind: Any) -> Any:
    kind = numba.types.unliteral(kind)
    return numba.types.int64 if isinstance(kind, numba.types.Integer) and kind.signed else kind


def kernel[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function over rows; kept on disk where a disk can be written."""
    if not COMPILED:
        return function
    compiled: Callable[P, R] = _plain(numba.njit(cache=_folder is not None, error_model="numpy", _nrt=False)(function))
    return compiled


def inner[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """A kernel that only other kernels call: nothing is compiled that Python would need to call it, which saves a third of the time."""
    if not COMPILED:
        return function
    compiled: Callable[P, R] = _plain(numba.njit(error_model="numpy", _nrt=False, no_cpython_wrapper=True,
                                                 no_cfunc_wrapper=True)(function))
    return compiled


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Compiling makes a great many objects and hardly any garbage: looking for it takes a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


_entries: dict[Any, Any] = {}


def launch(compiled: Any, *args: Any) -> Any:
    """Call a kernel from Python without asking again what its arguments are.

    Working out the types of a dozen record arrays takes longer than most kernels run. A kernel launched here must be given the
    same types every time, as it is when rows come from tables and parameters from `Section.row`.
    """
    entry = _entries.get(compiled)
    if entry is not None:
        return entry(*args)
    with _no_collection():
        result = compiled(*args)
    if COMPILED:
        signature = tuple(numba.typeof(arg) for arg in args)
        _entries[compiled] = compiled.overloads[signature].entry_point
    return result


class Row(np.record):  # type: ignore[misc]
    """A row outside of compiled code: its columns are attributes, even those called `mean` or `var`, which NumPy wants for itself."""

    def __getattribute__(self, name: str) -> Any:
        fields = super().__getattribute__("dtype").fields or ()
        return self[name] if name in fields else super().__getattribute__(name)


def rows(array: NDArray[Any]) -> NDArray[Any]:
    """The array as kernels take it: as it is when compiled, else as a view whose rows have attributes."""
    return array if COMPILED else array.view(np.dtype((Row, array.dtype)))
