"""A new inventory of a place."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from localaction.engine.errors import InputError
from localaction.platform.accounts.rights import allowed, require
from localaction.platform.inventories import services
from localaction.platform.inventories.errors import BadInventoryPeriod, UnknownGwpSet, YearTaken
from localaction.platform.inventories.queries import inventories_for
from localaction.platform.web.desk.access import VIEW, place_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.forms.create import FISCAL, NewInventoryForm
from localaction.platform.web.desk.work import EDIT, said_of
from localaction.platform.web.records import place_view
from localaction.platform.web.rulebook import library

USUAL = "ar5"
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_inventory(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for period and warming potentials, then make the inventory."""
    place = place_at(code)
    if not allowed(request.user, VIEW, place.scope_id):
        raise Http404(_("There is no place with the code %(code)s on your desk.") % {"code": code})
    require(request.user, EDIT, place.scope_id)
    if request.method != "POST":
        form = NewInventoryForm(initial=_usual(request, place), library=library())
        return _show(request, place, form)
    form = NewInventoryForm(request.POST, library=library())
    made = _make(request, place, form) if form.is_valid() else None
    if made is None:
        return _show(request, place, form, status=UNPROCESSABLE)
    return redirect(Addresses(place.code, made.label_year).editor)


def _make(request: HttpRequest, place: Any, form: NewInventoryForm) -> Any:
    """Make the inventory; None if the service refuses, with its words at the field."""
    start, end = form.period()
    try:
        return services.create_inventory(
            actor=request.user,
            place=place,
            label_year=form.cleaned_data["year"],
            gwp_set=form.cleaned_data["gwp_set"],
            period_start=start,
            period_end=end,
        )
    except YearTaken as error:
        form.add_error("year", said_of(error))
    except BadInventoryPeriod as error:
        form.add_error("end" if form.cleaned_data["period_kind"] == FISCAL else "year", said_of(error))
    except UnknownGwpSet as error:
        form.add_error("gwp_set", said_of(error))
    except InputError as error:
        form.add_error(None, said_of(error))
    return None


def _usual(request: HttpRequest, place: Any) -> dict[str, object]:
    """Return what fits most: the newest year without inventory, the potentials of the last inventory."""
    newest = inventories_for(request.user).filter(place=place).first()
    last_year = timezone.localdate().year - 1
    taken = set(inventories_for(request.user).filter(place=place).values_list("label_year", flat=True))
    year = next((year for year in range(last_year, last_year - 30, -1) if year not in taken), last_year)
    return {"year": year, "gwp_set": newest.gwp_set if newest else USUAL}


def _show(request: HttpRequest, place: Any, form: NewInventoryForm, status: int = 200) -> HttpResponse:
    shown = place_view(place)
    year = form.data.get("year", "")
    taken = "year" in form.errors and year.isdecimal() and _exists(request, place, int(year))
    context = {
        "form": form,
        "place": shown,
        "protocol": library().protocol.title,
        "existing": {"year": year, "address": Addresses(shown.code, int(year)).editor} if taken else None,
        "crumbs": [
            (_("Desk"), reverse("desk:home")),
            (shown.shown, reverse("web:place", args=[shown.code])),
            (_("New inventory"), ""),
        ],
    }
    return render(request, "web/desk/new.html", context, status=status)


def _exists(request: HttpRequest, place: Any, year: int) -> bool:
    return inventories_for(request.user).filter(place=place, label_year=year).exists()
