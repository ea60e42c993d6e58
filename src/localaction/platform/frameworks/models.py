"""Which frameworks a place reports on, and what its figures are compared with."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Pledge(models.Model):
    """A place reports on an edition of a framework, from a day on, until it says otherwise."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="pledges", verbose_name=_("place"))
    framework = models.CharField(_("framework"), max_length=64)
    edition = models.CharField(_("edition"), max_length=32)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "framework", "edition"],
                condition=Q(until=None),
                name="frameworks_pledge_once",
                violation_error_message=_("The place reports on this edition already."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="frameworks_pledge_ends_after_start",
                violation_error_message=_("A pledge does not end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(framework="") & ~Q(edition=""),
                name="frameworks_pledge_names_edition",
                violation_error_message=_("A pledge names a framework and its edition."),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """``id/edition``, by which the edition is named."""
        return f"{self.framework}/{self.edition}"


class ReferenceRange(models.Model):
    """What comparable places publish of a data item or ratio in a year: made anew from public figures.

    Nothing here says whose figures they are; a range of few places is not kept.
    """

    subject = models.CharField(_("data item or ratio"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    group = models.CharField(_("group of places"), max_length=64)
    low = models.FloatField(_("low"))
    median = models.FloatField(_("median"))
    high = models.FloatField(_("high"))
    count = models.PositiveIntegerField(_("places"))
    computed_at = models.DateTimeField(_("computed"), default=timezone.now)

    class Meta:
        verbose_name = _("reference range")
        verbose_name_plural = _("reference ranges")
        constraints = [
            models.UniqueConstraint(fields=["subject", "year", "group"], name="frameworks_range_once"),
            models.CheckConstraint(
                condition=Q(low__lte=F("median")) & Q(median__lte=F("high")) & Q(count__gte=5),
                name="frameworks_range_in_order",
                violation_error_message=_("A range is in order, and of at least five places."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.year} {self.group}"
