"""The forms of a place's own factors: what they are and where they are from, and why one is withdrawn."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CHECK, KEEP = "check", "keep"


class FactorSetForm(forms.Form):
    """A file or a pasted table of factors, with name, source and licence; the service judges it."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name of the set"), max_length=200,
        help_text=gettext_lazy("Such as the utility or the agency the factors are from."),
        error_messages={"required": gettext_lazy("Give the set a name.")},
    )  # fmt: skip
    citation = forms.CharField(
        label=gettext_lazy("Source"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Who says so, in which document, of which year."),
        error_messages={"required": gettext_lazy("Name the source; factors without one are not kept.")},
    )  # fmt: skip
    licence = forms.CharField(label=gettext_lazy("Licence"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why there is a new edition"), widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why; it is kept with the record.")},
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("File"), required=False, allow_empty_file=True, max_length=255,
        help_text=gettext_lazy(
            "An own factor table (CSV), or a table as Ember, IFI, the UK Government or the US EPA publish it."
        ),
    )  # fmt: skip
    table = forms.CharField(
        label=gettext_lazy("Table of factors"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "wrap": "off"}),
        help_text=gettext_lazy("Paste it here, or change what the check put here: a line for each gas."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name" if edition else "reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for a file or a table; a file that was chosen counts."""
        data = super().clean() or {}
        if "file" not in self.errors and not data.get("file") and not (data.get("table") or "").strip():
            self.add_error("file", _("Choose a file, or paste a table below."))
        return data

    def handed_in(self) -> tuple[str, BinaryIO]:
        """Return the name and bytes of what was handed in."""
        file: Any = self.cleaned_data.get("file")
        if file:
            stream: Any = file.file
            return file.name or "factors.csv", stream
        text = self.cleaned_data["table"].replace("\r\n", "\n")
        return "factors.csv", io.BytesIO(text.encode())


class WithdrawForm(forms.Form):
    """Why a set is withdrawn."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"), widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why; it is kept with the record.")},
    )  # fmt: skip
