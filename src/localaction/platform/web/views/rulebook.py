"""The rule book: the cited documents, and everything that was taken from each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from localaction.engine.references.cited import Cited
from localaction.engine.references.factors import Factor
from localaction.platform.web.frameworks import catalogue
from localaction.platform.web.rulebook import library, said


@dataclass(frozen=True)
class Property:
    """A property of a fuel that was read in a document."""

    fuel: str
    name: str
    cited: Cited


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List the cited documents with how many factors, parameters and properties come from each."""
    rules = library()
    factors = Counter(factor.source_ref for factor in rules.factors.all.values())
    others = Counter(
        [
            *(held.source_ref for held in rules.gwp_sets.values()),
            *(held.source_ref for table in rules.parameters.values() for held in table.values),
            *(held.source_ref for held in rules.default_ranges.values()),
            *(held.cited.source_ref for held in _properties()),
        ]
    )
    ordered = sorted(rules.sources.values(), key=lambda held: held.title.casefold())
    listed = [(source, factors[source.id], others[source.id]) for source in ordered]
    context = {"sources": listed, "count": sum(factors.values())}
    return render(request, "web/sources.html", context)


@require_safe
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show one cited document and everything that was taken from it."""
    rules = library()
    found = rules.sources.get(source_id)
    if found is None:
        raise Http404(_("There is no source “%(id)s”.") % {"id": source_id})
    factors = [factor for factor in rules.factors.all.values() if factor.source_ref == source_id]
    tables = [
        (table, sum(held.source_ref == source_id for held in table.values))
        for table in rules.parameters.values()
        if any(held.source_ref == source_id for held in table.values)
    ]
    context = {
        "source": found,
        "groups": by_activity(factors),
        "count": len(factors),
        "potentials": [held for held in rules.gwp_sets.values() if held.source_ref == source_id],
        "tables": tables,
        "ranges": [held for held in rules.default_ranges.values() if held.source_ref == source_id],
        "frameworks": catalogue.citing(source_id),
        "properties": [held for held in _properties() if held.cited.source_ref == source_id],
        "crumbs": [(_("Sources"), reverse("web:sources")), (found.title, "")],
    }
    return render(request, "web/source.html", context)


def by_activity(factors: Iterable[Factor]) -> list[tuple[str, list[Factor]]]:
    """Return factors grouped by what they are of, both in order of their names."""
    groups: dict[str, list[Factor]] = defaultdict(list)
    for found in factors:
        groups[found.activity].append(found)
    known = library().activities.all
    named = [(said(known[activity].label), group) for activity, group in groups.items()]
    ordered = sorted(named, key=lambda item: item[0].casefold())
    return [(name, sorted(group, key=lambda held: (held.place, held.id))) for name, group in ordered]


def _properties() -> Iterator[Property]:
    """Yield every property of a fuel with where it was read."""
    for fuel in library().fuels.values():
        for name, cited in (
            (_("net calorific value"), fuel.ncv),
            (_("density"), fuel.density),
            (_("net over gross calorific value"), fuel.gross_to_net),
        ):
            if cited is not None:
                yield Property(said(fuel.label), name, cited)
