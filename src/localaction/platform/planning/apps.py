"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """Commitments, targets, actions and achievements."""

    name = "localaction.platform.planning"
    label = "planning"
    verbose_name = _("Plans")
