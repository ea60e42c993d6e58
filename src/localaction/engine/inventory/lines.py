"""One line per row: from its amount through conversion and factor to tonnes, with the reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.potentials import Potentials
from localaction.engine.inventory.recipe import Recipe, Step

Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Form:
    """What the lines of one recipe have in common."""

    steps: tuple[Step, ...]
    gases: tuple[tuple[str, float], ...]
    co2e: float
    biogenic: float
    factor: str | None
    missing: list[str]
    uncertainty: Mapping[str, float | None]


class LineWriter:
    """Make the line of a row from its recipe and amount."""

    def __init__(self, potentials: Potentials) -> None:
        self.potentials = potentials
        self.forms: dict[int, _Form] = {}

    def line(self, row: RawRow, recipe: Recipe, amount: float) -> Line:
        """Return the line of one row, as plain data."""
        form = self.forms.get(recipe.index) or self._new_form(recipe)
        values = row.values
        return {
            "row": row.number,
            "row_key": row.key,
            "ref": recipe.ref,
            "activity": recipe.activity or values["activity"].strip(),
            "label": recipe.label or values["activity"].strip() or values["gas"].strip(),
            "amount": amount,
            "unit": recipe.unit,
            "steps": [
                {
                    "label": label,
                    "value": amount * per,
                    "unit": unit,
                    "source_ref": source,
                    "locator": locator,
                }
                for label, per, unit, source, locator in form.steps
            ],
            "factor": form.factor,
            "why": recipe.why.text,
            "why_code": recipe.why.code,
            "why_params": recipe.why.params,
            "source": values["source"].strip(),
            "gases_t": {gas: amount * per for gas, per in form.gases},
            "co2e_t": amount * form.co2e,
            "co2_biogenic_t": amount * form.biogenic if form.biogenic else 0.0,
            "missing_potentials": form.missing,
            "uncertainty": form.uncertainty,
            "data_quality": values["data_quality"].strip(),
            "reason": values["reason"].strip(),
            "note": values["note"].strip(),
        }

    def _new_form(self, recipe: Recipe) -> _Form:
        co2e = self.potentials.co2e(recipe.tonnes)
        widths = [(self.potentials.of(gas) or 0.0) * width for gas, width in recipe.half_widths.items()]
        percent = 100 * math.hypot(*widths) / abs(co2e) if co2e and recipe.factor else None
        form = _Form(
            steps=recipe.steps,
            gases=tuple(recipe.gases.items()),
            co2e=co2e,
            biogenic=recipe.biogenic,
            factor=recipe.factor.id if recipe.factor else None,
            missing=self.potentials.missing(gas for gas, tonnes in recipe.tonnes.items() if tonnes),
            uncertainty={"activity_percent": recipe.activity_percent, "factor_percent": percent},
        )
        self.forms[recipe.index] = form
        return form
