"""The form of an office: its name, and what it looks after."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from localaction.platform.places.errors import PlaceNotFound
from localaction.platform.places.queries import place_by_code


class OfficeForm(forms.Form):
    """Countries and places by code, a line or a comma between them; the service judges the rest."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200,
        error_messages={"required": gettext_lazy("Give the office a name.")},
    )  # fmt: skip
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=40,
        help_text=gettext_lazy("Small letters and hyphens, such as south-asia. It stands in addresses."),
        error_messages={"required": gettext_lazy("Give the office a code.")},
    )  # fmt: skip
    countries = forms.CharField(
        label=gettext_lazy("Whole countries"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Two letters each, such as KE, UG. Places added later are looked after too."),
    )  # fmt: skip
    places = forms.CharField(
        label=gettext_lazy("Single places"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Their codes, such as PE-LIM."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why it changes"), widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why; it is kept with the record.")},
    )  # fmt: skip

    def __init__(self, *args: Any, change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "code") if change else ("reason",):
            del self.fields[name]

    def clean_countries(self) -> list[str]:
        """Return the countries as codes."""
        return _words(self.cleaned_data["countries"])

    def clean_places(self) -> list[Any]:
        """Return the places; one that is not known is named."""
        try:
            return [place_by_code(code) for code in _words(self.cleaned_data["places"])]
        except PlaceNotFound as error:
            raise forms.ValidationError(str(error)) from error


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word.upper() for word in text.replace(",", " ").split()))
