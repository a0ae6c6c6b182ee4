"""Paths as scenario files write them, and what lies beside them."""

from __future__ import annotations

from pathlib import Path

from smsim.scenario.nodes import Leaf


def absolute(leaf: Leaf) -> Path:
    """The path a text means, from the folder of its file (the working folder for `--set`)."""
    return ((leaf.folder or Path.cwd()) / leaf.text).absolute()


def exists(path: Path) -> bool:
    """Whether a path is there; no path at all is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Whether a path is an ordinary file: no folder, no pipe, no device."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def siblings(path: Path) -> list[Path]:
    """What lies beside a path, at most a thousand, or nothing."""
    try:
        return [other for other, _ in zip(path.parent.iterdir(), range(1000), strict=False)]
    except (OSError, ValueError):
        return []
