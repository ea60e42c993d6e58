"""The form of one row. It keeps what was typed and offers what fits; the service judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localaction.engine.errors import Finding
from localaction.engine.packs import Library
from localaction.engine.references.protocol import Cell
from localaction.platform.web.desk.show import choices
from localaction.platform.web.desk.wording import text_of
from localaction.platform.web.matrix import KeyNote, key_note

ACTIVITY, DIRECT, KEY = "activity", "direct", "key"
MODES = [
    (ACTIVITY, gettext_lazy("Activity × factor")),
    (DIRECT, gettext_lazy("Emissions given directly")),
    (KEY, gettext_lazy("Notation key")),
]
#: Column of the row file by field, for each kind of row; a column that isn't named stays empty.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    ACTIVITY: {
        "activity": "activity", "amount": "amount", "unit": "unit", "factor": "factor",
        "period": "period", "data_quality": "data_quality",
        "uncertainty_percent": "uncertainty_percent", "basis": "basis",
    },
    DIRECT: {
        "label": "activity", "emitted": "amount", "mass_unit": "unit", "gas": "gas", "gwp_set": "gwp_set",
        "period": "period", "data_quality": "data_quality",
        "uncertainty_percent": "uncertainty_percent", "basis": "basis",
    },
    KEY: {"notation_key": "notation_key", "included_in": "included_in"},
}  # fmt: skip
ALWAYS = ("reason", "source", "note")
#: Findings that are settled in another field than the one they are about.
FIELD_OF = {
    "inventory.negative_without_reason": "reason",
    "inventory.later_factor_without_reason": "reason",
}
#: Findings that name rows by number, which a form does not show.
IN_A_FORM = {
    "inventory.mixed_cell": gettext_lazy(
        "This cell holds rows of the other kind already; a cell holds amounts or a notation key. "
        "Remove those rows first, or save this one as they are."
    ),
    "inventory.two_keys": gettext_lazy(
        "This cell has another notation key already. Change or remove that row instead of adding one."
    ),
}


class RowForm(forms.Form):
    """One row of a cell: an activity with its amount, emissions given directly, or a notation key."""

    template_name = "web/desk/parts/row_form.html"
    use_required_attribute = False
    key_notes: Sequence[KeyNote] = ()
    has_market = False

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    new_key = forms.CharField(required=False, widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=gettext_lazy("Kind of row"),
        choices=MODES,
        initial=ACTIVITY,
        required=False,
        widget=forms.RadioSelect,
    )
    activity = forms.CharField(label=gettext_lazy("Activity or fuel"), required=False, widget=forms.Select)
    label = forms.CharField(
        label=gettext_lazy("What it is"), required=False,
        help_text=gettext_lazy("A name for the row, such as the plant or the model it comes from."),
    )  # fmt: skip
    gas = forms.CharField(label=gettext_lazy("Gas"), required=False, widget=forms.Select)
    gwp_set = forms.CharField(
        label=gettext_lazy("Warming potentials it was summed with"), required=False, widget=forms.Select,
        help_text=gettext_lazy("A sum that is not split by gas cannot follow another set later on."),
    )  # fmt: skip
    amount = forms.CharField(
        label=gettext_lazy("Amount"), required=False,
        help_text=gettext_lazy("Point as decimal sign, no thousands separators: 1234.5"),
    )  # fmt: skip
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, widget=forms.Select)
    emitted = forms.CharField(
        label=gettext_lazy("Emissions"), required=False,
        help_text=gettext_lazy("Mass of the gas, point as decimal sign, no thousands separators: 1234.5"),
    )  # fmt: skip
    mass_unit = forms.CharField(label=gettext_lazy("Unit"), required=False, widget=forms.Select, initial="t")
    factor = forms.CharField(
        label=gettext_lazy("Emission factor"), required=False, widget=forms.Select,
        help_text=gettext_lazy("Empty: the rule chooses. One dated after the inventory year needs a reason."),
    )  # fmt: skip
    notation_key = forms.ChoiceField(
        label=gettext_lazy("Notation key"), required=False, widget=forms.RadioSelect
    )
    included_in = forms.CharField(
        label=gettext_lazy("Cells that include these emissions"), required=False,
        help_text=gettext_lazy("Reference numbers, separated by spaces, such as II.1.1"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed for IE, NE and C, for a negative amount and for a later factor."),
    )  # fmt: skip
    data_quality = forms.CharField(label=gettext_lazy("Data quality"), required=False, widget=forms.Select)
    uncertainty_percent = forms.CharField(
        label=gettext_lazy("Uncertainty of the amount, ±%"), required=False,
        help_text=gettext_lazy("Half of the 95 % interval, such as 5. Empty: the default of the grade."),
    )  # fmt: skip
    basis = forms.CharField(
        label=gettext_lazy("Basis"), required=False, widget=forms.Select,
        help_text=gettext_lazy(
            "Rows of contracts, certificates and residual mix are shown beside and count in no total."
        ),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Source"), required=False,
        help_text=gettext_lazy("Where the amount comes from: document, page, person."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    period = forms.CharField(
        label=gettext_lazy("Period of this row"), required=False,
        help_text=gettext_lazy("A year, or first and last day joined by a slash: 2019-04-01/2020-03-31"),
    )  # fmt: skip

    def offer(self, library: Library, cell: Cell, chain: Sequence[str]) -> None:
        """Fill the lists with what fits the cell and the activity chosen so far; keep what was typed."""
        activity = choices.resolved(library, self.typed("activity"))
        self.has_market = bool(library.protocol.market_uses(cell.ref))
        market = self.has_market and self.typed("basis") == "market"
        uses = library.protocol.market_uses(cell.ref) if market else cell.uses
        lists: dict[str, choices.Choices] = {
            "activity": [("", _("Choose")), *choices.activities_for(library, cell.uses)],
            "unit": [("", _("Unit")), *choices.units_for(library, activity, cell.uses)],
            "mass_unit": list(choices.masses(library)),
            "gas": [("", _("Choose")), *choices.gases(library)],
            "gwp_set": list(choices.gwp_sets(library, _("Not known"))),
            "factor": choices.factors_for(library, activity, uses, chain),
            "basis": [("", _("Location: grid average")), ("market", _("Market: contract or residual mix"))],
            "data_quality": list(_qualities()),
        }
        for name, offered in lists.items():
            widget: Any = self.fields[name].widget
            widget.choices = choices.with_typed(offered, self.typed(name))
        keys = list(library.protocol.notation_keys.values())
        self.key_notes = tuple(key_note(key) for key in keys)
        field: Any = self.fields["notation_key"]
        field.choices = choices.with_typed([(key.id, key.id) for key in keys], self.typed("notation_key"))

    def typed(self, name: str) -> str:
        """Return what stands in a field, as typed."""
        return str(self[name].value() or "")

    @property
    def kind(self) -> str:
        """The chosen kind of row."""
        chosen = self.typed("mode")
        return chosen if chosen in COLUMNS else ACTIVITY

    def row(self, ref: str) -> dict[str, str]:
        """Return the row by column; fields of the other kinds of row stay out."""
        used = COLUMNS[self.kind]
        values = {column: self.typed(name).strip() for name, column in used.items()}
        values |= {name: self.typed(name).strip() for name in ALWAYS}
        if values.get("gas") != choices.CO2E:
            values.pop("gwp_set", None)
        return {"ref": ref} | values

    def field_for(self, column: str | None) -> str | None:
        """Return the field in which a column of the row is typed, for the chosen kind of row."""
        if column in ALWAYS:
            return column
        names = {held: name for name, held in COLUMNS[self.kind].items()}
        return names.get(column or "")

    @property
    def lacks_gas(self) -> bool:
        """Whether emissions are given directly without a gas: to the service that is an activity."""
        return self.kind == DIRECT and not self.typed("gas")

    def ask_for_gas(self) -> None:
        """Say that the gas is missing."""
        self.full_clean()
        text = _("The gas is missing. Choose the one the mass is of, or CO2e for a sum that is not split.")
        self.add_error("gas", forms.ValidationError(text, code="desk.gas_missing"))

    def see(self, number: int) -> None:
        """Note the revision that is shown now, so that saving again replaces that one."""
        self.data = dict(self.data.items()) | {"seen": str(number)}

    def take(self, findings: Sequence[Finding]) -> None:
        """Put the findings of a refusal at their fields; what has no field goes above them all."""
        self.full_clean()
        for finding in findings:
            name = FIELD_OF.get(finding.code) or self.field_for(finding.column)
            text = IN_A_FORM.get(finding.code) or text_of(finding)
            self.add_error(name, forms.ValidationError(str(text), code=finding.code))


def _qualities() -> list[choices.Option]:
    return [
        ("", _("Not stated; counts as low")),
        ("H", _("High")),
        ("M", _("Medium")),
        ("L", _("Low")),
    ]


def initial_of(values: Mapping[str, str]) -> dict[str, str]:
    """Return what the form shows of a saved row."""
    kind = kind_of(values)
    shown = {name: values.get(column, "") for name, column in COLUMNS[kind].items()}
    shown |= {name: values.get(name, "") for name in ALWAYS}
    return shown | {"mode": kind}


def kind_of(values: Mapping[str, str]) -> str:
    """Return what kind of row these values are."""
    if values.get("notation_key"):
        return KEY
    return DIRECT if values.get("gas") else ACTIVITY
