"""Codes of places as people type them."""

from __future__ import annotations

WORLD = "world"


def place_code(text: str) -> str:
    """Return the code of a place however its case: ``gb-lon`` is ``GB-LON``; the whole world is ``world``."""
    code = text.strip()
    return WORLD if code.lower() == WORLD else code.upper()
