"""Files that show what a part of a plan says: attach, open, withdraw."""

from __future__ import annotations

import uuid
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from localaction.engine.errors import InputError
from localaction.platform.planning import queries, services
from localaction.platform.planning.errors import EvidenceNotFound
from localaction.platform.planning.queries import EDIT, VIEW
from localaction.platform.values.evidence import opened
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.forms.plan import EvidenceForm, ReasonForm
from localaction.platform.web.desk.views.plan import crumbs, plan_place
from localaction.platform.web.desk.views.plan_parts import UNPROCESSABLE, held_part, show_part
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.records import place_view


@require_POST
@signed_in
def attach(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Attach a file to a part; what is wrong stands at the form, and the part is shown again."""
    held = held_part(request, kind, public_id, EDIT)
    form = EvidenceForm(request.POST, request.FILES, prefix="evidence")
    if form.is_valid():
        data = form.cleaned_data
        try:
            kept = services.attach_evidence(
                actor=request.user, part=held, stream=cast("BinaryIO", data["file"].file),
                name=data["file"].name or "", note=data["note"], visibility=data["visibility"],
            )  # fmt: skip
        except InputError as error:
            form.add_error("file", text_of(error))
        else:
            messages.success(request, _("“%(name)s” is attached.") % {"name": kept.name})
            return redirect("desk:part", kind, public_id)
    return show_part(request, held, form, status=UNPROCESSABLE)


@require_safe
@signed_in
def file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out a file to people who may view the plan."""
    held = _evidence(request, public_id)
    plan_place(request, held.place.code)
    return handed_out(held)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Withdraw a file, with a reason."""
    held = _evidence(request, public_id, EDIT)
    plan_place(request, held.place.code)
    back = reverse("desk:part", args=[held.kind, held.part])
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"seen": 0})
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_evidence(actor=request.user, evidence=held, reason=form.cleaned_data["reason"])
        except InputError as error:
            form.add_error(None, text_of(error))
        else:
            messages.success(request, _("“%(name)s” is withdrawn.") % {"name": held.name})
            return redirect(back)
    title = _("Withdraw “%(title)s”") % {"title": held.name}
    context = {
        "form": form, "title": title, "button": _("Withdraw it"), "back": back, "kind_label": _("Evidence"),
        "text": _("The file is kept, and opens no more for anybody but those who work on the plan."),
        "place": place_view(held.place), "crumbs": crumbs(held.place, (title, "")),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "web/desk/plan_reason.html", context, status=status)


def handed_out(held: Any) -> HttpResponseBase:
    """Return a file as it was received: never shown in the browser, always kept under its name."""
    response = FileResponse(
        opened(held.path), as_attachment=True, filename=held.name, content_type="application/octet-stream"
    )
    response["ETag"] = f'"{held.sha256}"'
    return response


def _evidence(request: HttpRequest, public_id: uuid.UUID, action: str = VIEW) -> Any:
    try:
        return queries.evidence_for(request.user, public_id, action)
    except EvidenceNotFound as error:
        raise Http404(str(error)) from error
