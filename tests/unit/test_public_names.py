"""The public names are sorted, there, and said where they live; nothing heavy is imported for them."""

from __future__ import annotations

import subprocess
import sys

import smsim


def test_public_names_are_sorted_and_each_once() -> None:
    assert smsim.__all__ == sorted(set(smsim.__all__))


def test_every_public_name_can_be_had() -> None:
    assert [name for name in smsim.__all__ if getattr(smsim, name, None) is None] == []


def test_dir_lists_the_public_names() -> None:
    assert set(smsim.__all__) <= set(dir(smsim))


def test_every_public_thing_says_what_it_is() -> None:
    assert [name for name in smsim.__all__ if not (getattr(smsim, name).__doc__ or "").strip()] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(smsim, "synergy")


def test_importing_smsim_imports_nothing_heavy() -> None:
    heavy = "{'mesa', 'numba', 'pandas', 'pyarrow', 'scipy', 'matplotlib', 'altair'}"
    told = subprocess.run([sys.executable, "-c", f"import sys, smsim; print(sorted({heavy} & set(sys.modules)))"],
                          capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"
