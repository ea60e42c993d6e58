"""What a recalculation of many inventories would move, kept while it is looked at, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.platform.places.models import Place


class Recalculation(models.Model):
    """What other warming potentials or factors would move, over many inventories, and what was done.

    A preview writes nothing but this record. Applying makes a new run of each chosen inventory.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting to be computed")
        COMPUTING = "computing", _("being computed")
        READY = "ready", _("ready to apply")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    gwp_set = models.CharField(_("warming potentials"), max_length=32, blank=True)
    factor_from = models.CharField(_("factor to replace"), max_length=200, blank=True)
    factor_to = models.CharField(_("factor instead"), max_length=200, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    library_digest = models.CharField(max_length=64, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    report = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    chosen = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    outcome = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)
    acting = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text=_("Who accepted it.")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("recalculation")
        verbose_name_plural = _("recalculations")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=["queued", "computing", "ready", "applying", "applied", "stopped", "failed"]
                ),
                name="inventories_recalculation_known_words",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["applying", "applied"]) | ~Q(reason=""),
                name="inventories_recalculation_has_reason",
                violation_error_message=_("A recalculation that is applied has a reason."),
            ),
            models.CheckConstraint(
                condition=(Q(factor_from="") & Q(factor_to="")) | (~Q(factor_from="") & ~Q(factor_to="")),
                name="inventories_recalculation_names_both_factors",
            ),
        ]

    def __str__(self) -> str:
        return f"recalculation {self.pk}"

    @property
    def at_work(self) -> bool:
        """Whether a task is still busy with it, or will be."""
        return self.status in {self.Status.QUEUED, self.Status.COMPUTING, self.Status.APPLYING}
