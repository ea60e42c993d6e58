"""The demo inventories show what their sources print."""

from __future__ import annotations

import pytest

from localaction.platform.publication.queries import Published, published

# As printed by the C40 Cities dashboard (version 30 May 2023), t CO2e: BASIC, BASIC+, territorial.
PUBLISHED = [
    pytest.param("AR-BUE", 2019, 11701759.820, 12276021.320, 12529294.143, id="Buenos Aires 2019"),
    pytest.param("AR-BUE", 2020, 10348918.644, 10970655.528, 11664583.761, id="Buenos Aires 2020"),
    pytest.param("BR-RIO", 2016, 15336634.730, 20967342.778, 19010447.749, id="Rio de Janeiro 2016"),
    pytest.param("BR-RIO", 2017, 14995980.801, 20522819.759, 19148184.888, id="Rio de Janeiro 2017"),
    pytest.param("DK-CPH", 2016, 1582119.064, 1762724.436, 2119920.722, id="Copenhagen 2016"),
    pytest.param("DK-CPH", 2018, 1499957.188, 1567916.109, 2180445.536, id="Copenhagen 2018"),
    pytest.param("GH-ACC", 2015, 2384240.558, 2753913.497, 1627947.720, id="Accra 2015"),
    pytest.param("IT-ROM", 2015, 9514765.315, 9514765.315, 6249971.465, id="Rome 2015"),
    pytest.param("IT-ROM", 2019, 8411667.397, 8411667.397, 5459051.203, id="Rome 2019"),
    pytest.param("JO-AMM", 2018, 7517846.253, 9343643.983, 4785453.874, id="Amman 2018"),
    pytest.param("JO-AMM", 2019, 6996703.576, 9129790.405, 4346479.661, id="Amman 2019"),
    pytest.param("JP-TYO", 2018, 56404945.300, 75528782.848, 30844026.089, id="Tokyo 2018"),
    pytest.param("JP-TYO", 2019, 53530081.094, 72595104.897, 30439883.241, id="Tokyo 2019"),
    pytest.param("MX-MEX", 2016, 31967776.607, 40397350.957, 21403077.817, id="Mexico City 2016"),
    pytest.param("MX-MEX", 2018, 32529298.658, 46621412.676, 22769578.039, id="Mexico City 2018"),
    pytest.param("NL-AMS", 2019, 4396573.858, 4435789.474, 3032151.826, id="Amsterdam 2019"),
    pytest.param("NL-AMS", 2020, 3952350.630, 3991572.115, 2709772.407, id="Amsterdam 2020"),
    pytest.param("NZ-AKL", 2018, 7842712.493, 11157801.945, 8645972.440, id="Auckland 2018"),
    pytest.param("NZ-AKL", 2019, 8079888.851, 11511216.391, 8663015.954, id="Auckland 2019"),
    pytest.param("ZA-PRY", 2015, 19482695.849, 20510517.465, 8691424.148, id="Tshwane 2015"),
    pytest.param("ZA-PRY", 2020, 18977435.382, 20390401.031, 8309124.494, id="Tshwane 2020"),
]
HALF_OF_LAST_DIGIT = 0.0005 + 1e-6

# US EPA, GHG Emission Factors Hub of April 2021: MRO West 2019, lb/MWh; gas, kg/MMBtu. AR5: 28 and 265.
KG_PER_LB = 0.45359237
GRID_KG_PER_MWH = (1098.4 + 0.119 * 28 + 0.017 * 265) * KG_PER_LB
GAS_KG_PER_MMBTU = 53.06 + 0.001 * 28 + 0.0001 * 265
# Xcel Energy 2018, MWh: residential, business, three kinds of street lighting. City summary 2018, therm.
HOMES_MWH = 1029006.22698
OTHERS_MWH = 2834632.00816 + 13603.92401 + 2328.897 + 13358.323
GAS_THERM, MMBTU_PER_THERM = 120984119, 0.1


def cell(found: Published, ref: str) -> dict[str, object]:
    return next(cell for cell in found.result["cells"] if cell["ref"] == ref)


@pytest.mark.parametrize(("code", "year", "basic", "basic_plus", "territorial"), PUBLISHED)
def test_totals_are_those_the_source_prints(loaded, code, year, basic, basic_plus, territorial):
    totals = published(code, year).result["totals"]
    assert totals["BASIC"]["co2e_t"] == pytest.approx(basic, abs=HALF_OF_LAST_DIGIT)
    assert totals["BASIC+"]["co2e_t"] == pytest.approx(basic_plus, abs=HALF_OF_LAST_DIGIT)
    assert totals["territorial"]["co2e_t"] == pytest.approx(territorial, abs=HALF_OF_LAST_DIGIT)


@pytest.mark.parametrize(("code", "year"), [case.values[:2] for case in PUBLISHED])
def test_each_of_the_54_cells_holds_a_figure_or_a_key(loaded, code, year):
    states = [cell["state"] for cell in published(code, year).result["cells"]]
    assert len(states) == 54
    assert set(states) == {"value", "key"}


def test_minneapolis_is_computed_from_activity(loaded):
    found = published("US-MES", 2018)
    homes, others = HOMES_MWH * GRID_KG_PER_MWH / 1000, OTHERS_MWH * GRID_KG_PER_MWH / 1000
    gas = GAS_THERM * MMBTU_PER_THERM * GAS_KG_PER_MMBTU / 1000
    assert cell(found, "I.1.1")["co2e_t"] == pytest.approx(gas, rel=1e-6)
    assert cell(found, "I.1.2")["co2e_t"] == pytest.approx(homes, rel=1e-9)
    assert cell(found, "I.2.2")["co2e_t"] == pytest.approx(others, rel=1e-9)
    basic = found.result["totals"]["BASIC"]
    assert basic["co2e_t"] == pytest.approx(gas + homes + others, rel=1e-6)
    assert basic["low_t"] < basic["co2e_t"] < basic["high_t"]


def test_a_trail_of_minneapolis_leads_down_to_cited_factors(loaded):
    found = published("US-MES", 2018)
    lines = [line for line in found.result["lines"] if line["factor"]]
    assert {line["ref"]: line["factor"] for line in lines} == {
        "I.1.1": "epa-hub@2021:natural_gas",
        "I.1.2": "epa-hub@2021:grid.mrow/2019",
        "I.2.2": "epa-hub@2021:grid.mrow/2019",
    }
    assert len(lines) == 6
    for line in lines:
        factor = found.result["factors"][line["factor"]]
        assert factor["source_ref"] in found.result["sources"]
    assert cell(found, "I.3.2")["included_in"] == ["I.2.2"]


def test_published_documents_carry_citation_licence_and_population(loaded):
    accra, minneapolis = published("GH-ACC", 2015), published("US-MES", 2018)
    assert accra.doc["citation"].endswith(
        "GHG Interactive Dashboard Data. London, UK: C40 Cities Climate Leadership Group. "
        "Made available under CDP's Open Data Portal License and the C40 terms of use."
    )
    assert accra.doc["licence"] == "CDP's Open Data Portal License and the C40 terms of use"
    assert accra.doc["population"]["value"] == 1999810
    assert minneapolis.doc["licence"] == "MIT"
    assert "Xcel Energy" in minneapolis.doc["citation"]
    assert minneapolis.doc["population"]["value"] == 423990


def test_a_fiscal_year_keeps_its_days_and_its_population(loaded):
    found = published("ZA-PRY", 2020)
    assert found.result["period"] == {"start": "2020-07-01", "end": "2021-06-30", "label_year": 2020}
    assert found.doc["population"]["value"] == 3555741


def test_an_irregular_key_stays_as_published_and_is_understood(loaded):
    found = cell(published("IT-ROM", 2015), "II.2.1")
    assert (found["notation_key"], found["raw_key"], found["included_in"]) == (
        "IE",
        "IE (II.1.1)",
        ["II.1.1"],
    )
