"""A number with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

Confidence = Literal["verified", "secondary", "unverified"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A value with unit, source and how sure its entry is."""

    value: float
    unit: str
    source_ref: str
    locator: str
    confidence: Confidence
    note: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Cited:
        """Return the cited value of a pack."""
        return cls(
            value=float(data["value"]),
            unit=str(data.get("unit", "")),
            source_ref=data["source"]["ref"],
            locator=data["source"]["locator"],
            confidence=cast("Confidence", data["confidence"]),
            note=str(data.get("note", "")),
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A cited document."""

    id: str
    title: str
    publisher: str
    year: int | None
    edition: str
    licence: str
    read_as: str
    confidence: Confidence
    url: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Source:
        """Return the source of a pack."""
        return cls(
            id=data["id"],
            title=data["title"],
            publisher=data["publisher"],
            year=data["year"],
            edition=data["edition"],
            licence=data["licence"],
            read_as=data["read_as"],
            confidence=cast("Confidence", data["confidence"]),
            url=data.get("url", ""),
        )

    def to_dict(self) -> dict[str, object]:
        """Return the source as plain data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}
