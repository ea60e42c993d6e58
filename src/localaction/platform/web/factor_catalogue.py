"""The catalogue of factors: what was asked for, what fits, and what can be asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.packs.catalogue import Catalogue, Query
from localaction.engine.references.factors import WORLD, Factor
from localaction.platform.web import numbers
from localaction.platform.web.parts import File
from localaction.platform.web.rulebook import gas_label, library, said

ON_A_PAGE = 40
FIELDS = ("q", "activity", "place", "cell", "source", "confidence")
CONFIDENCES = ("verified", "secondary", "unverified")
Option = tuple[str, str]


@lru_cache(maxsize=2)
def _catalogue(_digest: str) -> Catalogue:
    return Catalogue(library())


def catalogue() -> Catalogue:
    """Return the index of all factors; made once for each rule book."""
    return _catalogue(library().pack_digest)


@dataclass(frozen=True)
class Listed:
    """A factor in the list."""

    id: str
    label: str
    address: str
    gas: str
    value: float
    unit: str
    more: int
    place: str
    place_name: str
    year: int | None
    confidence: str
    automatic: bool
    used: int


@dataclass(frozen=True)
class Filter:
    """One list of choices above the table."""

    name: str
    label: str
    nothing: str
    options: Sequence[Option]
    chosen: str


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    factors: Sequence[Listed]
    count: int
    first: int
    last: int
    previous: str
    following: str
    filters: Sequence[Filter]
    text: str
    asked: bool
    files: Sequence[File]


def asked_for(given: QueryDict) -> dict[str, str]:
    """Return what was asked for, without what no list offers."""
    known: Mapping[str, Sequence[Option]] = {
        "activity": activities(),
        "place": places(),
        "cell": cells(),
        "source": sources(),
        "confidence": confidences(),
    }
    asked = {name: given.get(name, "").replace("\x00", "").strip()[:200] for name in FIELDS}
    return {
        name: value
        for name, value in asked.items()
        if value and (name not in known or value in {key for key, _label in known[name]})
    }


def fitting(asked: Mapping[str, str]) -> list[Factor]:
    """Return every factor that fits, the best first."""
    place = asked.get("place", "")
    found = catalogue().find(
        Query(
            words=asked.get("q", ""),
            activity=asked.get("activity", ""),
            cell=asked.get("cell", ""),
            source=asked.get("source", ""),
            confidence=asked.get("confidence", ""),
        )
    )
    return [factor for factor in found if factor.place == place] if place else found


def found_page(asked: Mapping[str, str], page: str, used: Mapping[str, int]) -> Found:
    """Return one page of the factors that fit, with the lists to narrow it further."""
    found = fitting(asked)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(int(page), 1), pages) if page.isdecimal() and page.isascii() else 1
    first = (number - 1) * ON_A_PAGE
    shown = found[first : first + ON_A_PAGE]
    return Found(
        factors=[listed(factor, used.get(factor.id, 0)) for factor in shown],
        count=len(found),
        first=first + 1,
        last=first + len(shown),
        previous=_address(asked, number - 1) if number > 1 else "",
        following=_address(asked, number + 1) if number < pages else "",
        filters=_filters(asked),
        text=asked.get("q", ""),
        asked=bool(asked),
        files=_files(asked, len(found)),
    )


def _address(asked: Mapping[str, str], page: int) -> str:
    return f"{reverse('web:factors')}?{urlencode({**asked, 'page': page})}"


def _files(asked: Mapping[str, str], count: int) -> list[File]:
    query = f"?{urlencode(asked)}" if asked else ""
    note = _("%(count)s factors, every digit, a line for each gas") % {"count": numbers.number(count)}
    table, data = (reverse("web:factors-file", args=[kind]) for kind in ("csv", "json"))
    return [
        File(_("These factors as a table"), "CSV", f"{table}{query}", note),
        File(_("These factors with their digests"), "JSON", f"{data}{query}"),
    ]


def listed(factor: Factor, used: int = 0) -> Listed:
    """Return a factor as the list shows it: by its first gas."""
    gas, value = next(iter(factor.gases.items()))
    return Listed(
        id=factor.id,
        label=said(factor.label),
        address=reverse("web:factor", args=[factor.id]),
        gas=gas_label(gas),
        value=value.value,
        unit=f"kg/{factor.activity_unit}",
        more=len(factor.gases) - 1,
        place=factor.place,
        place_name=place_name(factor.place),
        year=factor.year,
        confidence=factor.confidence,
        automatic=factor.automatic,
        used=used,
    )


def place_name(code: str) -> str:
    """Return a place as readers know it."""
    return _("the world") if code == WORLD else library().countries.label(code)


def _filters(asked: Mapping[str, str]) -> list[Filter]:
    return [
        Filter("activity", _("Activity or fuel"), _("All"), activities(), asked.get("activity", "")),
        Filter("place", _("Place"), _("All"), places(), asked.get("place", "")),
        Filter("cell", _("Cell of the inventory"), _("All"), cells(), asked.get("cell", "")),
        Filter("source", _("Source"), _("All"), sources(), asked.get("source", "")),
        Filter("confidence", _("Checked"), _("All"), confidences(), asked.get("confidence", "")),
    ]


def activities() -> list[Option]:
    """Return the activities that have a factor, by name."""
    held = {factor.activity for factor in library().factors.all.values()}
    named = [(key, said(library().activities.all[key].label)) for key in held]
    return sorted(named, key=lambda option: option[1].casefold())


def places() -> list[Option]:
    """Return the places that have a factor, by name, the world first."""
    held = {factor.place for factor in library().factors.all.values()} - {WORLD}
    named = sorted(((code, place_name(code)) for code in held), key=lambda option: option[1].casefold())
    return [(WORLD, _("the world")), *named]


def cells() -> list[Option]:
    """Return the cells that factors fit."""
    held = {use for factor in library().factors.all.values() for use in factor.uses}
    rows = library().protocol.cells.values()
    return [(cell.ref, f"{cell.ref} {said(cell.label)}") for cell in rows if set(cell.uses) & held]


def sources() -> list[Option]:
    """Return the documents that factors are from, by title."""
    held = {factor.source_ref for factor in library().factors.all.values()}
    named = [(key, library().sources[key].title) for key in held]
    return sorted(named, key=lambda option: option[1].casefold())


def confidences() -> list[Option]:
    """Return how sure the entry of a factor can be, with what that means."""
    words = {
        "verified": _("Compared with the source"),
        "secondary": _("Quoted by a second source"),
        "unverified": _("Not compared yet"),
    }
    return [(name, words[name]) for name in CONFIDENCES]
