"""One published document; never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.platform.inventories.models import Inventory
from localaction.platform.places.models import Place
from localaction.platform.reporting.models import Report


class Publication(models.Model):
    """An inventory as it was published: canonical JSON (RFC 8785) and its SHA-256."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="publications")
    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="publications")
    label_year = models.PositiveSmallIntegerField(_("year"))
    document = models.TextField()
    digest = models.CharField(max_length=64)
    content_digest = models.CharField(
        max_length=64, help_text=_("Of the result alone: tells whether anything changed.")
    )
    territorial_t = models.FloatField(null=True)
    territorial_gaps = models.PositiveSmallIntegerField(
        null=True, help_text=_("Cells of the territorial total that are open or not estimated.")
    )
    population = models.FloatField(null=True)
    published_at = models.DateTimeField(_("published"), default=timezone.now, editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    report = models.OneToOneField(
        Report,
        models.PROTECT,
        null=True,
        related_name="publication",
        help_text=_("Empty for what an import or an early version published."),
    )
    reason = models.TextField(_("reason"), blank=True)
    is_current = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "label_year"],
                condition=models.Q(is_current=True),
                name="publication_one_current",
                violation_error_message=_("One document of a place and year is current."),
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes=None) | ~models.Q(reason=""),
                name="publication_correction_has_reason",
                violation_error_message=_("A correction has a reason."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(is_current=False),
                name="publication_withdrawn_is_not_current",
                violation_error_message=_("What was withdrawn is not current."),
            ),
        ]
        indexes = [models.Index(fields=["is_current", "-published_at"], name="publication_newest")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.label_year}"


class PublishedReport(models.Model):
    """A report on a framework as it was published: canonical JSON (RFC 8785) and its SHA-256."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    report = models.OneToOneField(Report, models.PROTECT, related_name="published_report")
    place = models.ForeignKey(Place, models.PROTECT, related_name="published_reports")
    framework = models.CharField(_("framework"), max_length=64)
    edition = models.CharField(_("edition"), max_length=32)
    period_start = models.DateField(_("first day"))
    label_year = models.PositiveSmallIntegerField(_("year"))
    document = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    content_digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published"), default=timezone.now, editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    reason = models.TextField(_("reason"), blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("published report")
        verbose_name_plural = _("published reports")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "framework", "period_start"],
                condition=models.Q(is_current=True),
                name="publication_report_one_current",
                violation_error_message=_("One report of a place on a framework and period is current."),
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes=None) | ~models.Q(reason=""),
                name="publication_report_correction_has_reason",
                violation_error_message=_("A correction has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.framework} {self.label_year}"


class Release(models.Model):
    """Everything that was published on a day, as files under a running number; never changed."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    released_on = models.DateField(_("day"))
    content_digest = models.CharField(
        max_length=64, unique=True, help_text=_("Of all CSV files together: no two releases hold the same.")
    )
    places = models.PositiveIntegerField(_("places"))
    inventories = models.PositiveIntegerField(_("inventories"))
    lines = models.PositiveBigIntegerField(_("lines"))
    built_at = models.DateTimeField(_("built"), default=timezone.now, editable=False)
    built_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1) & models.Q(inventories__gte=1),
                name="publication_release_holds_something",
                violation_error_message=_("A release has a number from 1 on and holds an inventory."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class UsedFactor(models.Model):
    """A factor that a published document rests on: what the document says, made findable."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="used_factors")
    factor = models.CharField(max_length=200, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "factor"], name="publication_usedfactor_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.factor}"


from localaction.platform.publication.signing_models import Signature, SigningKey  # noqa: E402 - Django finds it here

__all__ = ["Publication", "PublishedReport", "Release", "Signature", "SigningKey", "UsedFactor"]
