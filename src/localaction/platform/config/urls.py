"""Addresses of the site: pages, sign-in, choice of language."""

from django.urls import include, path

from localaction.platform.api.site import api

handler400 = "localaction.platform.config.errors.bad_request"

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
    path("", include("localaction.platform.web.urls")),
]
