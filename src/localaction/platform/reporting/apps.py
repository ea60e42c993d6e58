"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Answers to frameworks, gaps and reports."""

    name = "localaction.platform.reporting"
    label = "reporting"
    verbose_name = _("Reporting")
