"""Reading who holds which role: a scope only through ``scope_for``, the rest for a scope it returned."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet

from localaction.platform.accounts.errors import InvitationNotFound, NotHeld, PeopleNotFound
from localaction.platform.accounts.models import Grant, Invitation, Reach, Scope
from localaction.platform.accounts.queries import current_grants
from localaction.platform.accounts.rights import Actor, allowed, scope_ids
from localaction.platform.accounts.roles import NETWORK

VIEW = "people.view"


def scopes_for(actor: Actor) -> QuerySet[Scope]:
    """Return the places, offices and network whose people the actor may see."""
    return Scope.objects.filter(pk__in=scope_ids(actor, VIEW)).order_by("label", "pk")


def scope_for(actor: Actor, public_id: uuid.UUID) -> Scope:
    """Return what roles are held on if the actor may see who holds them. Raises ``PeopleNotFound``."""
    scope = Scope.objects.filter(public_id=public_id).first()
    if scope is None or not allowed(actor, VIEW, scope.pk):
        raise PeopleNotFound
    return scope


def grants_on(scope: Scope) -> list[Grant]:
    """Return the grants that hold today on just this scope, with people and sections, in two queries."""
    found = current_grants().filter(scope=scope, user__erased_at=None)
    order = ("user__name", "user__email", "role")
    return list(found.select_related("user", "scope").prefetch_related("sections").order_by(*order))


def grants_from_outside(scope: Scope) -> list[Grant]:
    """Return the grants by which others reach this scope: of its offices, and of the whole network."""
    region = Reach.objects.filter(Q(place=scope) | (Q(country=scope.country) & ~Q(country="")))
    reaching = Q(scope__kind=NETWORK) | Q(scope_id__in=region.values("office_id"))
    found = current_grants().filter(reaching, user__erased_at=None).exclude(scope=scope)
    return list(found.select_related("user", "scope").order_by("scope__label", "role", "user__name", "pk"))


def grant_of(scope: Scope, person: uuid.UUID, role: str) -> Grant:
    """Return the grant by which a person holds a role on this scope today. Raises ``NotHeld``."""
    found = current_grants().filter(scope=scope, user__public_id=person, role=role)
    if (grant := found.select_related("user", "scope").first()) is None:
        raise NotHeld
    return grant


def invitations_on(scope: Scope) -> list[Invitation]:
    """Return the invitations to this scope that are neither accepted nor taken back, newest first."""
    found = Invitation.objects.filter(scope=scope, accepted_at=None, revoked_at=None)
    return list(found.select_related("invited_by", "scope"))


def invitation_for(actor: Actor, public_id: uuid.UUID) -> Invitation:
    """Return an invitation if the actor may see the people there. Raises ``InvitationNotFound``."""
    found = Invitation.objects.select_related("scope", "invited_by").filter(public_id=public_id).first()
    if found is None or not allowed(actor, VIEW, found.scope_id):
        raise InvitationNotFound
    return found
