"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ValuesConfig(AppConfig):
    """Figures and their revisions."""

    name = "localaction.platform.values"
    label = "values"
    verbose_name = _("Values")
