"""How names are folded for search: without case, accents and punctuation, the same on every database."""

from __future__ import annotations

import unicodedata

# Letters that stay whole when Unicode takes accents off, and how people type them.
TYPED_AS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ə": "a",
}
# Signs of transcription that nobody types: Pʻekʻin, Šarqʼ.
UNTYPED = "".join(map(chr, range(0x02B0, 0x0300)))
WHOLE = str.maketrans(TYPED_AS) | str.maketrans("", "", UNTYPED)


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, each run of other signs as one space.

    >>> fold("São Paulo"), fold("Łódź"), fold("Saint-Étienne")
    ('sao paulo', 'lodz', 'saint etienne')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    if bare.isascii() and bare.isalpha():
        return bare
    # vowel signs of Indian scripts are marks, not letters: they belong to the word
    kept = [sign if sign.isalnum() or _is_mark(sign) else " " for sign in bare.translate(WHOLE)]
    return " ".join("".join(kept).split())


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"
