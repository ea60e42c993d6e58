"""Help that is made from what the program itself goes by."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from localaction.platform.accounts.roles import ACTIONS, ROLES, SECTION_OF, SECTIONS, STRONG
from localaction.platform.web.rights_table import rights_table

__all__ = ["rights"]


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Show which role may do what, made from the table that every check reads."""
    context = {
        "table": rights_table(),
        "roles": list(ROLES.values()),
        "sections": [
            (label, [ACTIONS[action] for action, each in SECTION_OF.items() if each == section])
            for section, label in SECTIONS.items()
        ],
        "strong": [label for action, label in ACTIONS.items() if action in STRONG],
    }
    return render(request, "web/help/rights.html", context)
