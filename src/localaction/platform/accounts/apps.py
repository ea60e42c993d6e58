"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and their rights."""

    name = "localaction.platform.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
