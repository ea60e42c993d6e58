"""Assignments, reviews with their sample, queries with their messages, and decisions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.platform.reporting.models import Report, Submission


class Assignment(models.Model):
    """A person asked to verify a report; begun once they declared that they have no part in it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="assignments", verbose_name=_("report"))
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("verifier")
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    assigned_at = models.DateTimeField(_("assigned"), default=timezone.now, editable=False)
    declared_at = models.DateTimeField(_("declared to have no part in it"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    reason = models.TextField(_("why it ended"), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "verifier"],
                condition=Q(ended_at=None),
                name="verification_assignment_once",
                violation_error_message=_("This person is assigned already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(reason=""),
                name="verification_assignment_ends_for_a_reason",
                violation_error_message=_("An assignment ends for a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.verifier_id}"


class Review(models.Model):
    """The check of one submission; its sample can be drawn again from the seed."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="review", verbose_name=_("submission")
    )
    seed = models.CharField(_("seed of the sample"), max_length=64)
    wanted = models.PositiveIntegerField(_("lines wanted"))
    begun_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.submission_id}"


class SampledLine(models.Model):
    """One line of the sample, and what the verifier found when comparing it with its evidence."""

    class Found(models.TextChoices):
        OPEN = "open", _("to do")
        AGREES = "agrees", _("agrees with its evidence")
        DIFFERS = "differs", _("differs, not materially")

    review = models.ForeignKey(Review, models.PROTECT, related_name="sample", verbose_name=_("review"))
    key = models.CharField(_("line"), max_length=200)
    label = models.CharField(_("label"), max_length=300)
    share = models.FloatField(_("share of all"))
    certain = models.BooleanField(_("drawn by every seed"))
    found = models.CharField(_("found"), max_length=8, choices=Found.choices, default=Found.OPEN)
    note = models.TextField(_("note"), blank=True)
    looked_at = models.DateTimeField(_("looked at"), null=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("sampled line")
        verbose_name_plural = _("sampled lines")
        constraints = [
            models.UniqueConstraint(fields=["review", "key"], name="verification_line_once"),
            models.CheckConstraint(
                condition=Q(found="open", looked_at=None)
                | (Q(found__in=["agrees", "differs"]) & Q(looked_at__isnull=False)),
                name="verification_line_looked_at_when_found",
                violation_error_message=_("What was found of a line has a time."),
            ),
            models.CheckConstraint(
                condition=~Q(found="differs") | ~Q(note=""),
                name="verification_line_differs_with_a_note",
                violation_error_message=_("A difference is described."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Query(models.Model):
    """A question on a figure, with a day by which the place replies."""

    class Status(models.TextChoices):
        ASKED = "asked", _("waits for a reply")
        REPLIED = "replied", _("replied")
        SETTLED = "settled", _("settled")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="queries", verbose_name=_("review"))
    key = models.CharField(_("figure"), max_length=200, blank=True)
    label = models.CharField(_("label"), max_length=300)
    due_on = models.DateField(_("reply by"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("query")
        verbose_name_plural = _("queries")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["asked", "replied", "settled"]),
                name="verification_query_known_status",
                violation_error_message=_("A query waits, is replied to, or is settled."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.status}"


class Message(models.Model):
    """One thing said about a query, by the verifier or by the place; never changed."""

    class Side(models.TextChoices):
        VERIFIER = "verifier", _("verifier")
        PLACE = "place", _("place")

    query = models.ForeignKey(Query, models.PROTECT, related_name="messages", verbose_name=_("query"))
    side = models.CharField(_("said by"), max_length=8, choices=Side.choices)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="verification_message_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.query_id} {self.side}"


class Decision(models.Model):
    """How a review ended: a statement, or a return with reasons; one for a review, never changed."""

    class Outcome(models.TextChoices):
        VERIFIED = "verified", _("verified")
        RETURNED = "returned", _("returned")

    class Level(models.TextChoices):
        LIMITED = "limited", _("limited assurance")
        REASONABLE = "reasonable", _("reasonable assurance")

    class Opinion(models.TextChoices):
        UNMODIFIED = "unmodified", _("without reservation")
        QUALIFIED = "qualified", _("with reservations")

    review = models.OneToOneField(Review, models.PROTECT, related_name="decision", verbose_name=_("review"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    level = models.CharField(_("level of assurance"), max_length=10, choices=Level.choices, blank=True)
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion.choices, blank=True)
    signed_as = models.CharField(_("signed as"), max_length=200, blank=True)
    text = models.TextField(_("statement or reasons"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome="verified",
                    level__in=["limited", "reasonable"],
                    opinion__in=["unmodified", "qualified"],
                )
                & ~Q(signed_as="")
                | Q(outcome="returned", level="", opinion="", signed_as=""),
                name="verification_decision_is_whole",
                violation_error_message=_("A statement has level, opinion and who signs; a return has none."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="verification_decision_says_why",
                violation_error_message=_("A decision says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.outcome}"
