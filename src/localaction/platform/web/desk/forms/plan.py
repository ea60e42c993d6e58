"""The form of a part of a plan, made from its fields; what is wrong is said by the service, at its field."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localaction.engine.errors import Refused
from localaction.engine.packs.planning import PlanWords
from localaction.platform.planning.kinds import Field, fields_of
from localaction.platform.planning.reading import choices_of
from localaction.platform.web.desk.wording import text_of

VISIBILITIES = [
    ("place", gettext_lazy("People with a role at the place")),
    ("registry", gettext_lazy("The whole network")),
    ("public", gettext_lazy("Everybody")),
]
Row = str | tuple[str, ...]  # a field, or several side by side
#: How long forms are cut into parts; fields that stand in none come last.
PARTS: Mapping[str, Sequence[tuple[Any, Sequence[Row]]]] = {
    "target": (
        ("", ("title", "kind")),
        (gettext_lazy("From where"), ("base_linked", ("base_year", "base_emissions_t"), "base_population")),
        (
            gettext_lazy("To where"),
            (
                ("target_year", "cut_percent"),
                "target_population",
                "scenario_emissions_t",
                "fixed_emissions_t",
            ),
        ),
        (
            gettext_lazy("What it covers"),
            ("total", "sectors", "gases", "scopes", "boundary", "boundary_note"),
        ),
        (gettext_lazy("Where it is from"), ("commitment", "source")),
    ),
    "action": (
        ("", ("title", "description", "status")),
        (
            gettext_lazy("What and who"),
            ("purposes", "sector", "owner", ("starts_on", "ends_on"), "instrument"),
        ),
        (gettext_lazy("Cost and finance"), (("cost", "currency"), "finance_sources", "finance_status")),
        (
            gettext_lazy("What it is expected to bring"),
            (("effect_t", "effect_mwh"), "effect_text", "co_benefits", "other_benefits", "target"),
        ),
        (gettext_lazy("Where it is from"), ("source",)),
    ),
}


class _Unjudged:
    """A field that takes what is written; the service judges it together with the others."""

    def clean(self, value: Any) -> Any:
        """Return the value as it is."""
        return value


class _Text(_Unjudged, forms.CharField):
    pass


class _Choices(_Unjudged, forms.MultipleChoiceField):
    pass


class _YesNo(_Unjudged, forms.BooleanField):
    pass


@dataclass(frozen=True)
class Section:
    """A part of a form under its heading."""

    heading: str
    rows: Sequence[Sequence[Any]]


class PartForm(forms.Form):
    """Every field of a kind of part, who sees it, and which version the editor had before them."""

    use_required_attribute = False

    def __init__(
        self,
        kind: str,
        others: Mapping[str, Sequence[Any]],
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        seen: int | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.kind, self.names = kind, [field.name for field in fields_of(kind)]
        for field in fields_of(kind):
            self.fields[field.name] = _form_field(field, others.get(field.list, ()))
        self.fields["visibility"] = forms.ChoiceField(
            label=_("Who sees it"), choices=VISIBILITIES, widget=forms.RadioSelect, initial="place",
            error_messages={
                "required": _("Say who sees it."), "invalid_choice": _("Choose one of the three."),
            },
        )  # fmt: skip
        if seen is None:
            self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
            return
        self.fields["reason"] = forms.CharField(
            label=_("Why you change it"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("It stays in the history."),
        )  # fmt: skip
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=seen)

    def said(self) -> dict[str, Any]:
        """Return what is written in each field."""
        return {name: self.cleaned_data.get(name) for name in self.names}

    def refuse(self, refused: Refused) -> None:
        """Put each finding at its field, or above the form where it has none."""
        for finding in refused.findings:
            name = finding.column if finding.column in self.fields else None
            self.add_error(name, text_of(finding))

    def sections(self) -> Iterator[Section]:
        """Yield the parts of the form, each with its fields."""
        placed: set[str] = set()
        for heading, names in PARTS.get(self.kind, ()):
            rows = [(name,) if isinstance(name, str) else name for name in names]
            found = [[name for name in row if name in self.fields] for row in rows]
            placed.update(name for row in found for name in row)
            yield Section(str(heading), [[self[name] for name in row] for row in found if row])
        rest = [name for name in self.names if name not in placed]
        if rest:
            yield Section(_("More") if placed else "", [[self[name]] for name in rest])


class ReasonForm(forms.Form):
    """Why something is done, and which version the editor had before them."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why; it is kept with the record.")},
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


class SeenByForm(forms.Form):
    """Who sees a part of a plan."""

    use_required_attribute = False

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=VISIBILITIES, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say who sees it.")},
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


class EvidenceForm(forms.Form):
    """A file, what it shows, and who sees it; the service judges it."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("File"), allow_empty_file=True, max_length=255,
        error_messages={"required": gettext_lazy("Choose a file.")},
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("What it shows"), required=False, max_length=300)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=VISIBILITIES, widget=forms.RadioSelect, initial="place",
        help_text=gettext_lazy("If they see what it is evidence of."),
        error_messages={"required": gettext_lazy("Say who sees it.")},
    )  # fmt: skip


def _form_field(field: Field, others: Iterable[Any]) -> forms.Field:
    label = f"{_(str(field.label))} ({field.unit})" if field.unit else _(str(field.label))
    common: dict[str, Any] = {"label": label, "required": field.required, "help_text": _help(field)}
    if field.form == "yes_no":
        return _YesNo(**{**common, "required": False})
    if field.form == "choices":
        offered = [(choice, _(text)) for choice, text in choices_of(field).items()]
        return _Choices(choices=offered, widget=forms.CheckboxSelectMultiple, **common)
    return _Text(widget=_widget(field, others), strip=False, **common)


def _help(field: Field) -> str:
    return _(str(field.help)) if field.help else ""


def _widget(field: Field, others: Iterable[Any]) -> forms.Widget:
    if field.form == "text":
        return forms.Textarea(attrs={"rows": 3})
    if field.form == "day":
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if field.form in {"number", "money"}:
        return forms.TextInput(attrs={"inputmode": "decimal"})
    if field.form == "year":
        return forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"})
    if field.form == "link":
        return forms.TextInput(attrs={"inputmode": "url"})
    if field.list == "target_kind":
        kinds = PlanWords.load().lists[field.list].values()
        return forms.RadioSelect(choices=[(each.id, f"{_(each.label)}. {_(each.note)}") for each in kinds])
    if field.form == "choice":
        return forms.Select(choices=[("", _("not stated")), *_grouped(field)])
    if field.form == "part":
        named = [(str(each.public_id), each.title) for each in others]
        return forms.Select(choices=[("", _("none")), *named])
    return forms.TextInput()


def _grouped(field: Field) -> list[Any]:
    """Return the choices of a list, under their groups where they have any."""
    lists = PlanWords.load().lists
    held = lists.get(field.list, {})
    if not any(each.under for each in held.values()):
        return [(choice, _(text)) for choice, text in choices_of(field).items()]
    groups = lists[f"{field.list}_group"]
    return [
        (_(group.label), [(each.id, _(each.label)) for each in held.values() if each.under == group.id])
        for group in groups.values()
    ]
