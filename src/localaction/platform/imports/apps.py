"""The app of files brought in."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Files brought in, by the browser and by the command line."""

    name = "localaction.platform.imports"
    label = "imports"
