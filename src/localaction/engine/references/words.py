"""Names as they are compared: case, accents and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata

GAP = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, each run of other signs as one space.

    >>> fold("Côte d'Ivoire"), fold("Gas/Diesel oil")
    ('cote d ivoire', 'gas diesel oil')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return GAP.sub(" ", bare).strip()
