"""One row of the GPC workbook of C40: facts, lines, sums."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from localaction.engine.errors import Finding, InputError, shown
from localaction.engine.exchange import c40problems as problems
from localaction.engine.exchange.c40records import C40Inventory, C40Line, Difference
from localaction.engine.exchange.fiscal import ReadYear, read_year
from localaction.engine.exchange.grid import Row, Sheet, Value, text_of
from localaction.engine.exchange.widepack import Wide
from localaction.engine.exchange.words import tidy
from localaction.engine.inventory.parsing import notation_key
from localaction.engine.inventory.problems import UnknownKey
from localaction.engine.packs import Protocol
from localaction.engine.periods import BadPeriod

TOLERANCE_T = 1.0  # published sums are of unrounded cells; a tonne is far more than rounding leaves
LEVELS = ("BASIC", "BASIC+")
GROUPED = re.compile(r"[$€£]?\s*(\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?)", re.ASCII)
YES_NO = {"yes": True, "no": False}
NAMED = 6  # figures that a message lists
YEARS = range(1900, 2101)


class RowReader:
    """Reads row after row; ``errors`` collects what stands in the way."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, int], wide: Wide, protocol: Protocol) -> None:
        self.sheet, self.columns, self.wide, self.protocol = sheet, columns, wide, protocol
        self.errors: list[Finding] = []

    def inventory(self, row: Row) -> C40Inventory | None:
        """Return the inventory of a row; None if it cannot be read, which is noted."""
        one = _OneRow(self, row)
        made = one.inventory()
        self.errors.extend(one.errors)
        return made


class _OneRow:
    def __init__(self, reader: RowReader, row: Row) -> None:
        self.sheet, self.columns = reader.sheet, reader.columns
        self.wide, self.protocol, self.row = reader.wide, reader.protocol, row
        self.errors: list[Finding] = []
        self.findings: list[Finding] = []
        self.city = self.text("city")
        self.year: int | str = ""

    def inventory(self) -> C40Inventory | None:
        """Return the record; errors and findings are collected on the way."""
        if not self.city:
            self.errors.append(Finding.of(problems.NoCity(), row=self.row.number))
            return None
        if (year := self._label_year()) is None:
            return None
        self.year = year
        read = self._period(year)
        lines = tuple(self._line(ref) for ref in self.protocol.cells)
        self._blanks(lines)
        published, computed, differences = self._sums({line.ref: line.co2e_t or 0.0 for line in lines})
        return C40Inventory(
            row=self.row.number,
            city=self.city,
            country=self.text("country"),
            country_code=self._country(),
            region=self.text("region"),
            boundary=self.text("boundary"),
            year_text=tidy(text_of(self.fact("year"))),
            label_year=year,
            period=read.period,
            period_stated=read.stated,
            level=self._level(),
            population=self._number("population", "its population"),
            area_km2=self._number("area_km2", "its area"),
            gdp_usd=self._number("gdp_usd", "its GDP"),
            latest=YES_NO.get(self.text("latest").casefold()),
            for_dashboard=YES_NO.get(self.text("for_dashboard").casefold()),
            received=self.text("received"),
            lines=lines,
            published=published,
            computed=computed,
            credits_t=self._credits(),
            differences=differences,
            findings=tuple(self.findings),
        )

    def value(self, header: str) -> Value:
        """Return what stands in the column of this name."""
        position = self.columns[header]
        return self.row.cells[position] if position < len(self.row.cells) else None

    def fact(self, name: str) -> Value:
        """Return one of the facts."""
        return self.value(self.wide.facts[name])

    def text(self, name: str) -> str:
        """Return one of the facts as tidy text; empty if it is not stated."""
        text = tidy(text_of(self.fact(name)))
        return "" if text in self.wide.blank else text

    def warn(self, error: InputError, *, column: str | None = None, value: str | None = None) -> None:
        """Note something to know about this inventory."""
        found = Finding.of(error, row=self.row.number, column=column, value=value, severity="warning")
        self.findings.append(found)

    def _label_year(self) -> int | None:
        text = text_of(self.fact("year_calendar")).strip()
        if text.isdecimal() and len(text) == len("2019") and int(text) in YEARS:
            return int(text)
        error = problems.BadYear(city=self.city, value=shown(text))
        self.errors.append(Finding.of(error, row=self.row.number, column=self.wide.facts["year_calendar"]))
        return None

    def _period(self, year: int) -> ReadYear:
        try:
            read = read_year(text_of(self.fact("year")), year)
        except BadPeriod as error:
            read = read_year(str(year), year)._replace(stated=False, note=error.message)
        if read.note:
            self.warn(problems.Fiscal(city=self.city, year=year, note=read.note))
        return read

    def _line(self, ref: str) -> C40Line:
        value = self.value(ref)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._amount(ref, float(value), text_of(value))
        if value is None:
            return C40Line(ref, "blank")
        try:
            if not isinstance(value, str):
                raise UnknownKey(text_of(value), self.protocol.notation_keys)
            key = notation_key(value, self.protocol.notation_keys)
        except UnknownKey:
            where = self.sheet.where(self.row.number, self.columns[ref])
            error = problems.NotACell(where=where, city=self.city, year=self.year, ref=ref)
            found = Finding.of(error, row=self.row.number, column=ref, value=text_of(value), ref=ref)
            self.errors.append(found)
            return C40Line(ref, "blank")
        if value != key.key:
            refs = f" with {' '.join(key.references)}" if key.references else ""
            named = problems.Irregular(
                city=self.city, year=self.year, raw=shown(value), ref=ref, key=key.key, refs=refs
            )
            self.warn(named, column=ref, value=value)
        included = tuple(name for name in key.references if name in self.protocol.cells)
        return C40Line(ref, "key", notation_key=key.key, raw_key=value, included_in=included)

    def _amount(self, ref: str, tonnes: float, text: str) -> C40Line:
        if tonnes < 0:
            kind = problems.Removal if self.protocol.cells[ref].removals else problems.Negative
            self.warn(
                kind(city=self.city, year=self.year, tonnes=f"{tonnes:,.0f}", ref=ref), column=ref, value=text
            )
        return C40Line(ref, "value", tonnes, text)

    def _blanks(self, lines: tuple[C40Line, ...]) -> None:
        blank = [line.ref for line in lines if line.state == "blank"]
        if blank:
            error = problems.Blanks(city=self.city, year=self.year, refs=" ".join(blank))
            self.warn(error)

    def _sums(
        self, tonnes: Mapping[str, float]
    ) -> tuple[dict[str, float], dict[str, float], tuple[Difference, ...]]:
        """Return the published sums, the same from the lines, and those that differ.

        A sum that is not printed, or is a notation key, is compared as zero: the workbook leaves empty what
        holds nothing, so that cells that add up to more are a difference too.
        """
        published: dict[str, float] = {}
        computed: dict[str, float] = {}
        differences = []
        for sum_ in self.wide.published:
            value = self.value(sum_.header)
            printed = float(value) if isinstance(value, int | float) else None
            ours = computed[sum_.header] = math.fsum(tonnes[ref] for ref in sum_.cells)
            if printed is not None:
                published[sum_.header] = printed
            if abs((printed or 0.0) - ours) > TOLERANCE_T:
                differences.append(Difference(sum_.header, printed or 0.0, ours, sum_.main))
        self._differ(differences)
        return published, computed, tuple(differences)

    def _differ(self, differences: list[Difference]) -> None:
        if not differences:
            return
        ordered = sorted(differences, key=lambda found: not found.main)
        figures = "; ".join(
            f"{found.label} {found.published_t:,.0f} t published, {found.computed_t:,.0f} t from its cells"
            for found in ordered[:NAMED]
        )
        more = f"; and {len(ordered) - NAMED} more" if len(ordered) > NAMED else ""
        self.warn(problems.Differs(city=self.city, year=self.year, figures=figures + more))

    def _country(self) -> str | None:
        country = self.text("country")
        code = self.wide.countries.get(country)
        if code is None:
            self.warn(problems.UnknownCountry(city=self.city, year=self.year, country=shown(country)))
        return code

    def _level(self) -> str:
        level = self.text("level")
        if level not in LEVELS:
            self.warn(problems.UnknownLevel(city=self.city, year=self.year, value=shown(level)))
        return level

    def _number(self, fact: str, what: str) -> float | None:
        """Return a fact; a text is read only if its separators can mean one thing alone."""
        value = self.fact(fact)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return None if value is None else float(value)
        text = tidy(text_of(value))
        grouped = GROUPED.fullmatch(text)
        number = float(grouped.group(1).replace(",", "")) if grouped else None
        reading = "it was left out" if number is None else f"it was read as {number:.0f}"
        error = problems.OddFact(
            city=self.city, year=self.year, what=what, value=shown(text), reading=reading
        )
        self.warn(error, column=self.wide.facts[fact], value=text)
        return number

    def _credits(self) -> dict[str, float]:
        found = {sector: self.value(header) for sector, header in self.wide.credits.items()}
        return {sector: float(value) for sector, value in found.items() if isinstance(value, float) and value}
