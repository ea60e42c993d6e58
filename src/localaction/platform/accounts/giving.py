"""Who may give which role: administrators all, others those that the table lets their own role name here."""

from __future__ import annotations

from collections.abc import Sequence

from localaction.platform.accounts.errors import NotAllowed, NotToBeNamed
from localaction.platform.accounts.models import Grant, Scope
from localaction.platform.accounts.rights import Actor, allowed, name_of, require, roles_held
from localaction.platform.accounts.roles import ROLES


def nameable(actor: Actor, scope: Scope) -> list[str]:
    """Return the roles that ``actor`` may give on this scope today, in the order of the table."""
    if allowed(actor, "people.manage", scope.pk):
        names = frozenset(ROLES)
    elif allowed(actor, "people.invite", scope.pk):
        held = roles_held(actor, scope.pk)
        names = frozenset().union(*(ROLES[role].names for role in held))
    else:
        names = frozenset()
    return [role.id for role in ROLES.values() if role.id in names and scope.kind in role.given_on]


def require_naming(actor: Actor, role: str, scope: Scope) -> None:
    """Raise ``NotAllowed`` if the actor names nobody here, ``NotToBeNamed`` if not to this role."""
    require(actor, "people.invite", scope.pk)
    names = nameable(actor, scope)
    if role not in names:
        raise NotToBeNamed(name_of(actor), role=role, scope=scope.label, names=", ".join(names))


def require_ending(actor: Actor, grant: Grant) -> None:
    """Raise ``NotAllowed`` unless the actor may end or change this grant.

    Administrators may; others those of the roles they may name here, and never their own.
    """
    if allowed(actor, "people.manage", grant.scope_id):
        return
    if actor == grant.user:
        require(actor, "people.manage", grant.scope_id)
    try:
        require_naming(actor, grant.role, grant.scope)
    except NotToBeNamed as error:
        raise NotAllowed(name_of(actor), what=str(error), action="people.invite") from error


def may_end(actor: Actor, grants: Sequence[Grant], scope: Scope) -> set[int]:
    """Return the ids of those grants on one scope that the actor may end or change."""
    if allowed(actor, "people.manage", scope.pk):
        return {grant.pk for grant in grants}
    names = nameable(actor, scope)
    return {grant.pk for grant in grants if grant.role in names and grant.user != actor}
