"""A figure of a place: the head says what it is about, append-only revisions say what it was and is.

Two indexes do the work: the key of the head, place first, serves a place's page, gaps and history; the
adopted one, item first, serves the network. Foreign keys that nothing is looked up by have no index.
"""

from __future__ import annotations

import sys
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LARGEST = sys.float_info.max
QUESTION = ["item", "period_start", "period_end", "place", "dimensions", "boundary", "entity"]
KEY = ["place", "item", "period_start", "period_end", "dimensions", "boundary", "entity", "basis"]
ONE_KIND = (
    Q(amount__isnull=False, notation_key="", choice="", text="", day=None)
    | (Q(amount=None, choice="", text="", day=None) & ~Q(notation_key=""))
    | (Q(amount=None, notation_key="", text="", day=None) & ~Q(choice=""))
    | (Q(amount=None, notation_key="", choice="", day=None) & ~Q(text=""))
    | Q(amount=None, notation_key="", choice="", text="", day__isnull=False)
)


def finite(name: str) -> Q:
    """Return the condition that a column is null or a finite number; infinity and NaN lie beyond."""
    return Q((name, None)) | Q((f"{name}__gte", -LARGEST), (f"{name}__lte", LARGEST))


class Value(models.Model):
    """What a figure is about; its current revision says what it is. The key never changes."""

    class Entity(models.TextChoices):
        COMMUNITY = "community", _("community")
        OPERATIONS = "operations", _("own operations")

    class Basis(models.TextChoices):
        REPORTED = "reported", _("reported")
        IMPORTED = "imported", _("imported")
        ESTIMATED = "estimated", _("estimated")
        DERIVED = "derived", _("computed")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="figures", db_index=False)
    item = models.CharField(_("data item"), max_length=100)
    period_start = models.DateField(_("first day of the period"))
    period_end = models.DateField(_("last day of the period"))
    label_year = models.PositiveSmallIntegerField(_("year by which the place names the period"))
    dimensions = models.CharField(_("dimensions"), max_length=200, blank=True)
    boundary = models.CharField(_("boundary"), max_length=64, blank=True)
    entity = models.CharField(_("entity"), max_length=16, choices=Entity.choices, default=Entity.COMMUNITY)
    basis = models.CharField(_("basis"), max_length=16, choices=Basis.choices)
    adopted = models.BooleanField(_("adopted"), default=False)
    current = models.ForeignKey(
        "values.ValueRevision",
        models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        verbose_name=_("current revision"),
    )

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(
                fields=KEY,
                name="values_value_key",
                violation_error_message=_(
                    "There is already a figure of this kind for this place and period."
                ),
            ),
            models.UniqueConstraint(
                fields=QUESTION,
                condition=Q(adopted=True),
                name="values_value_one_adopted",
                violation_error_message=_("Another figure is adopted for this question."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="values_value_period_ends_after_start",
                violation_error_message=_("A period does not end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(entity__in=["community", "operations"])
                & Q(basis__in=["reported", "imported", "estimated", "derived"])
                & ~Q(item=""),
                name="values_value_known_words",
                violation_error_message=_("Item, entity and basis are stated."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.dimensions} {self.label_year}".replace("  ", " ")


class ValueRevision(models.Model):
    """What a figure was from one save to the next: never changed, never deleted.

    Exactly one of amount, notation key, choice, text and day is given. ``exact`` is the amount as entered, in
    canonical decimal text; ``amount`` is the float derived from it. Missing is no row, never zero.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("everybody")
        REGISTRY = "registry", _("the network")
        PLACE = "place", _("the place")

    value = models.ForeignKey(Value, models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    amount = models.FloatField(_("amount"), null=True, blank=True)
    exact = models.CharField(_("amount as entered"), max_length=400, blank=True)
    notation_key = models.CharField(_("notation key"), max_length=8, blank=True)
    key_refs = models.CharField(_("included in"), max_length=200, blank=True)
    key_raw = models.CharField(_("notation key as entered"), max_length=200, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    choice = models.CharField(_("choice"), max_length=100, blank=True)
    text = models.TextField(_("text"), blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=32, blank=True)
    low = models.FloatField(_("low"), null=True, blank=True)
    high = models.FloatField(_("high"), null=True, blank=True)
    standard_uncertainty = models.FloatField(_("standard uncertainty"), null=True, blank=True)
    quality = models.CharField(_("data quality"), max_length=8, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    lineage = models.JSONField(_("where it comes from"), encoder=DjangoJSONEncoder, null=True, blank=True)
    visibility = models.CharField(
        _("seen by"), max_length=16, choices=Visibility.choices, default=Visibility.PLACE
    )
    reason = models.TextField(_("why"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("who"),
    )
    recorded_at = models.DateTimeField(_("when"), default=timezone.now)
    replaces = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    class Meta:
        verbose_name = _("revision of a figure")
        verbose_name_plural = _("revisions of figures")
        constraints = [
            models.UniqueConstraint(
                fields=["value", "number"],
                name="values_revision_number",
                violation_error_message=_("Somebody else saved this figure at the same moment."),
            ),
            models.CheckConstraint(
                condition=ONE_KIND,
                name="values_revision_exactly_one",
                violation_error_message=_(
                    "A figure is exactly one of amount, notation key, choice, text and day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount=None, exact="") | (Q(amount__isnull=False) & ~Q(exact="")),
                name="values_revision_exact_beside_amount",
                violation_error_message=_("An amount is kept beside its exact text."),
            ),
            models.CheckConstraint(
                condition=finite("amount") & finite("low") & finite("high") & finite("standard_uncertainty"),
                name="values_revision_finite",
                violation_error_message=_("Amounts are finite numbers."),
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")),
                name="values_revision_low_below_high",
                violation_error_message=_("The low end of a range is not above its high end."),
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "registry", "place"]),
                name="values_revision_known_visibility",
                violation_error_message=_("A figure is seen by everybody, the network or the place."),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.exact or self.notation_key or self.choice or self.text or self.day} {self.unit}".strip()
        )


class Remark(models.Model):
    """What a person says of a revision, and stays with it: that it fits a question, or why it is so odd.

    ``about`` is the framework (id and edition) or the check. The newest remark about a thing holds;
    ``holds`` false takes the earlier one back. A figure that changes has a new revision without remarks.
    """

    class Kind(models.TextChoices):
        FITS = "fits", _("fits what is asked")
        EXPLAINS = "explains", _("explains what a check found")

    revision = models.ForeignKey(ValueRevision, models.PROTECT, related_name="remarks", db_index=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    about = models.CharField(_("about"), max_length=200)
    text = models.TextField(_("what is said"), blank=True)
    holds = models.BooleanField(_("holds"), default=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("who"),
    )
    recorded_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("remark on a figure")
        verbose_name_plural = _("remarks on figures")
        indexes = [models.Index(fields=["revision", "kind", "about"], name="values_remark_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["fits", "explains"]) & ~Q(about=""),
                name="values_remark_about_something",
                violation_error_message=_("A remark says what it is about."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="explains") | Q(holds=False) | ~Q(text=""),
                name="values_remark_explains_in_words",
                violation_error_message=_("An explanation is not empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
