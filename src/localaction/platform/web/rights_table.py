"""The table of rights as the help page shows it: a row for each action, a column for each role."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from localaction.platform.accounts.roles import ACTIONS, NETWORK, OFFICE, PLACE, ROLES, Role


@dataclass(frozen=True)
class Column:
    """A role: what it is for, on what it is given, whom it names."""

    id: str
    label: str
    text: str
    given_on: str
    names: str
    by_section: bool
    second_factor: bool


@dataclass(frozen=True)
class Row:
    """An action, and for each role whether it may."""

    id: str
    label: str
    may: tuple[bool, ...]


@dataclass(frozen=True)
class RightsTable:
    """Roles and actions."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def rights_table() -> RightsTable:
    """Return the table of rights in words."""
    roles = list(ROLES.values())
    rows = tuple(
        Row(action, str(label), tuple(action in role.actions for role in roles))
        for action, label in ACTIONS.items()
    )
    return RightsTable(tuple(_column(role) for role in roles), rows)


def _column(role: Role) -> Column:
    kinds = {PLACE: _("a place"), OFFICE: _("an office and its region"), NETWORK: _("the whole network")}
    return Column(
        id=role.id,
        label=str(role.label),
        text=str(role.text),
        given_on=", ".join(said for kind, said in kinds.items() if kind in role.given_on),
        names=", ".join(str(ROLES[name].label) for name in ROLES if name in role.names),
        by_section=role.by_section,
        second_factor=role.needs_second_factor,
    )
