"""The sets of warming potentials in one line each, out of the rule book."""

from __future__ import annotations

from django.utils.translation import gettext as _

from localaction.engine.packs import Library
from localaction.engine.references.gwp import GwpSet
from localaction.platform.web import numbers
from localaction.platform.web.rulebook import said

EXAMPLES = ("CH4", "N2O")


def named(library: Library) -> list[tuple[str, str]]:
    """Return the sets by id and label, the newest first."""
    return [(gwp.id, said(gwp.label)) for gwp in reversed(list(library.gwp_sets.values()))]


def notes(library: Library) -> list[str]:
    """Return one line on each set, in the order of ``named``."""
    return [note(gwp) for gwp in reversed(list(library.gwp_sets.values()))]


def note(gwp: GwpSet) -> str:
    """Return what a set is: what methane and nitrous oxide count, over how long, and whose it is."""
    values = [
        f"{gas} {numbers.readable(value)}" for gas in EXAMPLES if (value := gwp.potential(gas)) is not None
    ]
    line = _("%(years)d years; t CO2e per t: %(values)s.") % {
        "years": gwp.horizon_years,
        "values": ", ".join(values),
    }
    return f"{line} {said(gwp.note)}".strip()


def label(library: Library, gwp_id: str) -> str:
    """Return the name of a set, or its id where the rule book does not know it."""
    known = library.gwp_sets.get(gwp_id)
    return said(known.label) if known else gwp_id
