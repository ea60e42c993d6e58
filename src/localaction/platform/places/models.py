"""A place, its names and identifiers, facts about it over time, and what it is part of."""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from localaction.platform.accounts.models import Scope

CODE = r"\A[A-Z0-9]+(-[A-Z0-9]+)*\Z"
COUNTRY = r"\A[A-Z]{2}\Z"
ENDS_AFTER_START = Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
ENDS_MESSAGE = _("The last day is not before the first day.")


class Standing(models.Manager["Place"]):
    """Sees places that stand; those withdrawn when the import that made them was undone stay unseen."""

    def get_queryset(self) -> models.QuerySet[Place]:
        """Leave out what was withdrawn."""
        return super().get_queryset().filter(withdrawn_at=None)


class Place(models.Model):
    """A city, county, region or other place, under a code that never changes."""

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        TOWN = "town", _("town")
        COUNTY = "county", _("county")
        METROPOLIS = "metropolis", _("metropolis")
        PROVINCE = "province", _("province or region")
        COUNTRY = "country", _("country")
        ASSOCIATION = "association", _("association of municipalities")

    code = models.CharField(
        _("code"), max_length=32, unique=True, help_text=_("Such as GB-LON; never reused.")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200, help_text=_("In the place's own language."))
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("BCP 47 tag of the name.")
    )
    country_code = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1, two letters."))
    scope = models.OneToOneField(Scope, models.PROTECT, related_name="place", verbose_name=_("scope"))
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="merged_from",
        null=True,
        blank=True,
        verbose_name=_("merged into"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = Standing()
    everything = models.Manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="places_place_code_form",
                violation_error_message=_(
                    "A code is capital letters and digits in groups joined by hyphens."
                ),
            ),
            models.CheckConstraint(
                condition=Q(country_code__regex=COUNTRY),
                name="places_place_country_form",
                violation_error_message=_("A country is two capital letters."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="places_place_has_name",
                violation_error_message=_("A place has a name."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="places_place_not_merged_into_itself",
                violation_error_message=_("A place cannot be merged into itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name, with the English one in brackets where it differs."""
        return f"{self.name} ({self.name_en})" if self.name_en and self.name_en != self.name else self.name


class Name(models.Model):
    """A name by which a place is found: its own, the English one, others, and those of merged places."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=12, blank=True)
    folded = models.CharField(
        max_length=260, editable=False, help_text=_("Without accents and case, for search.")
    )

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        indexes = [models.Index(fields=["folded"], name="places_name_folded")]
        constraints = [
            models.UniqueConstraint(fields=["place", "text"], name="places_name_once"),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(folded=""),
                name="places_name_not_empty",
                violation_error_message=_("A name has at least one letter or digit."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class IdentifierBatch(models.Model):
    """Identifiers that came from one file, so that they can be taken back together."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    scheme = models.CharField(_("list"), max_length=32)
    source = models.CharField(_("source"), max_length=300)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    count = models.PositiveIntegerField(_("identifiers"))
    created_at = models.DateTimeField(_("read in on"), auto_now_add=True)
    undone_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("list of identifiers")
        verbose_name_plural = _("lists of identifiers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(scheme="") & ~Q(source=""),
                name="places_identifierbatch_says_whence",
                violation_error_message=_(
                    "A list of identifiers says which list it is and where it is from."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.public_id}"


class Identifier(models.Model):
    """The code of a place in somebody else's list, such as UN/LOCODE. Not unique: lists disagree."""

    batch = models.ForeignKey(
        IdentifierBatch, models.PROTECT, related_name="identifiers", null=True, blank=True
    )
    place = models.ForeignKey(Place, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("list"), max_length=32)
    text = models.CharField(_("identifier"), max_length=64)
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        indexes = [models.Index(fields=["scheme", "text"], name="places_identifier_found")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "scheme", "text"],
                name="places_identifier_once",
                violation_error_message=_("This place has this identifier already."),
            ),
            models.CheckConstraint(
                condition=~Q(scheme="") & ~Q(text=""),
                name="places_identifier_not_empty",
                violation_error_message=_("An identifier names its list and is not empty."),
            ),
            models.CheckConstraint(
                condition=ENDS_AFTER_START,
                name="places_identifier_ends_after_start",
                violation_error_message=ENDS_MESSAGE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.text}"


class Fact(models.Model):
    """Something about a place from one day to another, with its source. Superseded, never changed."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="facts")
    key = models.CharField(_("what"), max_length=64)
    text = models.TextField(_("text"))
    valid_from = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Empty: as long as known.")
    )
    valid_to = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: until now."))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "key", "valid_from"],
                name="places_fact_one_from_day",
                violation_error_message=_("There is already a fact of this kind from that day on."),
            ),
            models.UniqueConstraint(
                fields=["place", "key"],
                condition=Q(valid_from=None),
                name="places_fact_one_without_start",
                violation_error_message=_("There is already a fact of this kind without a first day."),
            ),
            models.CheckConstraint(
                condition=ENDS_AFTER_START,
                name="places_fact_ends_after_start",
                violation_error_message=ENDS_MESSAGE,
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(text="") & ~Q(source=""),
                name="places_fact_says_what_and_whence",
                violation_error_message=_(
                    "A fact says what it is about, what it is and where it comes from."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"


class PartOf(models.Model):
    """A place lies in, or belongs to, a larger one, from one day to another."""

    child = models.ForeignKey(Place, models.PROTECT, related_name="part_of")
    parent = models.ForeignKey(Place, models.PROTECT, related_name="parts")
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("part-of link")
        verbose_name_plural = _("part-of links")
        constraints = [
            models.CheckConstraint(
                condition=~Q(child=F("parent")),
                name="places_partof_not_itself",
                violation_error_message=_("A place is not a part of itself."),
            ),
            models.CheckConstraint(
                condition=ENDS_AFTER_START,
                name="places_partof_ends_after_start",
                violation_error_message=ENDS_MESSAGE,
            ),
            models.UniqueConstraint(
                fields=["child", "parent", "valid_from"],
                name="places_partof_one_from_day",
                violation_error_message=_("This link exists already."),
            ),
            models.UniqueConstraint(
                fields=["child", "parent"],
                condition=Q(valid_from=None),
                name="places_partof_one_without_start",
                violation_error_message=_("This link exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} in {self.parent_id}"


class GeoNamesRecord(models.Model):
    """What GeoNames says of a place: where it is, how many live there (year unknown), in which division.

    A reference of one edition, replaced as a whole by the next; figures of a place stand in ``values``.
    """

    place = models.OneToOneField(Place, models.PROTECT, primary_key=True, related_name="geonames")
    number = models.PositiveIntegerField(_("GeoNames id"), unique=True)
    admin1 = models.CharField(_("first-level division"), max_length=12, blank=True)
    latitude = models.FloatField(_("latitude, degrees"), null=True)
    longitude = models.FloatField(_("longitude, degrees"), null=True)
    population = models.PositiveBigIntegerField(_("population, of unknown year"))

    class Meta:
        verbose_name = _("record of GeoNames")
        verbose_name_plural = _("records of GeoNames")
        indexes = [models.Index(fields=["-population"], name="places_geonames_largest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="places_geonames_on_earth",
                violation_error_message=_(
                    "Latitude is from -90 to 90 and longitude from -180 to 180 degrees."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"GeoNames {self.number}"


class GeographyLoad(models.Model):
    """One edition of the reference geography that was brought into the database."""

    edition = models.CharField(_("SHA-256 of the edition"), max_length=64, unique=True)
    added = models.PositiveIntegerField(_("places added"))
    matched = models.PositiveIntegerField(_("places that were there"))
    loaded_at = models.DateTimeField(_("loaded on"), auto_now_add=True)

    class Meta:
        verbose_name = _("edition of the geography")
        verbose_name_plural = _("editions of the geography")

    def __str__(self) -> str:
        return self.edition[:12]


def new_token() -> str:
    """Return a text that was not there before."""
    return secrets.token_hex(8)


class NameChange(models.Model):
    """Names were written: search in every process sees by the newest row that it must look again."""

    token = models.CharField(max_length=16, default=new_token, editable=False)

    class Meta:
        verbose_name = _("change of names")
        verbose_name_plural = _("changes of names")

    def __str__(self) -> str:
        return self.token
