"""Tables of default values that methods use: a value by its keys, with range, source and confidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from localaction.engine.errors import InputError
from localaction.engine.references.cited import Confidence


class NoParameter(InputError):
    """A table has no value for what is asked."""

    code = "references.no_parameter"
    text = "{table} has no value for {wanted}."
    remedy_text = "Give the value yourself, or choose among those that the table has."


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its entries, by id, with their labels."""

    id: str
    label: str
    entries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a table; ``at`` says for which entry of each key it stands."""

    at: Mapping[str, str]
    value: float
    low: float | None
    high: float | None
    confidence: Confidence
    note: str
    source_ref: str
    locator: str

    def to_dict(self) -> dict[str, object]:
        """Return the value as plain data for JSON."""
        return {
            "at": dict(self.at),
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "confidence": self.confidence,
            "source": {"ref": self.source_ref, "locator": self.locator},
            "note": self.note,
        }


@dataclass(frozen=True)
class ParameterTable:
    """Values of one kind in one unit, by keys; ``id`` is ``set@edition:name``."""

    id: str
    label: str
    unit: str
    keys: Mapping[str, Key]
    edition: str
    source_ref: str
    locator: str
    confidence: Confidence
    last_checked: str
    note: str
    values: tuple[Parameter, ...]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> ParameterTable:
        """Return the table of a pack."""
        return cls(
            id=data["id"],
            label=data["label"],
            unit=data["unit"],
            keys={key["id"]: Key(key["id"], key["label"], labels(key["entries"])) for key in data["keys"]},
            edition=data["edition"],
            source_ref=data["source"]["ref"],
            locator=data["source"]["locator"],
            confidence=cast("Confidence", data["confidence"]),
            last_checked=data["last_checked"],
            note=data.get("note", ""),
            values=tuple(_parameter(row, data) for row in data["values"]),
        )

    def at(self, **keys: str) -> Parameter:
        """Return the value for these entries, one for each key of the table.

        Raises
        ------
        NoParameter
            If the table has none.
        """
        found = self._by_keys.get(tuple(keys.get(key, "") for key in self.keys))
        if found is None:
            raise NoParameter(table=self.label, wanted=self.named(keys) or "this")
        return found

    def named(self, keys: Mapping[str, str]) -> str:
        """Return entries in words, as in ``climate boreal, dry; waste food``."""
        return "; ".join(
            f"{self.keys[key].label.lower()} {self.keys[key].entries.get(entry, entry)}"
            for key, entry in keys.items()
            if key in self.keys
        )

    def to_dict(self) -> dict[str, object]:
        """Return the table as plain data for JSON."""
        return {
            "id": self.id,
            "label": self.label,
            "unit": self.unit,
            "edition": self.edition,
            "keys": [{"id": key.id, "label": key.label} for key in self.keys.values()],
            "source": {"ref": self.source_ref, "locator": self.locator},
            "last_checked": self.last_checked,
            "note": self.note,
            "values": [row.to_dict() for row in self.values],
        }

    @cached_property
    def _by_keys(self) -> dict[tuple[str, ...], Parameter]:
        return {tuple(row.at[key] for key in self.keys): row for row in self.values}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what decides a result: unit, keys and values."""
        content = [self.id, self.unit, [[dict(row.at), row.value] for row in self.values]]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def labels(entries: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return ``[{id, label}, ...]`` as label by id."""
    return {entry["id"]: entry["label"] for entry in entries}


def _parameter(row: Mapping[str, Any], table: Mapping[str, Any]) -> Parameter:
    source = row.get("source", table["source"])
    return Parameter(
        at=row["at"],
        value=float(row["value"]),
        low=None if row.get("low") is None else float(row["low"]),
        high=None if row.get("high") is None else float(row["high"]),
        confidence=cast("Confidence", row.get("confidence", table["confidence"])),
        note=row.get("note", ""),
        source_ref=source["ref"],
        locator=source["locator"],
    )
