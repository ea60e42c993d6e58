"""The sets of warming potentials in one line each, out of the rule book."""

from __future__ import annotations

from django.utils.translation import gettext as _

from localaction.engine.packs import Library
from localaction.engine.references.gwp import GwpSet
from localaction.platform.web import numbers
from localaction.platform.web.rulebook import gas_label, said

EXAMPLES = ("CH4", "CH4_fossil", "CH4_biogenic", "N2O", "SF6")


def named(library: Library) -> list[tuple[str, str]]:
    """Return the sets by id and label, the newest first."""
    return [(gwp.id, said(gwp.label)) for gwp in reversed(list(library.gwp_sets.values()))]


def notes(library: Library) -> list[str]:
    """Return one line on each set, in the order of ``named``."""
    return [note(gwp) for gwp in reversed(list(library.gwp_sets.values()))]


def note(gwp: GwpSet) -> str:
    """Return what a set is in one line: over how long, and what the commonest gases count."""
    held = [(gas_label(gas), gwp.values[gas]) for gas in EXAMPLES if gas in gwp.values]
    values = "; ".join(f"{gas} {numbers.readable(value)}" for gas, value in held)
    return _("Over %(years)d years, t CO2e per t: %(values)s") % {
        "years": gwp.horizon_years,
        "values": values,
    }


def label(library: Library, gwp_id: str) -> str:
    """Return the name of a set, or its id where the rule book does not know it."""
    known = library.gwp_sets.get(gwp_id)
    return said(known.label) if known else gwp_id
