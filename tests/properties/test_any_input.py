"""Whatever is handed in: a result, or a refusal that names what is wrong; never another exception."""

from __future__ import annotations

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.inventory import YEAR

from localaction.engine.errors import Refused
from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.inventory.rows import NAMES, read_blocks, read_csv

law = settings(deadline=None, max_examples=80, derandomize=True)
HEADER = ",".join(NAMES) + "\n"

tokens = {
    "ref": ["I.1.1", "I.2.1", "I.7.1", "III.2.1", "V.2", "VI.1", "I.63", "", " I.1.1 ", "ii.1.1"],
    "activity": [
        "natural_gas",
        "Gas/Diesel oil",
        "electricity",
        "composting_wet",
        "wood",
        "",
        "coal",
        "x" * 300,
    ],
    "amount": ["1", "-1", "0", "1e30", "1e31", "1e-300", "1,5", "nan", "", " 7", "١", "-0", "1e400", "_1"],
    "unit": ["TJ", "MWh gross", "t", "kg", "L", "m3", "km", "", "tj", "Parsec", "%s"],
    "period": ["", "2019", "2018", "2019-01-01/2019-06-30", "2019-02-30/2019-03-01", "x"],
    "factor": [
        "",
        "",
        "",
        "ipcc@2006:stationary.residential.natural_gas",
        "carbon-footprint@2023:grid.gb",
        "no",
    ],
    "gas": ["", "", "", "CO2", "CO2e", "CH4_fossil", "CO2_biogenic", "NF3", "co2", "XX"],
    "gwp_set": ["", "", "ar5", "SAR", "ar9"],
    "notation_key": ["", "", "", "", "NO", "IE (I.2.1)", "NE; NE", "C ", "no"],
    "included_in": ["", "", "I.1.1", "I.1.1 II.1.1", "I.99", ";"],
    "reason": ["", "Because", '"quoted"'],
    "data_quality": ["", "H", "h/l", "M/", "Q"],
    "uncertainty_percent": ["", "", "5", "0", "-1", "1001", "nan", "5 %"],
    "basis": ["", "", "", "market", "Location", "green"],
    "source": ["", "Meter, 2019"],
    "note": ["", "line\nbreak", "\u202ertl"],
}
texts = st.fixed_dictionaries({name: st.sampled_from(tokens[name]) for name in NAMES})
options = st.builds(
    Options,
    place_chain=st.sampled_from([(), ("GB",), ("XX-YY", "XX")]),
    period=st.sampled_from([None, YEAR]),
    gwp_set=st.sampled_from(["sar", "ar5", "ar6"]),
    max_errors=st.integers(0, 5),
)


def computed(data: bytes, chosen: Options) -> str:
    """Return the result, or the findings it is refused for, as text that could be written."""
    try:
        result = compile_inventory(read_blocks(io.BytesIO(data)), chosen)
    except Refused as refused:
        refusal = refused
    else:
        return json.dumps(result.to_dict(), allow_nan=False)
    assert refusal.findings or refusal.more
    assert all(finding.message and finding.remedy and finding.line() for finding in refusal.findings)
    return json.dumps([finding.to_dict() for finding in refusal.findings], allow_nan=False)


@law
@given(st.binary(max_size=300), options)
def test_any_bytes(data, chosen):
    computed(data, chosen)


@law
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode), options)
def test_any_bytes_below_a_good_header(data, chosen):
    computed(HEADER.encode() + data, chosen)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@law
@given(st.lists(texts, min_size=1, max_size=6), options)
def test_any_rows_of_plausible_texts(found, chosen):
    lines = [",".join(quoted(row[name]) for name in NAMES) for row in found]
    computed((HEADER + "\n".join(lines)).encode(), chosen)


@law
@given(st.lists(texts, max_size=9), st.integers(1, 4))
def test_rows_come_out_of_a_file_as_they_went_in(found, size):
    lines = [",".join(quoted(row[name]) for name in NAMES) for row in found]
    data = (HEADER + "".join(line + "\n" for line in lines)).encode()
    try:
        chunks = list(read_csv(io.BytesIO(data), chunk=size))
    except Refused:
        assert not any(any(row.values()) for row in found)
        return
    assert [row.values for chunk in chunks for row in chunk] == [row for row in found if any(row.values())]
