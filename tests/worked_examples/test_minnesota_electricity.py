"""Electricity that a utility delivered to cities: rows that leave the utility's own factor."""

from __future__ import annotations

import io

import pytest

from localaction.engine.cli.inventory import main
from localaction.engine.packs import Library
from localaction.engine.references.implied import NoSuchColumn, check_factors

COLUMNS = {"activity": "mWh_delivered", "emissions": "util_reported_co2e", "group": ["utility_name", "year"]}
USUAL = {  # t CO2e/MWh, as the utility reports them to three digits
    "2015": 0.406, "2016": 0.365, "2017": 0.372, "2018": 0.365, "2019": 0.356, "2020": 0.274, "2021": 0.286,
    "2022": 0.277, "2023": 0.251,
}  # fmt: skip
#: City, year, rows, t CO2e/MWh: the rows of 2015, 2016 and 2023 that carry another factor.
DEVIATING = [
    ("City of Centennial", "2015", 4, 0.676),
    ("City of Rifle", "2015", 4, 0.676),
    ("City of Centennial", "2016", 4, 0.599),
    ("City of Morrison", "2023", 3, 0.426),
]


@pytest.fixture(scope="module")
def table(real_data):
    return real_data / "minnesota-counties" / "xcel_city_electricity_activity_2015_2023.csv"


@pytest.fixture(scope="module")
def checked(table):
    with table.open(encoding="utf-8", newline="") as stream:
        return check_factors(stream, **COLUMNS)


def test_every_year_has_one_usual_factor(checked):
    """The third digit is the last one printed."""
    assert {year: usual for (_, year), usual in checked.usual.items()} == pytest.approx(USUAL, abs=5e-4)
    assert (checked.compared, checked.left_out) == (3824, 137)


def test_fifteen_rows_of_three_cities_and_three_years_deviate(checked):
    found: dict[tuple[str, str], list[float]] = {}
    for each in checked.deviating:
        found.setdefault((each.values["city_name"], each.values["year"]), []).append(each.factor)
    assert {key: len(factors) for key, factors in found.items()} == {
        (city, year): rows for city, year, rows, _ in DEVIATING
    }
    for city, year, _, factor in DEVIATING:
        assert found[city, year] == pytest.approx([factor] * len(found[city, year]), abs=5e-4)


def test_the_gap_between_the_grid_region_and_the_utility():
    """MRO West, eGRID 2019 with AR5: 0.5018 t CO2e/MWh, 37 % above the 0.365 of the utility in 2018."""
    library = Library.load()
    gases = library.factors.all["epa-hub@2021:grid.mrow/2019"].gases
    ar5 = library.gwp_sets["ar5"]
    region = sum(value.value * (ar5.potential(gas) or 0) for gas, value in gases.items()) / 1000
    assert region == pytest.approx(0.5018, abs=5e-5)
    assert region / USUAL["2018"] == pytest.approx(1.375, abs=5e-4)


def test_the_command_lists_them(table, capsys):
    words = ["--activity", COLUMNS["activity"], "--emissions", COLUMNS["emissions"], "--group"]
    words += COLUMNS["group"]
    assert main(["check-factors", str(table), *words]) == 0
    out = capsys.readouterr().out
    assert "3824 rows compared, 137 without both numbers or with an activity of 0." in out
    assert "utility_name Xcel Energy, year 2023: usual factor 0.251; 3 rows deviate" in out
    assert "(+69.7 %)" in out


def test_an_unknown_column_is_named():
    with pytest.raises(NoSuchColumn, match=r'no column "mwh"\. Did you mean "MWh"'):
        check_factors(io.StringIO("MWh,t\n1,2\n"), activity="mwh", emissions="t", group=["MWh"])


def test_rounding_of_tiny_rows_is_no_deviation():
    text = "MWh,t,year\n100,36.5,2018\n10,3.65,2018\n0.000001,0.000001,2018\n0,1,2018\n,1,2018\n"
    found = check_factors(io.StringIO(text), activity="MWh", emissions="t", group=["year"])
    assert (found.compared, found.left_out, found.deviating) == (3, 2, ())
