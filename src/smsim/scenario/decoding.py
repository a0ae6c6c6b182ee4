"""Bytes become text, or are refused with what they are instead."""

from __future__ import annotations

import codecs

from smsim.errors import Mark, Problem, ScenarioError

#: Bytes of the largest scenario file.
LARGEST = 1_000_000
_ALLOWED = "a YAML file in UTF-8"
#: How other encodings begin; the longer ones first, since UTF-32 begins as UTF-16 does.
_OTHERS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


def decode(data: bytes, file: str) -> str:
    """The text of a file. Raises ScenarioError where it is too large or no text."""
    if len(data) > LARGEST:
        raise ScenarioError(Problem("this file is too large for a scenario", Mark(file, 1, 1), "more than 1 MB", "at most 1 MB"))
    for mark, name in _OTHERS.items():
        if data.startswith(mark):
            raise ScenarioError(Problem("this file is not text in UTF-8", Mark(file, 1, 1), f"text in {name}", _ALLOWED))
    if b"\0" in data:
        where = _byte(file, data, data.index(b"\0"))
        raise ScenarioError(Problem("this file is not text", where, "a zero byte", _ALLOWED))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where, read = _byte(file, data, error.start), f"the byte 0x{data[error.start]:02x}"
        raise ScenarioError(Problem("this file is not written in UTF-8", where, read, _ALLOWED)) from None


def _byte(file: str, data: bytes, position: int) -> Mark:
    """The mark of a byte by its number."""
    text = data[:position].decode("utf-8", "replace").removeprefix("\ufeff")
    return place(file, text, len(text))


def place(file: str, text: str, position: int) -> Mark:
    """The mark of a character by its number."""
    before = text[:position]
    return Mark(file, before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def around(text: str, line: int, column: int) -> str:
    """What stands in a line (counted from 1) near a column, short enough for an error."""
    lines = text.splitlines()
    told = lines[line - 1] if line <= len(lines) else ""
    start = max(0, column - 50)
    return told[start : start + 80].strip()


def has_half(text: str) -> bool:
    """Whether a text holds half of a surrogate pair, which no file and no terminal can hold."""
    return any(0xD800 <= ord(letter) < 0xE000 for letter in text)
