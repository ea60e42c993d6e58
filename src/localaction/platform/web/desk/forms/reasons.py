"""Small forms that ask for a reason: open cells, other warming potentials, a published correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from localaction.engine.packs import Library
from localaction.platform.web.desk.show import potentials
from localaction.platform.web.matrix import KeyNote, key_note

SHORT = forms.Textarea(attrs={"rows": 2})


class OpenCellsForm(forms.Form):
    """One key and reason for every open cell; IE is not offered, because it needs a cell of its own each."""

    use_required_attribute = False
    key_notes: tuple[KeyNote, ...] = ()

    notation_key = forms.ChoiceField(
        label=gettext_lazy("Notation key"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a notation key.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=SHORT,
        help_text=gettext_lazy("Everybody reads it once the inventory is published."),
    )  # fmt: skip

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [key for key in library.protocol.notation_keys.values() if not key.needs_reference]
        self.needing_reason = frozenset(key.id for key in keys if key.needs_reason)
        self.key_notes = tuple(key_note(key) for key in keys)
        field: Any = self.fields["notation_key"]
        field.choices = [(key.id, key.id) for key in keys]


class PotentialsForm(forms.Form):
    """Another set of warming potentials, with a reason."""

    use_required_attribute = False

    gwp_set = forms.ChoiceField(
        label=gettext_lazy("Change to"), widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a set of warming potentials."),
            "invalid_choice": gettext_lazy("There is no such set. Choose one of those listed."),
        },
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"), required=False, widget=SHORT,
        help_text=gettext_lazy("It stays in the history of the inventory."),
    )  # fmt: skip

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["gwp_set"]
        field.choices = potentials.named(library)
        self.notes = potentials.notes(library)


class PublishForm(forms.Form):
    """The reason for a correction, where something is published already."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("What was corrected, and why"), required=False, widget=SHORT,
        help_text=gettext_lazy("It stands beside the published figures."),
    )  # fmt: skip
