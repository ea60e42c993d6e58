"""What the accounts app writes to people."""

from __future__ import annotations

from django.core.mail import send_mail
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from localaction.platform.accounts.models import Invitation
from localaction.platform.accounts.roles import NETWORK, ROLES


def send_invitation(invitation: Invitation, address: str) -> None:
    """Send an invitation once what was written stands; without a mail server it goes to the log."""
    subject = _("You are invited to Local Action: %(role)s, %(where)s") % _words(invitation)
    text = _invitation_text(invitation, address)
    transaction.on_commit(lambda: send_mail(" ".join(subject.split()), text, None, [invitation.email]))


def _words(invitation: Invitation) -> dict[str, str]:
    whole = invitation.scope.kind == NETWORK
    return {
        "role": str(ROLES[invitation.role].label),
        "where": _("the whole network") if whole else invitation.scope.label,
        "may": str(ROLES[invitation.role].text),
        "day": date_format(invitation.expires_at.date(), "j F Y"),
        "who": invitation.invited_by.display_name if invitation.invited_by else _("The network"),
    }


def _invitation_text(invitation: Invitation, address: str) -> str:
    said = _words(invitation) | {"address": address}
    lines = (
        _("%(who)s invites you to work in Local Action as %(role)s for: %(where)s."),
        "%(may)s",
        _("To accept, open this address. It works once, until %(day)s, and for this e-mail address alone:"),
        "%(address)s",
        _("If you did not expect this, do nothing: without you nothing happens."),
    )
    return "\n\n".join(line % said for line in lines) + "\n"
