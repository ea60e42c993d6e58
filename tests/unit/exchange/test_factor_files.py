"""Published tables of factors, as users have them, become own factor tables."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from tests.support.workbooks import raw_xlsx

from localaction.engine.errors import Refused
from localaction.engine.exchange.factor_files import layouts, read_factor_file
from localaction.engine.exchange.factor_files.problems import (
    NothingTaken,
    UnknownColumn,
    UnknownLayout,
    UnreadableTable,
)
from localaction.engine.packs import Library
from localaction.engine.references.factors import Question

LIBRARY = Library.load()
FOLDER = "emission-factors"
EMBER, IFI = "ember_grid_average_intensities.json", "ifi_default_grid_factors_2021_v3.1.csv"
UK_CSV, UK_XLSX = "uk_gov_conversion_factors_2025_flat.csv", "uk_gov_conversion_factors_2025_flat.xlsx"
EPA = "epa_ghg_emission_factors_hub_2021.xlsx"


def imported(real_data, name, **options):
    return read_factor_file(real_data / FOLDER / name, LIBRARY, **options)


def values(report, place=None, **wanted):
    """Return the lines of a report that have these values, as (gas, value)."""
    return {
        line["gas"]: Decimal(line["value"])
        for line in report.taken
        if all(line[key] == value for key, value in wanted.items()) and place in (None, line["place"])
    }


def own(report):
    return LIBRARY.with_factors(LIBRARY.read_factors(io.BytesIO(report.csv().encode())))


# Ember, 2024, g CO2e for each kWh, as SOURCE.md of the data set restates them.
@pytest.mark.parametrize(
    ("place", "grams"),
    [
        ("GB", "215.79"), ("DE", "342.06"), ("FR", "44.18"), ("US", "383.55"), ("CN", "557.5"),
        ("BR", "106.06"), ("ZA", "713.9"), ("SE", "35.89"), ("IN", "708.96"),
    ],
)  # fmt: skip
def test_ember_has_the_intensity_of_each_country(real_data, place, grams):
    report = imported(real_data, EMBER)
    assert values(report, place=place) == {"CO2e": Decimal(grams)}
    line = next(line for line in report.taken if line["place"] == place)
    assert (line["year"], line["unit"], line["activity"], line["uses"]) == (
        "2024", "g/kWh", "electricity", "grid_generation",
    )  # fmt: skip


def test_ember_leaves_regions_out_and_says_so(real_data):
    report = imported(real_data, EMBER)
    assert report.factors == 209
    (skipped,) = report.skipped.values()
    assert (skipped.why, skipped.count) == ("a region or a group of countries, not a country", 13)
    assert "Africa" in skipped.examples
    assert any("may include emissions outside the power station" in note for note in report.notes)


# IFI: combined margin of electricity consumption and operating margin, g CO2 for each kWh.
@pytest.mark.parametrize(
    ("place", "column", "grams"),
    [
        ("DE", "", 313), ("DE", "intermittent", 523), ("DE", "operating", 650),
        ("IN", "consumption", 608), ("IN", "intermittent", 822), ("IN", "operating", 951), ("AL", "", 0),
    ],
)  # fmt: skip
def test_ifi_has_the_margin_that_is_asked_for(real_data, place, column, grams):
    report = imported(real_data, IFI, column=column)
    assert values(report, place=place) == {"CO2": grams}
    assert report.factors == 225
    assert "made for the accounting of projects" in report.notes[0]


def test_a_column_that_ifi_does_not_have_is_refused_with_those_it_has(real_data):
    with pytest.raises(UnknownColumn) as refused:
        imported(real_data, IFI, column="operatng")
    assert str(refused.value) == (
        'The table "IFI default grid factors (CSV)" has no column of values "operatng". '
        'Did you mean "operating"?'
    )


@pytest.mark.parametrize("name", [UK_CSV, UK_XLSX])
def test_the_uk_has_its_published_totals_again_when_its_gases_are_added_up(real_data, name):
    """Natural gas 0.18296 per kWh gross, 0.20270 net, 2.06672 per m3, 2,575.46441 per t; grid 0.177."""
    report = imported(real_data, name)
    published = [
        ("fuels_natural_gas_kwh_gross", "0.18296"), ("fuels_natural_gas_kwh", "0.20270"),
        ("fuels_natural_gas_m3", "2.06672"), ("fuels_natural_gas_t", "2575.46441"),
        ("uk_electricity_electricity_uk_kwh", "0.17700"),
    ]  # fmt: skip
    for factor, total in published:
        held = values(report, id=f"uk-gov@2025:{factor}")
        methane = held.get("CH4_fossil", held.get("CH4"))
        co2e = held["CO2"] + methane * 28 + held["N2O"] * 265
        assert float(co2e) == pytest.approx(float(total), abs=1.1e-5 * max(1, float(total) / 100))
    assert report.factors == 69
    (note,) = report.notes
    assert note == (
        "CH4 and N2O are printed as CO2e; they were divided by 28 and 265, which the file prints, those of "
        "Fifth assessment report (AR5, 2013), without climate feedback."
    )


def test_the_flat_file_says_the_same_as_csv_and_as_workbook(real_data):
    text, book = imported(real_data, UK_CSV), imported(real_data, UK_XLSX)
    assert [{**line, "value": float(line["value"])} for line in text.taken] == [
        {**line, "value": pytest.approx(float(line["value"]), rel=1e-9)} for line in book.taken
    ]
    assert text.to_dict()["skipped"] == book.to_dict()["skipped"]


def test_electricity_of_the_uk_by_gas_and_its_losses(real_data):
    """0.17489 CO2 + 0.00090 CH4 + 0.00122 N2O kg CO2e for each kWh."""
    report = imported(real_data, UK_CSV)
    held = values(report, id="uk-gov@2025:uk_electricity_electricity_uk_kwh")
    assert held["CO2"] == Decimal("0.17489")
    assert float(held["CH4"]) == pytest.approx(0.0009 / 28, rel=1e-9)
    assert float(held["N2O"]) == pytest.approx(0.00122 / 265, rel=1e-9)
    losses = [line for line in report.taken if line["uses"] == "grid_losses"]
    assert {line["year"] for line in losses} == {"2025"}


def test_biofuels_of_the_uk_keep_their_biogenic_carbon_apart(real_data):
    report = imported(real_data, UK_CSV)
    assert values(report, id="uk-gov@2025:bioenergy_bioethanol_l") == {
        "CO2e": Decimal("0.00901"),
        "CO2_biogenic": Decimal("1.52"),
    }


def test_what_the_uk_file_holds_besides_is_named_with_its_reason(real_data):
    report = imported(real_data, UK_CSV)
    reasons = {held.why: held for held in report.skipped.values()}
    assert reasons["the file does not say of which rank the coal is"].count == 48
    assert "Fuels: Coal (domestic)" in reasons["the file does not say of which rank the coal is"].examples
    rows_of_the_file = 8741
    assert sum(held.count for held in reasons.values()) < rows_of_the_file


def test_a_row_takes_the_factor_of_its_own_unit(real_data):
    library = own(imported(real_data, UK_CSV))
    gas = library.activities.get("natural_gas")
    for unit, name in (("m3", "m3"), ("MWh gross", "kwh_gross"), ("MWh", "kwh"), ("t", "t")):
        question = Question(gas, "I.1.1", ("residential",), unit, ("GB-LON", "GB", "world"), 2025)
        assert library.factors.choose(question).factor.id == f"uk-gov@2025:fuels_natural_gas_{name}"


def test_the_us_hub_has_fuels_by_gross_energy_and_the_grid_by_region(real_data):
    """Natural gas 53.06 kg CO2, 1.0 g CH4, 0.1 g N2O for each mmBtu; MROW 1,098.4 lb CO2 for each MWh."""
    report = imported(real_data, EPA)
    assert values(report, activity="natural_gas") == {
        "CO2": Decimal("53.06"), "CH4_fossil": Decimal("0.001"), "N2O": Decimal("0.0001"),
    }  # fmt: skip
    assert values(report, place="egrid:MROW") == {
        "CO2": Decimal("1098.4"), "CH4": Decimal("0.119"), "N2O": Decimal("0.017"),
    }  # fmt: skip
    assert values(report, place="US", activity="electricity")["CO2"] == Decimal("884.2")
    assert values(report, place="egrid:PRMS")["CO2"] == Decimal("1537.3")
    assert values(report, activity="wood").keys() == {"CO2_biogenic", "CH4_biogenic", "N2O"}
    assert {line["year"] for line in report.taken if line["activity"] == "electricity"} == {"2019"}
    assert report.factors == 55


def test_the_us_average_is_what_the_rule_book_has_of_the_same_table(real_data):
    library = own(imported(real_data, EPA, place="US"))
    mine, held = (
        library.factors.all["us-epa@2021:grid_us/2019"],
        LIBRARY.factors.all["epa-hub@2021:grid.us/2019"],
    )
    for gas, value in held.gases.items():
        assert mine.gases[gas].value == pytest.approx(value.value, rel=1e-12)


def test_one_place_can_be_taken_alone(real_data):
    report = imported(real_data, EMBER, place="FR")
    assert [line["place"] for line in report.taken] == ["FR"]
    with pytest.raises(NothingTaken) as refused:
        imported(real_data, EMBER, place="XX")
    assert str(refused.value).startswith(
        "Nothing of ember_grid_average_intensities.json could be taken for XX."
    )


def test_a_table_reads_back_as_it_is_written(real_data):
    for name in (EMBER, IFI, UK_CSV, EPA):
        report = imported(real_data, name)
        library = own(report)
        assert len(library.own) == report.factors
        assert all(factor.source_ref and factor.locator for factor in library.own)


@pytest.fixture
def file(tmp_path):
    def write(data: str | bytes, name: str = "table.csv"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("data", "name", "problem", "message"),
    [
        ("a,b\n1,2\n", "x.csv", UnknownLayout, "x.csv is not read: it is of no layout that is known."),
        ("{", "x.json", UnreadableTable, "x.json cannot be read: it begins like JSON but is none."),
        ("[]", "x.json", UnknownLayout, "x.json is not read: it is of no layout that is known."),
        (b"\xff\xfe", "x", UnreadableTable, "x cannot be read: it is neither a workbook (XLSX) nor text"),
        ("", "x.csv", UnknownLayout, "x.csv is not read: it is of no layout that is known."),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_with_what_to_do(file, data, name, problem, message):
    with pytest.raises(problem) as refused:
        read_factor_file(file(data, name), LIBRARY)
    assert str(refused.value).startswith(message)
    assert refused.value.remedy


def test_a_workbook_is_read_within_the_bounds_of_every_other(file):
    cell = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    rows = ((1, cell.format("A1")), (1_048_576, cell.format("XFD1048576")))
    far = raw_xlsx("".join(f'<row r="{number}">{held}</row>' for number, held in rows))
    for data, message in (
        (b"PK\x03\x04zip", "is damaged"),
        (far.getvalue(), "reaches down to row 1,048,576"),
    ):
        with pytest.raises(Refused) as refused:
            read_factor_file(file(data, "x.xlsx"), LIBRARY)
        assert message in refused.value.findings[0].message


def test_a_layout_that_is_not_known_or_not_of_this_file_is_refused_with_those_there_are(file):
    path = file("a,b\n1,2\n")
    with pytest.raises(UnknownLayout, match='there is no layout "defra"') as refused:
        read_factor_file(path, LIBRARY, layout="defra")
    assert all(layout.title in refused.value.remedy for layout in layouts().values())
    with pytest.raises(UnknownLayout, match="it does not look like Ember"):
        read_factor_file(path, LIBRARY, layout="ember")


def ember(**entry):
    row = {"country_code": "DEU", "country_or_region": "Germany", "year": 2024}
    return json.dumps({"DEU": {**row, "emissions_intensity_gco2_per_kwh": 342.06, **entry}})


@pytest.mark.parametrize("entry", [{"emissions_intensity_gco2_per_kwh": None}, {"year": None}])
def test_a_row_without_number_or_year_is_left_out(file, entry):
    with pytest.raises(NothingTaken):
        read_factor_file(file(ember(**entry)), LIBRARY)


def test_a_name_that_begins_like_a_formula_stays_text(file):
    report = read_factor_file(file(ember(country_or_region="=1+1")), LIBRARY)
    assert "'=1+1, 2024" in report.csv()


def test_a_flat_file_without_its_own_potentials_is_refused(file):
    head = "ID,Scope,Level 1,Level 2,Level 3,Level 4,Column Text,UOM,GHG/Unit,GHG Conversion Factor 2025\n"
    row = "1,Scope 1,Fuels,Gaseous fuels,Natural gas,,,tonnes,kg CO2e,2575\n"
    with pytest.raises(UnreadableTable, match="it does not print the warming potential of CH4"):
        read_factor_file(file(head + row), LIBRARY)


def test_every_rule_of_the_mapping_names_what_the_rule_book_has():
    data = {layout.id: layout.data for layout in layouts().values()}
    for rule in data["uk"]["take"]:
        assert rule["activity"] in LIBRARY.activities.all
        assert set(rule["uses"]) <= set(LIBRARY.uses)
    assert set(data["epa"]["fuels"].values()) <= set(LIBRARY.fuels)
    assert set(data["uk"]["units"].values()) <= set(LIBRARY.units.all)
