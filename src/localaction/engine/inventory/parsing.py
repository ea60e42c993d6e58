"""Texts of single columns to what they mean: amounts, notation keys, references, grades."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from localaction.engine.errors import shown
from localaction.engine.inventory import marketproblems, problems

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
LIKE_A_NUMBER = re.compile(r"[+-]?[\d.,' \u00a0\u202f\u2019]+", re.ASCII)
REFERENCE = re.compile(r"\b[IV]+(?:\.\d+){1,2}\b")
LARGEST_AMOUNT = 1e30  # far above any amount on Earth; keeps squares of sums finite
GRADES = ("H", "M", "L")
LOCATION, MARKET = "location", "market"
WIDEST_PERCENT = 1000.0  # a half-width of ten times the figure; more is a slip, not a range


class ParsedKey(NamedTuple):
    """A notation key as read: the key, the cells named beside it, and whether it was written regularly."""

    key: str
    references: tuple[str, ...]
    regular: bool


def amounts(texts: Sequence[str]) -> NDArray[np.float64] | None:
    """Return the amounts of many rows at once, or None if one of them needs a closer look."""
    joined = "".join(texts)
    if not joined.isascii() or "_" in joined:
        return None
    try:
        values = np.array([float(text) for text in texts], dtype=np.float64)
    except ValueError:
        return None
    return values if bool(np.all(np.abs(values) <= LARGEST_AMOUNT)) else None


def amount(text: str) -> float:
    """Return one amount.

    Raises
    ------
    InputError
        `MissingAmount`, `AmbiguousAmount`, `NotFinite`, `TooLarge` or `NotANumber`: what to write instead.
    """
    clean = text.strip()
    if not clean:
        raise problems.MissingAmount
    if NUMBER.fullmatch(clean):
        value = float(clean)
        if abs(value) > LARGEST_AMOUNT:
            raise problems.TooLarge(value=shown(clean))
        return value
    if clean.lstrip("+-").casefold() in {"nan", "inf", "infinity"}:
        raise problems.NotFinite(value=shown(clean))
    if "," in clean and LIKE_A_NUMBER.fullmatch(clean):
        raise problems.AmbiguousAmount(value=shown(clean), example=_without_separators(clean))
    raise problems.NotANumber(value=shown(clean))


def _without_separators(text: str) -> str:
    if re.fullmatch(r"[+-]?\d+,\d+", text, flags=re.ASCII):
        return f"{text.replace(',', '')} or {text.replace(',', '.')}"
    return "1234.5"


def notation_key(raw: str, known: Collection[str]) -> ParsedKey:
    """Read a notation key, also in the untidy forms found in published data.

    ``IE (II.1.1)`` is IE with a reference; of ``NO; IE`` the first counts. Both are not regular.

    Raises
    ------
    UnknownKey
        If the text does not begin with a notation key.
    """
    words = re.split(r"[^A-Za-z]", raw.strip(), maxsplit=1)
    if words[0] not in known:
        raise problems.UnknownKey(raw.strip(), known)
    return ParsedKey(words[0], tuple(REFERENCE.findall(raw)), raw.strip() == words[0])


def references(text: str, known: Collection[str], protocol: str) -> tuple[str, ...]:
    """Return the cells named in ``text``, separated by spaces, commas or semicolons."""
    words = re.split(r"[\s,;]+", text.strip())
    for word in words:
        if word not in known:
            raise problems.UnknownCell(word, protocol, known)
    return tuple(dict.fromkeys(words))


def grades(text: str) -> tuple[str | None, str | None]:
    """Return the grades of activity and factor; None where none is stated."""
    clean = text.strip()
    if not clean:
        return None, None
    parts = [part.strip().upper() for part in clean.split("/")]
    if len(parts) > len(("activity", "factor")) or any(part not in GRADES for part in parts):
        raise problems.BadQuality(value=shown(clean))
    return parts[0], parts[1] if len(parts) > 1 else None


def percent(text: str) -> float | None:
    """Return a half-width in percent; None of an empty text.

    Raises
    ------
    BadPercent
        If it is no number, negative or beyond `WIDEST_PERCENT`.
    """
    clean = text.strip()
    if not clean:
        return None
    value = float(clean) if NUMBER.fullmatch(clean) else -1.0
    if not 0 <= value <= WIDEST_PERCENT:
        raise problems.BadPercent(value=shown(clean), limit=f"{WIDEST_PERCENT:.0f}")
    return value


def basis(text: str) -> str:
    """Return ``location`` or ``market``; an empty text means location.

    Raises
    ------
    UnknownBasis
        If it is another word.
    """
    clean = text.strip().casefold() or LOCATION
    if clean not in {LOCATION, MARKET}:
        raise marketproblems.UnknownBasis(value=shown(text.strip()))
    return clean
