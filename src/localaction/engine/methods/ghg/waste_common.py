"""What the waste methods share: ratios of molar masses, and refusals that only waste needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked, checked_part, first
from localaction.engine.methods.problems import InputProblem, WrongLength

Array = NDArray[np.float64]

CH4_PER_C = 16 / 12
CO2_PER_C = 44 / 12
N2O_PER_N = 44 / 28
KG_PER_T = 1000.0
G_PER_KG = 1000.0
G_PER_T = 1e6
DAYS_PER_YEAR = 365  # as the guidelines count


class BeforeOpening(InputProblem):
    """Waste lies in a site that is not there yet."""

    code = "methods.before_opening"
    text = "{where} is {value} t, but the site opened in {opened}; no waste can lie in it before."
    remedy_text = "Correct the year of opening, or give that waste to the site where it went."


class NeverDecays(InputProblem):
    """Waste with degradable carbon has no rate of decay."""

    code = "methods.never_decays"
    text = (
        "{where} is 0, so the half-life has no end and the degradable carbon of this waste would never "
        "become methane."
    )
    remedy_text = (
        "Give a rate above 0 (ln 2 over the half-life in years); only waste without such carbon has 0."
    )


class BothGiven(InputProblem):
    """Two inputs say the same thing."""

    code = "methods.both_given"
    text = "{where} is given beside {other}; only one of them can be used."
    remedy_text = "Remove one of the two."


class NoneGiven(InputProblem):
    """Neither of two inputs that say the same thing is given."""

    code = "methods.none_given"
    text = "{where} is missing, and so is {other}; without one of them nothing can be computed."
    remedy_text = "Give one of the two."


class NotInSeries(InputProblem):
    """A year lies outside the series."""

    code = "methods.not_in_series"
    text = "{where} is {value}, but the years given run from {start} to {end}."
    remedy_text = (
        "Choose one of those years, or add the years up to it, with 0 t where nothing is deposited: old "
        "waste goes on emitting."
    )


class SludgeTooMuch(InputProblem):
    """More is taken out with sludge than there is."""

    code = "methods.sludge_too_much"
    text = (
        "{where} is {value} kg, more than the {held} kg of {what} in the wastewater; less than nothing would "
        "be left."
    )
    remedy_text = "Give the {what} in the sludge, not the mass of the sludge itself, or correct the load."


def less_recovered(generated: Array, recovered: ArrayLike, name: str = "recovered") -> Array:
    """Return what is left of generated methane after recovery, t; zero where only a rounding is below it.

    Raises
    ------
    InputProblem
        If more is recovered than generated.
    """
    amount = checked(name, recovered, low=0.0)
    checked_part(name, amount, "the methane generated there", generated)
    return np.maximum(generated - amount, 0.0)


def less_sludge(held: Array, sludge: ArrayLike, what: str, name: str = "sludge") -> Array:
    """Return what is left of a load after sludge is taken out, kg.

    Raises
    ------
    SludgeTooMuch
        If more is taken out than there is, which happens when the mass of the sludge itself is given.
    """
    amount = checked(name, sludge, low=0.0)
    taken, load = np.broadcast_arrays(amount, held)
    wrong = np.atleast_1d(taken > load * (1 + 1e-9))
    if wrong.any():
        index = first(wrong) if taken.ndim else ()
        at = index if amount.ndim == taken.ndim else ()
        raise SludgeTooMuch(name, at, value=f"{taken[index]:.10g}", held=f"{load[index]:.10g}", what=what)
    return np.maximum(held - amount, 0.0)


def along(name: str, array: Array, size: int, dimension: str, other: str) -> Array:
    """Return an array with its last axis spread to ``size`` entries; it has as many, or one for all.

    Raises
    ------
    WrongLength
        If it has another number of entries.
    """
    found = array.shape[-1] if array.ndim else 1
    if found not in (1, size):
        raise WrongLength(name, (), found=found, dimension=dimension, other=other, expected=size)
    return np.broadcast_to(array, (*array.shape[:-1], size))
