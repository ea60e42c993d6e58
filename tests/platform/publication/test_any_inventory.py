"""Whatever an inventory holds, its frozen document reads back as it was computed, to the last bit."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.options import Options
from localaction.engine.periods import Period
from localaction.platform.publication.document import frozen, thawed

ROWS = (
    {"ref": "I.1.1", "activity": "natural_gas", "unit": "TJ"},
    {"ref": "I.1.1", "activity": "natural_gas", "unit": "m3", "data_quality": "L/L"},
    {"ref": "I.2.1", "activity": "wood", "unit": "t"},
    {"ref": "III.1.1", "gas": "CH4", "unit": "t"},
    {"ref": "IV.2", "gas": "NF3", "unit": "kg"},
    {"ref": "IV.1", "gas": "CO2e", "unit": "t", "gwp_set": "ar4"},
    {
        "ref": "I.1.2",
        "activity": "electricity",
        "unit": "MWh",
        "factor": "carbon-footprint@2023:grid.gb/2023",
    },
    {"ref": "V.2", "gas": "CO2", "unit": "t"},
)
KEYS = (
    {"ref": "I.3.1", "notation_key": "IE (I.1.1)", "reason": "One meter."},
    {"ref": "I.3.2", "notation_key": "NE"},
    {"ref": "I.3.3", "notation_key": "NO; IE"},
)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
AMOUNTS = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False)
VALUES = st.builds(
    lambda row, amount: {**row, "amount": repr(amount), "reason": "Said why."}, st.sampled_from(ROWS), AMOUNTS
)
NAMES = st.text(max_size=8)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(VALUES, min_size=1, max_size=6),
    st.lists(st.sampled_from(KEYS), max_size=3, unique_by=lambda row: row["ref"]),
    st.sampled_from(["sar", "ar5", "ar6"]),
)
def test_an_inventory_is_read_back_as_it_was_computed(
    values: list[dict[str, str]], keys: list[dict[str, str]], gwp_set: str
) -> None:
    rows = [RawRow(number, row, str(number)) for number, row in enumerate([*values, *keys], start=2)]
    options = Options("GB-LON", ("GB-LON", "GB"), Period.year(2019), gwp_set)
    computed = json.loads(json.dumps(compile_inventory(rows, options).to_dict()))
    text = frozen({"result": computed})
    assert thawed(text) == {"result": computed}
    assert frozen(thawed(text)) == text
    assert frozen({"result": dict(reversed(computed.items()))}) == text
    assert _fractions(json.loads(text)) == []


@settings(max_examples=50, deadline=None)
@given(FINITE, st.dictionaries(NAMES, FINITE, max_size=4))
def test_every_finite_number_survives(amount: float, gases: dict[str, float]) -> None:
    data = {"co2e_t": amount, "gases_t": gases, "lines": [{"amount": amount, "steps": [{"value": -amount}]}]}
    assert thawed(frozen(data)) == data


def _fractions(value: object) -> list[float]:
    """Return every number of a document that is not a whole one."""
    if isinstance(value, dict):
        return [found for item in value.values() for found in _fractions(item)]
    if isinstance(value, list):
        return [found for item in value for found in _fractions(item)]
    return [value] if isinstance(value, float) else []
