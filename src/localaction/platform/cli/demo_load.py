"""Load the demo network: each part if it is missing, so that loading again changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from localaction.platform.accounts.rights import Actor
from localaction.platform.cli import demo_people
from localaction.platform.cli.demo_pack import DemoNetwork, DemoPlace, read_demo
from localaction.platform.cli.errors import NotADemo
from localaction.platform.cli.terminal import counted
from localaction.platform.planning.presence import places_with_targets
from localaction.platform.publication.queries import years_by_place

DOMAIN = demo_people.DEMO_DOMAIN


def load(tell: Callable[[str], None]) -> None:
    """Load what is missing and say a line for each part.

    Raises
    ------
    NotADemo
        If LOCALACTION_DEMO is not 1.
    PeopleWorkHere
        If the database belongs to real people.
    """
    network = read_demo()
    if not settings.LOCALACTION_DEMO:
        raise NotADemo
    demo_people.require_demo_database(network)
    if _is_complete(network):
        tell(f"{counted(len(network.places), 'place')}, unchanged")
        return
    administrator, opened = demo_people.ensure_person(demo_people.administrator_of(network))
    for place in network.places:
        _ensure(administrator, place, tell)
    others = [demo_people.ensure_person(person)[1] for person in network.people]
    if count := opened + sum(others):
        tell(f"{counted(count, 'sign-in')} opened")


def _is_complete(network: DemoNetwork) -> bool:
    """Return whether nothing is missing. Every start asks, so it needs neither rule book nor services.

    An empty draft is made before the same place's inventories are published, so those tell of it.
    """
    years = years_by_place()
    published = all(
        inventory.year in years.get(place.code, ())
        for place in network.places
        for inventory in place.inventories
        if inventory.rows
    )
    aiming = {place.code for place in network.places if place.targets}
    if not aiming <= places_with_targets():
        return False
    return published and demo_people.open_sign_ins(network) == len(network.people)


def _ensure(administrator: Actor, place: DemoPlace, tell: Callable[[str], None]) -> None:
    """Add what is missing of a place, drafts first, and say each part when it is done."""
    from localaction.platform.cli.demo_places import ensure_inventory, ensure_place, ensure_targets

    if ensure_place(administrator, place):
        tell(f"{place.name}: {counted(len(place.facts), 'fact')}, {counted(len(place.figures), 'figure')}")
    if count := ensure_targets(administrator, place):
        tell(f"{place.name}: {counted(count, 'target')}")
    for inventory in sorted(place.inventories, key=lambda inventory: inventory.rows is not None):
        if line := ensure_inventory(administrator, place, inventory):
            tell(line)


def close_sign_ins() -> int:
    """Close the demo sign-ins of a site that is not a demo; return how many were open."""
    return demo_people.close_sign_ins(read_demo())


def open_sign_ins() -> int:
    """Return how many demo sign-ins are open."""
    return demo_people.open_sign_ins(read_demo())


def sign_ins() -> list[str]:
    """Return in words who can sign in and how."""
    return demo_people.sign_in_lines(read_demo())
