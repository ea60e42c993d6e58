"""A file somebody brought in and what became of it; and mappings of columns that are kept by name."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.platform.accounts.models import Scope
from localaction.platform.inventories.models import Inventory

LEASE = timedelta(minutes=2)  # a worker says more often that it is alive; after this somebody else takes over
STATUSES = (
    *("received", "detecting", "mapping", "checking", "ready", "refused"),
    *("applying", "applied", "undoing", "undone", "stopped"),
)


class Import(models.Model):
    """A file somebody brought in, kept as evidence, and what became of it."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        DETECTING = "detecting", _("being looked at")
        MAPPING = "mapping", _("waiting for its columns to be mapped")
        CHECKING = "checking", _("being checked")
        READY = "ready", _("ready to apply")
        REFUSED = "refused", _("refused")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        STOPPED = "stopped", _("stopped")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    importer = models.CharField(_("importer"), max_length=32)
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    inventory = models.ForeignKey(Inventory, models.PROTECT, null=True, related_name="imports")
    name = models.CharField(_("file name"), max_length=255)
    path = models.CharField(max_length=200, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size_bytes = models.PositiveBigIntegerField()
    options = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.RECEIVED)
    layout = models.CharField(_("layout"), max_length=64, blank=True)
    table = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text=_("Header and samples."))
    mapping = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    findings = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    findings_more = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    made = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text=_("What undo takes back."))
    attempts = models.PositiveSmallIntegerField(default=0)
    alive_at = models.DateTimeField(null=True, blank=True, help_text=_("When a worker last said it lives."))
    acting = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text=_("Who applies it.")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="imports_import_known_words"),
            models.CheckConstraint(
                condition=~Q(importer="") & ~Q(sha256=""), name="imports_import_is_of_a_file"
            ),
        ]
        indexes = [models.Index(fields=["scope", "-id"], name="imports_of_scope")]

    def __str__(self) -> str:
        return self.name

    @property
    def at_work(self) -> bool:
        """Whether a task is still busy with it, or should be."""
        return self.status in AT_WORK

    @property
    def abandoned(self) -> bool:
        """Whether it is at work but no worker has said for a while that it lives."""
        return self.at_work and self.alive_at is not None and timezone.now() - self.alive_at > LEASE


AT_WORK = frozenset(
    {
        *(Import.Status.RECEIVED, Import.Status.DETECTING, Import.Status.CHECKING),
        *(Import.Status.APPLYING, Import.Status.UNDOING),
    }
)
WAITING = AT_WORK | {Import.Status.MAPPING, Import.Status.READY}


class SavedMapping(models.Model):
    """How the columns of one kind of file are mapped, kept by name for the next such file."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    headers_key = models.CharField(max_length=64, help_text=_("Digest of the headers, in any order."))
    mapping = models.JSONField(encoder=DjangoJSONEncoder)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "name"],
                name="imports_mapping_named_once",
                violation_error_message=_("There is a mapping with this name already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="imports_mapping_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
