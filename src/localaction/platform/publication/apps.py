"""Names the app."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Published documents."""

    name = "localaction.platform.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"
