"""Methods: the list, the page of one, and its calculator."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from localaction.engine.packs.methods import Example, Method
from localaction.platform.accounts.limits import calculations
from localaction.platform.web.calculator import pages
from localaction.platform.web.calculator.draft import Draft, from_form, from_inputs
from localaction.platform.web.calculator.form import form
from localaction.platform.web.calculator.outcome import Outcome, known_gwp, outcome
from localaction.platform.web.calculator.output import download
from localaction.platform.web.calculator.paste import paste_columns, paste_matrix
from localaction.platform.web.calculator.result import result_view
from localaction.platform.web.calculator.share import packed, unpacked
from localaction.platform.web.rulebook import library

LONGEST_SEARCH = 200
SEE_OTHER, REFUSED, TOO_MANY = 303, 422, 429
DO = "_do"


@require_GET
def methods(request: HttpRequest) -> HttpResponse:
    """List the methods, or those in which the words of a search occur."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = pages.found_methods(text)
    context = {"text": text, "groups": pages.by_theme(found), "count": len(found)}
    return render(request, "web/methods.html", context)


@require_GET
def method(request: HttpRequest, name: str, version: int) -> HttpResponse:
    """Explain one method: what it computes, formulas, inputs, tables, worked examples, how to cite it."""
    found = find_method(name, version)
    context = {
        "method": found,
        "crumbs": _crumbs(found),
        "calculator": pages.method_address(found, "web:calculate"),
        "cells": [(ref, library().protocol.cells[ref].label) for ref in found.cells],
        "formulas": [(formula, pages.cited(formula.source)) for formula in found.formulas],
        "inputs": pages.input_lines(found),
        "outputs": pages.output_lines(found),
        "tables": pages.table_views(found),
        "examples": pages.example_views(found),
        "cited": pages.cited(found.source),
        "versions": [(other, pages.method_address(other)) for other in pages.other_versions(found)],
        "citation": pages.citation(found),
    }
    return render(request, "web/method.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calculate(request: HttpRequest, name: str, version: int) -> HttpResponse:
    """Show the calculator; with inputs in the address, or sent, also the result."""
    found = find_method(name, version)
    if request.method == "POST":
        return _sent(request, found)
    gwp_set = known_gwp(request.GET.get("gwp", ""))
    example = found.examples.get(request.GET.get("example", ""))
    if example is not None:
        draft = from_inputs(found, example.inputs)
        return _page(request, draft, gwp_set=example.gwp_set or gwp_set, compute=True, example=example)
    word = request.GET.get("i", "")
    inputs = unpacked(word) if word else None
    draft = from_inputs(found, inputs) if inputs is not None else Draft(found)
    if inputs is not None and (waits := _waits(request)):
        return _too_many(request, draft, gwp_set, waits)
    trouble = _("The address holds no inputs that can be read.") if word and inputs is None else ""
    return _page(request, draft, gwp_set=gwp_set, compute=inputs is not None, trouble=trouble)


def find_method(name: str, version: int) -> Method:
    """Return a method by the parts of its address."""
    found = library().methods.get(f"{name}/{version}")
    if found is None:
        raise Http404(_("There is no method “%(id)s”.") % {"id": f"{name}/{version}"})
    return found


def _crumbs(found: Method) -> list[tuple[str, str]]:
    return [(_("Methods"), reverse("web:methods")), (found.title, "")]


def _sent(request: HttpRequest, found: Method) -> HttpResponse:
    draft = from_form(found, request.POST.dict())
    gwp_set = known_gwp(request.POST.get("_gwp", ""))
    verb, _colon, target = request.POST.get(DO, "compute").partition(":")
    if verb == "add" and target in found.dimensions:
        draft.add_rows(target)
        return _page(request, draft, gwp_set=gwp_set)
    if verb == "paste":
        _paste(draft, target, request.POST.get(f"_paste.{target}", ""))
        return _page(request, draft, gwp_set=gwp_set)
    if waits := _waits(request):
        return _too_many(request, draft, gwp_set, waits)
    result = outcome(draft, gwp_set)
    if result.run is None:
        return _page(request, draft, gwp_set=gwp_set, result=result, status=REFUSED)
    if verb == "file":
        return _file(request, result, found, target)
    word = packed(result.inputs)
    if word is None:
        return _page(request, draft, gwp_set=gwp_set, result=result)
    address = f"{pages.method_address(found, 'web:calculate')}{_query(word, gwp_set)}#result"
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _waits(request: HttpRequest) -> int:
    """Return how many seconds to wait before the next calculation; 0 if it may be done now."""
    limit = calculations()
    return 0 if limit.allow_request(request) else int(limit.wait() or 0) + 1


def _too_many(request: HttpRequest, draft: Draft, gwp_set: str, waits: int) -> HttpResponse:
    """Show what was filled in, without a result, and say when to go on."""
    trouble = ngettext(
        "There were too many calculations from your address. What you filled in is still here: "
        "send it again in %(count)d second. For many calculations use the command.",
        "There were too many calculations from your address. What you filled in is still here: "
        "send it again in %(count)d seconds. For many calculations use the command.",
        waits,
    ) % {"count": waits}
    answer = _page(request, draft, gwp_set=gwp_set, trouble=trouble, status=TOO_MANY)
    answer["Retry-After"] = str(waits)
    return answer


def _query(word: str, gwp_set: str) -> str:
    return f"?{urlencode({'i': word, 'gwp': gwp_set})}"


def _paste(draft: Draft, target: str, text: str) -> None:
    entry = draft.method.inputs.get(target)
    if entry is not None and len(entry.shape) > 1:
        paste_matrix(draft, entry, text)
    elif entry is not None and entry.shape:
        paste_columns(draft, entry.shape[0], [entry], text)
    else:
        for table in (*form(draft, {}).tables, *form(draft, {}).more_tables):
            if table.key == target:
                columns = [draft.method.inputs[name] for name in table.columns]
                paste_columns(draft, columns[0].shape[0], columns, text)


def _file(request: HttpRequest, result: Outcome, found: Method, kind: str) -> HttpResponse:
    assert result.run is not None  # noqa: S101 - only asked for a run
    cell, year = request.POST.get("_cell", ""), request.POST.get("_year", "")
    made = download(kind, result.run, found, result.inputs, cell, year)
    if made is None:
        raise Http404(_("There is no such file of this result."))
    response = HttpResponse(made.text, content_type=made.kind)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _page(
    request: HttpRequest,
    draft: Draft,
    *,
    gwp_set: str,
    compute: bool = False,
    result: Outcome | None = None,
    example: Example | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    found = draft.method
    if compute and result is None:
        result = outcome(draft, gwp_set)
    run = result.run if result else None
    word = packed(result.inputs) if result and run else None
    context = {
        "method": found,
        "crumbs": [*_crumbs(found)[:1], (found.title, pages.method_address(found)), (_("Calculator"), "")],
        "about": pages.method_address(found),
        "form": form(draft, result.errors if result else {}),
        "faults": result.faults if result else (),
        "more": result.more if result else 0,
        "result": result_view(run, found) if run else None,
        "digest": run.digest if run else "",
        "gwp_set": gwp_set,
        "gwp_sets": library().gwp_sets.values(),
        "weighs": any(output.inventory for output in found.outputs.values()),
        "examples": found.examples.values(),
        "example": pages.example_view(found, example) if example else None,
        "share": request.build_absolute_uri(f"{request.path}?{urlencode({'i': word, 'gwp': gwp_set})}")
        if word
        else "",
        "trouble": trouble,
        "do": DO,
    }
    return render(request, "web/calculate.html", context, status=status)
