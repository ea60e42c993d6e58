"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Answers to frameworks, gaps and reports."""

    name = "localaction.platform.reporting"
    label = "reporting"
    verbose_name = _("Reporting")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of reports known."""
        from localaction.platform.reporting import framework_subject, inventory_subject  # noqa: F401
