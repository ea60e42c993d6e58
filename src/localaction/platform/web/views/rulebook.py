"""The rule book: sources, and factors with their values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.references.factors import Factor
from localaction.platform.web.rulebook import gas_label, library, said


def sources(request: HttpRequest) -> HttpResponse:
    """List the cited documents with how many factors come from each, and all factors."""
    rules = library()
    factors = list(rules.factors.all.values())
    counts = Counter(factor.source_ref for factor in factors)
    listed = [
        (source, counts[source.id]) for source in sorted(rules.sources.values(), key=lambda held: held.title)
    ]
    return render(
        request,
        "web/sources.html",
        {"sources": listed, "count": len(factors), "groups": by_activity(factors)},
    )


def by_activity(factors: Iterable[Factor]) -> list[tuple[str, list[Factor]]]:
    """Return factors grouped by what they are of, both in order of their names."""
    groups: dict[str, list[Factor]] = defaultdict(list)
    for found in factors:
        groups[found.activity].append(found)
    known = library().activities.all
    named = [(said(known[activity].label), group) for activity, group in groups.items()]
    ordered = sorted(named, key=lambda item: item[0].casefold())
    return [(name, sorted(group, key=lambda held: (held.place, held.id))) for name, group in ordered]


def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show one cited document and what was taken from it."""
    rules = library()
    found = rules.sources.get(source_id)
    if found is None:
        raise Http404(_("There is no source “%(id)s”.") % {"id": source_id})
    factors = [factor for factor in rules.factors.all.values() if factor.source_ref == source_id]
    potentials = [held for held in rules.gwp_sets.values() if held.source_ref == source_id]
    crumbs = [(_("Sources"), reverse("web:sources")), (found.title, "")]
    context = {"source": found, "factors": factors, "potentials": potentials, "crumbs": crumbs}
    return render(request, "web/source.html", context)


def factor(request: HttpRequest, factor_id: str) -> HttpResponse:
    """Show one factor: values by gas with low and high, for what it holds, source and locator."""
    rules = library()
    found = rules.factors.all.get(factor_id)
    if found is None:
        raise Http404(_("There is no factor “%(id)s”.") % {"id": factor_id})
    crumbs = [(_("Sources"), reverse("web:sources")), (said(found.label), "")]
    years = [
        other
        for other in rules.factors.all.values()
        if _series(other) == _series(found) and other.id != found.id
    ]
    context: dict[str, Any] = {
        "factor": found,
        "gases": [(gas_label(gas), value) for gas, value in found.gases.items()],
        "source": rules.sources.get(found.source_ref),
        "activity": said(rules.activities.all[found.activity].label),
        "cells": _cells(found),
        "others": sorted(years, key=lambda other: other.year or 0),
        "crumbs": crumbs,
    }
    return render(request, "web/factor.html", context)


def _cells(found: Factor) -> list[str]:
    """Return the sub-sectors where the factor can be chosen."""
    rows = [row for sector in library().protocol.sectors for row in sector.subsectors]
    return [said(row.label) for row in rows if any(set(cell.uses) & set(found.uses) for cell in row.cells)]


def _series(found: Factor) -> str:
    """Return the id without its year."""
    return found.id.rsplit("/", 1)[0] if found.year is not None else found.id
