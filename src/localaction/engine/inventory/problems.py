"""What can be wrong with a row of an inventory, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from localaction.engine.errors import InputError, did_you_mean, shown


class EmptyRow(InputError):
    """A row says nothing but, at most, its cell."""

    code = "inventory.empty_row"
    text = "The row holds neither an amount nor a notation key."
    remedy_text = "Give an amount with its unit, or a notation key, or remove the row."


class MissingCell(InputError):
    """A row names no cell."""

    code = "inventory.missing_cell"
    text = "The row names no cell, so it would be missing from every total."
    remedy_text = "Write the reference number of its cell, such as I.1.1."


class UnknownCell(InputError):
    """A reference number is not one of the protocol's."""

    code = "inventory.unknown_cell"
    text = 'There is no cell "{ref}" in {protocol}.'
    remedy_text = "{hint}"

    def __init__(self, ref: str, protocol: str, known: Iterable[str]) -> None:
        hint = did_you_mean(ref, known) or "Cells are numbered I.1.1 to VI.1; the template shows some."
        super().__init__(ref=shown(ref), protocol=protocol, hint=hint)


class AmbiguousAmount(InputError):
    """An amount has a comma that may mean two things."""

    code = "inventory.ambiguous_amount"
    text = (
        '"{value}" is ambiguous: the comma may separate thousands or decimals, which differ a thousandfold.'
    )
    remedy_text = "Write it without thousands separators and with a point as decimal sign, such as {example}."


class NotANumber(InputError):
    """An amount is no plain decimal number."""

    code = "inventory.not_a_number"
    text = '"{value}" is not a number.'
    remedy_text = (
        "Write digits with a point as decimal sign and no thousands separators, such as 1234.5 or 1.2345e3; "
        "the unit has a column of its own."
    )


class NotFinite(InputError):
    """An amount is NaN or infinite."""

    code = "inventory.not_finite"
    text = '"{value}" is not an amount: it is not a finite number.'
    remedy_text = "Write the amount; where there is none, use a notation key with its reason."


class TooLarge(InputError):
    """An amount has an exponent that cannot be meant."""

    code = "inventory.too_large"
    text = '"{value}" is larger than any amount on Earth.'
    remedy_text = "Check the exponent."


class MissingAmount(InputError):
    """An amount is empty."""

    code = "inventory.missing_amount"
    text = "The amount is missing; an empty amount is not zero."
    remedy_text = "Give the amount; where there is none, use a notation key with its reason."


class MissingUnit(InputError):
    """An amount has no unit."""

    code = "inventory.missing_unit"
    text = "The unit is missing, so the amount means nothing."
    remedy_text = "Give the unit of the amount, such as MWh, t or m3."


class MissingActivity(InputError):
    """An amount is of nothing."""

    code = "inventory.missing_activity"
    text = "The row has an amount but names neither an activity nor a gas."
    remedy_text = "Name the fuel or activity, or, if the amount is an emission, its gas."


class KeyAndValue(InputError):
    """One row has a notation key and something a key replaces."""

    code = "inventory.key_and_value"
    text = "The row has the notation key {key} and also {column}; a key stands instead of an amount."
    remedy_text = "Keep one of the two."


class MixedCell(InputError):
    """One cell has amounts and a notation key."""

    code = "inventory.mixed_cell"
    text = "The cell {ref} has an amount in row {value_row} and the notation key {key} in row {key_row}."
    remedy_text = "Keep the amounts, or the key with its reason; a cell holds one or the other."


class TwoKeys(InputError):
    """One cell has two different notation keys."""

    code = "inventory.two_keys"
    text = "The cell {ref} has the notation key {first} in row {first_row} and {second} in row {second_row}."
    remedy_text = "Keep the one that holds."


class UnknownKey(InputError):
    """A notation key is not one of the protocol's."""

    code = "inventory.unknown_key"
    text = '"{value}" is not a notation key.'
    remedy_text = "{hint}"

    def __init__(self, value: str, known: Iterable[str]) -> None:
        listed = ", ".join(known)
        hint = did_you_mean(value, listed.split(", ")) or f"The keys are {listed}."
        super().__init__(value=shown(value), hint=hint)


class GasAndFactor(InputError):
    """One row has emissions and a factor to compute them with."""

    code = "inventory.gas_and_factor"
    text = "The row gives emissions of {gas} directly and also an emission factor, which would count twice."
    remedy_text = (
        "Leave out the gas to have the factor applied, or the factor to keep the emissions as given."
    )


class UnknownGas(InputError):
    """A gas is not known."""

    code = "inventory.unknown_gas"
    text = 'There is no gas "{gas}".'
    remedy_text = "{hint}"

    def __init__(self, gas: str, known: Iterable[str]) -> None:
        names = sorted(known)
        hint = did_you_mean(gas, names) or f"The gases are {', '.join(names)}."
        super().__init__(gas=shown(gas), hint=hint)


class GasNeedsMass(InputError):
    """Emissions are given in a unit that is no mass."""

    code = "inventory.gas_needs_mass"
    text = "Emissions given directly are a mass, but {unit} is a unit of {dimension}."
    remedy_text = "Give tonnes or kilograms of the gas; or leave out the gas and name the activity."


class SetWithoutCo2e(InputError):
    """Warming potentials are declared for something they do not apply to."""

    code = "inventory.set_without_co2e"
    text = "Warming potentials are named, but the row does not give CO2e."
    remedy_text = "Leave the column empty: the potentials of the inventory apply to every gas."


class UnknownSet(InputError):
    """A set of warming potentials is not known."""

    code = "inventory.unknown_set"
    text = 'There is no set of warming potentials "{name}".'
    remedy_text = "{hint}"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        listed = list(known)
        hint = did_you_mean(name, listed) or f"The sets are {', '.join(listed)}."
        super().__init__(name=shown(name), hint=hint)


class OnlyForKeys(InputError):
    """A row without a notation key refers to other cells."""

    code = "inventory.only_for_keys"
    text = "The row names cells that include it, but has no notation key."
    remedy_text = "Add the key IE or C, or leave the column empty."


class NegativeWithoutReason(InputError):
    """An amount below zero is not explained."""

    code = "inventory.negative_without_reason"
    text = "The amount is negative and has no reason."
    remedy_text = "If it is a removal, say so in the column reason; if not, correct the sign."


class LaterWithoutReason(InputError):
    """A factor of a later year is pinned without saying why."""

    code = "inventory.later_factor_without_reason"
    text = "The pinned factor {factor} is dated {factor_year}, later than the inventory year {year}."
    remedy_text = "Say in the column reason why it applies, or leave the factor to be chosen."


class MissingPeriod(InputError):
    """The year of the inventory is not known."""

    code = "inventory.missing_period"
    text = "Neither every row nor the inventory as a whole says what period it is about."
    remedy_text = (
        "Fill the column period in every row, or give the period of the inventory "
        "(on the command line --period 2019)."
    )


class OtherPeriod(InputError):
    """A row is of another year than the inventory."""

    code = "inventory.other_period"
    text = "The row is about {found}, the inventory about {expected}; an inventory is of one year."
    remedy_text = "Move the row to the inventory of its own year, or correct the period."


class BadQuality(InputError):
    """A data quality is none of the grades."""

    code = "inventory.bad_quality"
    text = '"{value}" is not a data quality.'
    remedy_text = "Write H, M or L, or two such as H/M for activity and factor."


class BadPercent(InputError):
    """An uncertainty is no percentage."""

    code = "inventory.bad_percent"
    text = '"{value}" is not an uncertainty in percent.'
    remedy_text = (
        "Write half the width of the 95 % interval as a number from 0 to {limit} without sign, such as 5 "
        "for plus or minus 5 %; or leave it empty for the range of its grade."
    )


class IrregularKey(InputError):
    """A notation key was written untidily and read by its first word."""

    code = "inventory.irregular_key"
    text = 'The notation key is written "{raw}"; it was read as {key}.'
    remedy_text = "Write {key} alone and name other cells in the column included_in."


class KeyWithoutReason(InputError):
    """A notation key is not explained."""

    code = "inventory.key_without_reason"
    text = "The notation key {key} has no reason."
    remedy_text = "Say why in the column reason; without it the inventory cannot be published."


class KeyWithoutReference(InputError):
    """Emissions are included elsewhere, but it is not said where."""

    code = "inventory.key_without_reference"
    text = "The notation key {key} does not say which cell includes the emissions."
    remedy_text = "Name the cell in the column included_in, such as II.1.1."


class ReferenceToNothing(InputError):
    """Emissions are said to be included in a cell that has none."""

    code = "inventory.reference_to_nothing"
    text = "The cell {ref} is said to be included in {target}, which holds no amount."
    remedy_text = "Name the cell that holds it, or add the amount there."


class OpenCell(InputError):
    """A required cell has no answer yet."""

    code = "inventory.open_cell"
    text = "The cell {ref} ({label}) is open: it has neither an amount nor a notation key."
    remedy_text = "Add a row for it; {level} requires an answer in this cell."


class NegativeCell(InputError):
    """An amount below zero stands in a cell that is not for removals."""

    code = "inventory.negative_cell"
    text = "The cell {ref} has a negative amount in row {row}, although it is not a cell for removals."
    remedy_text = "Check the sign; removals belong to {cells}."


class NotRecomputable(InputError):
    """Unsplit CO2e does not follow the warming potentials of the inventory."""

    code = "inventory.not_recomputable"
    text = (
        "{tonnes} t CO2e come without a split into gases, computed with {found}; "
        "they are counted as they are and do not follow the warming potentials of the inventory ({expected})."
    )
    remedy_text = "Give the gases apart, if the source has them."


class NoPotential(InputError):
    """A gas has no warming potential in the set of the inventory."""

    code = "inventory.no_potential"
    text = (
        "{label} has no warming potential for {gas}, so {tonnes} t of it are missing from the total, "
        "which is partial."
    )
    remedy_text = "Choose warming potentials that cover it, or show the total as partial."


class HighUncertainty(InputError):
    """A total is too uncertain for error propagation to be more than indicative."""

    code = "inventory.high_uncertainty"
    text = (
        "The uncertainty of {total} is {percent} %, above {limit} %, where error propagation is indicative."
    )
    remedy_text = "Better data for the largest cells narrow it most."


class ManyErrors(InputError):
    """More errors were found than are listed."""

    code = "inventory.many_errors"
    text = "and {more} more."
    remedy_text = "Correct those listed first; the rest is often of the same kind."
