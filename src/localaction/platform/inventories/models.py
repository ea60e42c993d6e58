"""Inventories, the revisions of their rows, and runs."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.engine.periods import Period
from localaction.platform.places.models import Place

COLUMNS = (
    "ref", "activity", "amount", "unit", "period", "factor", "gas", "gwp_set",
    "notation_key", "included_in", "reason", "data_quality",
    "uncertainty_percent", "basis", "source", "note",
)  # fmt: skip


class Standing(models.Manager["Inventory"]):
    """Sees inventories that stand; those withdrawn by an undo stay, because nothing is deleted."""

    def get_queryset(self) -> models.QuerySet[Inventory]:
        """Leave out what was withdrawn."""
        return super().get_queryset().exclude(status="withdrawn")


class Inventory(models.Model):
    """The greenhouse-gas inventory of one place for twelve months."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Origin(models.TextChoices):
        OWN = "own", _("entered by the place")
        PUBLISHED_SOURCE = "published_source", _("entered from a published source")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="inventories", verbose_name=_("place"))
    label_year = models.PositiveSmallIntegerField(
        _("year"), help_text=_("Year by which the place names the period.")
    )
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("last day"))
    gwp_set = models.CharField(_("warming potentials"), max_length=32)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices, default=Origin.OWN)
    citation = models.TextField(_("citation"), blank=True)
    licence = models.TextField(_("licence"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = Standing()
    everything = models.Manager()

    class Meta:
        ordering = ["place", "-label_year"]
        verbose_name = _("inventory")
        verbose_name_plural = _("inventories")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "label_year"],
                condition=~Q(status="withdrawn"),
                name="inventories_inventory_one_a_year",
                violation_error_message=_("This place has an inventory of that year already."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")),
                name="inventories_inventory_ends_after_start",
                violation_error_message=_("The period ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "withdrawn"])
                & Q(origin__in=["own", "published_source"]),
                name="inventories_inventory_known_words",
            ),
            models.CheckConstraint(
                condition=~Q(origin="published_source") | ~Q(citation=""),
                name="inventories_inventory_source_is_cited",
                violation_error_message=_("Figures from a published source carry its citation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.label_year}"

    @property
    def scope_id(self) -> int:
        """The scope its rights hang on: that of the place."""
        return self.place.scope_id

    @property
    def period(self) -> Period:
        """The twelve months."""
        start, end = self.period_start, self.period_end
        return Period(_day(start), _day(end), self.label_year)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


class Batch(models.Model):
    """One change of rows, undone as a whole."""

    class Kind(models.TextChoices):
        SAVE = "save", _("row saved")
        REMOVE = "remove", _("row removed")
        IMPORT = "import", _("file applied")
        MARK = "mark", _("open cells marked")
        UNDO = "undo", _("change undone")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="batches")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    import_id = models.UUIDField(
        null=True, db_index=True, help_text=_("Public id of the import, if a file made it.")
    )
    file_name = models.CharField(max_length=255, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    refs = models.TextField(blank=True, help_text=_("Cells that were touched, separated by spaces."))
    rows = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="undo", undoes__isnull=False) | (~Q(kind="undo") & Q(undoes__isnull=True)),
                name="inventories_batch_undo_names_its_batch",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


ACTIVITY_ROW = Q(notation_key="", gas="") & ~Q(activity="") & ~Q(amount="") & ~Q(unit="")
EMISSIONS_ROW = Q(notation_key="", factor="") & ~Q(gas="") & ~Q(amount="") & ~Q(unit="")
NOTHING_BESIDE = {"amount": "", "unit": "", "factor": "", "gas": "", "gwp_set": ""}
KEY_ROW = Q(**NOTHING_BESIDE, uncertainty_percent="", basis="") & ~Q(notation_key="")


class RowRevision(models.Model):
    """One state of one row; the text is kept as it was entered. Only ``is_current`` ever changes."""

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="row_revisions")
    row_key = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField()
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="revisions")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)
    removed = models.BooleanField(default=False)
    position = models.PositiveIntegerField(help_text=_("Order among the rows of the inventory."))
    ref = models.CharField(max_length=16)
    activity = models.CharField(max_length=200, blank=True)
    amount = models.CharField(max_length=64, blank=True)
    unit = models.CharField(max_length=32, blank=True)
    period = models.CharField(max_length=32, blank=True)
    factor = models.CharField(max_length=200, blank=True)
    gas = models.CharField(max_length=32, blank=True)
    gwp_set = models.CharField(max_length=32, blank=True)
    notation_key = models.CharField(max_length=64, blank=True)
    included_in = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    data_quality = models.CharField(max_length=16, blank=True)
    uncertainty_percent = models.CharField(max_length=16, blank=True)
    basis = models.CharField(max_length=16, blank=True)
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["row_key", "number"], name="inventories_row_numbered_once"),
            models.UniqueConstraint(
                fields=["row_key"], condition=Q(is_current=True), name="inventories_row_one_current"
            ),
            models.CheckConstraint(condition=~Q(ref=""), name="inventories_row_has_cell"),
            models.CheckConstraint(
                condition=ACTIVITY_ROW | EMISSIONS_ROW | KEY_ROW,
                name="inventories_row_of_one_kind",
                violation_error_message=_("A row holds an activity, an emission, or a notation key."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["inventory", "position"],
                condition=Q(is_current=True, removed=False),
                name="inventories_rows_now",
            ),
            models.Index(fields=["inventory", "ref"], name="inventories_rows_of_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.row_key} {self.number}"

    def values(self) -> dict[str, str]:
        """Return the row as entered, by column."""
        return {name: getattr(self, name) for name in COLUMNS}


class Run(models.Model):
    """One computation of an inventory: its result as ``localaction.inventory/1``, never changed."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    last_batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")
    gwp_set = models.CharField(max_length=32)
    library_digest = models.CharField(max_length=64)
    factors_digest = models.CharField(
        max_length=64,
        null=True,
        help_text=_("SHA-256 over the packs and the own factors its rows could take."),
    )
    result = models.JSONField(encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["inventory", "number"], name="inventories_run_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.inventory_id} run {self.number}"


from localaction.platform.inventories.factor_models import FactorSet  # noqa: E402 - Django finds it here
from localaction.platform.inventories.recalculation_models import Recalculation  # noqa: E402

__all__ = [
    "COLUMNS",
    "Batch",
    "FactorSet",
    "Inventory",
    "Recalculation",
    "RowRevision",
    "Run",
]
