"""The app of the interface for programs."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Its templates are found through it; it has no tables."""

    name = "localaction.platform.api"
    label = "api"
