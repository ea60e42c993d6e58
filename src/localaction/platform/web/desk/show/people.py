"""The people of a place, an office or the network, as their page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from localaction.platform.accounts.roles import NETWORK, ROLES, SECTIONS
from localaction.platform.web.rulebook import library, said


@dataclass(frozen=True)
class Holder:
    """Somebody who has a role here."""

    name: str
    email: str
    role: str
    sections: Sequence[str]
    since: Any
    until: Any
    address: str
    you: bool


@dataclass(frozen=True)
class Outsider:
    """Somebody who reaches this by a role on an office or on the network."""

    name: str
    role: str
    where: str


@dataclass(frozen=True)
class Pending:
    """An invitation that waits, or that was not accepted in time."""

    email: str
    role: str
    sections: Sequence[str]
    who: str
    sent_at: datetime
    expires_at: datetime
    over: bool
    again: str
    take_back: str


def title_of(scope: Any) -> str:
    """Return the name of what roles are held on."""
    return _("The whole network") if scope.kind == NETWORK else str(scope.label)


def holder(grant: Any, reader: Any, *, may_end: bool) -> Holder:
    """Return who holds a role here; ``may_end`` gives the address at which it is changed."""
    where = [grant.scope.public_id, grant.user.public_id, grant.role]
    return Holder(
        name=grant.user.display_name,
        email=grant.user.email,
        role=str(ROLES[grant.role].label),
        sections=[section_label(each.section) for each in grant.sections.all()],
        since=grant.valid_from,
        until=grant.valid_to,
        address=reverse("desk:people-role", args=where) if may_end else "",
        you=grant.user == reader,
    )


def outsider(grant: Any) -> Outsider:
    """Return who reaches this from outside; their address is not for the people of a place."""
    return Outsider(grant.user.display_name, str(ROLES[grant.role].label), title_of(grant.scope))


def pending(invitation: Any, names: Sequence[str]) -> Pending:
    """Return an invitation; ``names`` are the roles the reader may give here."""
    may = invitation.role in names
    return Pending(
        email=invitation.email,
        role=str(ROLES[invitation.role].label),
        sections=[section_label(each) for each in invitation.sections],
        who=invitation.invited_by.display_name if invitation.invited_by else "",
        sent_at=invitation.sent_at,
        expires_at=invitation.expires_at,
        over=invitation.expires_at <= timezone.now(),
        again=reverse("desk:invitation-again", args=[invitation.public_id]) if may else "",
        take_back=reverse("desk:invitation-take-back", args=[invitation.public_id]) if may else "",
    )


def role_choices(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return roles as a form offers them, each with what it is for."""
    return [(name, f"{str(ROLES[name].label).capitalize()}: {ROLES[name].text}") for name in names]


def section_choices() -> list[tuple[str, str]]:
    """Return the sections as a form offers them, those of the inventory followed by its sectors."""
    found = []
    for section in SECTIONS:
        found.append((section, section_label(section).capitalize()))
        if section == "inventory":
            found += [
                (f"inventory.{sector.id}", _("The inventory: %(sector)s") % {"sector": _named(sector)})
                for sector in library().protocol.sectors
            ]
    return found


def section_label(section: str) -> str:
    """Return a section in words."""
    top, _dot, rest = section.partition(".")
    for sector in library().protocol.sectors:
        if top == "inventory" and sector.id == rest:
            return _sector(sector)
    words = str(SECTIONS.get(top, top))
    return f"{words}, {rest}" if rest else words


def _sector(sector: Any) -> str:
    return _("the inventory, %(sector)s") % {"sector": _named(sector)}


def _named(sector: Any) -> str:
    return f"{sector.id} {said(sector.label)}"
