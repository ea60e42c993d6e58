"""The form of a new inventory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localaction.engine.packs import Library
from localaction.platform.web.desk.show import potentials

CALENDAR, FISCAL = "calendar", "fiscal"
KINDS = [
    (CALENDAR, gettext_lazy("A calendar year")),
    (FISCAL, gettext_lazy("A fiscal year or other twelve months")),
]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NewInventoryForm(forms.Form):
    """Period and warming potentials; whether they can be had is judged by the service."""

    use_required_attribute = False

    period_kind = forms.ChoiceField(
        label=gettext_lazy("Period"), choices=KINDS, initial=CALENDAR, widget=forms.RadioSelect
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
        error_messages={
            "required": gettext_lazy("Say which year the inventory is about."),
            "invalid": gettext_lazy("This is not a year. Write four digits, such as 2019."),
        },
    )
    start = forms.DateField(
        label=gettext_lazy("First day"), required=False, widget=DAY,
        error_messages={"invalid": gettext_lazy("This is not a day. Write it as 2019-04-01.")},
    )  # fmt: skip
    end = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=DAY,
        error_messages={"invalid": gettext_lazy("This is not a day. Write it as 2020-03-31.")},
    )  # fmt: skip
    gwp_set = forms.ChoiceField(
        label=gettext_lazy("Warming potentials"), widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a set of warming potentials."),
            "invalid_choice": gettext_lazy("There is no such set. Choose one of those listed."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["gwp_set"]
        field.choices = potentials.named(library)
        self.notes = potentials.notes(library)

    def clean(self) -> dict[str, Any]:
        """Ask for both days of a fiscal year; leave out the days of a calendar year."""
        data = super().clean() or {}
        if data.get("period_kind") != FISCAL:
            for name in ("start", "end"):
                self.errors.pop(name, None)
                data[name] = None
            return data
        for name, what in (("start", _("Give the first day.")), ("end", _("Give the last day."))):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, what)
        return data

    def period(self) -> tuple[date | None, date | None]:
        """Return first and last day; None for a calendar year."""
        return self.cleaned_data.get("start"), self.cleaned_data.get("end")
