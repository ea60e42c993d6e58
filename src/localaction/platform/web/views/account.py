"""A person's own account: their roles, how they sign in, and all that is kept about them."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from localaction.platform.accounts.privacy import personal_data
from localaction.platform.accounts.queries import grants_of, needs_second_factor, sign_in_ways, user_by_id
from localaction.platform.accounts.rights import ROLES
from localaction.platform.web.desk.access import signed_in
from localaction.platform.web.desk.show.people import section_label, title_of


@never_cache
@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Show the reader's roles and how they sign in, each with its page."""
    user = user_by_id(int(request.user.pk or 0))
    if user is None:
        return HttpResponse(status=401)
    context = {
        "roles": [
            (
                str(ROLES[grant.role].label),
                title_of(grant.scope),
                str(ROLES[grant.role].text),
                [section_label(each.section) for each in grant.sections.all()],
                grant.valid_to,
            )
            for grant in grants_of(user)
        ],
        "ways": sign_in_ways(user),
        "needs_second": needs_second_factor(user),
        "asked": settings.LOCALACTION_SECOND_FACTOR,
        "heading": _("Your account"),
    }
    return render(request, "web/account/account.html", context)


@never_cache
@require_safe
@signed_in
def my_data(request: HttpRequest) -> HttpResponse:
    """Hand out all that is kept about the reader."""
    user = user_by_id(int(request.user.pk or 0))
    if user is None:
        return HttpResponse(status=401)
    text = json.dumps(personal_data(actor=user, user=user), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
