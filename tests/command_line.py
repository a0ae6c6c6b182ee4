"""The command line, as a shell would call it."""

from __future__ import annotations

import sys

import pytest

from smsim.__main__ import main


def smsim_says(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Call `smsim WORDS…`; the exit status."""
    monkeypatch.setattr(sys, "argv", ["smsim", *words])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)
