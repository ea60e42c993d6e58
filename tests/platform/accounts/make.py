"""People and places for tests, made through the services as everywhere."""

from __future__ import annotations

from itertools import count

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.accounts.services import create_user, grant_role
from localaction.platform.networks.services import create_office
from localaction.platform.places.models import Place
from localaction.platform.places.services import create_place

_numbers = count(1)


def person(name: str = "Ada") -> User:
    """Return a new person without any right."""
    return create_user(actor=OPERATOR, email=f"{name.lower()}{next(_numbers)}@example.org", name=name)


def place(code: str = "GB-LON", name: str = "London", **more: str) -> Place:
    """Return a new place."""
    return create_place(
        actor=OPERATOR,
        code=code,
        kind="city",
        name=name,
        country_code=more.pop("country_code", code[:2]),
        **more,
    )


def with_role(
    role: str, where: Place | None = None, name: str = "Ada", *, office: Place | None = None
) -> User:
    """Return a new person with a role at a place, at an office that looks after one, or in the network."""
    user = person(name)
    scope = where.scope if where else None
    if office is not None:
        code = f"office-{next(_numbers)}"
        scope = create_office(actor=OPERATOR, code=code, name="An office", places=[office]).scope
    grant_role(actor=OPERATOR, user=user, role=role, scope=scope)
    return user
