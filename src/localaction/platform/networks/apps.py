"""Names the app to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    """Offices."""

    name = "localaction.platform.networks"
    label = "networks"
    verbose_name = _("Offices")
