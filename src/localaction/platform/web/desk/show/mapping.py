"""The columns of a file beside the columns of ours: proposal, samples, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.engine.errors import Finding
from localaction.engine.exchange.layout import ColumnMapping, Layout, layout
from localaction.platform.web.desk.show.importing import crumbs_of
from localaction.platform.web.desk.wording import text_of


@dataclass(frozen=True)
class Choice:
    """One column of ours."""

    id: str
    label: str
    help: str
    required: bool
    constant: str = ""
    free: bool = True
    error: str = ""


@dataclass(frozen=True)
class ColumnLine:
    """One column of the file."""

    position: int
    header: str
    samples: Sequence[str]
    target: str
    why: str
    error: str


@dataclass(frozen=True)
class Problem:
    """What stands in the way, with where to mend it."""

    text: str
    link: str


@dataclass(frozen=True)
class MappingPage:
    """The page on which columns are mapped."""

    name: str
    sheet: str
    why: str
    crumbs: Sequence[tuple[str, str]]
    address: str
    back: str
    columns: Sequence[ColumnLine]
    choices: Sequence[Choice]
    decimal: str
    save_as: str
    saved: Sequence[str]
    problems: Sequence[Problem]


def page_of(
    record: Any,
    mapping: ColumnMapping,
    findings: Sequence[Finding],
    *,
    save_as: str,
    saved: Sequence[str],
) -> MappingPage:
    """Return the page for a mapping as it stands, with what is wrong with it at its fields."""
    known = layout(mapping.layout)
    by_target = {finding.column or "": text_of(finding) for finding in findings}
    used = {column.target for column in mapping.columns if column.target}
    return MappingPage(
        name=record.name,
        sheet=record.table["sheet"],
        why=record.table["why"],
        crumbs=[*crumbs_of(record), (_("Columns"), "")],
        address=reverse("desk:report-mapping", args=[record.public_id]),
        back=reverse("desk:report", args=[record.public_id]),
        columns=_columns(record.table["columns"], mapping, by_target),
        choices=_choices(known, mapping, used, by_target),
        decimal=mapping.decimal,
        save_as=save_as,
        saved=saved,
        problems=[_problem(finding, mapping) for finding in findings],
    )


def _columns(
    table: Sequence[dict[str, Any]], mapping: ColumnMapping, errors: dict[str, str]
) -> list[ColumnLine]:
    return [
        ColumnLine(
            position=position,
            header=column.header or _("column %(number)d, without a name") % {"number": position + 1},
            samples=held["samples"],
            target=column.target or "",
            why=held["reason"],
            error=errors.get(column.target or "-", ""),
        )
        for position, (column, held) in enumerate(zip(mapping.columns, table, strict=True))
    ]


def _choices(known: Layout, mapping: ColumnMapping, used: set[str], errors: dict[str, str]) -> list[Choice]:
    return [
        Choice(
            target.id,
            _(target.label),
            _(target.help) if target.help else "",
            target.required,
            mapping.constants.get(target.id, ""),
            target.id not in used or bool(mapping.constants.get(target.id)),
            errors.get(target.id, ""),
        )
        for target in known.targets
        if target.id != "row_key"
    ]


def _problem(finding: Finding, mapping: ColumnMapping) -> Problem:
    """Point at the first column that is mapped so, else at the constant of the target."""
    for position, column in enumerate(mapping.columns):
        if column.target and column.target == finding.column:
            return Problem(text_of(finding), f"#column-{position}")
    return Problem(text_of(finding), f"#constant-{finding.column}")
