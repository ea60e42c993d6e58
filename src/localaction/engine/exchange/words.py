"""Column names folded so that case, accents, punctuation and units in brackets do not matter."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

BRACKETS = re.compile(r"[(\[{（【].*?[)\]}）】]")
SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Return a header on one line: line breaks and runs of spaces become one space."""
    return SPACES.sub(" ", text).strip()


def folded(text: str) -> str:
    """Return a name without case, accents, vowel marks, punctuation and spaces at its ends.

    Letters of every script stay; ``Período (año)`` and ``periodo`` fold alike only without the bracket, see
    `unbracketed`.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return SPACES.sub(" ", "".join(kept)).strip()


def unbracketed(text: str) -> str:
    """Return a name without what stands in brackets: ``Amount (t CO2e)`` is ``Amount``."""
    return tidy(BRACKETS.sub(" ", text))


def fingerprint(headers: Sequence[str]) -> str:
    """Return a digest of column names: the same for the same names in the same order, however spaced."""
    return hashlib.sha256("\n".join(folded(header) for header in headers).encode()).hexdigest()[:32]
