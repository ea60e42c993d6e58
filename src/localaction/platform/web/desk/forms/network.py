"""The form that brings in a file for the whole network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class NetworkForm(forms.Form):
    """A file, of which kind it is, and whether what it makes is published."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        max_length=255,
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    importer = forms.ChoiceField(
        label=gettext_lazy("What the file is"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what the file is.")},
    )
    publish = forms.BooleanField(
        label=gettext_lazy("Publish the inventories at once"),
        required=False,
        help_text=gettext_lazy("Only where the file brings inventories. Without it they are drafts."),
    )

    def __init__(self, offered: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["importer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(offered)
        if len(offered) == 1:
            field.initial = offered[0][0]
