"""Publishing: what stands in the way, what will be frozen, then the frozen document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from localaction.engine.errors import InputError
from localaction.platform.publication import services
from localaction.platform.publication.errors import CorrectionNeedsReason, NotReady
from localaction.platform.publication.queries import published_of
from localaction.platform.reporting.queries import open_report_of, publishes_unverified
from localaction.platform.web.desk import work
from localaction.platform.web.desk.access import VIEW, inventory_at, signed_in
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.findings import item_of, sort_out
from localaction.platform.web.desk.forms.reasons import PublishForm
from localaction.platform.web.desk.show.editor import Frame, frame
from localaction.platform.web.desk.show.publish import checklist
from localaction.platform.web.desk.wording import message_of, remedy_of
from localaction.platform.web.rulebook import library

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def publish(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show the checklist; publish when nothing stands in the way."""
    desk = inventory_at(request, code, year, work.PUBLISH)
    if request.method != "POST":
        return _show(request, desk, PublishForm())
    form = PublishForm(request.POST)
    refusal: list[dict[str, str]] = []
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        services.publish(actor=desk.actor, inventory=desk.inventory, reason=reason)
    except CorrectionNeedsReason as error:
        form.add_error("reason", work.said_of(error))
    except NotReady as error:
        refusal = [_refusal(finding, desk) for finding in error.findings]
    except InputError as error:
        refusal = [{"label": message_of(error), "text": "", "remedy": remedy_of(error), "link": ""}]
    else:
        return redirect(Addresses(code, year).published)
    return _show(request, desk, form, refusal, UNPROCESSABLE)


@require_safe
@signed_in
def done(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Say that the inventory is published, and where everybody finds it."""
    desk = inventory_at(request, code, year, VIEW)
    publication = published_of(desk.inventory)
    if publication is None:
        raise Http404(_("This inventory is not published."))
    place = desk.inventory.place
    context = {
        "page": Frame(**frame(desk, _("Published"))),
        "published_at": publication.published_at,
        "digest": publication.digest,
        "public": reverse("web:inventory", args=[place.code, desk.inventory.label_year]),
    }
    return render(request, "web/desk/published.html", context)


def _show(
    request: HttpRequest,
    desk: work.Desk,
    form: PublishForm,
    refusal: Sequence[dict[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    state = work.state_of(desk)
    head = frame(desk, _("Publish"))
    addresses: Addresses = head["addresses"]
    found = sort_out(work.in_the_way(state), library(), addresses.cell)
    context = {
        "page": Frame(**head),
        "form": form,
        "check": checklist(state, found, addresses, refusal),
        "verification": verification(desk.inventory, addresses),
    }
    return render(request, "web/desk/publish.html", context, status=status)


def verification(inventory: Any, addresses: Addresses) -> dict[str, str]:
    """Return in words who checked what is about to be published."""
    report = open_report_of(inventory)
    at = reverse("desk:reported", args=[report.public_id]) if report is not None else addresses.submit
    if report is not None and report.state == "verified":
        text = _("The statement is published with the figures.")
        return {
            "tone": "success",
            "title": _("Verified."),
            "text": text,
            "link": at,
            "link_text": _("See it"),
        }
    if report is not None and report.state in ("in_review", "queried"):
        title, text = _("It is being verified."), _("It can be published when the review has ended.")
        return {"tone": "ask", "title": title, "text": text, "link": at, "link_text": _("See how far it is")}
    title = _("Nobody checked these figures yet.")
    if not publishes_unverified(inventory.place):
        text = _("Your place publishes only what was verified.")
        tone = "ask"
    else:
        text, tone = _("The public page will say: not verified, self-reported."), "quiet"
    link_text = _("See how far the verification is") if report is not None else _("Submit for verification")
    return {"tone": tone, "title": title, "text": text, "link": at, "link_text": link_text}


def _refusal(finding: object, desk: work.Desk) -> dict[str, str]:
    addresses = Addresses(desk.inventory.place.code, desk.inventory.label_year)
    item = item_of(finding, library(), addresses.cell)  # type: ignore[arg-type]
    label = f"{item.ref} {item.label}".strip()
    return {"label": label, "link": item.address, "text": item.text, "remedy": item.remedy}
