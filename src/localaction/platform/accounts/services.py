"""Writing people, scopes and grants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from localaction.platform.accounts import errors
from localaction.platform.accounts.models import Grant, Scope, User
from localaction.platform.accounts.queries import other_administrators
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.accounts.roles import NETWORK, ROLES
from localaction.platform.audit.services import record


@transaction.atomic
def create_user(
    *, actor: Actor, email: str, name: str = "", password: str | None = None, language: str = ""
) -> User:
    """Make an account; its e-mail address counts as verified because an administrator vouches for it.

    Without a password the person sets one through "forgotten password".
    Raises ``NotAllowed``, ``EmailTaken`` or ``BadPerson``.
    """
    require(actor, "people.manage", None)
    user = User(email=email.strip().lower(), name=name.strip(), language=language)
    if User.objects.filter(email=user.email).exists():
        raise errors.EmailTaken(user.email)
    try:
        user.clean_fields(exclude=["password"])
        if password is not None:
            validate_password(password, user)
    except ValidationError as error:
        raise errors.BadPerson(" ".join(error.messages)) from error
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("accounts.user.created", actor=actor, target=user)
    return user


@transaction.atomic
def set_sign_in(*, actor: Actor, user: User, active: bool, reason: str) -> bool:
    """Let a person sign in, or not, from now on; open sessions end with it.

    Return whether that changed anything. Raises ``NotAllowed``.
    """
    require(actor, "people.manage", None)
    if user.is_active == active or user.erased_at is not None:
        return False
    user.is_active = active
    user.save(update_fields=["is_active"])
    verb = "accounts.user.sign_in_opened" if active else "accounts.user.sign_in_closed"
    record(verb, actor=actor, target=user, reason=reason)
    return True


def network_scope() -> Scope:
    """Return the scope of the whole network, made when it is first needed."""
    scope, _made = Scope.objects.get_or_create(kind=NETWORK, defaults={"label": "Network"})
    return scope


def create_place_scope(label: str) -> Scope:
    """Make the scope of a new place; called by the places app, which checks the right to add places."""
    return Scope.objects.create(kind=Scope.Kind.PLACE, label=label)


def create_place_scopes(labels: Sequence[str]) -> list[Scope]:
    """Make the scopes of many new places, in their order; called by the places app as above."""
    return Scope.objects.bulk_create(Scope(kind=Scope.Kind.PLACE, label=label) for label in labels)


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    scope: Scope | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    reason: str = "",
) -> Grant:
    """Give a person a role on a scope (None: the whole network), from a day (None: today) to a last day.

    Raises ``NotAllowed``, ``UnknownRole``, ``RoleNotGivenHere``, ``BadDates`` or ``AlreadyGranted``.
    """
    scope = scope or network_scope()
    require(actor, "people.manage", scope.pk)
    first = valid_from or timezone.now().date()
    _check_grant(user, role, scope, first, valid_to)
    grant = Grant.objects.create(user=user, role=role, scope=scope, valid_from=first, valid_to=valid_to)
    record(
        "accounts.grant.given",
        actor=actor,
        target=grant,
        scope=scope,
        after={"user": user.public_id, "role": role, "valid_from": first, "valid_to": valid_to},
        reason=reason,
    )
    return grant


def _check_grant(user: User, role: str, scope: Scope, first: date, last: date | None) -> None:
    if role not in ROLES:
        raise errors.UnknownRole(role, roles=", ".join(ROLES))
    if scope.kind not in ROLES[role].given_on:
        kinds = " or ".join(str(Scope.Kind(kind).label) for kind in sorted(ROLES[role].given_on))
        raise errors.RoleNotGivenHere(role, scope.label, kinds=kinds)
    if last is not None and last < first:
        raise errors.BadDates(first=first.isoformat(), last=last.isoformat())
    same = Grant.objects.filter(user=user, role=role, scope=scope, revoked_at=None)
    earlier = same.order_by("-valid_from").first()
    if earlier and (earlier.valid_to is None or earlier.valid_to >= first):
        since = earlier.valid_from.isoformat()
        raise errors.AlreadyGranted(user.display_name, role, scope.label, since=since)


@transaction.atomic
def revoke(*, actor: Actor, grant: Grant, reason: str) -> Grant:
    """End a grant now. Revoking a revoked grant changes nothing.

    Raises ``NotAllowed``, or ``LastAdministrator`` if nobody could give roles afterwards.
    """
    require(actor, "people.manage", grant.scope_id)
    if grant.revoked_at is not None:
        return grant
    if grant.role == "administrator" and not other_administrators(grant.user):
        raise errors.LastAdministrator(grant.user.display_name)
    grant.revoked_at = timezone.now()
    grant.save(update_fields=["revoked_at"])
    record(
        "accounts.grant.revoked",
        actor=actor,
        target=grant,
        scope=grant.scope,
        before={"user": grant.user.public_id, "role": grant.role},
        reason=reason,
    )
    return grant
