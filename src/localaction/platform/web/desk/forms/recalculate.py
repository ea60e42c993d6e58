"""The forms of a recalculation of the network: what is switched, and the reason for accepting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localaction.engine.packs import Library
from localaction.platform.web.desk.show import potentials

KEEP = ""


class SwitchForm(forms.Form):
    """Warming potentials or a factor to switch; with neither the newest factors are looked at."""

    use_required_attribute = False

    gwp_set = forms.ChoiceField(
        label=gettext_lazy("Warming potentials"), required=False, widget=forms.Select,
        error_messages={"invalid_choice": gettext_lazy("There is no such set. Choose one of those listed.")},
    )  # fmt: skip
    factor_from = forms.CharField(
        label=gettext_lazy("Factor to replace"), required=False, max_length=200,
        help_text=gettext_lazy("Its id with the year, as the page of the factor shows it."),
    )  # fmt: skip
    factor_to = forms.CharField(
        label=gettext_lazy("Factor to use instead"), required=False, max_length=200,
        help_text=gettext_lazy("Another edition, another year, another source."),
    )  # fmt: skip

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["gwp_set"]
        field.choices = [(KEEP, _("Each inventory keeps its own")), *potentials.named(library)]


class AcceptForm(forms.Form):
    """The reason for new runs."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stays in the history of every inventory that is recalculated."),
    )  # fmt: skip
