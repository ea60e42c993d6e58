"""Frameworks: the list with its search, one edition, one data item, and files of the indicators."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from localaction.engine.packs.frameworks import Framework
from localaction.platform.web.frameworks import catalogue, files, words
from localaction.platform.web.frameworks.cases import case_views
from localaction.platform.web.frameworks.feeding import feed_views
from localaction.platform.web.frameworks.page import framework_page
from localaction.platform.web.frameworks.speech import speech

LONGEST_SEARCH = 200


@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    """List every edition; with words to search, the indicators in which they occur."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    hits = catalogue.found_indicators(text)
    editions = catalogue.listed()
    context = {
        "text": text,
        "hits": hits[: catalogue.SHOWN],
        "count": len(hits),
        "editions": editions,
        "indicators": sum(len(edition.framework.indicators) for edition in editions),
        "shared": catalogue.shared_items(),
        "asked": len(catalogue.askers()),
    }
    return render(request, "web/frameworks.html", context)


@require_safe
def newest(request: HttpRequest, name: str) -> HttpResponse:
    """Lead from a framework without edition to its newest."""
    found = [held for held in catalogue.on_file().values() if held.id == name]
    if not found:
        raise _no_framework(name)
    return HttpResponseRedirect(catalogue.framework_address(found[-1]))


@require_safe
def framework(request: HttpRequest, name: str, edition: str) -> HttpResponse:
    """Show one edition: every indicator with formula, unit, scores and source; totals, badges, cases."""
    found = _found(name, edition)
    context = {
        "framework": found,
        "page": framework_page(found),
        "speech": speech(catalogue.originals()[found.key]),
        "cases": case_views(found),
        "files": files.indicator_files(found),
        "crumbs": [(_("Frameworks"), reverse("web:frameworks")), (found.title, "")],
    }
    return render(request, "web/framework.html", context)


@require_safe
def framework_file(request: HttpRequest, name: str, edition: str, kind: str) -> HttpResponse:
    """Hand out the indicators of an edition as CSV or JSON."""
    found = _published(name, edition)
    response = HttpResponse(files.as_csv(found) if kind == "csv" else files.as_json(found))
    response["Content-Type"] = files.CSV if kind == "csv" else files.JSON
    response["Content-Disposition"] = f'attachment; filename="{found.id}-{found.edition}.{kind}"'
    return response


@require_safe
def framework_changes(request: HttpRequest, name: str, edition: str) -> HttpResponse:
    """Hand out what became of each indicator since earlier editions, as CSV."""
    found = _published(name, edition)
    if not found.mappings:
        raise Http404(_("No earlier edition of “%(id)s” is mapped to this one.") % {"id": found.key})
    response = HttpResponse(files.changes_csv(found), content_type=files.CSV)
    response["Content-Disposition"] = f'attachment; filename="{found.id}-{found.edition}-changes.csv"'
    return response


@require_safe
def item(request: HttpRequest, item_id: str) -> HttpResponse:
    """Show one data item: what is answered, and every framework that asks for it."""
    found = catalogue.item_on_file(item_id)
    if found is None:
        raise Http404(_("There is no data item “%(id)s”.") % {"id": item_id})
    asking = catalogue.asking(item_id)
    context = {
        "item": found,
        "unit": words.unit_shown(found.get("unit", "")),
        "kind": words.kind(found),
        "choices": words.choices_of(found),
        "columns": [
            (column, words.kind(column), words.choices_of(column)) for column in found.get("columns", ())
        ],
        "asking": asking,
        "feeds": feed_views(item_id),
        "count": len({one.framework.id for one in asking}),
        "crumbs": [(_("Frameworks"), reverse("web:frameworks")), (found["label"], "")],
    }
    return render(request, "web/framework_item.html", context)


def _found(name: str, edition: str) -> Framework:
    """Return an edition as pages show it, in the language of the page as far as it is translated."""
    return _one_of(catalogue.on_file(), f"{name}/{edition}")


def _published(name: str, edition: str) -> Framework:
    """Return an edition as files hold it, in the words of its publisher."""
    return _one_of(catalogue.originals(), f"{name}/{edition}")


def _one_of(frameworks: Mapping[str, Framework], key: str) -> Framework:
    found = frameworks.get(key)
    if found is None:
        raise _no_framework(key)
    return found


def _no_framework(name: str) -> Http404:
    return Http404(_("There is no framework “%(id)s”.") % {"id": name})
