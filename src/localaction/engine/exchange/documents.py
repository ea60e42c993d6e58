"""Frozen documents as bytes and as data: canonical JSON whose decimals are text, and back to numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import rfc8785

LAST_OF_PLANE = "\uffff"
Data = dict[str, Any]
# Where a text of the document is a decimal: under these keys, and everything inside these maps.
DECIMAL_KEYS = frozenset({
    "amount", "value", "low", "high", "co2e_t", "low_t", "high_t", "uncertainty_percent", "co2_biogenic_t",
    "not_recomputable_t", "energy_mwh", "location_energy_mwh", "coverage",
    "half_width_t", "grade_share",
    "activity_percent", "factor_percent", "default_share", "population",
})  # fmt: skip
DECIMAL_MAPS = frozenset({"gases_t", "memo_gases_t", "potentials"})
AS_ENTERED = frozenset({"rows", "findings"})  # "value" and "amount" are the words somebody entered there


def canonical_json(data: Any) -> str:
    """Return data without floats as canonical JSON (RFC 8785)."""
    written = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    # Without floats and beyond-plane characters JSON sorted by key is RFC 8785, and far quicker to write.
    return written if max(written) <= LAST_OF_PLANE else rfc8785.dumps(data).decode()


def sha256_of(content: bytes | str) -> str:
    """Return the SHA-256 of a document, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def thawed(text: str) -> Data:
    """Return a document with its decimals as floats."""
    data: Data = _numbers(json.loads(text), decimal=False)
    return data


def holds_decimal(key: str, value: Any, decimal: bool) -> bool:
    """Return whether a member is a decimal, or a map of nothing but decimals."""
    if isinstance(value, Mapping):
        return key in DECIMAL_MAPS or _is_sector_totals(key, value)
    return (decimal or key in DECIMAL_KEYS) and not isinstance(value, list | tuple)


def _numbers(value: Any, *, decimal: bool) -> Any:
    if decimal and isinstance(value, str):
        return float(value)
    if isinstance(value, dict):
        return {key: _member(key, item, decimal=decimal) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item, decimal=False) for item in value]
    return value


def _member(key: str, value: Any, *, decimal: bool) -> Any:
    if key in AS_ENTERED and isinstance(value, list):
        return value
    return _numbers(value, decimal=holds_decimal(key, value, decimal))


def _is_sector_totals(key: str, value: Mapping[str, Any]) -> bool:
    """Sector totals are decimals; the totals of the inventory are figures with parts."""
    return key == "totals" and not any(isinstance(item, Mapping) for item in value.values())
