"""Countries and territories by code and by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from localaction.engine.references.words import fold

BELONGS_TO = re.compile(r"\s*\([^()]*\)\s*$")  # "Anguilla (U.K.)"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory: ISO 3166-1 codes of two and three letters, name, and other names."""

    code: str
    alpha3: str
    label: str
    aliases: tuple[str, ...]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Country:
        """Return the country of a pack."""
        return cls(data["id"], data["alpha3"], data["label"], tuple(data.get("aliases", ())))


class Countries:
    """All countries, found by code or name."""

    def __init__(self, countries: Iterable[Country]) -> None:
        self.all: Mapping[str, Country] = {country.code: country for country in countries}
        self._alpha3 = {country.alpha3: country for country in self.all.values()}
        self._names = {
            fold(name): country for country in self.all.values() for name in (country.label, *country.aliases)
        }

    def by_alpha3(self, code: str) -> Country | None:
        """Return the country of a three-letter code, or None."""
        return self._alpha3.get(code.strip().upper())

    def by_name(self, name: str) -> Country | None:
        """Return the country of a name, with or without whom it belongs to in brackets, or None."""
        return self._names.get(fold(name)) or self._names.get(fold(BELONGS_TO.sub("", name)))

    def label(self, code: str) -> str:
        """Return the name of a country, or the code itself where it is none."""
        found = self.all.get(code)
        return found.label if found else code
