"""Outgoing mail: LOCALACTION_EMAIL_URL such as ``smtp+tls://user:password@host:587``; without it, the log."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from localaction.platform.config import env

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_settings() -> dict[str, object]:
    """Return Django's EMAIL settings."""
    url = env.text("LOCALACTION_EMAIL_URL")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "LOCALACTION_EMAIL_URL names no mail server. Write smtp+tls://user:password@host:587, "
            "smtps://... or smtp://..., or leave it empty to have mail written to the log."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
