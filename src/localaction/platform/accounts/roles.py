"""The one table of rights: what each role may do, and on what it can be given.

Checks, help pages and tests read this table; nothing else says who may do what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NETWORK: Final = "network"
OFFICE: Final = "office"
PLACE: Final = "place"

ACTIONS: Final[dict[str, Promise]] = {
    "registry.view": _("See what places share with the network but not with everybody"),
    "inventory.view": _("See inventories that are not published yet"),
    "inventory.edit": _("Enter, change and compute inventories"),
    "inventory.publish": _("Publish inventories"),
    "factors.edit": _("Bring in, replace and withdraw a place's own emission factors"),
    "release.publish": _("Publish releases of everything that is published"),
    "keys.manage": _("Replace and withdraw the keys that sign what is published"),
    "inventory.recalculate": _("Recalculate the inventories of the whole network"),
    "value.view": _("See figures that are not public"),
    "value.edit": _("Enter and change figures"),
    "plan.view": _("See commitments, targets and actions that are not public"),
    "plan.edit": _("Enter and change commitments, targets, actions and what they achieved"),
    "plan.publish": _("Let everybody see commitments, targets and actions"),
    "report.view": _("See reports that are not published yet, and their reviews"),
    "report.edit": _("Fill in reports"),
    "report.submit": _("Submit reports, and answer the queries of verifiers"),
    "report.publish": _("Publish reports that are verified, and corrections of them"),
    "report.verify": _("Verify reports that are assigned to them, and sign statements"),
    "report.assign": _("Assign reports to verifiers"),
    "cycle.open": _("Open and close reporting cycles, and say who is asked"),
    "comment.view": _("Read comments on figures that are not public"),
    "comment.write": _("Comment on figures"),
    "place.create": _("Add places"),
    "place.edit": _("Change what is known about a place"),
    "place.merge": _("Merge two records of the same place"),
    "office.edit": _("Make offices and say which countries and places they look after"),
    "audit.view": _("See who did what and when"),
    "people.view": _("See who holds which role"),
    "people.invite": _("Invite people to the roles one may name here, and end those roles"),
    "people.manage": _("Add people, give and revoke roles"),
    "people.erase": _("Erase a person's data on request"),
}

#: Parts of the work of a place to which a role can be limited; a part of a part follows a dot.
SECTIONS: Final[Mapping[str, Promise]] = {
    "inventory": _("the inventory"),
    "frameworks": _("figures and reports of frameworks"),
    "planning": _("commitments, targets and actions"),
}
#: The section an action changes; what is not named here is the same in all sections.
SECTION_OF: Final[Mapping[str, str]] = {
    "inventory.edit": "inventory",
    "factors.edit": "inventory",
    "value.edit": "frameworks",
    "report.edit": "frameworks",
    "plan.edit": "planning",
}
#: What is said in public for others or opens what is theirs: who may do it signs in with a second factor.
STRONG: Final = frozenset(
    {
        "inventory.publish", "plan.publish", "report.submit", "report.publish", "report.verify",
        "report.assign", "release.publish", "inventory.recalculate", "people.invite",
        "people.manage", "people.erase",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of actions, on which kinds of scope it can be given, and which roles it may name there."""

    id: str
    label: Promise
    text: Promise
    actions: frozenset[str]
    given_on: frozenset[str]
    names: frozenset[str] = frozenset()
    by_section: bool = False

    @property
    def needs_second_factor(self) -> bool:
        """Whether who holds it signs in with a second factor."""
        return bool(self.actions & STRONG)


_VIEW = frozenset(
    {
        "registry.view",
        "inventory.view",
        "value.view",
        "plan.view",
        "report.view",
        "comment.view",
        "audit.view",
    }
)
_EDIT = _VIEW | {
    "inventory.edit", "factors.edit", "value.edit", "plan.edit", "report.edit", "comment.write",
}  # fmt: skip
_SUBMIT = _VIEW | {"inventory.publish", "plan.publish", "report.submit", "report.publish", "comment.write"}
_PEOPLE = frozenset({"people.view", "people.invite"})
_OF_PLACE = ("viewer", "editor", "submitter", "officer", "funder")  # whom an officer names for the place
_STAFF = _VIEW | _PEOPLE | {"comment.write", "report.assign", "cycle.open", "place.edit"}


def _role(
    role_id: str,
    label: Promise,
    text: Promise,
    actions: frozenset[str],
    *given_on: str,
    names: Sequence[str] = (),
    by_section: bool = False,
) -> Role:
    return Role(role_id, label, text, actions, frozenset(given_on), frozenset(names), by_section)


ROLES: Final[dict[str, Role]] = {
    role.id: role
    for role in (
        _role("viewer", _("viewer"), _("Reads all that a place has, published or not."),
              _VIEW, PLACE, OFFICE, NETWORK),
        _role("editor", _("editor"), _("Enters figures of a place, in all sections or in some."),
              _EDIT, PLACE, by_section=True),
        _role("submitter", _("submitter"), _("Submits and publishes for a place, and answers its verifiers."),
              _SUBMIT, PLACE),
        _role("officer", _("officer"), _("Does all of a place's work, and names its people."),
              _EDIT | _SUBMIT | _PEOPLE, PLACE, names=_OF_PLACE),
        _role("staff", _("staff of an office"),
              _("Looks after the places of an office's region: opens cycles, assigns verifiers, invites."),
              _STAFF, OFFICE, names=(*_OF_PLACE, "staff", "verifier")),
        _role("verifier", _("verifier"), _("Checks reports that are assigned to them, and signs statements."),
              frozenset({"registry.view", "report.verify"}), PLACE, OFFICE, NETWORK),
        _role("funder", _("funder"), _("Sees what places share with the network but not with everybody."),
              frozenset({"registry.view"}), PLACE, OFFICE, NETWORK),
        _role("administrator", _("administrator"), _("Does everything, in the whole network."),
              frozenset(ACTIONS), NETWORK,
              names=(*_OF_PLACE, "staff", "verifier", "administrator")),
    )
}  # fmt: skip


def roles_with(action: str) -> frozenset[str]:
    """Return the roles that may do ``action``; a ``LookupError`` if there is no such action."""
    if action not in ACTIONS:
        raise LookupError(f"There is no action {action!r}. There are: {', '.join(ACTIONS)}.")
    return frozenset(role.id for role in ROLES.values() if action in role.actions)


def covering(section: str) -> tuple[str, ...]:
    """Return the section and all that it is a part of: ``a.b.c``, ``a.b``, ``a``."""
    words = section.split(".")
    return tuple(".".join(words[:end]) for end in range(len(words), 0, -1))
