"""Who may do what: one join over the grants of today, from the table in ``roles``."""

from __future__ import annotations

from typing import Final, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import Grant, GrantSection, Reach, Scope, User
from localaction.platform.accounts.queries import current_grants
from localaction.platform.accounts.roles import (
    ACTIONS,
    NETWORK,
    OFFICE,
    ROLES,
    SECTION_OF,
    covering,
    roles_with,
)

__all__ = [
    "ACTIONS",
    "OPERATOR",
    "ROLES",
    "Actor",
    "Operator",
    "allowed",
    "require",
    "scope_ids",
    "sees_shared",
    "user_of",
]


class Operator:
    """Somebody who runs commands on the machine itself and may do everything. Never made from a request."""

    is_operator: Final = True
    display_name: Final = "operator"


OPERATOR: Final = Operator()
Actor: TypeAlias = AbstractBaseUser | Operator | AnonymousUser | None


def allowed(
    actor: Actor, action: str, scope_id: int | None, *, section: str = "", partly: bool = False
) -> bool:
    """Return whether ``actor`` may do ``action`` on this scope today; on the whole network if it is None.

    Parameters
    ----------
    actor : User, Operator or None
        Who wants to.
    action : str
        One of ``ACTIONS``.
    scope_id : int or None
        On what. A role on an office holds for the office and for the places of its region.
    section : str
        Which section is changed, such as ``inventory.I``; the whole section of the action if it is empty.
    partly : bool
        Whether it is enough that the actor may in some part of the section: for pages that lead to several.
        What changes something asks for the section itself.
    """
    roles = roles_with(action)
    if isinstance(actor, Operator):
        return True
    grants = _grants(actor, roles, _within(action, section, partly=partly))
    return grants.filter(_reaching(scope_id)).exists()


def require(
    actor: Actor, action: str, scope_id: int | None, *, section: str = "", partly: bool = False
) -> None:
    """Raise ``NotAllowed`` (a ``PermissionDenied``) unless ``allowed``."""
    if not allowed(actor, action, scope_id, section=section, partly=partly):
        raise NotAllowed(who=name_of(actor), what=str(ACTIONS[action]), action=action)


def scope_ids(actor: Actor, action: str, *, section: str = "", partly: bool = False) -> QuerySet[Scope, int]:
    """Return the ids of all scopes on which ``actor`` may do ``action`` today; otherwise as ``allowed``.

    A query, not a list: ``filter(scope_id__in=scope_ids(...))`` is one join in the database.
    """
    roles = roles_with(action)
    scopes = Scope.objects.all()
    if not isinstance(actor, Operator):
        grants = _grants(actor, roles, _within(action, section, partly=partly))
        region = Reach.objects.filter(office__in=grants.filter(scope__kind=OFFICE).values("scope_id"))
        scopes = scopes.filter(
            Q(pk__in=grants.values("scope_id"))
            | Q(pk__in=region.filter(place__isnull=False).values("place_id"))
            | Q(country__in=region.exclude(country="").values("country"))
            | Q(Exists(grants.filter(scope__kind=NETWORK)))
        )
    return scopes.values_list("pk", flat=True)


def _reaching(scope_id: int | None) -> Q:
    """Return the condition that a grant reaches this scope: by itself, through a region, or as network."""
    whole = Q(scope__kind=NETWORK)
    if scope_id is None:
        return whole
    country = Scope.objects.filter(pk=scope_id).exclude(country="").values("country")
    region = Reach.objects.filter(Q(place_id=scope_id) | Q(country__in=country))
    return Q(scope_id=scope_id) | Q(scope__kind=OFFICE, scope_id__in=region.values("office_id")) | whole


def _within(action: str, section: str, *, partly: bool) -> Q:
    """Return the condition that a grant is not limited to other sections than the one that is changed."""
    whole = SECTION_OF.get(action, "")
    wanted = section or whole
    if not wanted:
        return Q()
    held = Q(section__in=covering(wanted))
    if partly:
        held |= Q(section__startswith=f"{wanted}.")
    limits = GrantSection.objects.filter(grant=OuterRef("pk"))
    return ~Q(Exists(limits)) | Q(Exists(limits.filter(held)))


def sections_of(actor: Actor, action: str, scope_id: int | None) -> frozenset[str]:
    """Return the sections to which grants limit the actor in doing ``action`` here; one query."""
    grants = _grants(actor, roles_with(action), Q()).filter(_reaching(scope_id))
    held = GrantSection.objects.filter(grant__in=grants.values("pk"))
    return frozenset(held.values_list("section", flat=True))


def roles_held(actor: Actor, scope_id: int | None) -> frozenset[str]:
    """Return the roles by which the actor reaches this scope today; none for an operator, who needs none."""
    grants = _grants(actor, frozenset(ROLES), Q()).filter(_reaching(scope_id))
    return frozenset(grants.values_list("role", flat=True))


def sees_shared(actor: Actor, scope_id: int | None) -> bool:
    """Return whether the actor sees what a place shares with the network but not with everybody.

    Whoever works for any place, an office or the network does. A funder or verifier does for the places they
    were named for: who names one for their own place opens no other.
    """
    return allowed(actor, "registry.view", scope_id) or scope_ids(actor, "value.view").exists()


def user_of(actor: Actor) -> User | None:
    """Return the person, or None for an operator: what a ``created_by`` column stores."""
    return actor if isinstance(actor, User) else None


def name_of(actor: Actor) -> str:
    """Return the name by which messages call the actor."""
    if isinstance(actor, User | Operator):
        return actor.display_name
    return "Somebody who is not signed in"


def _grants(actor: Actor, roles: frozenset[str], within: Q) -> QuerySet[Grant]:
    """Return the grants of these roles, in the section that is changed, that the actor holds today."""
    if not isinstance(actor, User) or actor.pk is None:
        return Grant.objects.none()
    return current_grants().filter(within, user_id=actor.pk, user__is_active=True, role__in=roles)


def people_who_may(action: str, scope_id: int) -> QuerySet[User]:
    """Return the people who may do ``action`` on this scope today, by name; one query."""
    grants = current_grants().filter(_reaching(scope_id), role__in=roles_with(action))
    return User.objects.filter(pk__in=grants.values("user_id"), is_active=True).order_by("name", "email")


def actions_held(actor: Actor) -> tuple[frozenset[str], frozenset[str]]:
    """Return what ``actor`` may do somewhere, and what in the whole network, today; one query."""
    everything = frozenset(ACTIONS)
    if isinstance(actor, Operator):
        return everything, everything
    grants = _grants(actor, frozenset(ROLES), Q())
    held = set(grants.values_list("role", "scope__kind"))
    network = (ROLES[role].actions for role, kind in held if kind == NETWORK)
    anywhere = (ROLES[role].actions for role, _kind in held)
    return frozenset[str]().union(*anywhere), frozenset[str]().union(*network)
