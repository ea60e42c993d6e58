"""Put the result together: cells from recipes, totals from cells, and what is to be known about them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from localaction.engine.errors import Finding
from localaction.engine.inventory import problems, uncertainty, wholeproblems
from localaction.engine.inventory.cellbook import CellBook
from localaction.engine.inventory.market import MarketBook
from localaction.engine.inventory.options import Options
from localaction.engine.inventory.parts import parts_of
from localaction.engine.inventory.potentials import Potentials
from localaction.engine.inventory.recipe import UNSPLIT, Recipe
from localaction.engine.inventory.results import CellResult, Data, Figure, Result, SectorResult
from localaction.engine.inventory.sums import Sums
from localaction.engine.inventory.tally import Tally, total
from localaction.engine.packs import Library
from localaction.engine.periods import Period

INDICATIVE_ABOVE_PERCENT = 30  # IPCC 2006, volume 1, chapter 3: approach 1 holds for small uncertainties


class Assembly:
    """Everything a finished run leaves behind, turned into a `Result`."""

    def __init__(
        self, library: Library, options: Options, book: CellBook, potentials: Potentials, period: Period
    ) -> None:
        self.library = library
        self.options = options
        self.book = book
        self.potentials = potentials
        self.period = period

    def result(self, recipes: Sequence[Recipe], sums: Sums, lines: Sequence[Data]) -> Result:
        """Return the inventory."""
        tallies = self._tallies(recipes, sums)
        market = MarketBook(recipes, sums, self.potentials)
        totals = {spec.id: self._total(spec.id, tallies) for spec in self.library.protocol.totals}
        figures = {id_: tally.figure(self.potentials) for id_, tally in totals.items()}
        cells = [self._cell(ref, tallies.get(ref), market) for ref in self.book.cells]
        grid = [ref for ref in self.book.cells if self.library.protocol.market_uses(ref)]
        used = {recipe.factor.id: recipe.factor for recipe in recipes if recipe.factor is not None}
        factors = {id_: used[id_].to_dict() for id_ in sorted(used)}
        return Result(
            place=self.options.place,
            period=self.period,
            protocol=self.library.protocol.id,
            library_digest=self.library.digest,
            gwp_set=self._gwp_set(tallies.values()),
            uncertainty=_uncertainty(total(tallies.values())) | {"parts": parts_of(tallies)},
            totals=figures,
            sectors=self._sectors(tallies),
            cells=cells,
            lines=lines,
            factors=factors,
            sources=self._sources(recipes),
            findings=(
                *self.book.remarks(),
                *self._remarks(tallies, totals, figures),
                *market.remarks(),
            ),
            market=market.summary(grid, tallies),
        )

    def _tallies(self, recipes: Sequence[Recipe], sums: Sums) -> dict[str, Tally]:
        tallies: dict[str, Tally] = {}
        sources = sums.by_source()
        for recipe in recipes:
            rows = int(sums.rows[recipe.index])
            if recipe.market:
                self.book.cells[recipe.ref].market_rows += rows
                continue
            tallies.setdefault(recipe.ref, Tally()).add_recipe(recipe, sums, sources, self.potentials)
            self.book.cells[recipe.ref].value_rows += rows
        return {ref: tallies[ref] for ref in self.book.cells if ref in tallies}

    def _total(self, total_id: str, tallies: Mapping[str, Tally]) -> Tally:
        cells = self.library.protocol.cells
        return total(tally for ref, tally in tallies.items() if total_id in cells[ref].counts_in)

    def _cell(self, ref: str, tally: Tally | None, market: MarketBook) -> CellResult:
        cell = self.book.cells[ref]
        return CellResult(
            ref=ref,
            state=cell.state,
            figure=tally.figure(self.potentials) if tally is not None else None,
            notation_key=cell.key,
            raw_key=cell.raw_key,
            included_in=tuple(cell.included_in),
            reason=cell.reason,
            rows=cell.value_rows + cell.key_rows + cell.market_rows,
            market=market.figure(ref),
        )

    def _sectors(self, tallies: Mapping[str, Tally]) -> list[SectorResult]:
        protocol = self.library.protocol
        co2e = {ref: self.potentials.co2e(tally.gases) for ref, tally in tallies.items()}
        return [
            SectorResult(
                id=sector.id,
                totals={
                    spec.id: math.fsum(
                        value
                        for ref, value in co2e.items()
                        if protocol.cells[ref].sector == sector.id
                        and spec.id in protocol.cells[ref].counts_in
                    )
                    for spec in protocol.totals
                },
            )
            for sector in protocol.sectors
        ]

    def _gwp_set(self, tallies: Iterable[Tally]) -> Data:
        gases = sorted({gas for tally in tallies for gas in tally.gases if gas != UNSPLIT})
        gwp = self.potentials.set
        return {
            "id": gwp.id,
            "label": gwp.label,
            "source": gwp.source_ref,
            "locator": gwp.locator,
            "note": gwp.note,
            "potentials": {gas: value for gas in gases if (value := self.potentials.of(gas)) is not None},
        }

    def _sources(self, recipes: Iterable[Recipe]) -> dict[str, Data]:
        """Return what is cited by factors, conversions, warming potentials and the protocol itself."""
        refs = {self.potentials.set.source_ref, self.library.protocol.source_ref}
        for recipe in recipes:
            refs |= {step.source_ref for step in recipe.steps}
            if recipe.factor is not None:
                refs.add(recipe.factor.source_ref)
        known = self.library.sources
        return {ref: known[ref].to_dict() for ref in sorted(refs) if ref in known}

    def _remarks(
        self, tallies: Mapping[str, Tally], totals: Mapping[str, Tally], figures: Mapping[str, Figure]
    ) -> Iterator[Finding]:
        for ref, tally in tallies.items():
            yield from self._not_recomputable(ref, tally)
            yield from self._without_potential(ref, tally)
            yield from self._memo(ref, tally)
        for id_ in totals:
            percent = figures[id_].uncertainty_percent
            if percent is not None and percent > INDICATIVE_ABOVE_PERCENT:
                error = problems.HighUncertainty(
                    total=id_, percent=f"{percent:.0f}", limit=INDICATIVE_ABOVE_PERCENT
                )
                yield Finding.of(error, severity="info")

    def _not_recomputable(self, ref: str, tally: Tally) -> Iterator[Finding]:
        for set_id, tonnes in tally.unsplit.items():
            if set_id != self.potentials.set.id:
                known = self.library.gwp_sets
                found = (
                    known[set_id].label if set_id is not None else "warming potentials that are not stated"
                )
                error = problems.NotRecomputable(
                    tonnes=f"{tonnes:,.0f}".replace(",", " "),
                    found=found,
                    expected=self.potentials.set.label,
                )
                yield Finding.of(error, ref=ref, severity="info" if set_id is None else "warning")

    def _memo(self, ref: str, tally: Tally) -> Iterator[Finding]:
        for gas, tonnes in tally.gases.items():
            if gas not in self.potentials.counted:
                protocol = self.library.protocol.title
                error = wholeproblems.MemoGas(gas=gas, protocol=protocol, tonnes=f"{tonnes:g}")
                yield Finding.of(error, ref=ref, severity="info")

    def _without_potential(self, ref: str, tally: Tally) -> Iterator[Finding]:
        for gas, tonnes in tally.missing.items():
            error = problems.NoPotential(label=self.potentials.set.label, gas=gas, tonnes=f"{tonnes:g}")
            yield Finding.of(error, ref=ref, severity="warning")


def _uncertainty(whole: Tally) -> Data:
    share = whole.magnitude_assumed / whole.magnitude if whole.magnitude else 0.0
    return {
        "method": uncertainty.METHOD,
        "confidence": uncertainty.CONFIDENCE_PERCENT,
        "default_share": share,
        "grade_share": whole.magnitude_graded / whole.magnitude if whole.magnitude else 0.0,
    }
