"""The page of one factor: values, other units and years, cells, inventories that use it, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.errors import InputError
from localaction.engine.packs.catalogue import series
from localaction.engine.packs.factorlines import gas_name
from localaction.engine.references.conversion import plan
from localaction.engine.references.factors import Factor
from localaction.platform.publication.queries import Using
from localaction.platform.web import numbers
from localaction.platform.web.factor_catalogue import Listed, listed, place_name
from localaction.platform.web.parts import File
from localaction.platform.web.rulebook import gas_label, library, said

#: Units in which people know amounts, in the order in which they are shown.
COMMON = ("kWh", "MWh", "kWh gross", "GJ", "TJ", "MMBtu", "m3", "L", "US gal", "kg", "t")
ALIKE_SHOWN = 12


class PerUnit(NamedTuple):
    """A factor for one common unit: the amounts of gas, and the steps that lead there."""

    unit: str
    amounts: Sequence[float]
    steps: str


class Year(NamedTuple):
    """One value of the same series, and how long its bar is in percent of the largest."""

    year: int
    address: str
    value: float
    width: float
    current: bool


class CellUse(NamedTuple):
    """A cell in which a factor can be chosen."""

    ref: str
    label: str


@dataclass(frozen=True)
class FactorPage:
    """Everything the page of a factor shows beside the factor itself."""

    gases: Sequence[tuple[str, Any]]
    common: Sequence[PerUnit]
    years: Sequence[Year]
    year_gas: str
    cells: Sequence[CellUse]
    alike: Sequence[Listed]
    alike_address: str
    uses: Sequence[Using]
    source: Any
    activity: str
    place: str
    cite: str
    files: Sequence[File]
    explained: str


def factor_page(factor: Factor, uses: Sequence[Using], *, own: bool = False) -> FactorPage:
    """Return what the page of a factor shows; ``own`` factors of a place stand in no list."""
    rules = library()
    activity = rules.activities.all[factor.activity]
    years, year_gas = _years(factor)
    return FactorPage(
        gases=[(gas_label(gas), value) for gas, value in factor.gases.items()],
        common=_common(factor),
        years=years,
        year_gas=year_gas,
        cells=_cells(factor),
        alike=[] if own else _alike(factor),
        alike_address=f"{reverse('web:factors')}?{urlencode({'activity': factor.activity})}",
        uses=uses,
        source=rules.sources.get(factor.source_ref),
        activity=said(activity.label),
        place=place_name(factor.place),
        cite=_cite(factor),
        files=[] if own else _files(factor),
        explained=explained(factor.confidence),
    )


def explained(confidence: str) -> str:
    """Return what a confidence means for somebody who wants to rely on the value."""
    words: Mapping[str, str] = {
        "verified": _("The value was compared with the document itself or its publisher's database."),
        "secondary": _("The value was read where another document quotes it; the original was not at hand."),
        "unverified": _("The value was not compared with its source yet. Compare it before you rely on it."),
    }
    return words.get(confidence, "")


def _common(factor: Factor) -> list[PerUnit]:
    rules = library()
    activity = rules.activities.all[factor.activity]
    found = []
    for unit in COMMON:
        if unit == factor.activity_unit:
            continue
        try:
            steps = plan(activity, unit, factor.activity_unit, rules.units)
        except InputError:
            continue
        per_unit = 1.0
        for step in steps:
            per_unit *= step.multiplier
        cited = "; ".join(step.label for step in steps if step.source_ref)
        found.append(PerUnit(unit, [value.value * per_unit for value in factor.gases.values()], cited))
    return found


def _years(factor: Factor) -> tuple[list[Year], str]:
    """Return every dated value of the series by its first gas, the newest first; none if there is one."""
    gas = next(iter(factor.gases))
    others = [
        held
        for held in library().factors.all.values()
        if held.year is not None and series(held) == series(factor) and gas in held.gases
    ]
    if len(others) < 2:
        return [], ""
    most = max(held.gases[gas].value for held in others) or 1.0
    ordered = sorted(others, key=lambda held: -(held.year or 0))
    return [_year(held, gas, most, factor) for held in ordered], gas_label(gas)


def _year(held: Factor, gas: str, most: float, factor: Factor) -> Year:
    value = held.gases[gas].value
    address = reverse("web:factor", args=[held.id])
    return Year(held.year or 0, address, value, round(100 * value / most, 1), held.id == factor.id)


def _cells(factor: Factor) -> list[CellUse]:
    cells = library().protocol.cells.values()
    return [CellUse(cell.ref, said(cell.label)) for cell in cells if set(cell.uses) & set(factor.uses)]


def _alike(factor: Factor) -> list[Listed]:
    """Return other factors for the same activity and use: those of the same place first."""
    others = [
        held
        for held in library().factors.of_activity(factor.activity)
        if set(held.uses) & set(factor.uses) and series(held) != series(factor)
    ]
    others.sort(key=lambda held: (held.place != factor.place, not held.automatic, held.place, held.id))
    return [listed(held) for held in others[:ALIKE_SHOWN]]


def _cite(factor: Factor) -> str:
    """Return how the factor is cited: value, source with locator, and its digest in this library."""
    source = library().sources.get(factor.source_ref)
    values = "; ".join(
        f"{gas_name(gas)} {numbers.exact(value.value)} kg/{factor.activity_unit}"
        for gas, value in factor.gases.items()
    )
    document = f"{source.publisher}: {source.title} ({source.edition})" if source else factor.source_ref
    where = f", {factor.locator}" if factor.locator else ""
    return f"{said(factor.label)}: {values}. {document}{where}. {factor.id}, SHA-256 {factor.digest[:16]}."


def _files(factor: Factor) -> list[File]:
    table, data = (reverse("web:factors-file", args=[kind]) for kind in ("csv", "json"))
    query = urlencode({"id": factor.id})
    return [
        File(_("This factor as a table"), "CSV", f"{table}?{query}"),
        File(_("This factor with its digest"), "JSON", f"{data}?{query}"),
    ]
