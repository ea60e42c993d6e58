"""How sign-in behaves here: accounts are made by administrators, not by whoever comes along."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped base
    """Closes self-registration; a refused sign-in says what to do; everything else is allauth's own."""

    error_messages = {  # as the base has it
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both, or set a new password below."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: a place's officers are named by the network."""
        return False
