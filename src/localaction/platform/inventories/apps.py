"""Names the app."""

from django.apps import AppConfig


class InventoriesConfig(AppConfig):
    """Activity rows and runs."""

    name = "localaction.platform.inventories"
    label = "inventories"
    default_auto_field = "django.db.models.BigAutoField"
