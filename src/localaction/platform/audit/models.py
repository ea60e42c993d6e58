"""The event: one thing somebody did, never changed afterwards."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One thing that was done: who, what, when, before, after, why.

    Triggers of the database refuse every later change. An event therefore never holds personal data of
    anybody: people appear by reference only, so that a person's data can be erased without touching it.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    verb = models.CharField(_("what was done"), max_length=80)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("who"),
        help_text=_("Empty if it was done by a command on the machine itself."),
    )
    target_type = models.CharField(_("kind of thing"), max_length=80)
    target_id = models.CharField(_("which one"), max_length=64)
    scope = models.ForeignKey("accounts.Scope", models.PROTECT, related_name="+", null=True, blank=True)
    before = models.JSONField(_("before"), encoder=DjangoJSONEncoder, null=True, blank=True)
    after = models.JSONField(_("after"), encoder=DjangoJSONEncoder, null=True, blank=True)
    reason = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="audit_event_of_target"),
            models.Index(fields=["scope", "id"], name="audit_event_of_scope"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(verb="") & ~models.Q(target_type="") & ~models.Q(target_id=""),
                name="audit_event_says_what",
                violation_error_message=_("An event names what was done and to which thing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_id}"
