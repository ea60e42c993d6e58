"""What stands in the way of using a mapping, in the words of its reader."""

from __future__ import annotations

from collections import defaultdict

from localaction.engine.errors import Finding, InputError, shown
from localaction.engine.exchange.mapping import ColumnMapping, Layout


class MissingTarget(InputError):
    """A column without which no row can be read is not filled."""

    code = "exchange.missing_target"
    text = "No column is mapped to {label}, and it has no constant; without it no row can be read."
    remedy_text = "Choose its column, or give one text for all rows."


class MissingGroup(InputError):
    """None of several columns is filled."""

    code = "exchange.missing_group"
    text = "No column is mapped to {labels}; a row needs one of them."
    remedy_text = "Choose the column of at least one."


class TwoColumns(InputError):
    """Two columns fill one target."""

    code = "exchange.two_columns"
    text = "The columns {headers} are all mapped to {label}, so it is unclear which one counts."
    remedy_text = "Keep one of them and leave the others unread."


class ColumnAndConstant(InputError):
    """A target has a column and a constant."""

    code = "exchange.column_and_constant"
    text = '{label} is filled by the column "{header}" and by the constant "{constant}".'
    remedy_text = "Keep one of the two."


class UnknownTarget(InputError):
    """A kept mapping names a target that the layout does not have."""

    code = "exchange.unknown_target"
    text = 'The mapping sends "{header}" to "{target}", which {title} does not have.'
    remedy_text = "Choose another target for it, or leave it unread."


def mapping_findings(mapping: ColumnMapping, layout: Layout) -> list[Finding]:
    """Return the errors of a mapping; none if rows can be read by it."""
    checks = (_unknown, _twice, _missing, _groups)
    return [finding for check in checks for finding in check(mapping, layout)]


def _filled(mapping: ColumnMapping) -> set[str]:
    constants = {target for target, text in mapping.constants.items() if text.strip()}
    return constants | {column.target for column in mapping.columns if column.target is not None}


def _unknown(mapping: ColumnMapping, layout: Layout) -> list[Finding]:
    named = [(column.header, column.target) for column in mapping.columns if column.target is not None]
    named += [("a constant", target) for target in mapping.constants]
    return [
        Finding.of(UnknownTarget(header=shown(header), target=target, title=layout.title), column=target)
        for header, target in named
        if layout.target(target) is None
    ]


def _twice(mapping: ColumnMapping, layout: Layout) -> list[Finding]:
    by_target: dict[str, list[str]] = defaultdict(list)
    for column in mapping.columns:
        if column.target is not None:
            by_target[column.target].append(column.header)
    found = []
    for id_, headers in by_target.items():
        if (target := layout.target(id_)) is None:
            continue
        if len(headers) > 1:
            listed = " and ".join(f'"{shown(header)}"' for header in headers)
            found.append(Finding.of(TwoColumns(headers=listed, label=target.label), column=id_))
        if constant := mapping.constants.get(id_, "").strip():
            error = ColumnAndConstant(label=target.label, header=shown(headers[0]), constant=shown(constant))
            found.append(Finding.of(error, column=id_))
    return found


def _missing(mapping: ColumnMapping, layout: Layout) -> list[Finding]:
    filled = _filled(mapping)
    return [
        Finding.of(MissingTarget(label=target.label), column=target.id)
        for target in layout.targets
        if target.required and target.id not in filled
    ]


def _groups(mapping: ColumnMapping, layout: Layout) -> list[Finding]:
    filled = _filled(mapping)
    labels = {target.id: target.label for target in layout.targets}
    return [
        Finding.of(MissingGroup(labels=" or ".join(labels[id_] for id_ in group)), column=group[0])
        for group in layout.one_of
        if not filled & set(group)
    ]
