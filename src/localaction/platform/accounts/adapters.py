"""How sign-in behaves here: accounts are made by administrators, not by whoever comes along."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped base
    """Closes self-registration; everything else is allauth's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: a place's officers are named by the network."""
        return False
