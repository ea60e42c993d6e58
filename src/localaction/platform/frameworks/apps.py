"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameworksConfig(AppConfig):
    """Pledges and reference ranges."""

    name = "localaction.platform.frameworks"
    label = "frameworks"
    verbose_name = _("Frameworks")
