"""Frozen documents: canonical JSON in which decimals are text, so that no reader rounds them; and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localaction.engine.exchange.documents import Data, canonical_json, holds_decimal, thawed
from localaction.engine.exchange.documents import sha256_of as digest
from localaction.platform.values.decimals import canonical

__all__ = ["Data", "digest", "frozen", "thawed"]


def frozen(data: Mapping[str, Any]) -> str:
    """Return data as canonical JSON (RFC 8785), with every decimal as its shortest exact text."""
    return canonical_json(_texts(data, decimal=False))


def _texts(value: Any, *, decimal: bool) -> Any:
    """Return data with decimals as text; a whole number among them too (PostgreSQL makes 1e16 one)."""
    if isinstance(value, float) or (decimal and isinstance(value, int) and not isinstance(value, bool)):
        return canonical(float(value))
    if isinstance(value, Mapping):
        return {
            str(key): _texts(item, decimal=holds_decimal(key, item, decimal)) for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_texts(item, decimal=False) for item in value]
    return value
