"""Whatever an inventory holds, its release agrees with itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.release import document, release

from localaction.engine.exchange.release.verifying import verify

ROWS = (
    {"ref": "I.1.1", "activity": "natural_gas", "unit": "TJ"},
    {"ref": "I.1.1", "activity": "natural_gas", "unit": "m3", "data_quality": "L/L"},
    {"ref": "I.2.1", "activity": "wood", "unit": "t", "note": "=1+1"},
    {"ref": "III.1.1", "gas": "CH4", "unit": "t", "source": 'A "quoted", text\nof two lines'},
    {"ref": "IV.2", "gas": "NF3", "unit": "kg"},
    {"ref": "IV.1", "gas": "CO2e", "unit": "t", "gwp_set": "ar4"},
    {"ref": "V.2", "gas": "CO2", "unit": "t"},
    {"ref": "VI.1", "gas": "CO2e", "unit": "t"},
)
AMOUNTS = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)
VALUES = st.builds(
    lambda row, amount: {**row, "amount": repr(amount), "reason": "-Said why."},
    st.sampled_from(ROWS),
    AMOUNTS,
)
INVENTORY = st.tuples(st.lists(VALUES, max_size=6), st.sampled_from(["sar", "ar5", "ar6"]), st.booleans())


@settings(max_examples=25, deadline=None)
@given(st.lists(INVENTORY, min_size=1, max_size=3))
def test_every_release_verifies(inventories: list[tuple[list[dict[str, str]], str, bool]]) -> None:
    documents = [
        document("GB-LON", 2015 + number, rows, gwp_set=gwp_set, keep_lines=keep_lines)
        for number, (rows, gwp_set, keep_lines) in enumerate(inventories)
    ]
    with tempfile.TemporaryDirectory() as folder:
        release(Path(folder) / "r", documents)
        report = verify(Path(folder) / "r")
        assert [deviation.line for deviation in report.deviations] == []
        assert report.lines == sum(len(rows) for rows, _set, keep_lines in inventories if keep_lines)
