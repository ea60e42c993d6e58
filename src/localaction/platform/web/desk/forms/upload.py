"""The form that hands in a file, or rows pasted from a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any, BinaryIO

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localaction.engine.inventory.rows import COLUMNS

REPLACE, ADD = "replace", "add"
MODES = [
    (REPLACE, gettext_lazy("Replace all rows of this inventory by the rows of the file")),
    (ADD, gettext_lazy("Add the rows of the file to those that are there")),
]
NAMES = [column.name for column in COLUMNS]


class UploadForm(forms.Form):
    """A file or pasted rows, and whether they replace what is there."""

    use_required_attribute = False

    file = forms.FileField(label=gettext_lazy("File"), required=False, allow_empty_file=True, max_length=255)
    pasted = forms.CharField(
        label=gettext_lazy("Rows, copied from a spreadsheet"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text=gettext_lazy(
            "Copy the cells with their header row. Without a header the columns stand in the order below."
        ),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=gettext_lazy("What happens to the rows that are there"),
        choices=MODES, initial=REPLACE, widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether the rows replace those that are there or come on top."),
            "invalid_choice": gettext_lazy("Choose one of the two."),
        },
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of file and pasted rows."""
        data = super().clean() or {}
        pasted = (data.get("pasted") or "").strip()
        if "file" in self.errors:
            return data
        if data.get("file") and pasted:
            self.add_error("pasted", _("There is a file and pasted rows. Keep one of the two."))
        elif not data.get("file") and not pasted:
            self.add_error("file", _("Choose a file, or paste rows below."))
        return data

    def handed_in(self) -> tuple[str, BinaryIO]:
        """Return the name and bytes of what was handed in."""
        file: Any = self.cleaned_data.get("file")
        if file is not None:
            stream: Any = file.file
            return file.name or _("file"), stream
        return _("pasted rows"), io.BytesIO(as_csv(self.cleaned_data["pasted"]).encode())


def as_csv(text: str) -> str:
    """Return rows copied from a spreadsheet as the text of a CSV file, with a header if they have none."""
    lines = text.replace("\r\n", "\n").strip("\n")
    dialect = "excel-tab" if "\t" in lines.split("\n", 1)[0] else "excel"
    rows = list(csv.reader(io.StringIO(lines), dialect=dialect))
    first = [field.strip().casefold().replace(" ", "_") for field in rows[0]] if rows else []
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if "ref" not in first:
        writer.writerow(NAMES[: max(map(len, rows), default=0)] or NAMES)
    writer.writerows(rows)
    return out.getvalue()
