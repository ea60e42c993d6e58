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
    """What a right hangs on: the whole network, or one place. Each private row reaches exactly one."""

    class Kind(models.TextChoices):
        NETWORK = "network", _("the whole network")
        PLACE = "place", _("one place")

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    label = models.CharField(_("label"), max_length=200)

    class Meta:
        verbose_name = _("scope")
        verbose_name_plural = _("scopes")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["network", "place"]),
                name="accounts_scope_known_kind",
                violation_error_message=_("A scope is the whole network or one place."),
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
