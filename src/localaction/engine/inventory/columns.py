"""The columns of an inventory file, and one row as it was written: the same for file, form and API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from localaction.engine.errors import Finding


class Column(NamedTuple):
    """One column: its name in the file, its title on a page, what goes in, and an example."""

    name: str
    title: str
    help: str
    example: str


class RawRow(NamedTuple):
    """One row as it was written, unread.

    Parameters
    ----------
    number : int
        Row as a spreadsheet counts it; the header is row 1.
    values : mapping
        Text by column name; an absent column is empty.
    key : str, optional
        The caller's own key of the row, handed through to its line.
    problem : Finding, optional
        Why the row could not be split into its columns.
    """

    number: int
    values: Mapping[str, str]
    key: str | None = None
    problem: Finding | None = None


COLUMNS = (
    Column("ref", "Cell", "Reference number of the inventory cell the row belongs to.", "I.1.1"),
    Column(
        "activity",
        "Activity or fuel",
        "Fuel, or activity such as electricity. With emissions given directly it is only a label.",
        "natural_gas",
    ),
    Column(
        "amount",
        "Amount",
        "How much, with a point as decimal sign and no thousands separators. "
        "A removal is negative and needs a reason.",
        "1234.5",
    ),
    Column("unit", "Unit", "Unit of the amount. Energy of a fuel is net unless the unit says gross.", "MWh"),
    Column(
        "period",
        "Period",
        "A year, or first and last day joined by a slash; empty: the period of the inventory.",
        "2019",
    ),
    Column(
        "factor",
        "Factor",
        "Id of the emission factor, to pin one; empty: the nearest in place and time is chosen. "
        "A factor dated after the inventory year needs a reason.",
        "",
    ),
    Column(
        "gas",
        "Gas",
        "Only for emissions given directly: CO2, CH4, N2O and so on, or CO2e for a sum that is not split.",
        "CH4",
    ),
    Column(
        "gwp_set",
        "Warming potentials",
        "Only for CO2e: the set of warming potentials it was computed with, if known.",
        "ar5",
    ),
    Column(
        "notation_key",
        "Notation key",
        "Instead of an amount: NO, IE, NE or C.",
        "IE",
    ),
    Column(
        "included_in",
        "Included in",
        "For IE and C: the cells that hold the emissions, separated by spaces.",
        "II.1.1",
    ),
    Column(
        "reason",
        "Reason",
        "Why a key is used, an amount is negative or a later factor is pinned.",
        "Fuel sales cannot be split",
    ),
    Column(
        "data_quality",
        "Data quality",
        "H, M or L for the activity; H/M grades the activity H and the factor M. Empty counts as L.",
        "M",
    ),
    Column(
        "uncertainty_percent",
        "Uncertainty, ±%",
        "Half-width of the 95 % interval of the amount, in percent; it replaces the range that the grade of "
        "the activity stands for. Empty: by grade.",
        "5",
    ),
    Column(
        "basis",
        "Basis",
        "Grid energy only: market for a row computed with contracts, certificates or the residual mix. It is "
        "shown beside the location-based figure and counts in no total. Empty: location.",
        "",
    ),
    Column("source", "Source", "Where the amount comes from.", "Utility sales report 2019"),
    Column("note", "Note", "Anything a reader should know.", ""),
)
NAMES = tuple(column.name for column in COLUMNS)
EMPTY: Mapping[str, str] = dict.fromkeys(NAMES, "")
