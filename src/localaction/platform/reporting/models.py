"""Reports and what was submitted of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.platform.inventories.models import Inventory
from localaction.platform.places.models import Place
from localaction.platform.reporting.states import OPEN, State

IS_OPEN = Q(state__in=[str(state) for state in OPEN])
ABOUT_INVENTORY = Q(inventory__isnull=False, framework="", edition="")
ABOUT_FRAMEWORK = Q(inventory=None) & ~Q(framework="") & ~Q(edition="")
QUESTION = ["place", "framework", "period_start"]


class Report(models.Model):
    """What one place reports for one period: its inventory, or its answers to an edition of a framework.

    ``state`` moves by the table in ``states`` alone. A correction is a report of its own that names the one
    it replaces.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="reports", verbose_name=_("place"))
    inventory = models.ForeignKey(
        Inventory, models.PROTECT, null=True, related_name="reports", verbose_name=_("inventory")
    )
    framework = models.CharField(_("framework"), max_length=64, blank=True)
    edition = models.CharField(_("edition"), max_length=32, blank=True)
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("last day"))
    label_year = models.PositiveSmallIntegerField(
        _("year"), help_text=_("Year by which the place names the period.")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now)
    submission = models.ForeignKey(
        "reporting.Submission",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("what was submitted last"),
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("replaces")
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in State]),
                name="reporting_report_known_state",
                violation_error_message=_("A report is in one of the known states."),
            ),
            models.CheckConstraint(
                condition=ABOUT_INVENTORY | ABOUT_FRAMEWORK,
                name="reporting_report_of_one_subject",
                violation_error_message=_("A report is of an inventory, or of an edition of a framework."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submission=None)
                | (~Q(state="draft") & Q(submission__isnull=False)),
                name="reporting_report_draft_is_not_frozen",
                violation_error_message=_("A draft has nothing frozen; every later state has."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="reporting_report_period_ends_after_start",
                violation_error_message=_("A period does not end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["inventory"],
                condition=IS_OPEN,
                name="reporting_report_one_open_of_inventory",
                violation_error_message=_("A report of this inventory is under way already."),
            ),
            models.UniqueConstraint(
                fields=["inventory"],
                condition=Q(state="published"),
                name="reporting_report_one_published_of_inventory",
                violation_error_message=_("One report of an inventory is published at a time."),
            ),
            models.UniqueConstraint(
                fields=QUESTION,
                condition=IS_OPEN & Q(inventory=None),
                name="reporting_report_one_open",
                violation_error_message=_("A report for this framework and period is under way already."),
            ),
            models.UniqueConstraint(
                fields=QUESTION,
                condition=Q(state="published", inventory=None),
                name="reporting_report_one_published",
                violation_error_message=_("One report for a framework and period is published at a time."),
            ),
        ]
        indexes = [models.Index(fields=["state", "state_since"], name="reporting_report_queue")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.framework or 'inventory'} {self.label_year}"

    @property
    def scope_id(self) -> int:
        """The scope its rights hang on: that of the place."""
        return self.place.scope_id


class Submission(models.Model):
    """What a place submitted: one canonical JSON document and its SHA-256; never changed."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="submissions", verbose_name=_("report"))
    number = models.PositiveIntegerField(_("number"))
    document = models.TextField(_("document"))
    content_sha256 = models.CharField(_("digest"), max_length=64)
    note = models.TextField(_("what the place says"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="reporting_submission_numbered_once",
                violation_error_message=_("Somebody else submitted this report at the same moment."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class PublishingRule(models.Model):
    """Whether a place publishes reports only after they were verified; without one it need not."""

    place = models.OneToOneField(Place, models.PROTECT, related_name="publishing_rule")
    verified_only = models.BooleanField(_("only verified reports"), default=False)

    class Meta:
        verbose_name = _("rule of publishing")
        verbose_name_plural = _("rules of publishing")

    def __str__(self) -> str:
        return f"{self.place_id} {self.verified_only}"
