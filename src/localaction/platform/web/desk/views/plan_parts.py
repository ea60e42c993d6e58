"""One part of a plan on the desk: add, look at, change, withdraw, bring an earlier version back, undo."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from localaction.engine.errors import InputError, Refused
from localaction.platform.accounts.rights import allowed, require
from localaction.platform.planning import queries, services
from localaction.platform.planning.content import content_of
from localaction.platform.planning.errors import EditConflict, PartNotFound
from localaction.platform.planning.kinds import KINDS, fields_of, kind_of
from localaction.platform.planning.queries import EDIT, PUBLISH, VIEW
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.forms.plan import EvidenceForm, PartForm, ReasonForm, SeenByForm
from localaction.platform.web.desk.show import plan as show
from localaction.platform.web.desk.views.plan import crumbs, plan_place
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.plan_actions import action_line
from localaction.platform.web.plan_targets import target_view
from localaction.platform.web.records import place_view

UNPROCESSABLE, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Add a part; a form that is sent twice makes one."""
    place = plan_place(request, code)
    _known(kind)
    require(request.user, EDIT, place.scope_id)
    others = _others(request, place, kind)
    if request.method != "POST":
        names = [field.name for field in fields_of(kind)]
        given = {name: text for name, text in request.GET.items() if name in names}
        return _form(request, place, kind, PartForm(kind, others, initial=given))
    form = PartForm(kind, others, request.POST)
    made = None
    try:
        made = _try(form, lambda: _add(request, place, kind, form))
    except EditConflict as conflict:
        form.add_error(None, text_of(conflict))
    if made is None:
        return _form(request, place, kind, form, status=UNPROCESSABLE)
    messages.success(request, _("“%(title)s” is kept.") % {"title": made.title})
    return redirect(show.address(made))


def _add(request: HttpRequest, place: Any, kind: str, form: PartForm) -> Any:
    return services.add_part(
        actor=request.user, place=place, kind=kind, said=form.said(),
        visibility=form.cleaned_data["visibility"], key=form.cleaned_data.get("key"),
    )  # fmt: skip


@require_safe
@signed_in
def part(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Show a part: what it says, what goes with it, its files, and its history."""
    return show_part(request, held_part(request, kind, public_id), EvidenceForm(prefix="evidence"))


def show_part(request: HttpRequest, held: Any, attaching: EvidenceForm, status: int = 200) -> HttpResponse:
    """Show a part with the form for a file, as it is or as it was refused."""
    kind = kind_of(held).id
    achievements = _achievements(request, held) if kind in {"action", "target"} else []
    context = {
        **_common(held),
        "lines": show.lines(held),
        "versions": show.versions(held, queries.history_of(request.user, held)),
        "achievements": [show.achievement_item(each, alone=True) for each in achievements],
        "may_edit": allowed(request.user, EDIT, held.scope_id),
        "seen_by": SeenByForm(initial={"visibility": held.visibility, "seen": held.number})
        if allowed(request.user, PUBLISH, held.scope_id) and held.withdrawn_at is None else None,
        "action": action_line(held, achievements, "") if kind == "action" else None,
        "target": target_view(held, show.results_of(request.user, held.place), key="path")
        if kind == "target" else None,
        "evidence": queries.evidence_of(request.user, [held]).get(held.public_id, []),
        "attaching": attaching,
    }  # fmt: skip
    return render(request, "web/desk/plan_part.html", context, status=status)


def _achievements(request: HttpRequest, held: Any) -> list[Any]:
    name = "action_id" if kind_of(held).id == "action" else "target_id"
    found = queries.parts_of(request.user, held.place, "achievement")
    return [each for each in found if getattr(each, name) == held.pk]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Change a part; nothing is overwritten if somebody else changed it meanwhile."""
    held = held_part(request, kind, public_id, EDIT)
    others = _others(request, held.place, kind, held)
    if request.method != "POST":
        form = PartForm(kind, others, initial=content_of(held), seen=held.number)
        return _form(request, held.place, kind, form, held=held)
    form = PartForm(kind, others, request.POST, seen=held.number)
    try:
        made = _try(form, lambda: _change(request, held, form))
    except EditConflict as conflict:
        return _conflicting(request, held, others, form, conflict)
    if made is None:
        return _form(request, held.place, kind, form, held=held, status=UNPROCESSABLE)
    messages.success(request, _("“%(title)s” is saved.") % {"title": made.title})
    return redirect(show.address(made))


def _change(request: HttpRequest, held: Any, form: PartForm) -> Any:
    data = form.cleaned_data
    return services.change_part(
        actor=request.user, part=held, seen=data["seen"], said=form.said(), visibility=data["visibility"],
        reason=data["reason"],
    )  # fmt: skip


def _conflicting(
    request: HttpRequest, held: Any, others: Any, form: PartForm, conflict: EditConflict
) -> HttpResponse:
    """Show both versions; saving again then replaces theirs, knowingly."""
    data = request.POST.copy()
    data["seen"] = str(held.number)
    again = PartForm(form.kind, others, data, seen=held.number)
    mine = form.said() | {"visibility": form.cleaned_data["visibility"]}
    both = show.changed(form.kind, content_of(held), mine)
    return _form(
        request,
        held.place,
        form.kind,
        again,
        held=held,
        status=CONFLICT,
        conflict=text_of(conflict),
        both=both,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Withdraw a part, with a reason."""
    held = held_part(request, kind, public_id, EDIT)
    title = _("Withdraw “%(title)s”") % {"title": held.title}
    text = _("It is then seen by nobody but people with a role at the place, who can bring it back.")
    return _reasoned(
        request, held, title, text, _("Withdraw it"),
        lambda data: services.withdraw_part(
            actor=request.user, part=held, seen=data["seen"], reason=data["reason"]
        ),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def restore(request: HttpRequest, kind: str, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Bring an earlier version back, with a reason; first show what would change by it."""
    held = held_part(request, kind, public_id, EDIT)
    found = [each for each in queries.history_of(request.user, held, limit=1000) if each.number == number]
    if not found:
        raise Http404(_("There is no version of this number."))
    title = _("Bring version %(number)s back") % {"number": number}
    return _reasoned(
        request, held, title, "", _("Bring it back"),
        lambda data: services.restore_version(
            actor=request.user, part=held, number=number, seen=data["seen"], reason=data["reason"]
        ),
        both=show.changed(kind, content_of(held), found[0].content),
    )  # fmt: skip


@require_POST
@signed_in
def seen_by(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Say who sees a part; what the service refuses is told on its page."""
    held = held_part(request, kind, public_id)
    if not allowed(request.user, PUBLISH, held.scope_id):
        require(request.user, EDIT, held.scope_id)
    form = SeenByForm(request.POST)
    if form.is_valid():
        try:
            services.show_part(actor=request.user, part=held, **form.cleaned_data)
        except Refused as refused:
            messages.error(request, " ".join(text_of(finding) for finding in refused.findings))
        except InputError as error:
            messages.error(request, text_of(error))
        else:
            messages.success(request, _("It is said who sees it."))
    else:
        messages.error(request, _("Say who sees it."))
    return redirect(show.address(held))


@require_POST
@signed_in
def undo(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Undo the newest change that still stands."""
    held = held_part(request, kind, public_id, EDIT)
    seen = request.POST.get("seen", "")
    try:
        services.undo_newest(actor=request.user, part=held, seen=int(seen) if seen.isdecimal() else -1)
    except Refused as refused:
        messages.error(request, " ".join(text_of(finding) for finding in refused.findings))
    except InputError as error:
        messages.error(request, text_of(error))
    else:
        messages.success(request, _("The last change is undone."))
    return redirect(show.address(held))


def _reasoned(
    request: HttpRequest,
    held: Any,
    title: str,
    text: str,
    button: str,
    act: Callable[[dict[str, Any]], Any],
    both: Any = (),
) -> HttpResponse:
    """Ask why, and act; what the service refuses stands above the form."""
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"seen": held.number})
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            for finding in refused.findings:
                form.add_error(None, text_of(finding))
        except InputError as error:
            form.add_error(None, text_of(error))
        else:
            return redirect(show.address(held))
    context = {
        **_common(held, title), "form": form, "title": title, "text": text, "button": button, "both": both,
        "back": show.address(held),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "web/desk/plan_reason.html", context, status=status)


def _try(form: PartForm, act: Callable[[], Any]) -> Any:
    """Act if the form can be read; None if the service refuses, with its words at the fields."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refused:
        form.refuse(refused)
    except EditConflict:
        raise
    except InputError as error:
        form.add_error(None, text_of(error))
    return None


def _form(
    request: HttpRequest,
    place: Any,
    kind: str,
    form: PartForm,
    *,
    held: Any = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    word = str(KINDS[kind].label)
    title = _("Change “%(title)s”") % {"title": held.title} if held else str(NEW[kind])
    context = {
        "form": form, "kind": word, "title": title, "held": held, "place": place_view(place),
        "crumbs": crumbs(place, (title, "")), **more,
    }  # fmt: skip
    return render(request, "web/desk/plan_form.html", context, status=status)


def _common(held: Any, title: str = "") -> dict[str, Any]:
    rest = [(held.title, show.address(held) if title else "")]
    return {
        "held": held,
        "kind": kind_of(held).id,
        "kind_label": str(kind_of(held).label),
        "place": place_view(held.place),
        "crumbs": crumbs(held.place, *rest, *([(title, "")] if title else [])),
    }


def _others(request: HttpRequest, place: Any, kind: str, held: Any = None) -> dict[str, list[Any]]:
    """Return the parts that fields of this kind can name, by kind."""
    wanted = {field.list for field in fields_of(kind) if field.form == "part"}
    return {each: queries.parts_of(request.user, place, each) for each in wanted}


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise Http404(_("There is no such kind of part of a plan."))


def held_part(request: HttpRequest, kind: str, public_id: uuid.UUID, action: str = VIEW) -> Any:
    """Return a part; 404 if the reader may not view the plan, 403 if only not change it."""
    _known(kind)
    try:
        held = queries.part_for(request.user, kind, public_id, action)
    except PartNotFound as error:
        raise Http404(str(error)) from error
    plan_place(request, held.place.code)
    return held


NEW = {
    "commitment": gettext_lazy("New commitment"),
    "target": gettext_lazy("New target"),
    "action": gettext_lazy("New action"),
    "achievement": gettext_lazy("New achievement"),
}
