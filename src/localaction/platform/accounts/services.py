"""Writing people, scopes and grants."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from localaction.platform.accounts import errors
from localaction.platform.accounts.giving import require_ending
from localaction.platform.accounts.models import Grant, GrantSection, Reach, Scope, User
from localaction.platform.accounts.queries import current_grants, other_administrators
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.accounts.roles import NETWORK, ROLES, SECTIONS, covering
from localaction.platform.audit.services import record

SECTION = re.compile(r"[a-z0-9_-]+(\.[A-Za-z0-9_-]+)*")


@transaction.atomic
def create_user(
    *, actor: Actor, email: str, name: str = "", password: str | None = None, language: str = ""
) -> User:
    """Make an account; its e-mail address counts as verified because an administrator vouches for it.

    Without a password the person sets one through "forgotten password".
    Raises ``NotAllowed``, ``EmailTaken`` or ``BadPerson``.
    """
    require(actor, "people.manage", None)
    user = make_account(email=email, name=name, password=password, language=language)
    record("accounts.user.created", actor=actor, target=user)
    return user


def make_account(*, email: str, name: str, password: str | None, language: str) -> User:
    """Make an account for whoever was checked to have this address; the caller records why."""
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


def create_place_scope(label: str, country: str) -> Scope:
    """Make the scope of a new place; called by the places app, which checks the right to add places."""
    return Scope.objects.create(kind=Scope.Kind.PLACE, label=label, country=country)


def create_place_scopes(places: Iterable[tuple[str, str]]) -> list[Scope]:
    """Make the scopes of many new places, each a name and a country; called by the places app as above."""
    return Scope.objects.bulk_create(
        Scope(kind=Scope.Kind.PLACE, label=label, country=country) for label, country in places
    )


def set_scope_country(scope: Scope, country: str) -> None:
    """Note that a place is found in another country than it was; called by the places app as above."""
    if scope.country != country:
        scope.country = country
        scope.save(update_fields=["country"])


def create_office_scope(label: str) -> Scope:
    """Make the scope of a new office; called by the networks app, which checks the right."""
    return Scope.objects.create(kind=Scope.Kind.OFFICE, label=label)


def set_region(office: Scope, *, countries: Iterable[str], places: Iterable[Scope]) -> None:
    """Say which countries and places an office looks after; called by the networks app as above."""
    Reach.objects.filter(office=office).delete()
    Reach.objects.bulk_create(
        [
            *(Reach(office=office, country=country) for country in sorted(set(countries))),
            *(Reach(office=office, place=place) for place in places),
        ]
    )


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    scope: Scope | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    sections: Iterable[str] = (),
    reason: str = "",
) -> Grant:
    """Give a person a role on a scope (None: the whole network), from a day (None: today) to a last day.

    Parameters
    ----------
    actor : User or Operator
        Who gives it; needs the right ``people.manage``.
    user, role, scope
        Who gets which role on what.
    valid_from, valid_to : date, optional
        First and last day.
    sections : iterable of str
        Sections to which the role is limited; all if there are none.
    reason : str, optional
        Why.

    Raises
    ------
    NotAllowed, UnknownRole, RoleNotGivenHere, RoleHasNoSections, UnknownSection, BadDates, AlreadyGranted
        In this order; nothing is written.
    """
    scope = scope or network_scope()
    require(actor, "people.manage", scope.pk)
    first = valid_from or timezone.now().date()
    check_role_on(role, scope, sections)
    _check_grant(user, role, scope, first, valid_to)
    return write_grant(
        Grant(user=user, role=role, scope=scope, valid_from=first, valid_to=valid_to),
        sections,
        actor=actor,
        reason=reason,
    )


def write_grant(grant: Grant, sections: Iterable[str], *, actor: Actor, reason: str) -> Grant:
    """Keep a grant that was checked, with its sections, and record it."""
    wanted = sorted(set(sections))
    grant.save()
    GrantSection.objects.bulk_create(GrantSection(grant=grant, section=each) for each in wanted)
    record(
        "accounts.grant.given",
        actor=actor,
        target=grant,
        scope=grant.scope,
        after={
            "user": grant.user.public_id,
            "role": grant.role,
            "valid_from": grant.valid_from,
            "valid_to": grant.valid_to,
            "sections": wanted,
        },
        reason=reason,
    )
    return grant


def check_role_on(role: str, scope: Scope, sections: Iterable[str] = ()) -> None:
    """Raise unless there is such a role, it is given on this kind of scope, and has such sections."""
    if role not in ROLES:
        raise errors.UnknownRole(role, roles=", ".join(ROLES))
    if scope.kind not in ROLES[role].given_on:
        kinds = " or ".join(str(Scope.Kind(kind).label) for kind in sorted(ROLES[role].given_on))
        raise errors.RoleNotGivenHere(role, scope.label, kinds=kinds)
    wanted = sorted(set(sections))
    if wanted and not ROLES[role].by_section:
        raise errors.RoleHasNoSections(role)
    if unknown := [
        each for each in wanted if not SECTION.fullmatch(each) or covering(each)[-1] not in SECTIONS
    ]:
        raise errors.UnknownSection(unknown[0], known=", ".join(SECTIONS))


def _check_grant(user: User, role: str, scope: Scope, first: date, last: date | None) -> None:
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

    It takes the right ``people.manage``, or a role that may name this one here; nobody ends their own by
    the latter. Raises ``NotAllowed``, or ``LastAdministrator`` if nobody could give roles afterwards.
    """
    require_ending(actor, grant)
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


@transaction.atomic
def change_sections(*, actor: Actor, grant: Grant, sections: Iterable[str], reason: str) -> Grant:
    """Limit a grant to other sections than before; to none if there are none: then it holds in all.

    Raises ``NotAllowed``, ``RoleHasNoSections``, ``UnknownSection``, or ``NotHeld`` if the grant has ended.
    """
    require_ending(actor, grant)
    wanted = sorted(set(sections))
    check_role_on(grant.role, grant.scope, wanted)
    if not current_grants().filter(pk=grant.pk).exists():
        raise errors.NotHeld
    before = sorted(grant.sections.values_list("section", flat=True))
    if before == wanted:
        return grant
    grant.sections.all().delete()
    GrantSection.objects.bulk_create(GrantSection(grant=grant, section=each) for each in wanted)
    record(
        "accounts.grant.sections_changed",
        actor=actor,
        target=grant,
        scope=grant.scope,
        before={"sections": before},
        after={"sections": wanted},
        reason=reason,
    )
    return grant
