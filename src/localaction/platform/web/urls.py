"""Addresses of all pages: the public ones and the desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("localaction.platform.web.public_urls")),
    path("desk/", include("localaction.platform.web.desk.urls")),
]
