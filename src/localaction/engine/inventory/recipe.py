"""What one unit of an activity becomes: everything about a row except how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from localaction.engine.errors import InputError
from localaction.engine.references.factors import Factor

BIOGENIC_CO2 = "CO2_biogenic"
UNSPLIT = "CO2E_UNSPLIT"


class Step(NamedTuple):
    """One conversion on the way to the factor's unit: the amount after it, per unit of the row's amount."""

    label: str
    per_amount: float
    unit: str
    source_ref: str = ""
    locator: str = ""


class Why(NamedTuple):
    """Why a factor was chosen: a code to translate by, what fills it, and the English text."""

    code: str
    params: Mapping[str, object]
    text: str


class Problem(NamedTuple):
    """Something wrong with a row, and the column it stands in."""

    error: InputError
    column: str | None = None


@dataclass(slots=True)
class Recipe:
    """How rows of one cell, activity, unit, factor and quality become emissions.

    Everything is proportional to the amount, so a million rows need only the sum of their amounts and the sum
    of its squares for each recipe.

    Parameters
    ----------
    index : int
        Position among the recipes of one run.
    ref, activity, label, unit : str
        Cell; id and label of the activity (empty for emissions given directly); unit of the amounts.
    steps : tuple of Step
        Conversions from the row's unit to the factor's.
    factor : Factor or None
        None if emissions are given directly.
    why : Why
        Why this factor, or why none.
    tonnes : mapping
        t of each gas per unit of amount; biogenic CO2 among them.
    half_widths : mapping
        Half of the 95 % interval of ``tonnes`` that comes from the factor.
    unsplit_set : str or None
        Warming potentials with which an unsplit CO2e was computed; None if unknown.
    activity_percent, activity_assumed
        Half-width of the amounts in percent, and whether no grade was stated for them.
    factor_assumed : bool
        Whether neither a range nor a grade was stated for the factor.
    factor_graded : bool
        Whether the factor's range rests on a grade, stated or not, for any of its gases.
    market : bool
        Whether the rows are market-based: shown beside, part of no total.
    energy_mwh : float
        MWh per unit of amount; 0 where the amount is no energy.
    """

    index: int
    ref: str
    activity: str
    label: str
    unit: str
    steps: tuple[Step, ...]
    factor: Factor | None
    why: Why
    tonnes: Mapping[str, float]
    half_widths: Mapping[str, float]
    unsplit_set: str | None
    activity_percent: float
    activity_assumed: bool
    factor_assumed: bool
    factor_graded: bool = False
    market: bool = False
    energy_mwh: float = 0.0

    @property
    def assumed(self) -> bool:
        """Whether a default grade stands in for the quality of the activity or of the factor."""
        return self.activity_assumed or self.factor_assumed

    @property
    def what(self) -> str:
        """What the rows are of: the activity, or the gases that are given directly."""
        return self.activity or " ".join(self.tonnes)

    @property
    def biogenic(self) -> float:
        """Biogenic CO2, t per unit of amount."""
        return self.tonnes.get(BIOGENIC_CO2, 0.0)

    @property
    def gases(self) -> dict[str, float]:
        """Tonnes of each gas that counts, per unit of amount."""
        return {gas: tonnes for gas, tonnes in self.tonnes.items() if gas != BIOGENIC_CO2}
