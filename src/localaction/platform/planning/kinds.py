"""The four kinds of parts of a plan and their fields: one list for form, file, program and check.

A field says what it is called, what is written in it, and how it is kept. Fields that packs declare follow
the fixed ones and are kept in ``more``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from localaction.engine.packs.planning import PlanWords
from localaction.platform.planning.models import Achievement, Action, Commitment, Part, Target

Form = Literal[
    "line",
    "text",
    "link",
    "number",
    "year",
    "day",
    "money",
    "currency",
    "choice",
    "choices",
    "yes_no",
    "part",
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of part.

    Parameters
    ----------
    name : str
        By which it is known in files and programs.
    label : text
        By which people know it.
    form : str
        What is written in it.
    list : str
        Of a choice: the list it is from; ``@total`` and ``@sector`` are those of the accounting protocol.
        Of a part: its kind.
    required : bool
        Whether it must be given.
    low : float or None
        Of a number: the least it may be; with ``above`` it must be more than that.
    unit, help : str
        Of a number, and what to write.
    longest : int
        Characters that it may have.
    declared : bool
        Whether a pack declares it.
    """

    name: str
    label: Promise | str
    form: Form = "line"
    list: str = ""
    required: bool = False
    low: float | None = None
    above: bool = False
    unit: str = ""
    help: Promise | str = ""
    longest: int = 5000
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of part: its model, its fixed fields, and its name."""

    id: str
    model: type[Part]
    label: Promise
    fields: tuple[Field, ...]


TONNES, MWH, PEOPLE = "t CO2e", "MWh", "person"
_TITLE = Field("title", _("Title"), required=True, longest=300)
_SOURCE = Field("source", _("Source"), "text", help=_("Where this is written: document, page, year."))

_COMMITMENT = (
    _TITLE,
    Field("text", _("What it says"), "text"),
    Field("decided_by", _("Decided by"), longest=300, help=_("Such as the council or the mayor.")),
    Field("decided_on", _("Decided on"), "day"),
    Field("campaign", _("Network or campaign"), longest=300),
    Field("link", _("Address of the document"), "link", longest=500),
)
_TARGET = (
    _TITLE,
    Field("kind", _("Kind of target"), "choice", "target_kind", required=True),
    Field("base_year", _("Base year"), "year", required=True),
    Field(
        "base_linked", _("Take the emissions of the base year from the inventory"), "yes_no",
        help=_("Without it, type them and name their source."),
    ),
    Field("base_emissions_t", _("Emissions of the base year"), "number", low=0, above=True, unit=TONNES),
    Field("base_population", _("Inhabitants of the base year"), "number", low=0, above=True, unit=PEOPLE),
    Field("target_year", _("Target year"), "year", required=True),
    Field("cut_percent", _("Cut"), "number", low=0, above=True, unit="%"),
    Field("target_population", _("Inhabitants of the target year"), "number", low=0, above=True, unit=PEOPLE),
    Field(
        "scenario_emissions_t", _("Emissions expected in the target year without action"), "number",
        low=0, above=True, unit=TONNES,
    ),
    Field("fixed_emissions_t", _("Emissions aimed at in the target year"), "number", unit=TONNES),
    Field("total", _("Total it is measured by"), "choice", "@total", required=True),
    Field("sectors", _("Sectors covered"), "choices", "@sector", help=_("None chosen means all.")),
    Field("gases", _("Gases covered"), "choices", "gas"),
    Field("scopes", _("Scopes covered"), "choices", "scope"),
    Field("boundary", _("Boundary, compared with that of the local government"), "choice", "boundary"),
    Field("boundary_note", _("About the boundary"), "text"),
    Field("commitment", _("Commitment it follows from"), "part", "commitment"),
    _SOURCE,
)  # fmt: skip
_ACTION = (
    _TITLE,
    Field("description", _("Description"), "text"),
    Field("status", _("Status"), "choice", "action_status", required=True),
    Field("purposes", _("Purpose"), "choices", "purpose"),
    Field("sector", _("Sector"), "choice", "sector"),
    Field("owner", _("Carried out by"), longest=300),
    Field("starts_on", _("First day"), "day"),
    Field("ends_on", _("Last day"), "day"),
    Field("cost", _("Cost"), "money", help=_("In whole, with the smaller unit after a point: 1250000.50.")),
    Field("currency", _("Currency"), "currency", help=_("Three letters, such as EUR.")),
    Field("finance_sources", _("Sources of finance"), "choices", "finance_source"),
    Field(
        "effect_t", _("Expected cut of emissions"), "number", unit="t CO2e/yr",
        help=_("Once it works in full; negative if it adds emissions."),
    ),
    Field(
        "effect_mwh", _("Expected energy saved or made from renewable sources"), "number", unit="MWh/yr"
    ),
    Field("effect_text", _("Other expected effect"), "text"),
    Field("co_benefits", _("Goals it also serves"), "choices", "co_benefit"),
    Field("target", _("Target it serves"), "part", "target"),
    _SOURCE,
)  # fmt: skip
_ACHIEVEMENT = (
    _TITLE,
    Field("action", _("Of the action"), "part", "action"),
    Field("target", _("Of the target"), "part", "target"),
    Field("day", _("Day by which it was reached"), "day", required=True),
    Field("amount", _("Amount"), "number"),
    Field("unit", _("Unit of the amount"), longest=80, help=_("Such as homes, km of cycle path, MWh/yr.")),
    Field("effect_t", _("Cut of emissions reached"), "number", unit="t CO2e/yr"),
    Field("text", _("What was reached"), "text"),
    _SOURCE,
)

KINDS: Final[Mapping[str, Kind]] = {
    kind.id: kind
    for kind in (
        Kind("commitment", Commitment, _("Commitment"), _COMMITMENT),
        Kind("target", Target, _("Target"), _TARGET),
        Kind("action", Action, _("Action"), _ACTION),
        Kind("achievement", Achievement, _("Achievement"), _ACHIEVEMENT),
    )
}
MODELS: Final = {kind.model: kind for kind in KINDS.values()}
DECLARED: Final[Mapping[str, Form]] = {
    "text": "text", "choice": "choice", "choices": "choices", "number": "number", "day": "day",
    "yes_no": "yes_no",
}  # fmt: skip


def kind_of(part: Part) -> Kind:
    """Return the kind of a part."""
    return MODELS[type(part)]


def fields_of(kind_id: str) -> tuple[Field, ...]:
    """Return the fields of a kind: the fixed ones, then those that packs declare."""
    declared = PlanWords.load().fields.get(kind_id, ())
    return KINDS[kind_id].fields + tuple(
        Field(
            each.id, each.label, DECLARED[each.kind], each.list, unit=each.unit, help=each.help, declared=True
        )
        for each in declared
    )
