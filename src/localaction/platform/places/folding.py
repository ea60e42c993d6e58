"""How names are folded for search: without case, accents and punctuation, the same on every database."""

from __future__ import annotations

import re
import unicodedata

# Letters that stay whole when Unicode takes accents off, and how people type them.
WHOLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
GAP = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, each run of other signs as one space.

    >>> fold("São Paulo"), fold("Łódź"), fold("Saint-Étienne")
    ('sao paulo', 'lodz', 'saint etienne')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return GAP.sub(" ", bare.translate(WHOLE)).strip()
