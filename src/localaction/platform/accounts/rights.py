"""Who may do what: one join over the grants of today, from the table in ``roles``."""

from __future__ import annotations

from typing import Final, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Q, QuerySet

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import Grant, Scope, User
from localaction.platform.accounts.queries import current_grants
from localaction.platform.accounts.roles import ACTIONS, NETWORK, ROLES, roles_with

__all__ = ["ACTIONS", "OPERATOR", "ROLES", "Actor", "Operator", "allowed", "require", "scope_ids", "user_of"]


class Operator:
    """Somebody who runs commands on the machine itself and may do everything. Never made from a request."""

    is_operator: Final = True
    display_name: Final = "operator"


OPERATOR: Final = Operator()
Actor: TypeAlias = AbstractBaseUser | Operator | AnonymousUser | None


def allowed(actor: Actor, action: str, scope_id: int | None) -> bool:
    """Return whether ``actor`` may do ``action`` on this scope today; on the whole network if it is None."""
    roles = roles_with(action)
    if isinstance(actor, Operator):
        return True
    reach = Q(scope__kind=NETWORK) if scope_id is None else Q(scope_id=scope_id) | Q(scope__kind=NETWORK)
    return _grants(actor, roles).filter(reach).exists()


def require(actor: Actor, action: str, scope_id: int | None) -> None:
    """Raise ``NotAllowed`` (a ``PermissionDenied``) unless ``allowed``."""
    if not allowed(actor, action, scope_id):
        raise NotAllowed(who=name_of(actor), what=str(ACTIONS[action]), action=action)


def scope_ids(actor: Actor, action: str) -> QuerySet[Scope, int]:
    """Return the ids of all scopes on which ``actor`` may do ``action`` today.

    A query, not a list: ``filter(scope_id__in=scope_ids(...))`` is one join in the database.
    """
    roles = roles_with(action)
    scopes = Scope.objects.all()
    if not isinstance(actor, Operator):
        grants = _grants(actor, roles)
        scopes = scopes.filter(
            Q(pk__in=grants.values("scope_id")) | Q(Exists(grants.filter(scope__kind=NETWORK)))
        )
    return scopes.values_list("pk", flat=True)


def user_of(actor: Actor) -> User | None:
    """Return the person, or None for an operator: what a ``created_by`` column stores."""
    return actor if isinstance(actor, User) else None


def name_of(actor: Actor) -> str:
    """Return the name by which messages call the actor."""
    if isinstance(actor, User | Operator):
        return actor.display_name
    return "Somebody who is not signed in"


def _grants(actor: Actor, roles: frozenset[str]) -> QuerySet[Grant]:
    """Return the grants of these roles that the actor holds today."""
    if not isinstance(actor, User) or actor.pk is None:
        return Grant.objects.none()
    return current_grants().filter(user_id=actor.pk, user__is_active=True, role__in=roles)
