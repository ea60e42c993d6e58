"""What every method function checks on what it is given; each refusal names input, place and remedy.

All take and give arrays. A function checks its own input, so that a call from Python is as safe as one from a
form; `run_method` only puts the names of the entries in place of positions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods import problems

SHARES_TOLERANCE = 1e-6  # shares are often written with few digits; a third is 0.333333


def checked(
    name: str,
    value: ArrayLike,
    *,
    low: float | None = None,
    high: float | None = None,
    open_low: bool = False,
    open_high: bool = False,
) -> NDArray[np.float64]:
    """Return ``value`` as an array of finite numbers inside its range.

    Parameters
    ----------
    name : str
        The input, as the declaration names it.
    value : array_like, any shape
        What was given; NaN stands for a missing value.
    low, high : float, optional
        The bounds.
    open_low, open_high : bool
        Whether the bounds are excluded.

    Raises
    ------
    InputProblem
        `MissingValue`, `NotFinite`, `TooLow` or `TooHigh` of the first value that cannot be used.
    """
    array = np.asarray(value, dtype=np.float64)
    _refuse_first(np.isnan(array), name, array, problems.MissingValue)
    _refuse_first(~np.isfinite(array), name, array, problems.NotFinite)
    if low is not None:
        wrong = array <= low if open_low else array < low
        bound = f"above {low:g}" if open_low else f"{low:g} or more"
        _refuse_first(wrong, name, array, problems.TooLow, bound=bound)
    if high is not None:
        wrong = array >= high if open_high else array > high
        bound = f"below {high:g}" if open_high else f"{high:g} or less"
        _refuse_first(wrong, name, array, problems.TooHigh, bound=bound)
    return array


def checked_shares(
    name: str, value: ArrayLike, *, axis: int = -1, total: float | None = 1.0
) -> NDArray[np.float64]:
    """Return shares from 0 to 1 that sum to ``total`` along ``axis``; with ``total=None`` to at most 1.

    Raises
    ------
    InputProblem
        Also `BadSum`, at the place of the sum.
    """
    array = checked(name, value, low=0.0, high=1.0)
    sums = array.sum(axis=axis)
    excess = sums - 1.0 if total is None else np.abs(sums - total)
    wrong = np.atleast_1d(excess > SHARES_TOLERANCE)
    if wrong.any():
        index = first(wrong)
        found = float(np.atleast_1d(sums)[index])
        place = index if array.ndim > 1 and axis == -1 else ()
        expected = "at most 1" if total is None else f"{total:g}"
        raise problems.BadSum(name, place, found=f"{found:g}", expected=expected)
    return array


def checked_years(name: str, value: ArrayLike) -> NDArray[np.int64]:
    """Return years that follow each other one by one.

    Raises
    ------
    InputProblem
        `NotWhole`, or `NotIncreasing` at the first year out of order.
    """
    array = checked(name, value)
    _refuse_first(array != np.floor(array), name, array, problems.NotWhole, example="2004")
    years = array.astype(np.int64)
    wrong = np.diff(years, axis=-1) != 1
    if wrong.any():
        index = first(wrong)
        after = (*index[:-1], index[-1] + 1)
        raise problems.NotIncreasing(name, after, value=int(years[after]), before=int(years[index]))
    return years


def checked_part(
    name: str, value: ArrayLike, other: str, limit: ArrayLike, *, tolerance: float = 1e-9
) -> NDArray[np.float64]:
    """Return ``value``, refused where it is larger than ``limit``, which ``other`` names in words.

    Raises
    ------
    InputProblem
        `MoreThanOther` at the first place; ``tolerance`` is relative, for the last digits of a sum.
    """
    array = checked(name, value)
    parts, limits = np.broadcast_arrays(array, np.asarray(limit, dtype=np.float64))
    wrong = np.atleast_1d(parts > limits * (1 + tolerance))
    if wrong.any():
        index = first(wrong) if parts.ndim else ()
        place = index if array.ndim == parts.ndim else ()
        value, most = f"{parts[index]:g}", f"{limits[index]:g}"
        raise problems.MoreThanOther(name, place, value=value, other=other, limit=most)
    return array


def checked_choice(name: str, value: object, known: list[str]) -> NDArray[np.str_]:
    """Return one text or an array of texts that are all among ``known``.

    Raises
    ------
    InputProblem
        `UnknownChoice` with the nearest ones.
    """
    array = np.asarray(value, dtype=np.str_)
    wrong = np.atleast_1d(~np.isin(array, known))
    if wrong.any():
        index = first(wrong) if array.ndim else ()
        raise problems.UnknownChoice(name, index, value=str(array[index]), known=known)
    return array


def first(wrong: NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the position of the first true element."""
    return tuple(int(part) for part in np.unravel_index(int(np.argmax(wrong)), wrong.shape))


def _refuse_first(
    wrong: NDArray[np.bool_],
    name: str,
    array: NDArray[np.float64],
    problem: type[problems.InputProblem],
    **params: object,
) -> None:
    if not np.any(wrong):
        return
    index = first(np.atleast_1d(wrong)) if array.ndim else ()
    value = float(array[index])
    raise problem(name, index, value=f"{value:.15g}", found=f"{value:.15g}", **params)
