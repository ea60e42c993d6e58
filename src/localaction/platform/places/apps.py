"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Places and what is known about them."""

    name = "localaction.platform.places"
    label = "places"
    verbose_name = _("Places")
