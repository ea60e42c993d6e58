"""Reading people and their grants."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils import timezone

from localaction.platform.accounts.models import Grant, User
from localaction.platform.accounts.roles import NETWORK, ROLES


def user_by_email(email: str) -> User | None:
    """Return the person with this address, however its case; None if there is none."""
    return User.objects.filter(email=email.strip().lower()).first()


def user_by_public_id(public_id: uuid.UUID) -> User | None:
    """Return the person with this public id; None if there is none."""
    return User.objects.filter(public_id=public_id).first()


def user_by_id(user_id: int) -> User | None:
    """Return the person with this row number, for background tasks that were started by them."""
    return User.objects.filter(pk=user_id).first()


def people_by_id(user_ids: Collection[int]) -> dict[int, User]:
    """Return people by their row numbers; one query."""
    return User.objects.in_bulk(list(user_ids)) if user_ids else {}


def people_count(outside: str = "") -> int:
    """Return how many people have an account, without addresses that end in ``outside`` (``@x.example``)."""
    people = User.objects.filter(erased_at=None)
    return (people.exclude(email__endswith=outside) if outside else people).count()


def grants_of(user: User) -> list[Grant]:
    """Return the grants a person holds today, with their scopes and sections, in two queries."""
    found = current_grants().filter(user=user).select_related("scope").prefetch_related("sections")
    return list(found.order_by("scope__label", "role"))


def roles_on(scope_id: int, user_ids: Sequence[int]) -> dict[int, str]:
    """Return the role of each of these people on a scope, or else on the network, now or once; one query.

    The role says what somebody acted as without saying who it was.
    """
    found = Grant.objects.filter(user_id__in=list(user_ids)).filter(
        Q(scope_id=scope_id) | Q(scope__kind=NETWORK)
    )
    rows = found.order_by("pk").values_list("user_id", "role", "scope_id")
    ordered = sorted(rows, key=lambda row: row[2] == scope_id)  # a role at the place says more
    return {user_id: role for user_id, role, _scope in ordered} if user_ids else {}


def is_administrator(user: User) -> bool:
    """Return whether this person administrates the network today."""
    return current_grants().filter(user=user, user__is_active=True, role="administrator").exists()


def other_administrators(user: User) -> bool:
    """Return whether anybody else administrates the network today."""
    return current_grants().filter(user__is_active=True, role="administrator").exclude(user=user).exists()


@dataclass(frozen=True)
class Ways:
    """How a person signs in, beside the password."""

    app: bool
    passkeys: int
    recovery_codes: bool

    @property
    def second_factor(self) -> bool:
        """Whether there is a second factor."""
        return self.app or self.passkeys > 0


def sign_in_ways(user: User) -> Ways:
    """Return how a person signs in, in one query."""
    kinds = Counter(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    codes = bool(kinds[Authenticator.Type.RECOVERY_CODES])
    return Ways(bool(kinds[Authenticator.Type.TOTP]), kinds[Authenticator.Type.WEBAUTHN], codes)


def lacks_second_factor(user_id: int) -> bool:
    """Return whether this person has a role that needs a second factor, and has none; one query."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    strong = current_grants().filter(user_id=user_id, role__in=_strong_roles())
    return strong.exclude(user__in=Authenticator.objects.filter(type__in=kinds).values("user_id")).exists()


def needs_second_factor(user: User) -> bool:
    """Return whether a role of this person speaks for others or opens what is theirs; see ``roles``."""
    return current_grants().filter(user=user, role__in=_strong_roles()).exists()


def _strong_roles() -> list[str]:
    return [role.id for role in ROLES.values() if role.needs_second_factor]


def current_grants() -> QuerySet[Grant]:
    """Return the grants that hold today: begun, not ended, not revoked; both days are included."""
    today = timezone.now().date()
    return Grant.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today, revoked_at=None
    )


def grants_ever(user: User, scope_id: int) -> list[Grant]:
    """Return every grant a person holds or once held on this very scope, the newest first; one query."""
    return list(Grant.objects.filter(user=user, scope_id=scope_id).order_by("-pk"))
