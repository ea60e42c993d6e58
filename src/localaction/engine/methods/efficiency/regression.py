"""What would have been used at the weather of the reporting period: regression on degree days."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked
from localaction.engine.methods.problems import InputProblem
from localaction.engine.methods.registry import implements

FITTED = 2  # intercept and slope
Array = NDArray[np.float64]


class TooFewPoints(InputProblem):
    """A line cannot be judged by two points."""

    code = "methods.too_few_points"
    text = "{where} has {found} months; a line and how well it fits take at least 3."
    remedy_text = "Give twelve months or more; fewer miss a season."


class OneWeather(InputProblem):
    """All degree days are the same."""

    code = "methods.one_weather"
    text = "{where} is the same in every month, so nothing can be said of the weather."
    remedy_text = "Give the degree days of each month."


class Savings(NamedTuple):
    """The line, how well it fits, and what was saved against it."""

    intercept_mwh: Array
    slope_mwh_per_degree_day: Array
    r_squared: Array
    cv_rmse: Array
    adjusted_baseline_mwh: Array
    actual_mwh: Array
    saved_mwh: Array
    saved_share: Array


@implements("efficiency.degree_day_regression/1")
def degree_day_regression(
    base_degree_days: ArrayLike, base_mwh: ArrayLike, report_degree_days: ArrayLike, report_mwh: ArrayLike
) -> Savings:
    """Return the energy saved against a line through the base period, at the weather of the reporting period.

    Formula: ``E = a + b x degree days`` by least squares over the months of the base period; the adjusted
    baseline is ``sum(a + b x degree days)`` over the months reported; saved is that less what was used.

    Parameters
    ----------
    base_degree_days, report_degree_days : array_like, shape (base_month,) and (report_month,)
        Heating degree days; zero or more.
    base_mwh, report_mwh : array_like, shape (base_month,) and (report_month,)
        Energy used, MWh; zero or more.

    Raises
    ------
    InputProblem
        If a value is missing or negative, there are too few months, or they have one weather.

    Source
    ------
    International Performance Measurement and Verification Protocol, option C; limits of fit from memory.
    """
    days = checked("base_degree_days", base_degree_days, low=0.0)
    used = checked("base_mwh", base_mwh, low=0.0)
    months = days.shape[-1]
    if months <= FITTED:
        raise TooFewPoints("base_degree_days", (), found=months)
    spread = days - days.mean()
    if not np.any(spread):
        raise OneWeather("base_degree_days")
    slope = (spread * (used - used.mean())).sum() / np.square(spread).sum()
    intercept = used.mean() - slope * days.mean()
    residual = np.square(used - intercept - slope * days).sum()
    varied = np.square(used - used.mean()).sum()
    reported = checked("report_degree_days", report_degree_days, low=0.0)
    actual = checked("report_mwh", report_mwh, low=0.0).sum()
    adjusted = (intercept + slope * reported).sum()
    return Savings(
        intercept_mwh=np.asarray(intercept),
        slope_mwh_per_degree_day=np.asarray(slope),
        r_squared=np.asarray(1.0 - residual / varied if varied else 1.0),
        cv_rmse=np.asarray(np.sqrt(residual / (months - FITTED)) / used.mean()),
        adjusted_baseline_mwh=np.asarray(adjusted),
        actual_mwh=np.asarray(actual),
        saved_mwh=np.asarray(adjusted - actual),
        saved_share=np.asarray((adjusted - actual) / adjusted),
    )
