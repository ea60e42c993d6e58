"""What can be chosen in a row: activities that fit the cell, units and factors that fit the activity.

Only offers; what is accepted is judged by the engine when the row is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from localaction.engine.errors import InputError
from localaction.engine.packs import Library
from localaction.engine.references.conversion import plan
from localaction.engine.references.factors import WORLD, Factor
from localaction.engine.references.fuels import Activity, Fuel
from localaction.platform.web.rulebook import gas_label, said

Option = tuple[str, str]
Group = tuple[str, list[Option]]
Choices = list[Option | Group]

#: Gases offered first; the rest follow in their own group.
COMMON_GASES = ("CO2", "CH4", "N2O", "CO2e")
CO2E = "CO2e"


def activities_for(library: Library, uses: Sequence[str]) -> Choices:
    """Return the fuels and activities that have a factor for a cell with these uses, grouped, by label."""
    found = _activities(library, uses)
    fuels = [activity for activity in found if isinstance(activity, Fuel)]
    others = [activity for activity in found if not isinstance(activity, Fuel)]
    if fuels and others:
        return [(_("Fuels"), _named(fuels)), (_("Other activities"), _named(others))]
    return list(_named(found))


def _activities(library: Library, uses: Sequence[str]) -> list[Activity]:
    fitting = {factor.activity for factor in library.factors.all.values() if set(factor.uses) & set(uses)}
    found = [activity for name, activity in library.activities.all.items() if name in fitting]
    return sorted(found, key=lambda activity: said(activity.label).casefold())


def _named(found: Iterable[Activity]) -> list[Option]:
    return [(activity.id, said(activity.label)) for activity in found]


def resolved(library: Library, name: str) -> Activity | None:
    """Return the activity that a name, label or alias means, or None."""
    if not name.strip():
        return None
    try:
        return library.activities.get(name)
    except InputError:
        return None


def units_for(library: Library, activity: Activity | None, uses: Sequence[str]) -> Choices:
    """Return the units an activity can be given in; all, by what they measure, while there is none."""
    if activity is None:
        by_kind: dict[str, list[Option]] = {}
        for unit in library.units.all.values():
            by_kind.setdefault(unit.dimension, []).append((unit.symbol, unit.symbol))
        return list(by_kind.items())
    factors = library.factors.of_activity(activity.id)
    fitting = [factor for factor in factors if set(factor.uses) & set(uses)] or list(factors)
    targets = sorted({factor.activity_unit for factor in fitting})
    return [
        (symbol, symbol)
        for symbol in library.units.all
        if any(_reaches(library, activity, symbol, target) for target in targets)
    ]


def _reaches(library: Library, activity: Activity, symbol: str, target: str) -> bool:
    try:
        plan(activity, symbol, target, library.units)
    except InputError:
        return False
    return True


def masses(library: Library) -> list[Option]:
    """Return the units of mass, for emissions given directly."""
    return [(unit.symbol, unit.symbol) for unit in library.units.of_dimension("mass")]


def gases(library: Library) -> Choices:
    """Return the gases emissions can be given in: the common ones, then all with a warming potential."""
    known = sorted({gas for gwp in library.gwp_sets.values() for gas in gwp.values})
    rest = [gas for gas in known if gas not in COMMON_GASES]
    common: list[Option] = [(gas, _gas(gas)) for gas in COMMON_GASES]
    more = ["CH4_fossil", "CH4_biogenic", "CO2_biogenic", *(gas for gas in rest if "_" not in gas)]
    return [*common, (_("More gases"), [(gas, _gas(gas)) for gas in dict.fromkeys(more)])]


def _gas(gas: str) -> str:
    return _("CO2e, a sum that is not split by gas") if gas == CO2E else gas_label(gas)


def gwp_sets(library: Library, nothing: str) -> list[Option]:
    """Return the sets of warming potentials, after a first choice that names none."""
    return [("", nothing), *((gwp.id, said(gwp.label)) for gwp in library.gwp_sets.values())]


def factors_for(
    library: Library, activity: Activity | None, uses: Sequence[str], chain: Sequence[str]
) -> Choices:
    """Return the factors a row can pin: the nearest places first; of all activities while none is chosen."""
    automatic: Option = ("", _("Chosen by rule: nearest in place, then in time"))
    if activity is not None:
        return [automatic, *_pins(_allowed(library, activity, uses), uses, chain)]
    found: list[Option | Group] = [automatic]
    for each in _activities(library, uses):
        factors = [f for f in library.factors.of_activity(each.id) if set(f.uses) & set(uses)]
        found.append((said(each.label), [_pin(factor) for factor in _by_nearness(factors, chain)]))
    return found


def _allowed(library: Library, activity: Activity, uses: Sequence[str]) -> list[Factor]:
    """Return the factors of an activity; those of contracts and residual mixes for market-based rows only."""
    market = set(library.protocol.all_market_uses)
    factors = library.factors.of_activity(activity.id)
    return [f for f in factors if market & set(uses) or not set(f.uses) <= market]


def _pins(factors: Iterable[Factor], uses: Sequence[str], chain: Sequence[str]) -> list[Group]:
    places = (*chain, WORLD)
    fitting = [f for f in factors if set(f.uses) & set(uses)]
    near = [factor for factor in fitting if factor.place in places]
    far = [factor for factor in fitting if factor.place not in places]
    other = [factor for factor in factors if not set(factor.uses) & set(uses)]
    groups = (
        (_("For this place"), near),
        (_("Made for other places"), far),
        (_("Made for other uses"), other),
    )
    return [(name, [_pin(f) for f in _by_nearness(held, chain)]) for name, held in groups if held]


def _by_nearness(factors: Iterable[Factor], chain: Sequence[str]) -> list[Factor]:
    order = {code: position for position, code in enumerate(chain)}
    last = len(order)
    return sorted(factors, key=lambda f: (order.get(f.place, last), f.place, -(f.year or 0), -f.tier, f.id))


def _pin(factor: Factor) -> Option:
    where = _("world") if factor.place == WORLD else factor.place
    when = f" {factor.year}" if factor.year else ""
    return factor.id, f"{said(factor.label)} ({where}{when}, {factor.source_ref})"


def with_typed(choices: Choices, typed: str) -> Choices:
    """Return the choices with what was typed among them, so that a select never drops it."""
    if not typed or typed in values_of(choices):
        return choices
    return [(typed, typed), *choices]


def values_of(choices: Choices) -> set[str]:
    """Return every value that can be chosen, groups opened."""
    found: set[str] = set()
    for value, label in choices:
        if isinstance(label, str):
            found.add(value)
        else:
            found.update(inner for inner, _label in label)
    return found
