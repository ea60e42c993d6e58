"""Inviting people to roles: sent by e-mail, accepted once, by whoever has that address."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from localaction.platform.accounts import errors
from localaction.platform.accounts.giving import require_naming
from localaction.platform.accounts.mail import send_invitation
from localaction.platform.accounts.models import Grant, Invitation, Scope, User
from localaction.platform.accounts.queries import current_grants
from localaction.platform.accounts.rights import OPERATOR, Actor, require, user_of
from localaction.platform.accounts.services import check_role_on, make_account, network_scope, write_grant
from localaction.platform.audit.services import record

HOLDS: Final = timedelta(days=14)
MOST_A_DAY: Final = 50  # invitations that one person sends in 24 hours, sending again included
MOST_TIMES: Final = 5  # times that one invitation is sent
Address = Callable[[str], str]


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    actor: Actor,
    email: str,
    role: str,
    scope: Scope | None = None,
    sections: Iterable[str] = (),
    address: Address,
) -> Invitation:
    """Offer a role to whoever reads the mail of an address; whether it has an account makes no difference.

    Parameters
    ----------
    actor : User or Operator
        Who invites; needs ``people.invite``, and a role that may name this one.
    email : str
        To whom it is sent; who accepts must have this address.
    role : str
        Which role.
    scope : Scope, optional
        On what; the whole network if not given.
    sections : iterable of str
        Sections to which the role is limited.
    address : callable
        Turns the token into the address of the page on which it is accepted.

    Raises
    ------
    NotAllowed, UnknownRole, RoleNotGivenHere, NotToBeNamed, BadAddress, AlreadyInvited, AlreadyGranted
        And ``TooManyInvitations`` after fifty in a day; nothing is written or sent.
    """
    scope = scope or network_scope()
    wanted = sorted(set(sections))
    require(actor, "people.invite", scope.pk)
    check_role_on(role, scope, wanted)
    require_naming(actor, role, scope)
    email = _checked_address(email)
    _refuse_more_than_enough(actor)
    open_ones = Invitation.objects.filter(
        email=email, role=role, scope=scope, accepted_at=None, revoked_at=None
    )
    if open_ones.exists():
        raise errors.AlreadyInvited(email, role=role, scope=scope.label)
    held = current_grants().filter(user__email=email, role=role, scope=scope)
    if (grant := held.select_related("user").first()) is not None:
        raise errors.AlreadyGranted(grant.user.display_name, role, scope.label, grant.valid_from.isoformat())
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        role=role,
        scope=scope,
        sections=wanted,
        digest=digest_of(token),
        invited_by=user_of(actor),
        expires_at=timezone.now() + HOLDS,
    )
    _insert(invitation)
    _tell("accounts.invitation.sent", actor, invitation)
    send_invitation(invitation, address(token))
    return invitation


@transaction.atomic
def send_again(*, actor: Actor, invitation: Invitation, address: Address) -> Invitation:
    """Send an invitation once more, with a new token that holds as long as the first did; the old one ends.

    Raises ``NotAllowed``, ``InvitationOver`` or ``TooManyInvitations``.
    """
    require_naming(actor, invitation.role, invitation.scope)
    _require_open(invitation)
    if invitation.sent_count >= MOST_TIMES:
        raise errors.TooManyInvitations(most=MOST_TIMES, what="of one invitation")
    _refuse_more_than_enough(actor)
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    invitation.digest, invitation.sent_at, invitation.expires_at = digest_of(token), now, now + HOLDS
    invitation.sent_count += 1
    invitation.invited_by = user_of(actor)
    invitation.save(update_fields=["digest", "sent_at", "sent_count", "expires_at", "invited_by"])
    _tell("accounts.invitation.sent_again", actor, invitation)
    send_invitation(invitation, address(token))
    return invitation


@transaction.atomic
def take_back(*, actor: Actor, invitation: Invitation, reason: str = "") -> Invitation:
    """Take an invitation back; its token opens nothing any more. Raises as ``send_again``."""
    require_naming(actor, invitation.role, invitation.scope)
    _require_open(invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    _tell("accounts.invitation.taken_back", actor, invitation, reason)
    return invitation


def invitation_by_token(token: str, now: datetime | None = None) -> Invitation:
    """Return the open invitation that a token opens.

    Raises ``InvitationOver``, the same whether the token is unknown, used, taken back or too old.
    """
    found = Invitation.objects.select_related("scope", "invited_by").filter(digest=digest_of(token)).first()
    if found is None:
        raise errors.InvitationOver
    _require_open(found)
    if found.expires_at <= (now or timezone.now()):
        raise errors.InvitationOver
    return found


@transaction.atomic
def accept(*, actor: Actor, token: str) -> Grant:
    """Take up the offered role, as the person with the invited address.

    Raises
    ------
    InvitationOver
        If it does not hold any more, or who invited may not give this role any more.
    NotYourInvitation
        If the actor has another address.
    """
    invitation = invitation_by_token(token)
    if not isinstance(actor, User) or not actor.is_active or actor.email != invitation.email:
        raise errors.NotYourInvitation
    return _accepted(invitation, actor)


@transaction.atomic
def accept_with_new_account(*, token: str, name: str, password: str) -> Grant:
    """Make the account of a person who has none yet, and take up the role.

    The address counts as verified, because the token came by mail to it.
    Raises ``InvitationOver``, ``EmailTaken`` or ``BadPerson``.
    """
    invitation = invitation_by_token(token)
    user = make_account(email=invitation.email, name=name, password=password, language="")
    record("accounts.user.created", actor=user, target=user)
    return _accepted(invitation, user)


def _accepted(invitation: Invitation, user: User) -> Grant:
    try:
        require_naming(invitation.invited_by or OPERATOR, invitation.role, invitation.scope)
    except (errors.NotAllowed, errors.NotToBeNamed) as error:  # who invited may not do so any more
        raise errors.InvitationOver from error
    claimed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not claimed.update(accepted_at=timezone.now(), accepted_by=user):  # two clicks at once: one wins
        raise errors.InvitationOver
    grant = Grant(user=user, role=invitation.role, scope=invitation.scope, valid_from=timezone.now().date())
    _tell("accounts.invitation.accepted", user, invitation)
    held = current_grants().filter(user=user, role=invitation.role, scope=invitation.scope).first()
    return held or write_grant(grant, invitation.sections, actor=user, reason="Invitation accepted")


def _insert(invitation: Invitation) -> None:
    """Write a new invitation; the same form that arrives twice at once makes one."""
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:
        scope = invitation.scope.label
        raise errors.AlreadyInvited(invitation.email, role=invitation.role, scope=scope) from error


def _checked_address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise errors.BadAddress(email) from error
    return email


def _refuse_more_than_enough(actor: Actor) -> None:
    sender = user_of(actor)
    since = timezone.now() - timedelta(days=1)
    if sender and Invitation.objects.filter(invited_by=sender, sent_at__gt=since).count() >= MOST_A_DAY:
        raise errors.TooManyInvitations(most=MOST_A_DAY, what="in a day")


def _require_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise errors.InvitationOver


def _tell(verb: str, actor: Actor, invitation: Invitation, reason: str = "") -> None:
    said = {"role": invitation.role, "sections": invitation.sections}  # no address: events are never erased
    record(verb, actor=actor, target=invitation, scope=invitation.scope, after=said, reason=reason)
