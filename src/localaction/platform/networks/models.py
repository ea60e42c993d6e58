"""An office of the association, and the scope on which rights in its region hang."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from localaction.platform.accounts.models import Scope

CODE = r"\A[a-z0-9]+(-[a-z0-9]+)*\Z"


class Office(models.Model):
    """An office: its name, and a scope whose region is kept in ``accounts``, so that a right is one query."""

    code = models.CharField(_("code"), max_length=40, unique=True, help_text=_("Such as south-asia."))
    name = models.CharField(_("name"), max_length=200)
    scope = models.OneToOneField(
        Scope, models.PROTECT, related_name="network_office", verbose_name=_("scope")
    )

    class Meta:
        ordering = ["name", "code"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="networks_office_code_form",
                violation_error_message=_("A code is small letters and digits in groups joined by hyphens."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="networks_office_has_name",
                violation_error_message=_("An office has a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
