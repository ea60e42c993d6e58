"""The demo sign-ins: people of the demo network, who can sign in only while the site is a demo."""

from __future__ import annotations

from django.db import transaction

from localaction.platform.accounts.queries import people_count, user_by_email
from localaction.platform.accounts.rights import OPERATOR, Actor
from localaction.platform.accounts.services import create_user, grant_role, set_sign_in
from localaction.platform.cli import site
from localaction.platform.cli.demo_pack import DemoNetwork, Person
from localaction.platform.cli.errors import PeopleWorkHere
from localaction.platform.places.queries import place_by_code

# Everybody knows it: the demo sign-ins are opened by LOCALACTION_DEMO=1 alone and closed by any other start.
DEMO_PASSWORD = "local-action-demo"  # noqa: S105
DEMO_DOMAIN = "@demo.example"


def require_demo_database(network: DemoNetwork) -> None:
    """Raise ``PeopleWorkHere`` if the database belongs to real people and is not an open demo."""
    others = people_count(outside=DEMO_DOMAIN)
    administrator = user_by_email(administrator_of(network).email)
    if others and not (administrator and administrator.is_active):
        raise PeopleWorkHere(count=others, where=site.database_name())


def administrator_of(network: DemoNetwork) -> Person:
    """Return who sets the demo network up."""
    return next(person for person in network.people if person.role == "administrator")


@transaction.atomic
def ensure_person(person: Person) -> tuple[Actor, bool]:
    """Return the account of a demo sign-in, and whether it had to be made or opened again."""
    user = user_by_email(person.email)
    if user is not None:
        return user, set_sign_in(actor=OPERATOR, user=user, active=True, reason="The site is a demo.")
    user = create_user(actor=OPERATOR, email=person.email, name=person.name, password=DEMO_PASSWORD)
    scope = place_by_code(person.place).scope if person.place else None
    grant_role(actor=OPERATOR, user=user, role=person.role, scope=scope, reason="Demo network")
    return user, True


def close_sign_ins(network: DemoNetwork) -> int:
    """Close the demo sign-ins of a site that is no longer a demo; return how many were open."""
    users = [user_by_email(person.email) for person in network.people]
    return sum(
        set_sign_in(actor=OPERATOR, user=user, active=False, reason="The site is not a demo.")
        for user in users
        if user is not None
    )


def open_sign_ins(network: DemoNetwork) -> int:
    """Return how many demo sign-ins are open."""
    users = [user_by_email(person.email) for person in network.people]
    return sum(user is not None and user.is_active for user in users)


def sign_in_lines(network: DemoNetwork) -> list[str]:
    """Return in words who can sign in and how."""
    names = {place.code: place.name for place in network.places}
    width = max(len(person.email) for person in network.people)
    lines = [
        f"  {person.email:<{width}}  {person.role}{f' of {names[person.place]}' if person.place else ''}"
        for person in network.people
    ]
    return [f"Demo sign-ins, all with the password {DEMO_PASSWORD}", *lines]
