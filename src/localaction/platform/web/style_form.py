"""A form with every kind of field, for the style page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SampleForm(forms.Form):
    """A form with every kind of field."""

    amount = forms.DecimalField(
        label=gettext_lazy("Fuel burned"),
        help_text=gettext_lazy("From bills or the supplier, without the biofuel blended in."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), choices=[("GJ", "GJ"), ("m3", "m³")])
    area = forms.DecimalField(
        label=gettext_lazy("Area, km²"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the key"),
        help_text=gettext_lazy("One sentence; it is printed in every report."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    quality = forms.ChoiceField(
        label=gettext_lazy("Data quality"),
        choices=[("H", gettext_lazy("High")), ("M", gettext_lazy("Medium")), ("L", gettext_lazy("Low"))],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label=gettext_lazy("The figures may be published"), required=False)


def empty_form() -> SampleForm:
    """Return the form as it is first shown."""
    return SampleForm(initial={"amount": 12345, "area": 202, "unit": "GJ", "quality": "M"})


def faulty_form() -> SampleForm:
    """Return the form as it comes back with two errors."""
    sent = {"amount": "1,234", "unit": "m3", "reason": "", "quality": "M"}
    form = SampleForm({f"faulty-{key}": value for key, value in sent.items()}, prefix="faulty")
    form.errors["amount"] = form.error_class([_("“1,234” can mean two things. Write 1234 or 1.234.")])
    return form
