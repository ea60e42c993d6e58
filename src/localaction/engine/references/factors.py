"""One table of emission factors, whoever supplies them, and the rule that chooses among them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.references.conversion import Conversion, NoConversion, plan
from localaction.engine.references.fuels import Activity
from localaction.engine.units import Units, WrongDimension

WORLD = "world"
NAMED = 5  # of a list in a message
TIES = ("the place's own", "the one nearest to the unit of the row", "the first by its id")


class GasValue(NamedTuple):
    """Emission of one gas, kg for each unit of activity, with its published range if there is one.

    ``quality`` is the grade of this gas where it differs from that of the factor: CO2 of a fuel is known far
    better than its CH4.
    """

    value: float
    low: float | None = None
    high: float | None = None
    quality: str | None = None


@dataclass(frozen=True)
class Factor:
    """An emission factor of one data year.

    Parameters
    ----------
    id : str
        ``set@edition:name``, with ``/year`` if it is dated.
    activity, uses, place
        What it is for: fuel or activity, words that match cells, place code or ``world``.
    activity_unit : str
        Unit of activity; ``gases`` are kg of gas for each of it.
    unit : str
        As printed in the source.
    year : int or None
        Data year; None for a constant default, which has an edition.
    quality : str or None
        H, M or L: the default range where a gas has none of its own.
    automatic : bool
        False if it is used only when a row pins it.
    gwp_set : str or None
        Set that an unsplit CO2e was computed with; None if unknown or not unsplit.
    """

    id: str
    label: str
    activity: str
    uses: tuple[str, ...]
    unit: str
    activity_unit: str
    place: str
    year: int | None
    tier: int
    edition: str
    quality: str | None
    automatic: bool
    confidence: str
    last_checked: str
    gases: Mapping[str, GasValue] = field(hash=False)
    source_ref: str
    locator: str
    note: str = ""
    gwp_set: str | None = None

    @property
    def name(self) -> str:
        """Its id without the year of a dated value."""
        return self.id.removesuffix(f"/{self.year}") if self.year else self.id

    def record(self) -> dict[str, object]:
        """Return the factor as plain data, without its digest."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        plain["uses"] = list(self.uses)
        plain["gases"] = {gas: value._asdict() for gas, value in self.gases.items()}
        return plain

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical record."""
        text = json.dumps(self.record(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def to_dict(self) -> dict[str, object]:
        """Return the factor as plain data for JSON."""
        return {**self.record(), "digest": self.digest}


class UnknownFactor(InputError):
    """A row pins a factor that does not exist."""

    code = "references.unknown_factor"
    text = 'There is no factor "{factor}". {hint}'
    remedy_text = "Correct the id, or leave the column empty so that the factor is chosen by rule."

    def __init__(self, factor: str, known: Iterable[str]) -> None:
        super().__init__(factor=shown(factor), hint=did_you_mean(factor, known))


class FactorMismatch(InputError):
    """A row pins a factor of another activity."""

    code = "references.factor_mismatch"
    text = 'The factor "{factor}" is for {factor_activity}, not for {activity}.'
    remedy_text = "Pin a factor of {activity}, correct the activity, or leave the column factor empty."


class NoFactor(InputError):
    """No factor of this activity fits the cell."""

    code = "references.no_factor"
    text = (
        "No factor for {activity} fits cell {ref}{where}{unless}. "
        "Without one the row would be missing from the total. {others}"
    )
    remedy_text = (
        "Pin a factor in the column factor, add your own with its source, "
        "or give the emissions directly with gas and mass."
    )


class NoFactorForYear(InputError):
    """No value of an emission factor is dated in or before the inventory year."""

    code = "references.no_factor_for_year"
    text = (
        "No value of {factor} is dated {year} or earlier; the first one is from {first_year}. "
        "Without it the row would be missing from the total."
    )
    remedy_text = (
        'Pin the {first_year} value for this row ("{pin}" in the column factor) with a reason, '
        "or add an earlier value with its source."
    )


@dataclass(frozen=True)
class Choice:
    """The factor of a row, why this one, and the steps to its unit.

    ``later`` is true if the year of the factor is after that of the inventory.
    """

    factor: Factor
    why_code: str
    why_params: Mapping[str, object]
    why: str
    conversions: tuple[Conversion, ...]
    later: bool = False


@dataclass(frozen=True)
class Question:
    """What a factor is looked for.

    Parameters
    ----------
    activity, unit
        Of the row.
    ref, uses
        The cell, and the words by which factors are matched to it.
    place_chain : tuple of str
        Codes of places, the nearest first, ``world`` last.
    year : int
        Of the inventory.
    pin : str
        Id of the factor that the row asks for; with or without year.
    """

    activity: Activity
    ref: str
    uses: tuple[str, ...]
    unit: str
    place_chain: tuple[str, ...]
    year: int
    pin: str = ""


class FactorTable:
    """Every factor that may be used, and the rule of choice.

    Nearest place first; within it the latest data year not after the inventory's (a constant default counts
    as the oldest); then the highest tier. A factor whose unit cannot be reached does not count.
    Equals are told apart by `TIES`, in this order: the place's own before the rule book's; the fewest steps
    from the unit of the row; the id that comes first in the alphabet.

    Parameters
    ----------
    factors : iterable of Factor
        The last of several with the same id counts.
    units : Units
        What units may be written.
    own : collection of str
        Ids of those that are the place's own.
    """

    def __init__(self, factors: Iterable[Factor], units: Units, own: Collection[str] = ()) -> None:
        self.all: Mapping[str, Factor] = {factor.id: factor for factor in factors}
        self.own = frozenset(own)
        self.units = units
        self._by_activity: dict[str, list[Factor]] = {}
        self._by_name: dict[str, list[Factor]] = {}
        for factor in self.all.values():
            self._by_activity.setdefault(factor.activity, []).append(factor)
            self._by_name.setdefault(factor.name, []).append(factor)

    @property
    def names(self) -> Iterable[str]:
        """Every id, without the years of dated values."""
        return self._by_name

    def of_activity(self, activity: str) -> Sequence[Factor]:
        """Return every factor of an activity, automatic or not."""
        return self._by_activity.get(activity, ())

    def choose(self, question: Question) -> Choice:
        """Return the factor for a row, and why.

        Raises
        ------
        NoFactor, NoFactorForYear
            If the rule finds none; the message says what there is.
        UnknownFactor, FactorMismatch
            If the pinned one does not exist or is for something else.
        NoConversion, WrongDimension
            If the row's unit cannot be brought to the factor's.
        """
        if question.pin:
            return self._pinned(question)
        fitting = [
            f for f in self.of_activity(question.activity.id) if f.automatic and _used(f, question.uses)
        ]
        failures: list[InputError] = []
        for place in question.place_chain or (WORLD,):
            timely = [f for f in fitting if f.place == place and (f.year is None or f.year <= question.year)]
            if here := self._convertible(timely, question, failures):
                return self._chosen(here, question, place)
        raise failures[0] if failures else self._none(question, fitting)

    def _convertible(
        self, factors: Iterable[Factor], question: Question, failures: list[InputError]
    ) -> list[tuple[Factor, tuple[Conversion, ...]]]:
        """Return the factors whose unit can be reached, and how; why others cannot goes to ``failures``."""
        good = []
        for factor in factors:
            try:
                steps = plan(question.activity, question.unit, factor.activity_unit, self.units)
            except (NoConversion, WrongDimension) as error:
                failures.append(error)
            else:
                good.append((factor, steps))
        return good

    def _chosen(
        self, here: Sequence[tuple[Factor, tuple[Conversion, ...]]], question: Question, place: str
    ) -> Choice:
        best = max(_rank(factor) for factor, _ in here)
        equal = [(factor, steps) for factor, steps in here if _rank(factor) == best]
        factor, conversions = min(equal, key=lambda held: self._tie(*held))
        code, text = "references.why.nearest", "The nearest on file: {place}{year}."
        if place == WORLD and question.place_chain and question.place_chain[0] != WORLD:
            code = "references.why.world_default"
            text = "No factor of {nearer} is on file for {inventory_year}, so the world default applies."
        elif place == WORLD:
            code, text = "references.why.world", "The world default; no place was named."
        params: dict[str, object] = {
            "place": factor.place,
            "year": f", data year {factor.year}" if factor.year else "",
            "nearer": " or ".join(code for code in question.place_chain if code != WORLD),
            "inventory_year": question.year,
        }
        if len(equal) > 1:
            code, text = f"{code}_of_equals", f"{text} Of {{equals}} that are equal, {{rule}}."
            params |= {"equals": len(equal), "rule": self._tie_rule(factor, conversions, equal)}
        return Choice(factor, code, params, text.format_map(params), conversions)

    def _tie(self, factor: Factor, steps: Sequence[Conversion]) -> tuple[bool, int, str]:
        """Return by what equals are ordered, the first being taken."""
        return (factor.id not in self.own, len(steps), factor.id)

    def _tie_rule(
        self,
        factor: Factor,
        steps: Sequence[Conversion],
        equal: Sequence[tuple[Factor, Sequence[Conversion]]],
    ) -> str:
        """Return in words which rule told the equals apart."""
        taken = self._tie(factor, steps)
        second = min(self._tie(*held) for held in equal if held[0] is not factor)
        return next(words for words, mine, theirs in zip(TIES, taken, second, strict=True) if mine != theirs)

    def _pinned(self, question: Question) -> Choice:
        factor = self.all.get(question.pin) or self._dated(question)
        if factor.activity != question.activity.id:
            raise FactorMismatch(
                factor=factor.id, factor_activity=factor.activity, activity=question.activity.id
            )
        later = factor.year is not None and factor.year > question.year
        code, text = "references.why.pinned", "Pinned by the row."
        if later:
            code = "references.why.pinned_later"
            text = "Pinned by the row: a value of {year} for an inventory of {inventory_year}."
        elif question.uses and not _used(factor, question.uses):
            code = "references.why.pinned_other_use"
            text = "Pinned by the row, though it is made for {made_for} and not for cell {ref}."
        conversions = plan(question.activity, question.unit, factor.activity_unit, self.units)
        params: dict[str, object] = {
            "year": factor.year,
            "inventory_year": question.year,
            "made_for": ", ".join(use.replace("_", " ") for use in factor.uses),
            "ref": question.ref,
        }
        return Choice(factor, code, params, text.format_map(params), conversions, later)

    def _dated(self, question: Question) -> Factor:
        """Return the value of a pinned factor that the year rule picks, if the pin leaves the year open."""
        values = self._by_name.get(question.pin)
        if not values:
            raise UnknownFactor(question.pin, self.all)
        timely = [f for f in values if f.year is None or f.year <= question.year]
        if not timely:
            raise _too_late(values, question.year)
        return max(timely, key=_rank)

    def _none(self, question: Question, fitting: Sequence[Factor]) -> InputError:
        chain = question.place_chain or (WORLD,)
        late = [f for f in fitting if f.place in chain and f.year is not None and f.year > question.year]
        if late:
            nearest = min(late, key=lambda f: (chain.index(f.place), f.year or 0)).place
            return _too_late([f for f in late if f.place == nearest], question.year)
        places = [place for place in chain if place != WORLD]
        where = f" in {' or '.join(places)}, or for the world" if places else "; no place was named"
        held = [f for f in self.of_activity(question.activity.id) if _used(f, question.uses)]
        here = any(not f.automatic and f.place in chain for f in held)
        return NoFactor(
            activity=question.activity.label,
            ref=question.ref,
            where=where,
            unless=(" without a pin" if places else ", and none applies without a pin") if here else "",
            others=self._others(question, fitting, chain, pins_here=here),
        )

    def _others(
        self, question: Question, fitting: Sequence[Factor], chain: Sequence[str], *, pins_here: bool
    ) -> str:
        """Return what else is on file: places with a factor, or what can be pinned, the likely first."""
        if fitting and not pins_here:
            return f"There are factors for {_some(sorted({f.place for f in fitting}))}."
        pins = sorted(
            (f for f in self.of_activity(question.activity.id) if not (pins_here and f.automatic)),
            key=lambda f: (not _used(f, question.uses), f.place not in chain, f.id),
        )
        return f"These can be pinned: {_some([f.id for f in pins])}." if pins else ""


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" and others" if len(names) > NAMED else "")


def _rank(factor: Factor) -> tuple[int, int]:
    return (factor.year or 0, factor.tier)


def _used(factor: Factor, uses: tuple[str, ...]) -> bool:
    return any(use in uses for use in factor.uses)


def _too_late(factors: Sequence[Factor], year: int) -> NoFactorForYear:
    first = min(factors, key=lambda factor: factor.year or 0)
    return NoFactorForYear(factor=first.label, year=year, first_year=first.year, pin=first.id)
