"""Parameter tables made from fuels and emission factors, so that a method asks for the fuel alone.

Nothing is typed twice: what stands in the fuels and in the factors is laid out by key, each value with its
own source and its own mark of confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from localaction.engine.references.cited import Cited, Confidence
from localaction.engine.references.factors import WORLD, Factor, FactorTable
from localaction.engine.references.fuels import Fuel
from localaction.engine.references.parameters import Key, Parameter, ParameterTable

PER_ENERGY = "kg/TJ"
BIOGENIC = "CO2_biogenic"
GASES: Mapping[str, tuple[str, ...]] = {
    "CO2": ("CO2", BIOGENIC),
    "CH4": ("CH4", "CH4_fossil", "CH4_biogenic"),
    "N2O": ("N2O",),
}
STATIONARY: Mapping[str, str] = {
    "residential": "Homes",
    "commercial": "Offices, shops, institutions",
    "manufacturing": "Manufacturing and construction",
    "energy_industries": "Energy industries",
    "agriculture": "Agriculture, forestry, fishing",
}
FUGITIVE = "fugitive_oil_gas"
PER_MILLION_M3: Mapping[str, float] = {"million m3": 1.0, "1000 m3": 1000.0}  # so many of the unit
KG_PER_T = 1000.0
MOBILE = ("road", "rail", "waterborne", "aviation", "off_road")


def derived_tables(fuels: Mapping[str, Fuel], factors: FactorTable) -> dict[str, ParameterTable]:
    """Return the tables by id: properties of fuels, factors of stationary and of mobile combustion."""
    mobile = {
        name.partition(":")[2]: factor
        for name, factor in _per_energy(factors)
        if any(use in MOBILE for use in factor.uses)
    }
    found = [
        *_fuel_tables(fuels),
        _stationary(fuels, factors),
        _biogenic("ipcc@2006:fuel.biogenic_share", "fuel", "Fuel", _stationary_factors(fuels, factors)),
        _mobile(mobile),
        _biogenic("ipcc@2006:technology.biogenic_share", "technology", "Fuel and technology", mobile.items()),
        *_technology_tables(mobile, fuels),
        _oil_gas(factors),
    ]
    checked = min(factor.last_checked for factor in factors.all.values())
    return {table.id: replace(table, last_checked=checked) for table in found if table.values}


def _per_energy(factors: FactorTable) -> Iterator[tuple[str, Factor]]:
    for factor in factors.all.values():
        if factor.place == WORLD and factor.unit == PER_ENERGY and len(factor.gases) > 1:
            yield factor.id, factor


def _best(fuel: Fuel, use: str, factors: FactorTable) -> Factor | None:
    """Return the default of a fuel and a use: the one the inventory takes by itself."""
    fitting = [
        factor
        for factor in factors.of_activity(fuel.id)
        if factor.automatic
        and factor.place == WORLD
        and factor.unit == PER_ENERGY
        and factor.year is None
        and use in factor.uses
    ]
    return max(fitting, key=lambda factor: (factor.tier, factor.id), default=None)


def _stationary(fuels: Mapping[str, Fuel], factors: FactorTable) -> ParameterTable:
    rows = [
        row
        for fuel in fuels.values()
        for use in STATIONARY
        if (factor := _best(fuel, use, factors))
        for row in _gases(factor, {"use": use, "fuel": fuel.id})
    ]
    keys = [Key("use", "Where it is burnt", STATIONARY), _fuel_key(fuels, rows), _gas_key()]
    return _table("ipcc@2006:combustion.stationary", "Gases of fuels burnt in place", PER_ENERGY, keys, rows)


def _stationary_factors(fuels: Mapping[str, Fuel], factors: FactorTable) -> Iterator[tuple[str, Factor]]:
    for fuel in fuels.values():
        found = [factor for use in STATIONARY if (factor := _best(fuel, use, factors))]
        if found:
            yield fuel.id, found[0]


def _mobile(factors: Mapping[str, Factor]) -> ParameterTable:
    rows = [row for name, factor in factors.items() for row in _gases(factor, {"technology": name})]
    keys = [_technology_key(factors), _gas_key()]
    return _table("ipcc@2006:combustion.mobile", "Gases of fuels burnt in engines", PER_ENERGY, keys, rows)


def _oil_gas(factors: FactorTable) -> ParameterTable:
    steps = {
        factor.activity: (factor, PER_MILLION_M3[factor.activity_unit] / KG_PER_T)
        for factor in factors.all.values()
        if FUGITIVE in factor.uses and factor.place == WORLD and factor.activity_unit in PER_MILLION_M3
    }
    rows = [
        replace(
            row,
            value=row.value * size,
            low=None if row.low is None else row.low * size,
            high=None if row.high is None else row.high * size,
        )
        for step, (factor, size) in steps.items()
        for row in _gases(factor, {"step": step})
    ]
    keys = [Key("step", "Step", {step: factor.label for step, (factor, _) in steps.items()}), _gas_key()]
    label = "Gases that escape from oil and gas systems"
    return _table("ipcc@2006:fugitive.oil_gas", label, "t/million m3", keys, rows)


def _gases(factor: Factor, at: Mapping[str, str]) -> Iterator[Parameter]:
    for gas, names in GASES.items():
        for name in names:
            if value := factor.gases.get(name):
                yield Parameter(
                    at={**at, "gas": gas},
                    value=value.value,
                    low=value.low,
                    high=value.high,
                    confidence=_sure(factor),
                    note=factor.note,
                    source_ref=factor.source_ref,
                    locator=factor.locator,
                )


def _biogenic(table: str, key: str, label: str, factors: Iterable[tuple[str, Factor]]) -> ParameterTable:
    """1 where the carbon dioxide of the factor is biogenic, 0 where it is fossil: read off its gases."""
    named = list(factors)
    rows = [
        Parameter(
            at={key: name},
            value=float(BIOGENIC in factor.gases),
            low=None,
            high=None,
            confidence=_sure(factor),
            note="Fossil or biogenic as the factor on file names its carbon dioxide.",
            source_ref=factor.source_ref,
            locator=factor.locator,
        )
        for name, factor in named
    ]
    entries = {name: factor.label for name, factor in named}
    return _table(table, "Biogenic share of the energy", "fraction", [Key(key, label, entries)], rows)


def _fuel_tables(fuels: Mapping[str, Fuel]) -> Iterator[ParameterTable]:
    for name, label, unit in (
        ("ncv", "Net calorific value", "TJ/Gg"),
        ("density", "Density", "kg/L"),
        ("gross_to_net", "Net over gross calorific value", "fraction"),
    ):
        rows = [
            _property({"fuel": fuel.id}, cited)
            for fuel in fuels.values()
            if (cited := getattr(fuel, name)) is not None and cited.unit in {unit, ""}
        ]
        yield _table(f"ipcc@2006:fuel.{name}", label, unit, [_fuel_key(fuels, rows)], rows)


def _technology_tables(factors: Mapping[str, Factor], fuels: Mapping[str, Fuel]) -> Iterator[ParameterTable]:
    for name, label, unit in (
        ("ncv", "Net calorific value", "TJ/Gg"),
        ("density", "Density", "kg/L"),
    ):
        rows = [
            _property({"technology": technology}, cited)
            for technology, factor in factors.items()
            if (fuel := fuels.get(factor.activity))
            and (cited := getattr(fuel, name)) is not None
            and cited.unit == unit
        ]
        yield _table(f"ipcc@2006:technology.{name}", label, unit, [_technology_key(factors)], rows)


def _property(at: Mapping[str, str], cited: Cited) -> Parameter:
    return Parameter(
        at, cited.value, None, None, cited.confidence, cited.note, cited.source_ref, cited.locator
    )


def _fuel_key(fuels: Mapping[str, Fuel], rows: Iterable[Parameter]) -> Key:
    named = {row.at["fuel"] for row in rows}
    return Key("fuel", "Fuel", {fuel.id: fuel.label for fuel in fuels.values() if fuel.id in named})


def _technology_key(factors: Mapping[str, Factor]) -> Key:
    return Key("technology", "Fuel and technology", {name: factor.label for name, factor in factors.items()})


def _gas_key() -> Key:
    return Key("gas", "Gas", {gas: gas for gas in GASES})


def _sure(factor: Factor) -> Confidence:
    return factor.confidence  # type: ignore[return-value]  # checked when the pack was read


def _table(id_: str, label: str, unit: str, keys: Iterable[Key], rows: Iterable[Parameter]) -> ParameterTable:
    values = tuple(rows)
    first = next(iter(values), None)
    return ParameterTable(
        id=id_,
        label=label,
        unit=unit,
        keys={key.id: key for key in keys},
        edition="2006",
        source_ref=first.source_ref if first else "",
        locator=first.locator if first else "",
        confidence=first.confidence if first else "unverified",
        last_checked="",
        note="Laid out from the fuels and the emission factors on file; each value has its own source.",
        values=values,
    )
