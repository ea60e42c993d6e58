"""Frameworks at the desk: what is open, the form of each, and its answers as files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from localaction.engine.packs import editions
from localaction.engine.packs.editions import UnknownFramework
from localaction.engine.packs.frameworks import Framework
from localaction.platform.accounts.rights import allowed, require
from localaction.platform.frameworks.queries import newest_editions, taken_up
from localaction.platform.frameworks.services import give_up, take_up
from localaction.platform.reporting.answers import Standing, standing_of
from localaction.platform.reporting.errors import YearNotReportable
from localaction.platform.reporting.states import SUBMIT
from localaction.platform.reporting.years import check_year
from localaction.platform.web.desk.access import place_at, signed_in
from localaction.platform.web.desk.filling import acting
from localaction.platform.web.desk.filling.addresses import Filling
from localaction.platform.web.desk.filling.findings import checked
from localaction.platform.web.desk.filling.form import Form, form, sections_of
from localaction.platform.web.desk.filling.gaps import gaps_page
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.frameworks.catalogue import in_page_language

VIEW, EDIT = "value.view", "value.edit"
SEE_OTHER, UNPROCESSABLE, CONFLICT = 303, 422, 409


@require_GET
@signed_in
def latest(request: HttpRequest, code: str) -> HttpResponse:
    """Go to the last full year."""
    return redirect(Filling(answering_place(request, code).code, timezone.localdate().year - 1).gaps)


@require_GET
@signed_in
def gaps(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show what is answered and what is open, and what to answer next."""
    place = answering_place(request, code, year)
    own = [in_page_language(each) for each in taken_up(place)]
    others = [in_page_language(each) for each in newest_editions(own)]
    standing = _standing(request, place, year, [*own, *others])
    may_edit = allowed(request.user, EDIT, place.scope_id)
    page = gaps_page(standing, own, others, timezone.localdate(), may_edit=may_edit)
    return render(request, "web/desk/gaps.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show_form(request: HttpRequest, code: str, year: int, framework: str, edition: str) -> HttpResponse:
    """Show a section of the form; without scripts, save what was changed in it."""
    place, asked = answering_place(request, code, year), edition_at(framework, edition)
    wanted = request.GET.get("section", "")
    if request.method != "POST":
        return _show(request, _form(request, place, year, asked, wanted))
    require(request.user, EDIT, place.scope_id)
    items = sections_of(asked).get(wanted, [])
    done = acting.act(_desk(request, place, year, asked), request.POST, items)
    if done.refused:
        page = _form(request, place, year, asked, wanted, done)
        return _show(request, page, status=CONFLICT if done.conflict else UNPROCESSABLE)
    _say(request, done)
    at = str(request.POST.get("do", "")).split("|")[1:2]
    urls = Filling(place.code, year)
    target = request.POST.get("then") or wanted
    return HttpResponseRedirect(urls.form(asked, target, at[0] if at else ""), status=SEE_OTHER)


@require_POST
@signed_in
def answer(
    request: HttpRequest, code: str, year: int, framework: str, edition: str, item: str
) -> HttpResponse:
    """Save one answer, or do what a button at it says; the parts of the page that changed come back."""
    place, asked = answering_place(request, code, year), edition_at(framework, edition)
    require(request.user, EDIT, place.scope_id)
    if item not in asked.items:
        raise Http404(_("%(framework)s does not ask for this.") % {"framework": asked.title})
    done = acting.act(_desk(request, place, year, asked), request.POST, [item])
    section = next(name for name, items in sections_of(asked).items() if item in items)
    page = _form(request, place, year, asked, section, done)
    shown = next(each for each in page.fields if each.item == item)
    rests_on_others = checked(asked)
    touched = [
        each
        for each in page.questions
        if each.result and (item in _items_of(asked, each.id) or each.id in rests_on_others)
    ]
    context = {"form": page, "field": shown, "questions": touched, "saved": done.saved, "item": item}
    status = CONFLICT if done.conflict else UNPROCESSABLE if done.refused else 200
    return render(request, "web/desk/filling/changed.html", context, status=status)


@require_POST
@signed_in
def choose(request: HttpRequest, code: str, year: int, framework: str, edition: str) -> HttpResponse:
    """Take a framework up, or give it up."""
    place, asked = answering_place(request, code, year), edition_at(framework, edition)
    if request.POST.get("do") == "give-up":
        give_up(actor=request.user, place=place, framework=asked, day=timezone.localdate())
        text = _("%(framework)s is not among your frameworks any more. Its figures stay.")
    else:
        take_up(actor=request.user, place=place, framework=asked, since=timezone.localdate())
        text = _("%(framework)s is among your frameworks now.")
    messages.success(request, text % {"framework": asked.title})
    return HttpResponseRedirect(Filling(place.code, year).gaps, status=SEE_OTHER)


def edition_at(framework: str, edition: str) -> Framework:
    """Return an edition by its address; 404 if there is none."""
    found = editions.frameworks().get(f"{framework}/{edition}")
    if found is None:
        raise Http404(str(UnknownFramework(f"{framework}/{edition}", list(editions.frameworks()))))
    return found


def answering_place(request: HttpRequest, code: str, year: int | None = None) -> Any:
    """Return a place of the reader's, 404 if it isn't or the year cannot be reported on."""
    place = place_at(code)
    if not allowed(request.user, VIEW, place.scope_id):
        raise Http404(_("There is no place with the code %(code)s on your desk.") % {"code": code})
    if year is not None:
        try:
            check_year(year, timezone.localdate())
        except YearNotReportable as error:
            raise Http404(text_of(error)) from error
    return place


def _standing(request: HttpRequest, place: Any, year: int, frameworks: list[Framework]) -> Standing:
    today = timezone.localdate()
    return standing_of(actor=request.user, place=place, year=year, frameworks=frameworks, as_of=today)


def _desk(request: HttpRequest, place: Any, year: int, framework: Framework) -> acting.Desk:
    return acting.Desk(request.user, place, framework, year, timezone.localdate())


def _form(
    request: HttpRequest,
    place: Any,
    year: int,
    framework: Framework,
    section: str,
    done: acting.Done | None = None,
) -> Form:
    found, shown = done or acting.Done(), in_page_language(framework)
    return form(
        _standing(request, place, year, [shown]),
        shown,
        Filling(place.code, year),
        section,
        may_edit=allowed(request.user, EDIT, place.scope_id),
        typed=found.typed,
        errors=found.errors,
    )


def _show(request: HttpRequest, page: Form, status: int = 200) -> HttpResponse:
    may_hand_in = allowed(request.user, SUBMIT, page.filled.place.scope_id)
    context = {"form": page, "may_hand_in": may_hand_in}
    return render(request, "web/desk/filling.html", context, status=status)


def _say(request: HttpRequest, done: acting.Done) -> None:
    if done.saved:
        text = ngettext("%(count)s answer is saved.", "%(count)s answers are saved.", done.saved)
        messages.success(request, text % {"count": done.saved})
    else:
        messages.info(request, _("Nothing was changed."))


def _items_of(framework: Framework, indicator: str) -> tuple[str, ...]:
    return framework.indicators[indicator].items if indicator in framework.indicators else ()
