"""A place's own sets of emission factors. An edition never changes: a change is a new edition."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.platform.places.models import Place


class FactorSet(models.Model):
    """One edition of a place's own set of factors: the file as it came, and the factors read from it.

    Only ``status`` and ``ended_why`` ever change; the database refuses everything else.
    """

    class Status(models.TextChoices):
        CURRENT = "current", _("current")
        SUPERSEDED = "superseded", _("replaced by a newer edition")
        WITHDRAWN = "withdrawn", _("withdrawn")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="factor_sets", verbose_name=_("place"))
    slug = models.SlugField(_("short name"), max_length=60)
    set_id = models.CharField(
        max_length=100, help_text=_("What stands before the @ in the ids of its factors; of one set alone.")
    )
    name = models.CharField(_("name"), max_length=200)
    edition = models.PositiveIntegerField(_("edition"))
    citation = models.TextField(_("source"))
    licence = models.TextField(_("licence"), blank=True)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField(help_text=_("The file as it was handed in, kept as evidence."))
    sha256 = models.CharField(max_length=64, editable=False)
    size_bytes = models.PositiveBigIntegerField()
    records = models.JSONField(encoder=DjangoJSONEncoder)
    factor_count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text=_("SHA-256 over the factors, with their ids."))
    reason = models.TextField(blank=True, help_text=_("Why this edition replaces the one before."))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CURRENT)
    ended_why = models.TextField(blank=True, help_text=_("Why it was withdrawn."))

    class Meta:
        ordering = ["name", "-edition"]
        verbose_name = _("factor set")
        verbose_name_plural = _("factor sets")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "slug", "edition"], name="inventories_factorset_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["set_id", "edition"],
                name="inventories_factorset_ids_of_one_set",
                violation_error_message=_("The ids of its factors are those of another set."),
            ),
            models.UniqueConstraint(
                fields=["place", "slug"],
                condition=Q(status="current"),
                name="inventories_factorset_one_current",
                violation_error_message=_("One edition of a set is current."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["current", "superseded", "withdrawn"])
                & Q(edition__gte=1)
                & Q(factor_count__gte=1),
                name="inventories_factorset_known_words",
            ),
            models.CheckConstraint(
                condition=~Q(citation=""),
                name="inventories_factorset_is_cited",
                violation_error_message=_("A set of factors names its source."),
            ),
            models.CheckConstraint(
                condition=(Q(edition=1) | ~Q(reason="")) & (~Q(status="withdrawn") | ~Q(ended_why="")),
                name="inventories_factorset_has_reasons",
                violation_error_message=_("A new edition and a withdrawal have a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.set_id}@{self.edition}"

    @property
    def scope_id(self) -> int:
        """The scope its rights hang on: that of the place."""
        return self.place.scope_id
