"""Data protection: erasing what is kept about a person, and handing it out."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from localaction.platform.accounts.errors import LastAdministrator
from localaction.platform.accounts.models import Grant, Invitation, User
from localaction.platform.accounts.queries import is_administrator, other_administrators
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.audit.models import Event
from localaction.platform.audit.services import record


@transaction.atomic
def erase_person(*, actor: Actor, user: User, reason: str = "") -> User:
    """Erase a person's data: name, address, second factors, sessions, sign-in; their grants end.

    The empty account stays, so that the record still says that *somebody* did a thing. People may erase
    themselves; for others it takes the right ``people.erase``.
    Raises ``NotAllowed`` or ``LastAdministrator``.
    """
    if actor != user:
        require(actor, "people.erase", None)
    if is_administrator(user) and not other_administrators(user):
        raise LastAdministrator(user.display_name)
    if user.erased_at is not None:
        return user
    now = timezone.now()
    Grant.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    _forget_invitations(user)
    user.email = f"{user.public_id}@erased.invalid"
    user.name = user.language = ""
    user.last_login = None
    user.is_active = False
    user.erased_at = now
    user.set_unusable_password()
    user.save()
    record("accounts.user.erased", actor=actor, target=user, reason=reason)
    return user


def personal_data(*, actor: Actor, user: User) -> dict[str, object]:
    """Return all that is kept about a person, as plain data: what they may ask for, and get themselves.

    Raises ``NotAllowed`` if the actor is neither this person nor may manage people.
    """
    if actor != user:
        require(actor, "people.manage", None)
    grants = user.grants.select_related("scope").order_by("valid_from", "pk")
    factors = Authenticator.objects.filter(user=user).order_by("created_at")
    events = Event.objects.filter(actor_id=user.pk).order_by("id")
    return {
        "public_id": str(user.public_id),
        "email": user.email,
        "emails": [
            {"email": address.email, "verified": address.verified, "primary": address.primary}
            for address in EmailAddress.objects.filter(user=user).order_by("email")
        ],
        "name": user.name,
        "language": user.language,
        "date_joined": user.date_joined.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "second_factors": [
            {"kind": factor.type, "created_at": factor.created_at.isoformat()} for factor in factors
        ],
        "grants": [
            {
                "role": grant.role,
                "on": grant.scope.label,
                "valid_from": grant.valid_from.isoformat(),
                "valid_to": grant.valid_to.isoformat() if grant.valid_to else None,
                "revoked_at": grant.revoked_at.isoformat() if grant.revoked_at else None,
            }
            for grant in grants
        ],
        "invitations": [
            {
                "role": each.role,
                "on": each.scope.label,
                "sent_at": each.sent_at.isoformat(),
                "accepted_at": each.accepted_at.isoformat() if each.accepted_at else None,
            }
            for each in Invitation.objects.filter(email=user.email).select_related("scope").order_by("pk")
        ],
        "events": [
            {"at": event.at.isoformat(), "did": event.verb, "to": event.target_id, "why": event.reason}
            for event in events.iterator()
        ],
    }


def _forget_invitations(user: User) -> None:
    """Take back what is still offered to the person's address, and keep the address of no invitation."""
    sent = Invitation.objects.filter(Q(email=user.email) | Q(accepted_by=user))
    sent.filter(accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
    sent.update(email=f"{user.public_id}@erased.invalid")


def _end_sessions(user: User) -> None:
    """Delete the stored sessions of a person; they hold the address with which the person signed in."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
