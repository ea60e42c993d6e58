"""Numbers of a file that declares its separators."""

from __future__ import annotations

import re

# digits in groups of three, parted by points, spaces or apostrophes; then a comma and decimals
WITH_COMMA = re.compile(
    r"[+-]?(?:\d{1,3}(?:[. \u00a0\u202f'\u2019]\d{3})+|\d+)(?:,\d+)?(?:[eE][+-]?\d+)?", re.ASCII
)
GROUPING = re.compile(r"[. \u00a0\u202f'\u2019]")


def declared(text: str) -> str:
    """Return a number with decimal comma as one with a point: ``1.234,5`` becomes ``1234.5``.

    Only for files whose decimal sign is declared to be the comma. What does not follow that form stays as it
    is, so that the rules refuse it in the words of the file.
    """
    clean = text.strip()
    if not WITH_COMMA.fullmatch(clean):
        return text
    return GROUPING.sub("", clean).replace(",", ".")
