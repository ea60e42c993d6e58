"""Other warming potentials: a preview of every total, then the change with its reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from localaction.engine.errors import InputError
from localaction.platform.inventories import services
from localaction.platform.inventories.errors import ReasonNeeded
from localaction.platform.web import numbers
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import inventory_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.forms.reasons import PotentialsForm
from localaction.platform.web.desk.show import potentials
from localaction.platform.web.desk.show.editor import CHOSEN, Frame, frame
from localaction.platform.web.desk.show.totals import BeforeAfter, Change, moved
from localaction.platform.web.rulebook import library, said

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def warming_potentials(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Choose a set, see what it moves, apply it with a reason."""
    desk = inventory_at(request, code, year)
    if request.method == "POST":
        return _change(request, desk)
    chosen = request.GET.get("gwp_set", "")
    form = PotentialsForm(initial={"gwp_set": chosen or desk.inventory.gwp_set}, library=library())
    return _show(request, desk, form, chosen)


def _change(request: HttpRequest, desk: work.Desk) -> HttpResponse:
    form = PotentialsForm(request.POST, library=library())
    chosen = request.POST.get("gwp_set", "")
    if not form.is_valid():
        return _show(request, desk, form, chosen, UNPROCESSABLE)
    reason = form.cleaned_data["reason"]
    try:
        services.change_warming_potentials(
            actor=desk.actor, inventory=desk.inventory, gwp_set=chosen, reason=reason
        )
    except ReasonNeeded as error:
        form.add_error("reason", work.said_of(error))
    except InputError as error:
        form.add_error(None, work.said_of(error))
    else:
        label = potentials.label(library(), chosen)
        messages.success(request, _("Computed with %(label)s from now on.") % {"label": label})
        return redirect(Addresses(desk.inventory.place.code, desk.inventory.label_year).editor)
    return _show(request, desk, form, chosen, UNPROCESSABLE)


def _show(
    request: HttpRequest, desk: work.Desk, form: PotentialsForm, chosen: str, status: int = 200
) -> HttpResponse:
    book, now = library(), desk.inventory.gwp_set
    context: dict[str, Any] = {
        "page": Frame(**frame(desk, _("Warming potentials"))),
        "form": form,
        "chosen": chosen,
        "may_edit": desk.may_edit,
    }
    if chosen in book.gwp_sets and chosen != now:
        context |= _preview(desk, chosen)
    elif chosen == now:
        context["unchanged"] = _("The inventory is computed with this set already.")
    return render(request, "web/desk/potentials.html", context, status=status)


def _preview(desk: work.Desk, chosen: str) -> dict[str, Any]:
    """Return every total under the present and the chosen set, and what does not follow."""
    book = library()
    names = {"now": potentials.label(book, desk.inventory.gwp_set), "then": potentials.label(book, chosen)}
    try:
        moves = services.preview_warming_potentials(
            actor=desk.actor, inventory=desk.inventory, gwp_set=chosen
        )
    except InputError as error:
        return {"unchanged": work.said_of(error)}
    labels = {total.id: said(total.label) for total in book.protocol.totals}
    lines = tuple(
        Change(labels[each.total], each.before_t, each.after_t, moved(each.before_t, each.after_t))
        for each in moves
    )
    fixed = next((each.not_recomputable_t for each in moves if each.total == CHOSEN), 0.0)
    notes = []
    if fixed:
        text = _("%(tonnes)s t CO2e of %(total)s were given without a split by gas; they stay as they are.")
        notes.append(text % {"tonnes": numbers.tonnes(fixed), "total": CHOSEN})
    return {
        "preview": BeforeAfter(_("Totals, t CO2e"), names["now"], names["then"], lines),
        "preview_title": _("From %(now)s to %(then)s") % names,
        "preview_notes": notes,
        "apply_text": _("Compute with %(then)s from now on") % names,
    }
