"""An example of an inventory file that computes as it is."""

from __future__ import annotations

import csv
import io

from localaction.engine.inventory.columns import NAMES

PERIOD = "2023"
GRID, LOSSES = "carbon-footprint@2023:grid.gb/2023", "carbon-footprint@2023:losses.gb/2023"
ROWS: tuple[dict[str, str], ...] = (
    {
        "ref": "I.1.1", "activity": "natural_gas", "amount": "125000", "unit": "MWh gross",
        "data_quality": "H", "source": "Gas network operator, yearly sales to homes",
        "note": "Metered; gas is sold by its gross energy",
    },
    {
        "ref": "I.1.2", "activity": "electricity", "amount": "48000", "unit": "MWh", "factor": GRID,
        "data_quality": "H", "source": "Power network operator, yearly sales to homes",
        "note": "The factor is pinned; without a pin it is chosen for the place of the inventory",
    },
    {
        "ref": "I.1.3", "activity": "electricity", "amount": "48000", "unit": "MWh", "factor": LOSSES,
        "data_quality": "H", "source": "Power network operator, yearly sales to homes",
    },
    {
        "ref": "I.2.1", "activity": "gas_diesel_oil", "amount": "1200", "unit": "t", "data_quality": "M",
        "source": "Survey of heating oil traders",
    },
    {
        "ref": "I.3.1", "activity": "wood", "amount": "300", "unit": "t", "data_quality": "L",
        "source": "Sawmill, estimate", "note": "Biogenic CO2 is shown apart and counts in no total",
    },
    {"ref": "I.7.1", "notation_key": "NO", "note": "No coal is mined here"},
    {
        "ref": "II.1.1", "activity": "motor_gasoline", "amount": "9.5e6", "unit": "L", "data_quality": "M/L",
        "source": "Fuel tax statistics", "note": "Activity graded M, factor graded L",
    },
    {
        "ref": "II.1.1", "activity": "gas_diesel_oil", "amount": "14000", "unit": "t", "data_quality": "M",
        "source": "Fuel tax statistics",
    },
    {
        "ref": "II.2.1", "notation_key": "IE", "included_in": "II.1.1",
        "reason": "Fuel sales do not tell trains from lorries",
    },
    {
        "ref": "III.1.1", "activity": "Landfill, computed apart", "amount": "310", "unit": "t",
        "gas": "CH4_biogenic", "data_quality": "L", "source": "Decay model of the landfill operator",
    },
    {
        "ref": "III.2.1", "activity": "composting_wet", "amount": "1500", "unit": "t", "data_quality": "M",
        "source": "Composting plant, weighbridge",
    },
    {
        "ref": "III.4.1", "activity": "Wastewater plant", "amount": "4200", "unit": "t", "gas": "CO2e",
        "gwp_set": "ar5", "data_quality": "M", "source": "Environmental statement of the plant",
    },
    {"ref": "IV.2", "notation_key": "NE", "reason": "Refrigerant sales are not yet collected"},
    {
        "ref": "V.2", "activity": "City trees", "amount": "-850", "unit": "t", "gas": "CO2",
        "reason": "Net uptake of growing trees", "data_quality": "L", "source": "Tree inventory",
    },
)  # fmt: skip


def template_csv() -> str:
    """Return an example file with one row of every kind; it computes without errors."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, NAMES, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({"period": PERIOD, **row} for row in ROWS)
    return text.getvalue()
