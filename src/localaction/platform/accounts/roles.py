"""The one table of rights: what each role may do, and on what it can be given.

Checks, help pages and tests read this table; nothing else says who may do what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NETWORK: Final = "network"
PLACE: Final = "place"

ACTIONS: Final[dict[str, Promise]] = {
    "inventory.view": _("See inventories that are not published yet"),
    "inventory.edit": _("Enter, change and compute inventories"),
    "inventory.publish": _("Publish inventories"),
    "factors.edit": _("Bring in, replace and withdraw a place's own emission factors"),
    "release.publish": _("Publish releases of everything that is published"),
    "inventory.recalculate": _("Recalculate the inventories of the whole network"),
    "value.view": _("See figures that are not public"),
    "value.edit": _("Enter and change figures"),
    "place.create": _("Add places"),
    "place.edit": _("Change what is known about a place"),
    "place.merge": _("Merge two records of the same place"),
    "audit.view": _("See who did what and when"),
    "people.manage": _("Add people, give and revoke roles"),
    "people.erase": _("Erase a person's data on request"),
}


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of actions, and the kinds of scope on which it can be given."""

    id: str
    label: Promise
    actions: frozenset[str]
    given_on: frozenset[str]


def _role(role_id: str, label: Promise, actions: frozenset[str], *given_on: str) -> Role:
    return Role(role_id, label, actions, frozenset(given_on))


_VIEW = frozenset({"inventory.view", "value.view", "audit.view"})
_EDIT = _VIEW | {"inventory.edit", "inventory.publish", "factors.edit", "value.edit"}

ROLES: Final[dict[str, Role]] = {
    role.id: role
    for role in (
        _role("viewer", _("viewer"), _VIEW, PLACE, NETWORK),
        _role("officer", _("officer"), _EDIT, PLACE),
        _role("administrator", _("administrator"), frozenset(ACTIONS), NETWORK),
    )
}


def roles_with(action: str) -> frozenset[str]:
    """Return the roles that may do ``action``; a ``LookupError`` if there is no such action."""
    if action not in ACTIONS:
        raise LookupError(f"There is no action {action!r}. There are: {', '.join(ACTIONS)}.")
    return frozenset(role.id for role in ROLES.values() if action in role.actions)
