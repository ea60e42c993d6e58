"""The pages: templates, static files and the views that combine the other apps."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app of pages; it has no tables."""

    name = "localaction.platform.web"
    label = "web"
