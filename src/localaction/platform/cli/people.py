"""What the commands about people do, through the services; the actor is the operator of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from localaction.platform.accounts import invitations
from localaction.platform.accounts.errors import UnknownRole
from localaction.platform.accounts.queries import user_by_email
from localaction.platform.accounts.rights import OPERATOR, ROLES
from localaction.platform.accounts.roles import NETWORK
from localaction.platform.accounts.services import create_user, grant_role
from localaction.platform.cli.errors import PlaceNeeded, UnknownPerson
from localaction.platform.networks.queries import office_for
from localaction.platform.places.queries import place_by_code

REASON = "Given on the command line"


@dataclass(frozen=True)
class Where:
    """On what a role is held: a place, an office, or the whole network; and for which sections."""

    place_code: str | None = None
    office_code: str | None = None
    sections: tuple[str, ...] = ()

    def scope(self) -> Any:
        """Return the scope; None is the whole network. Raises ``PlaceNotFound`` or ``OfficeNotFound``."""
        if self.office_code is not None:
            return office_for(OPERATOR, self.office_code).scope
        return place_by_code(self.place_code).scope if self.place_code is not None else None


def check_role(role: str, where: Where) -> None:
    """Raise ``UnknownRole``, ``PlaceNotFound`` or ``PlaceNeeded`` before anybody is asked for a password."""
    if role not in ROLES:
        raise UnknownRole(role, roles=", ".join(ROLES))
    if where.scope() is not None:
        return
    if NETWORK not in ROLES[role].given_on:
        raise PlaceNeeded(role=role)


@transaction.atomic
def create(*, email: str, name: str, role: str, where: Where, password: str) -> None:
    """Make an account with its role, both or neither. Raises what the services raise."""
    create_user(actor=OPERATOR, email=email, name=name, password=password)
    grant(email=email, role=role, where=where)


@transaction.atomic
def grant(*, email: str, role: str, where: Where) -> None:
    """Give a person a role. Raises ``UnknownPerson`` and what the services raise."""
    user = user_by_email(email)
    if user is None:
        raise UnknownPerson(email=email)
    grant_role(
        actor=OPERATOR, user=user, role=role, scope=where.scope(), sections=where.sections, reason=REASON
    )


def invite(*, email: str, role: str, where: Where, site: str) -> str:
    """Invite somebody to a role; return the address that the mail holds. Raises what the service raises."""
    made: list[str] = []

    def address(token: str) -> str:
        made.append(f"{site.rstrip('/')}{reverse('web:invitation', args=[token])}")
        return made[0]

    invitations.invite(
        actor=OPERATOR, email=email, role=role, scope=where.scope(), sections=where.sections, address=address
    )
    return made[0]


def role_line(role: str, where: Where) -> str:
    """Return a role in words, as in ``officer of London``."""
    named = "the whole network"
    if where.office_code is not None:
        named = office_for(OPERATOR, where.office_code).name
    elif where.place_code is not None:
        named = place_by_code(where.place_code).name
    return f"{ROLES[role].label} of {named}"
