"""The forms about people: an invitation, the sections of a role, why a role ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

Choices = Sequence[tuple[str, Any]]
REASON = forms.CharField(
    label=gettext_lazy("Why"),
    widget=forms.Textarea(attrs={"rows": 2}),
    help_text=gettext_lazy("Such as: has left the city. It is kept with the record."),
    error_messages={"required": gettext_lazy("Say why; it is kept with the record.")},
)


def _sections(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For editors. With none ticked, the role holds in all sections."),
        error_messages={"invalid_choice": gettext_lazy("There is no such section. Tick those listed.")},
    )


class InvitationForm(forms.Form):
    """An address, a role, and for some roles the sections to which it is limited."""

    use_required_attribute = False

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("The invitation goes there, and only who has this address can accept it."),
        error_messages={
            "required": gettext_lazy("Write the address of the person."),
            "invalid": gettext_lazy("This is not an e-mail address. Write one such as name@city.example."),
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a role."),
            "invalid_choice": gettext_lazy(
                "This role is not yours to give here. Choose one of those listed."
            ),
        },
    )
    sections = _sections(gettext_lazy("Only these sections"))

    def __init__(self, roles: Choices, sections: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["role"], roles)
        _offer(self.fields["sections"], sections)
        if not sections:
            del self.fields["sections"]


class SectionsForm(forms.Form):
    """The sections to which a role is limited, and why they change."""

    use_required_attribute = False
    prefix = "change"
    sections = _sections(gettext_lazy("Sections"))
    reason = REASON

    def __init__(self, sections: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["sections"], sections)


class EndForm(forms.Form):
    """Why a role ends."""

    use_required_attribute = False
    prefix = "end"
    reason = REASON


def _offer(field: Any, choices: Choices) -> None:
    field.choices = list(choices)
