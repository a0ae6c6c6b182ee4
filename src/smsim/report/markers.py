"""Pages that are written in part: what lies between two markers is made anew, the words outside of them stay."""

from __future__ import annotations

import re


def between(page: str, begin: str, end: str, made: str) -> str:
    """The page with `made` between its markers. Raises ValueError where the page has no such pair, or more than one."""
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if len(pattern.findall(page)) != 1:
        raise ValueError(f"the page must have one pair of markers {begin} … {end}: there is no place for what is made")
    return pattern.sub(lambda _: f"{begin}{made}{end}", page)
