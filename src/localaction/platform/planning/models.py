"""Parts of a plan as they stand now, and append-only revisions that say what each was and is.

Each kind has typed columns for its fixed fields; ``more`` holds the fields that packs declare. ``number`` is
the number of the newest revision: a change names the one it saw, and writes only if that is still the newest.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.platform.places.models import Place
from localaction.platform.values.models import finite

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


class Visibility(models.TextChoices):
    """Who sees a part of a plan."""

    PUBLIC = "public", _("everybody")
    REGISTRY = "registry", _("the network")
    PLACE = "place", _("the place")


def year_or_none(name: str) -> Q:
    """Return the condition that a column is null or a year a plan can speak of."""
    return Q((name, None)) | Q((f"{name}__gte", EARLIEST_YEAR), (f"{name}__lte", LATEST_YEAR))


class Part(models.Model):
    """What all parts of a plan have: a place, who sees it, the number of its newest revision."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="%(class)ss", verbose_name=_("place"))
    title = models.CharField(_("title"), max_length=300)
    visibility = models.CharField(
        _("seen by"), max_length=16, choices=Visibility.choices, default=Visibility.PLACE
    )
    number = models.PositiveIntegerField(_("number of the newest revision"), default=1)
    more = models.JSONField(_("further fields"), encoder=DjangoJSONEncoder, default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "registry", "place"]) & ~Q(title=""),
                name="planning_%(class)s_known_words",
                violation_error_message=_("It has a title, and everybody, the network or the place sees it."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scope_id(self) -> int:
        """The scope its rights hang on: that of the place."""
        return self.place.scope_id


class Commitment(Part):
    """What the place has committed itself to, who decided it, and when."""

    text = models.TextField(_("what it says"), blank=True)
    decided_by = models.CharField(_("decided by"), max_length=300, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    campaign = models.CharField(_("network or campaign"), max_length=300, blank=True)
    link = models.URLField(_("document"), max_length=500, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")


class Target(Part):
    """Emissions that the place aims at in a year, and from where."""

    kind = models.CharField(_("kind"), max_length=40)
    total = models.CharField(_("total it is measured by"), max_length=40)
    sectors = models.JSONField(_("sectors covered"), default=list, blank=True)
    gases = models.JSONField(_("gases covered"), default=list, blank=True)
    scopes = models.JSONField(_("scopes covered"), default=list, blank=True)
    boundary = models.CharField(_("boundary"), max_length=40, blank=True)
    boundary_note = models.TextField(_("about the boundary"), blank=True)
    base_year = models.PositiveSmallIntegerField(_("base year"))
    base_linked = models.BooleanField(_("emissions taken from the inventory"), default=False)
    base_emissions_t = models.FloatField(_("emissions of the base year"))
    base_population = models.FloatField(_("inhabitants of the base year"), null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("target year"))
    target_population = models.FloatField(_("inhabitants of the target year"), null=True, blank=True)
    cut_percent = models.FloatField(_("cut"), null=True, blank=True)
    scenario_emissions_t = models.FloatField(_("emissions of the scenario"), null=True, blank=True)
    fixed_emissions_t = models.FloatField(_("emissions aimed at"), null=True, blank=True)
    aim_t = models.FloatField(_("aim"), editable=False, help_text=_("Worked out, t CO2e."))
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        related_name="targets",
        null=True,
        blank=True,
        verbose_name=_("commitment"),
    )
    source = models.TextField(_("source"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(target_year__gt=F("base_year"))
                & year_or_none("base_year")
                & year_or_none("target_year"),
                name="planning_target_years_in_order",
                violation_error_message=_("The target year lies after the base year."),
            ),
            models.CheckConstraint(
                condition=Q(base_emissions_t__gt=0)
                & finite("base_emissions_t")
                & finite("aim_t")
                & finite("cut_percent")
                & finite("base_population")
                & finite("target_population")
                & finite("scenario_emissions_t")
                & finite("fixed_emissions_t"),
                name="planning_target_finite",
                violation_error_message=_("Figures are finite; emissions of the base year are above zero."),
            ),
        ]


class Action(Part):
    """What the place does: how far it is, who does it, what it costs and what it is expected to bring."""

    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("status"), max_length=40)
    purposes = models.JSONField(_("purposes"), default=list, blank=True)
    sector = models.CharField(_("sector"), max_length=40, blank=True)
    owner = models.CharField(_("carried out by"), max_length=300, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    cost_minor = models.BigIntegerField(_("cost in smaller units"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    finance_sources = models.JSONField(_("sources of finance"), default=list, blank=True)
    effect_t = models.FloatField(_("expected cut a year"), null=True, blank=True)
    effect_mwh = models.FloatField(_("expected energy a year"), null=True, blank=True)
    effect_text = models.TextField(_("other expected effect"), blank=True)
    co_benefits = models.JSONField(_("goals it also serves"), default=list, blank=True)
    target = models.ForeignKey(
        Target, models.PROTECT, related_name="actions", null=True, blank=True, verbose_name=_("target")
    )
    source = models.TextField(_("source"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="planning_action_ends_after_start",
                violation_error_message=_("The last day is not before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(cost_minor=None, currency="") | (Q(cost_minor__gte=0) & ~Q(currency="")),
                name="planning_action_cost_has_currency",
                violation_error_message=_("A cost is not negative and has a currency."),
            ),
            models.CheckConstraint(
                condition=finite("effect_t") & finite("effect_mwh") & ~Q(status=""),
                name="planning_action_finite",
                violation_error_message=_("Effects are finite numbers, and a status is stated."),
            ),
        ]


class Achievement(Part):
    """What was reached by a day: of one action or one target."""

    action = models.ForeignKey(
        Action, models.PROTECT, related_name="achievements", null=True, blank=True, verbose_name=_("action")
    )
    target = models.ForeignKey(
        Target, models.PROTECT, related_name="achievements", null=True, blank=True, verbose_name=_("target")
    )
    day = models.DateField(_("day"))
    amount = models.FloatField(_("amount"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    effect_t = models.FloatField(_("cut a year reached"), null=True, blank=True)
    text = models.TextField(_("what was reached"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(action__isnull=True, target__isnull=False)
                | Q(action__isnull=False, target__isnull=True),
                name="planning_achievement_of_one",
                violation_error_message=_("It is of one action or of one target."),
            ),
            models.CheckConstraint(
                condition=finite("amount")
                & finite("effect_t")
                & (Q(amount=None, unit="") | (Q(amount__isnull=False) & ~Q(unit=""))),
                name="planning_achievement_amount_has_unit",
                violation_error_message=_("An amount is finite and has its unit."),
            ),
        ]


class PartRevision(models.Model):
    """What a part of a plan said from one save to the next: never changed, never deleted."""

    class Deed(models.TextChoices):
        CREATED = "created", _("added")
        CHANGED = "changed", _("changed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RESTORED = "restored", _("brought back as it was")
        UNDONE = "undone", _("undone")

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    kind = models.CharField(_("kind"), max_length=16)
    part = models.UUIDField(_("which one"))
    number = models.PositiveIntegerField(_("number"))
    deed = models.CharField(_("what was done"), max_length=12, choices=Deed.choices)
    undoes = models.PositiveIntegerField(_("revision it undoes"), null=True, blank=True)
    content = models.JSONField(_("what it says"), encoder=DjangoJSONEncoder)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
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

    class Meta:
        verbose_name = _("revision of a part of a plan")
        verbose_name_plural = _("revisions of parts of plans")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "number"],
                name="planning_revision_number",
                violation_error_message=_("Somebody else saved this at the same moment."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["commitment", "target", "action", "achievement"])
                & Q(deed__in=["created", "changed", "withdrawn", "restored", "undone"])
                & (~Q(deed__in=["withdrawn", "restored"]) | ~Q(reason="")),
                name="planning_revision_known_words",
                violation_error_message=_("What was done is one of a few words; some need a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.part} {self.number}"


class Evidence(models.Model):
    """A file that shows what a part of a plan says: kept under its digest, withdrawn but never deleted."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    kind = models.CharField(_("kind"), max_length=16)
    part = models.UUIDField(_("which one"), db_index=True)
    name = models.CharField(_("name of the file"), max_length=255)
    path = models.CharField(_("where it is kept"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size"))
    note = models.CharField(_("what it shows"), max_length=300, blank=True)
    visibility = models.CharField(
        _("seen by"), max_length=16, choices=Visibility.choices, default=Visibility.PLACE
    )
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("who"),
    )
    attached_at = models.DateTimeField(_("when"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_why = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "sha256"],
                condition=Q(withdrawn_at=None),
                name="planning_evidence_once",
                violation_error_message=_("This file is attached here already."),
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "registry", "place"])
                & Q(kind__in=["commitment", "target", "action", "achievement"])
                & ~Q(name="")
                & (
                    Q(withdrawn_at=None, withdrawn_why="")
                    | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""))
                ),
                name="planning_evidence_known_words",
                violation_error_message=_("A file has a name; one that is withdrawn has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_id(self) -> int:
        """The scope its rights hang on: that of the place."""
        return self.place.scope_id
