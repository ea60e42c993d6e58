"""Every country of the list of grid factors: generation, losses and year, against the list typed out here."""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library

# Carbon Footprint Ltd, country list of July 2023: place, generation and network losses in kg CO2e for each
# kWh, data year, "CO2" where the origin (production mixes of AIB) is carbon dioxide only.
TABLE = """
AR 0.2478 0.0403 2021 all  Argentina
AU 0.6800 0.0900 2022 all  Australia
AT 0.1271 0.0202 2022 CO2  Austria
BE 0.1218 0.0170 2022 CO2  Belgium
BR 0.1100 0.0195 2021 all  Brazil
CA 0.1100 0.0000 2021 all  Canada
CL 0.2621 0.0614 2022 all  Chile
CN 0.4845 0.0727 2021 all  China
CO 0.1336 0.0128 2022 all  Colombia
CZ 0.6422 0.1219 2022 CO2  Czech Republic
DK 0.1628 0.0245 2022 CO2  Denmark
EG 0.3958 0.0644 2022 all  Egypt
FI 0.0828 0.0125 2022 CO2  Finland
FR 0.0536 0.0085 2022 CO2  France
DE 0.3876 0.0615 2022 CO2  Germany
GR 0.3518 0.0266 2022 CO2  Greece
IN 0.6001 0.1131 2021 all  India
ID 0.6603 0.1245 2021 all  Indonesia
IE 0.3089 0.0432 2022 CO2  Ireland
IT 0.3144 0.0499 2022 CO2  Italy
JP 0.4295 0.0320 2021 all  Japan
KE 0.0695 0.0113 2022 all  Kenya
MY 0.4529 0.0854 2022 all  Malaysia
MX 0.2549 0.0451 2021 all  Mexico
NL 0.2963 0.0445 2022 CO2  Netherlands
NZ 0.1201 0.0110 2020 all  New Zealand
NG 0.2729 0.0444 2022 all  Nigeria
NO 0.0072 0.0011 2022 CO2  Norway
PE 0.1952 0.0318 2022 all  Peru
PH 0.5225 0.0851 2022 all  Philippines
PL 0.7575 0.1202 2022 CO2  Poland
PT 0.1372 0.0192 2022 CO2  Portugal
SA 0.5717 0.0425 2021 all  Saudi Arabia
SG 0.3954 0.0126 2021 all  Singapore
ZA 0.8052 0.0613 2021 all  South Africa
KR 0.3706 0.0407 2021 all  South Korea
ES 0.1637 0.0134 2022 CO2  Spain
SE 0.0066 0.0007 2022 CO2  Sweden
CH 0.0025 0.0002 2022 CO2  Switzerland
TH 0.4070 0.0390 2022 all  Thailand
TR 0.3585 0.0676 2021 all  Turkey
GB 0.2071 0.0179 2023 all  United Kingdom
US 0.3887 0.0183 2021 all  United States
VN 0.3080 0.0699 2022 all  Vietnam
"""
ROWS = [line.split(maxsplit=5) for line in TABLE.strip().splitlines()]
PLACES = [row[0] for row in ROWS]
NO_LOSSES = "CA"  # printed as 0.0000: no losses are given


@pytest.fixture(scope="module")
def factors():
    return Library.load().factors


@pytest.mark.parametrize("row", ROWS, ids=PLACES)
def test_a_country_has_its_printed_factors(factors, row):
    place, generation, losses, year, gases, country = row
    species = "CO2" if gases == "CO2" else "CO2E_UNSPLIT"
    for kind, printed in (("grid", generation), ("losses", losses)):
        factor = factors.all[f"carbon-footprint@2023:{kind}.{place.lower()}/{year}"]
        assert {gas: value.value for gas, value in factor.gases.items()} == {species: float(printed)}
        assert (factor.unit, factor.activity_unit, factor.place) == ("kg/kWh", "kWh", place)
        assert (factor.year, factor.activity, factor.gwp_set) == (int(year), "electricity", None)
        assert country in factor.label
        assert factor.uses == ("grid_generation" if kind == "grid" else "grid_losses",)
        assert factor.automatic == (place != NO_LOSSES or kind == "grid")
        assert ("CO2 only" in factor.note) == (gases == "CO2")


def test_the_list_is_complete(factors):
    assert len(ROWS) == 44
    ours = [name for name in factors.all if name.startswith("carbon-footprint@2023:")]
    assert len(ours) == 2 * 44


@pytest.mark.parametrize(
    ("name", "kg_per_mwh", "species"),
    [
        ("ghgp@2.0:grid.cn/2022", 570.3, "CO2"),
        ("ghgp@2.0:grid.th/2022", 412.0, "CO2E_UNSPLIT"),
        ("ghgp@2.0:grid.tw/2022", 495.0, "CO2E_UNSPLIT"),
        ("ghgp@2.0:grid.gb/2023", 204.96, "CO2"),
        ("ghgp@2.0:grid.br/2023", 38.5, "CO2E_UNSPLIT"),
    ],
)
def test_values_of_the_workbook_are_there_to_be_pinned(factors, name, kg_per_mwh, species):
    factor = factors.all[name]
    assert {gas: value.value for gas, value in factor.gases.items()} == {
        species: pytest.approx(kg_per_mwh, rel=1e-12)
    }
    assert factor.activity_unit == "MWh"
    assert not factor.automatic


def test_the_united_states_average_of_egrid_2019_is_in_pounds_for_each_mwh(factors):
    """EPA GHG Emission Factors Hub of April 2021, table 6: 884.2 lb CO2, 0.075 lb CH4 and 0.011 lb N2O."""
    factor = factors.all["epa-hub@2021:grid.us/2019"]
    pounds = {gas: value.value / 0.45359237 for gas, value in factor.gases.items()}
    assert pounds == pytest.approx({"CO2": 884.2, "CH4": 0.075, "N2O": 0.011}, rel=1e-9)
    assert factor.activity_unit == "MWh"


@pytest.mark.parametrize(("place", "kg_per_kwh"), [("DE", 0.684), ("GB", 0.365), ("FR", 0.125)])
def test_residual_mixes_are_for_the_market_basis_and_chosen_for_nothing_else(factors, place, kg_per_kwh):
    """Carbon Footprint Ltd, country list of July 2023: residual mixes, kg CO2e per kWh."""
    factor = factors.all[f"carbon-footprint-residual@2023:{place.lower()}/2023"]
    assert {gas: value.value for gas, value in factor.gases.items()} == {"CO2E_UNSPLIT": kg_per_kwh}
    assert (factor.place, factor.unit, factor.year, factor.gwp_set) == (place, "kg/kWh", 2023, None)
    assert (factor.automatic, factor.activity, factor.uses) == (True, "electricity", ("grid_market",))
    assert "market basis" in factor.label
    others = [name for name in factors.all if name.startswith("carbon-footprint-residual@")]
    assert len(others) == 3
