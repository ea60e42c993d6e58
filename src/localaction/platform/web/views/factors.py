"""Factors: the catalogue, one factor, tables of parameters, default ranges, and files of them."""

from __future__ import annotations

import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from localaction.engine.inventory.csvsafe import SafeWriter
from localaction.engine.inventory.lines import encode
from localaction.engine.packs.factorlines import FACTOR_COLUMNS, factor_lines
from localaction.engine.references.factors import Factor
from localaction.engine.references.ownset import factor_from
from localaction.platform.publication import queries
from localaction.platform.web.factor_catalogue import asked_for, fitting, found_page
from localaction.platform.web.factor_page import explained, factor_page
from localaction.platform.web.rulebook import library, said

CSV, JSON = "text/csv; charset=utf-8", "application/json"


@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """List the factors that fit what was asked for, with lists to narrow it."""
    rules = library()
    found = found_page(asked_for(request.GET), request.GET.get("page", ""), queries.use_counts())
    context = {
        "found": found,
        "count": len(rules.factors.all),
        "documents": len({factor.source_ref for factor in rules.factors.all.values()}),
        "tables": len(rules.parameters),
        "ranges": len(rules.default_ranges),
    }
    return render(request, "web/factors.html", context)


@require_safe
def factors_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the factors that fit what was asked for, or one of them, as CSV or JSON."""
    one = request.GET.get("id", "")
    known = library().factors.all
    if one and one not in known:
        raise Http404(_("There is no factor “%(id)s”.") % {"id": one})
    found = [known[one]] if one else fitting(asked_for(request.GET))
    response = HttpResponse(_csv(found) if kind == "csv" else _json(found))
    response["Content-Type"] = CSV if kind == "csv" else JSON
    response["Content-Disposition"] = f'attachment; filename="factors.{kind}"'
    return response


def _csv(found: list[Factor]) -> str:
    out = io.StringIO()
    writer = SafeWriter(out)
    writer.writerow(FACTOR_COLUMNS)
    writer.writerows(factor_lines(found, library()))
    return out.getvalue()


def _json(found: list[Factor]) -> str:
    sources = {factor.source_ref for factor in found}
    return encode({
        "library": library().digest,
        "factors": [factor.to_dict() for factor in found],
        "sources": [held.to_dict() for held in library().sources.values() if held.id in sources],
    })  # fmt: skip


@require_safe
def factor(request: HttpRequest, factor_id: str) -> HttpResponse:
    """Show one factor of the rule book, or one of a place's own that something published rests on."""
    found = library().factors.all.get(factor_id)
    own: Any = None
    if found is None:
        stated = queries.published_factor(factor_id)
        if stated is None:
            raise Http404(_("There is no factor “%(id)s”.") % {"id": factor_id})
        found, own = factor_from(stated[0]), _own(factor_id, stated[1])
    page = factor_page(found, queries.inventories_using([found.id]), own=own is not None)
    crumbs = [(_("Factors"), reverse("web:factors")), (said(found.label), "")]
    context = {"factor": found, "page": page, "own": own, "crumbs": crumbs}
    return render(request, "web/factor.html", context)


def _own(factor_id: str, published: queries.Published) -> dict[str, Any]:
    """Return what the document says of the own set a factor is from, and whose it is."""
    set_id = factor_id.partition(":")[0]
    sets = {held["id"]: held for held in published.doc.get("factor_sets", ())}
    return {"set": sets.get(set_id), "place": published.place, "year": published.label_year}


@require_safe
def parameters(request: HttpRequest, table_id: str) -> HttpResponse:
    """Show one table of parameters: every value with its range, source and how sure it is."""
    found = library().parameters.get(table_id)
    if found is None:
        raise Http404(_("There is no table “%(id)s”.") % {"id": table_id})
    rows = [
        ([found.keys[key].entries.get(entry, entry) for key, entry in held.at.items()], held)
        for held in found.values
    ]
    crumbs = [
        (_("Factors"), reverse("web:factors")),
        (_("Parameters"), reverse("web:parameter-tables")),
        (said(found.label), ""),
    ]
    context = {
        "table": found,
        "rows": rows,
        "source": library().sources.get(found.source_ref),
        "explained": explained(found.confidence),
        "crumbs": crumbs,
    }
    return render(request, "web/parameters.html", context)


@require_safe
def parameter_tables(request: HttpRequest) -> HttpResponse:
    """List the tables of parameters, and the usual ranges by kind of data."""
    tables = sorted(library().parameters.values(), key=lambda held: said(held.label).casefold())
    crumbs = [(_("Factors"), reverse("web:factors")), (_("Parameters"), "")]
    context = {"tables": tables, "ranges": library().default_ranges.values(), "crumbs": crumbs}
    return render(request, "web/parameter_tables.html", context)
