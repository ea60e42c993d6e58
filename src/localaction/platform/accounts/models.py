"""People, the scopes their rights hang on, and the grants that give them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localaction.platform.accounts.roles import ROLES


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, however it was typed."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with this e-mail address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("account made on"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("personal data erased on"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="accounts_user_email_lower_case",
                violation_error_message=_("E-mail addresses are kept in lower case."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(is_active=False, name=""),
                name="accounts_user_erased_is_empty",
                violation_error_message=_("An erased account has no name and no sign-in."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name shown to others: never the address."""
        if self.erased_at is not None:
            return str(_("a person whose data were erased"))
        return self.name or self.email.partition("@")[0]

    def clean(self) -> None:
        """Put the address into the form in which it is kept."""
        super().clean()
        self.email = self.email.strip().lower()


class Scope(models.Model):
    """What a right hangs on: the whole network, an office, or one place. Each private row reaches one."""

    class Kind(models.TextChoices):
        NETWORK = "network", _("the whole network")
        OFFICE = "office", _("an office, with the places of its region")
        PLACE = "place", _("one place")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    label = models.CharField(_("label"), max_length=200)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        help_text=_("Of a place: by it an office's region reaches it."),
    )

    class Meta:
        verbose_name = _("scope")
        verbose_name_plural = _("scopes")
        indexes = [models.Index(fields=["country"], name="accounts_scope_country")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["network", "office", "place"]),
                name="accounts_scope_known_kind",
                violation_error_message=_("A scope is the whole network, an office or one place."),
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(kind="place"),
                name="accounts_scope_country_of_place",
                violation_error_message=_("The scope of a place has a country; others have none."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="network"),
                name="accounts_scope_one_network",
                violation_error_message=_("There is one scope for the whole network."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Reach(models.Model):
    """A part of an office's region: all places of a country, or one place."""

    office = models.ForeignKey(Scope, models.CASCADE, related_name="reaches", verbose_name=_("office"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    place = models.ForeignKey(
        Scope, models.PROTECT, related_name="reached_by", null=True, blank=True, verbose_name=_("place")
    )

    class Meta:
        verbose_name = _("part of a region")
        verbose_name_plural = _("parts of regions")
        constraints = [
            models.CheckConstraint(
                condition=Q(country="", place__isnull=False) | (~Q(country="") & Q(place=None)),
                name="accounts_reach_country_or_place",
                violation_error_message=_("A part of a region is a country or a place, and not both."),
            ),
            models.UniqueConstraint(
                fields=["office", "country"], condition=~Q(country=""), name="accounts_reach_country_once"
            ),
            models.UniqueConstraint(fields=["office", "place"], name="accounts_reach_place_once"),
        ]

    def __str__(self) -> str:
        return self.country or str(self.place_id)


class Grant(models.Model):
    """A role given to a person on a scope, from one day to another; revoked, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("person"))
    role = models.CharField(
        _("role"), max_length=32, choices=[(role.id, role.label) for role in ROLES.values()]
    )
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="grants", verbose_name=_("scope"))
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: until revoked."))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(ROLES)),
                name="accounts_grant_known_role",
                violation_error_message=_("There is no such role."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="accounts_grant_ends_after_start",
                violation_error_message=_("The last day of a grant is not before its first day."),
            ),
            models.UniqueConstraint(
                fields=["user", "scope", "role", "valid_from"],
                condition=Q(revoked_at=None),
                name="accounts_grant_once",
                violation_error_message=_("This person has this role from that day on already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.scope_id}"


class GrantSection(models.Model):
    """A section to which a grant is limited; a grant without any holds in all sections."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="sections", verbose_name=_("grant"))
    section = models.CharField(_("section"), max_length=100)

    class Meta:
        ordering = ["section"]
        verbose_name = _("section of a grant")
        verbose_name_plural = _("sections of grants")
        constraints = [
            models.UniqueConstraint(fields=["grant", "section"], name="accounts_grantsection_once"),
            models.CheckConstraint(
                condition=~Q(section=""),
                name="accounts_grantsection_named",
                violation_error_message=_("A section has a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.section


class Invitation(models.Model):
    """A role offered to whoever reads the mail of an address; its token is kept as a digest alone."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"), max_length=32, choices=[(role.id, role.label) for role in ROLES.values()]
    )
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="invitations", verbose_name=_("scope"))
    sections = models.JSONField(_("sections"), default=list, blank=True)
    digest = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("last sent on"), default=timezone.now)
    sent_count = models.PositiveSmallIntegerField(_("times sent"), default=1)
    expires_at = models.DateTimeField(_("holds until"))
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("accepted by")
    )
    revoked_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [models.Index(fields=["invited_by", "sent_at"], name="accounts_invitation_sent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="accounts_invitation_lower_case",
                violation_error_message=_("E-mail addresses are kept in lower case."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(ROLES)),
                name="accounts_invitation_known_role",
                violation_error_message=_("There is no such role."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at=None),
                name="accounts_invitation_ends_once",
                violation_error_message=_(
                    "An invitation is accepted by somebody, or taken back, or neither."
                ),
            ),
            models.UniqueConstraint(
                fields=["email", "scope", "role"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="accounts_invitation_one_open",
                violation_error_message=_("This address is invited to this role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope_id}"
