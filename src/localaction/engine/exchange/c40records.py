"""What the GPC workbook of C40 yields: plain frozen records that an importer can write in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from localaction.engine.errors import Finding
from localaction.engine.inventory.columns import RawRow
from localaction.engine.periods import Period

AS_PUBLISHED = "As published in {title}, version {version}"


@dataclass(frozen=True, slots=True)
class C40Line:
    """One cell of one inventory.

    Parameters
    ----------
    ref : str
        Reference number of the cell.
    state : {"value", "key", "blank"}
        What stands there. A blank is neither zero nor a key.
    co2e_t : float or None
        t CO2e, not split into gases; negative for removals.
    amount : str
        The same with all its digits, as text.
    notation_key, raw_key : str or None
        The key by its first word, and the text as written: "NO; IE", "IE (II.1.1)", "NO " with its space.
    included_in : tuple of str
        Cells named beside the key.
    """

    ref: str
    state: Literal["value", "key", "blank"]
    co2e_t: float | None = None
    amount: str = ""
    notation_key: str | None = None
    raw_key: str | None = None
    included_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A published sum that its lines do not add up to; ``main`` for BASIC, BASIC+, BASIC+S3, territorial."""

    label: str
    published_t: float
    computed_t: float
    main: bool

    @property
    def difference_t(self) -> float:
        """Published less computed, t CO2e."""
        return self.published_t - self.computed_t


@dataclass(frozen=True, slots=True)
class C40Inventory:
    """One row of the workbook.

    Parameters
    ----------
    row : int
        Row of the sheet.
    city, country, region, boundary : str
        As written, without spaces at their ends; empty if not stated.
    country_code : str or None
        Code of two letters; "Netherlands" and "The Netherlands" have the same.
    year_text : str
        The year as written, which may be a fiscal one.
    label_year : int
        The calendar year it is filed under.
    period, period_stated : Period, bool
        The days it covers, and whether the workbook says them (else the calendar year stands in).
    level : str
        BASIC or BASIC+.
    population, area_km2, gdp_usd : float or None
        Inhabitants, km2 and US dollars; None if not stated.
    latest, for_dashboard : bool or None
        Whether it is marked as the city's newest, and as shown on the dashboard.
    received : str
        Month in which it was received, as written.
    lines : tuple of C40Line
        One for each cell of the protocol, in its order.
    published, computed : mapping
        t CO2e of every published sum by its label, and of the same cells in ``lines``.
    credits_t : mapping
        Credits by sector, t CO2e, as written; in no total.
    differences : tuple of Difference
        Published sums that differ by more than one tonne.
    findings : tuple of Finding
        What to know about this inventory.
    """

    row: int
    city: str
    country: str
    country_code: str | None
    region: str
    boundary: str
    year_text: str
    label_year: int
    period: Period
    period_stated: bool
    level: str
    population: float | None
    area_km2: float | None
    gdp_usd: float | None
    latest: bool | None
    for_dashboard: bool | None
    received: str
    lines: tuple[C40Line, ...] = field(repr=False)
    published: Mapping[str, float] = field(repr=False)
    computed: Mapping[str, float] = field(repr=False)
    credits_t: Mapping[str, float] = field(repr=False)
    differences: tuple[Difference, ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """City and year, as messages name it."""
        return f"{self.city} {self.label_year}"

    def raw_rows(self, as_published: str) -> list[RawRow]:
        """Return the lines as rows for the rules of an inventory; blanks make no row.

        Parameters
        ----------
        as_published : str
            Stands as reason of keys and removals and as source of values.
        """
        rows = []
        for line in self.lines:
            if line.state == "value":
                values = {
                    "ref": line.ref,
                    "amount": line.amount,
                    "unit": "t",
                    "gas": "CO2e",
                    "source": as_published,
                    "reason": as_published if line.co2e_t is not None and line.co2e_t < 0 else "",
                }
            elif line.state == "key":
                values = {"ref": line.ref, "notation_key": line.raw_key or "", "reason": as_published}
            else:
                continue
            rows.append(RawRow(self.row, values, line.ref))
        return rows


@dataclass(frozen=True, slots=True)
class C40Book:
    """The whole workbook: version, inventories, and all findings in the order of the rows."""

    version: str
    title: str
    inventories: tuple[C40Inventory, ...]

    @property
    def as_published(self) -> str:
        """The words that cite it, for reasons and sources."""
        return AS_PUBLISHED.format(title=self.title, version=self.version)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the rows."""
        return tuple(finding for inventory in self.inventories for finding in inventory.findings)

    @property
    def inconsistent(self) -> tuple[C40Inventory, ...]:
        """Inventories with a published sum that differs from its lines by more than one tonne."""
        return tuple(inventory for inventory in self.inventories if inventory.differences)
