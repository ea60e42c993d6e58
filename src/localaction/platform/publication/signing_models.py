"""Public keys of the site and the signatures they made; private keys are never in the database."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SigningKey(models.Model):
    """A public key: in use, retired (what it signed stays valid) or withdrawn (nothing of it counts)."""

    key_id = models.CharField(_("id"), max_length=32, unique=True)
    public_key = models.CharField(_("public key"), max_length=44, help_text=_("32 bytes as base64."))
    valid_from = models.DateTimeField(_("in use from"))
    retired_at = models.DateTimeField(_("retired"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    signatures_made = models.PositiveBigIntegerField(_("signatures made"), default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(retired_at__isnull=False),
                name="publication_key_withdrawn_is_retired",
                violation_error_message=_("A withdrawn key signs no more."),
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None) | ~Q(reason=""),
                name="publication_key_retired_for_a_reason",
                violation_error_message=_("A key is retired for a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class Signature(models.Model):
    """A signature over a document, found by the SHA-256 of the document; never changed."""

    document_sha256 = models.CharField(_("document"), max_length=64)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="signatures", verbose_name=_("key"))
    signed_at = models.DateTimeField(_("signed"))
    signature = models.CharField(_("signature"), max_length=88, help_text=_("64 bytes as base64."))

    class Meta:
        ordering = ["id"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["document_sha256", "key"],
                name="publication_signature_once_by_a_key",
                violation_error_message=_("This key signed this document already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_sha256} {self.key_id}"
