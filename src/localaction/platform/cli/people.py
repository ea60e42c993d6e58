"""What the commands about people do, through the services; the actor is the operator of the machine."""

from __future__ import annotations

from django.db import transaction

from localaction.platform.accounts.errors import UnknownRole
from localaction.platform.accounts.queries import user_by_email
from localaction.platform.accounts.rights import OPERATOR, ROLES
from localaction.platform.accounts.roles import NETWORK
from localaction.platform.accounts.services import create_user, grant_role
from localaction.platform.cli.errors import PlaceNeeded, UnknownPerson
from localaction.platform.places.queries import place_by_code

REASON = "Given on the command line"


def check_role(role: str, place_code: str | None) -> None:
    """Raise ``UnknownRole``, ``PlaceNotFound`` or ``PlaceNeeded`` before anybody is asked for a password."""
    if role not in ROLES:
        raise UnknownRole(role, roles=", ".join(ROLES))
    if place_code is not None:
        place_by_code(place_code)
    elif NETWORK not in ROLES[role].given_on:
        raise PlaceNeeded(role=role)


@transaction.atomic
def create(*, email: str, name: str, role: str, place_code: str | None, password: str) -> None:
    """Make an account with its role, both or neither. Raises what the services raise."""
    create_user(actor=OPERATOR, email=email, name=name, password=password)
    grant(email=email, role=role, place_code=place_code)


@transaction.atomic
def grant(*, email: str, role: str, place_code: str | None) -> None:
    """Give a person a role. Raises ``UnknownPerson`` and what the services raise."""
    user = user_by_email(email)
    if user is None:
        raise UnknownPerson(email=email)
    scope = place_by_code(place_code).scope if place_code is not None else None
    grant_role(actor=OPERATOR, user=user, role=role, scope=scope, reason=REASON)


def role_line(role: str, place_code: str | None) -> str:
    """Return a role in words, as in ``officer of London``."""
    where = place_by_code(place_code).name if place_code is not None else "the whole network"
    return f"{ROLES[role].label} of {where}"
