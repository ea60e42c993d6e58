"""One row without its amount to a recipe: cell, activity, unit, factor, conversions, quality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from localaction.engine.errors import InputError
from localaction.engine.inventory import marketproblems, parsing, problems
from localaction.engine.inventory.cellbook import CellBook
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.options import Options
from localaction.engine.inventory.potentials import Potentials
from localaction.engine.inventory.reading import Reading
from localaction.engine.inventory.recipe import UNSPLIT, Problem, Recipe, Step, Why
from localaction.engine.inventory.timing import Timing
from localaction.engine.packs import Library
from localaction.engine.references.conversion import Conversion, NoConversion
from localaction.engine.references.factors import (
    WORLD,
    Choice,
    Factor,
    FactorMismatch,
    NoFactor,
    NoFactorForYear,
    Question,
    UnknownFactor,
)
from localaction.engine.references.fuels import Activity
from localaction.engine.references.gwp import GwpSet
from localaction.engine.units import Unit, WrongDimension

KG_PER_TONNE = 1000
TONNE, MEGAWATT_HOUR = "t", "MWh"
CO2E = "CO2e"
CERTIFICATE = "gpc@1.1:market.certificate"
COLUMN_OF = (
    ((UnknownFactor, FactorMismatch, NoFactorForYear), "factor"),
    ((NoFactor,), "activity"),
    ((marketproblems.MarketFactorMissing,), "factor"),
    ((WrongDimension, NoConversion), "unit"),
)


class Grades(NamedTuple):
    """The grades stated for activity and factor."""

    activity: str | None
    factor: str | None


class Resolver:
    """Find the recipe of rows, each combination once."""

    def __init__(self, library: Library, book: CellBook, timing: Timing, options: Options) -> None:
        self.library = library
        self.book = book
        self.timing = timing
        self.potentials = Potentials(known_set(library, options.gwp_set), library.protocol.counted_gases)
        self.swaps = options.swaps
        self.recipes: list[Recipe] = []
        self.reasons_needed: dict[int, Problem] = {}
        self.places = tuple(dict.fromkeys((*options.place_chain, WORLD)))
        self._known: dict[tuple[object, ...], Recipe] = {}
        self._gases = {CO2E: UNSPLIT, **{gas: gas for gas in sorted(library.species - {UNSPLIT})}}

    def period_problems(self, text: str) -> list[Problem]:
        """Return what is wrong with the period of a row."""
        try:
            self.timing.check(text.strip())
        except InputError as error:
            return [Problem(error, "period")]
        return []

    def resolve(self, row: RawRow) -> Recipe | list[Problem]:
        """Return the recipe of a row that has no notation key, or everything that is wrong with it."""
        reading = Reading(row)
        reading.problems += self.period_problems(row.values["period"])
        if reading.text("included_in"):
            reading.wrong(problems.OnlyForKeys(), "included_in")
        ref = reading.get("ref", self.book.known)
        grades = reading.get("data_quality", _grades)
        self._check_basis(reading, ref)
        if reading.text("gas"):
            recipe = self._direct(reading, ref, grades)
        else:
            recipe = self._by_factor(reading, ref, grades)
        if recipe is None or reading.problems:
            return reading.problems
        return recipe

    def _check_basis(self, reading: Reading, ref: str | None) -> None:
        """Refuse a market-based row where the protocol has none."""
        basis = reading.get("basis", parsing.basis)
        if ref is not None and basis == parsing.MARKET and not self.library.protocol.market_uses(ref):
            protocol = self.library.protocol
            example = next((known for known in protocol.cells if protocol.market_uses(known)), "")
            reading.wrong(marketproblems.MarketElsewhere(ref=ref, example=example), "basis")

    def _direct(self, reading: Reading, ref: str | None, grades: Grades | None) -> Recipe | None:
        """Return the recipe of emissions given as a mass of gas."""
        gas = reading.get("gas", self._gas)
        if reading.text("factor"):
            reading.wrong(problems.GasAndFactor(gas=reading.text("gas")), "factor")
        unit = reading.get("unit", self._unit)
        if unit is not None and unit.dimension != self.library.units.dimension(TONNE):
            reading.wrong(problems.GasNeedsMass(unit=unit.symbol, dimension=unit.dimension), "unit")
        declared = reading.text("gwp_set")
        if declared and gas not in {None, UNSPLIT}:
            reading.wrong(problems.SetWithoutCo2e(), "gwp_set")
        known = reading.get("gwp_set", lambda text: known_set(self.library, text)) if declared else None
        if ref is None or gas is None or unit is None or grades is None or reading.problems:
            return None
        tonnes = {gas: self.library.units.scale(unit.symbol, TONNE)}
        why = _why_given(gas, known)
        identity = (ref, gas, unit.symbol, known and known.id, grades)
        return self._recipe(
            identity, reading.row, ref=ref, unit=unit.symbol, why=why, tonnes=tonnes,
            unsplit_set=known.id if known else None, grades=grades,
        )  # fmt: skip

    def _by_factor(self, reading: Reading, ref: str | None, grades: Grades | None) -> Recipe | None:
        """Return the recipe of an activity times a factor."""
        if not any(reading.text(column) for column in ("activity", "amount", "unit", "factor")):
            reading.wrong(problems.EmptyRow(), None)
            return None
        if reading.text("gwp_set"):
            reading.wrong(problems.SetWithoutCo2e(), "gwp_set")
        activity = reading.get("activity", self._activity)
        unit = reading.get("unit", self._unit)
        year = self.timing.year
        if ref is None or activity is None or unit is None or grades is None or year is None:
            return None
        market = _is_market(reading.row)
        protocol = self.library.protocol
        uses = protocol.market_uses(ref) if market else protocol.cells[ref].uses
        if market and not uses:
            return None
        question = Question(activity, ref, uses, unit.symbol, self.places, year, reading.text("factor"))
        try:
            choice = self.library.factors.choose(question)
            if instead := self.swaps.get(choice.factor.id):
                question = replace(question, pin=instead)
                choice = replace(self.library.factors.choose(question), later=False)
        except InputError as error:
            if market and isinstance(error, NoFactor):
                error = self._no_market_factor()
            reading.wrong(error, _column_of(error))
            return None
        if not market and self._is_of_market(choice.factor):
            reading.wrong(marketproblems.MarketFactorInTotal(factor=choice.factor.id), "factor")
            return None
        return self._from_choice(reading.row, question, choice, grades)

    def _no_market_factor(self) -> InputError:
        places = [place for place in self.places if place != WORLD]
        where = f" for {' or '.join(places)}" if places else "; no place was named"
        return marketproblems.MarketFactorMissing(where=where, zero=CERTIFICATE)

    def _is_of_market(self, factor: Factor) -> bool:
        """Return whether a factor is for market-based rows and for nothing else."""
        return bool(factor.uses) and set(factor.uses) <= set(self.library.protocol.all_market_uses)

    def _from_choice(self, row: RawRow, question: Question, choice: Choice, grades: Grades) -> Recipe:
        factor, activity = choice.factor, question.activity
        steps = _steps(choice.conversions)
        per_amount = (steps[-1].per_amount if steps else 1.0) / KG_PER_TONNE
        identity = (question.ref, activity.id, question.unit, factor.id, bool(question.pin), grades)
        recipe = self._recipe(
            identity, row, ref=question.ref, activity=activity, unit=question.unit, steps=steps,
            factor=factor, why=Why(choice.why_code, choice.why_params, choice.why),
            tonnes={gas: value.value * per_amount for gas, value in factor.gases.items()},
            unsplit_set=factor.gwp_set, grades=grades, per_amount=per_amount,
        )  # fmt: skip
        if choice.later and recipe.index not in self.reasons_needed:
            error = problems.LaterWithoutReason(factor=factor.id, factor_year=factor.year, year=question.year)
            self.reasons_needed[recipe.index] = Problem(error, "factor")
        return recipe

    def _recipe(
        self,
        identity: tuple[object, ...],
        row: RawRow,
        *,
        ref: str,
        unit: str,
        why: Why,
        tonnes: Mapping[str, float],
        unsplit_set: str | None,
        grades: Grades,
        activity: Activity | None = None,
        steps: tuple[Step, ...] = (),
        factor: Factor | None = None,
        per_amount: float = 0.0,
    ) -> Recipe:
        """Return the recipe of this identity, made if it is new, and note the row in its cell."""
        market = _is_market(row)
        self._note_row(ref, row.number, market)
        identity = (*identity, market)
        recipe = self._known.get(identity)
        if recipe is None:
            quality = self.library.quality
            widths, assumed, graded = self._half_widths(factor, grades.factor, per_amount)
            recipe = Recipe(
                index=len(self.recipes),
                ref=ref,
                activity=activity.id if activity else "",
                label=activity.label if activity else "",
                unit=unit,
                steps=steps,
                factor=factor,
                why=why,
                tonnes=tonnes,
                half_widths=widths,
                unsplit_set=unsplit_set,
                activity_percent=float(quality.activity[grades.activity or quality.unstated]),
                activity_assumed=grades.activity is None,
                factor_assumed=assumed,
                factor_graded=graded,
                market=market,
                energy_mwh=self._energy(unit),
            )
            self.recipes.append(recipe)
            self._known[identity] = recipe
        return recipe

    def _note_row(self, ref: str, number: int, market: bool) -> None:
        cell = self.book.cells[ref]
        if market:
            cell.market_row = number if cell.market_row is None else min(cell.market_row, number)
        else:
            cell.value_row = number if cell.value_row is None else min(cell.value_row, number)

    def _energy(self, unit: str) -> float:
        """Return MWh per unit; 0 of a unit that measures something else."""
        units = self.library.units
        if units.dimension(unit) != units.dimension(MEGAWATT_HOUR):
            return 0.0
        return units.scale(unit, MEGAWATT_HOUR)

    def _half_widths(
        self, factor: Factor | None, grade: str | None, per_amount: float
    ) -> tuple[dict[str, float], bool, bool]:
        """Return the factor's half-widths, t of each gas per unit, and whether one is assumed or by grade.

        The row's own grade of the factor comes first, then the printed range, then the grade on file.
        """
        widths: dict[str, float] = {}
        assumed = graded = False
        for gas, value in factor.gases.items() if factor else ():
            if grade is None and value.low is not None and value.high is not None:
                half_width = (value.high - value.low) / 2
            else:
                graded = True
                stated = grade or value.quality or (factor.quality if factor else None)
                assumed = assumed or stated is None
                percent = self.library.quality.factor[stated or self.library.quality.unstated]
                half_width = abs(value.value) * percent / 100
            widths[gas] = half_width * per_amount
        return widths, assumed, graded

    def _gas(self, text: str) -> str:
        if text not in self._gases:
            raise problems.UnknownGas(text, self._gases)
        return self._gases[text]

    def _unit(self, text: str) -> Unit:
        if not text:
            raise problems.MissingUnit
        return self.library.units.get(text)

    def _activity(self, text: str) -> Activity:
        if not text:
            raise problems.MissingActivity
        return self.library.activities.get(text)


def known_set(library: Library, name: str) -> GwpSet:
    """Return a set of warming potentials by its id, in any letter case.

    Raises
    ------
    UnknownSet
        If there is none, with those there are.
    """
    found = library.gwp_sets.get(name.strip().casefold())
    if found is None:
        raise problems.UnknownSet(name, library.gwp_sets)
    return found


def _is_market(row: RawRow) -> bool:
    return row.values["basis"].strip().casefold() == parsing.MARKET


def _grades(text: str) -> Grades:
    return Grades(*parsing.grades(text))


def _why_given(gas: str, declared: GwpSet | None) -> Why:
    if gas != UNSPLIT:
        return Why("inventory.why.given", {"gas": gas}, "Emissions given directly.")
    if declared is None:
        text = "Given directly as CO2e; with which warming potentials is not stated."
        return Why("inventory.why.given_co2e", {}, text)
    text = f"Given directly as CO2e, computed with {declared.label}."
    return Why("inventory.why.given_co2e_with_set", {"label": declared.label}, text)


def _steps(conversions: Iterable[Conversion]) -> tuple[Step, ...]:
    steps: list[Step] = []
    per_amount = 1.0
    for conversion in conversions:
        per_amount *= conversion.multiplier
        steps.append(
            Step(conversion.label, per_amount, conversion.unit, conversion.source_ref, conversion.locator)
        )
    return tuple(steps)


def _column_of(error: InputError) -> str | None:
    return next((column for kinds, column in COLUMN_OF if isinstance(error, kinds)), None)
