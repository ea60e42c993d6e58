"""The demo pack: read strictly, complete, and true to the data sets it was entered from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from localaction.engine.yamlpack import PackError
from localaction.platform.cli.demo_pack import INVENTORIES, PLACES, read_demo

SOURCE_IDS = {
    "AR-BUE-2019.csv": "72",
    "AR-BUE-2020.csv": "71",
    "BR-RIO-2016.csv": "218",
    "BR-RIO-2017.csv": "217",
    "DK-CPH-2016.csv": "104",
    "DK-CPH-2018.csv": "103",
    "GH-ACC-2015.csv": "2",
    "IT-ROM-2015.csv": "224",
    "IT-ROM-2019.csv": "223",
    "JO-AMM-2018.csv": "6",
    "JO-AMM-2019.csv": "7",
    "JP-TYO-2018.csv": "284",
    "JP-TYO-2019.csv": "285",
    "MX-MEX-2016.csv": "171",
    "MX-MEX-2018.csv": "170",
    "NL-AMS-2019.csv": "8",
    "NL-AMS-2020.csv": "9",
    "NZ-AKL-2018.csv": "18",
    "NZ-AKL-2019.csv": "17",
    "ZA-PRY-2015.csv": "293",
    "ZA-PRY-2020.csv": "294",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_of_rows_belongs_to_an_inventory_and_is_cited():
    inventories = [inventory for place in read_demo().places for inventory in place.inventories]
    files = {inventory.rows for inventory in inventories if inventory.rows}
    assert files == set(INVENTORIES.glob("*.csv"))
    assert all(inventory.citation and inventory.licence for inventory in inventories if inventory.rows)


@pytest.mark.parametrize("name", SOURCE_IDS)
def test_cells_are_those_of_the_data_set(real_data, name):
    source = rows(real_data / "c40-gpc" / "inventory_lines.csv")
    wanted = {
        row["gpc_ref"]: row["notation_key"] or float(row["tco2e"])
        for row in source
        if row["inventory_id"] == SOURCE_IDS[name]
    }
    ours = {row["ref"]: row["notation_key"] or float(row["amount"]) for row in rows(INVENTORIES / name)}
    assert ours == wanted


def test_targets_are_those_of_the_data_set(real_data):
    names = {
        "base_emissions_t": "Base.year.emissions..metric.tonnes.CO2e.",
        "cut_percent": "Percentage.reduction.target",
        "scenario_emissions_t": "Estimated.business.as.usual.absolute.emissions.in.target.year."
        ".metric.tonnes.CO2e.",
        "base_year": "Base.year",
        "target_year": "Target.year",
    }
    reported = rows(real_data / "cdp-cities" / "emission_reduction_targets_2021.csv")
    ours = [target for place in read_demo().places for target in place.targets]
    assert len(ours) == 4
    for target in ours:
        city = target.said["source"].split(". ")[0]
        wanted = {names[name]: float(target.said[name]) for name in names if name in target.said}
        assert any(
            row["Organization"] == city and all(_same(row[name], value) for name, value in wanted.items())
            for row in reported
        ), target.title
        assert "in partnership by CDP and ICLEI" in target.said["source"]


def _same(text, value):
    return text != "NA" and float(text) == value


CONTINENTS = {
    "Africa": {"GH", "ZA"}, "Asia": {"JO", "JP"}, "Europe": {"DK", "IT", "NL"},
    "North America": {"MX", "US"}, "South America": {"AR", "BR"}, "Oceania": {"NZ"},
}  # fmt: skip


def test_a_dozen_places_stand_on_every_continent_and_can_be_matched():
    places = read_demo().places
    assert len(places) == 12
    assert {place.country for place in places} == set().union(*CONTINENTS.values())
    for place in places:
        assert place.identifiers["un/locode"] == place.code.replace("-", "")
        assert place.identifiers["geonames"].isdigit()


def test_each_inventory_with_rows_has_the_population_of_its_own_period():
    for place in read_demo().places:
        people = {figure.period for figure in place.figures if figure.item == "population.total"}
        assert people == {inventory.period for inventory in place.inventories if inventory.rows}, place.code


def test_places_show_different_shapes_of_inventories():
    texts = {path.stem: path.read_text(encoding="utf-8") for path in INVENTORIES.glob("*.csv")}
    assert "IE (II.1.1)" in texts["IT-ROM-2015"]  # an irregular key, kept as published
    assert [name for name, text in sorted(texts.items()) if "\nV.2,-" in text] == [
        "DK-CPH-2016", "DK-CPH-2018", "JO-AMM-2018", "JO-AMM-2019",
        "JP-TYO-2018", "JP-TYO-2019", "NZ-AKL-2018", "NZ-AKL-2019",
    ]  # fmt: skip
    fiscal = {
        str(inventory.period)
        for place in read_demo().places
        for inventory in place.inventories
        if not inventory.period.is_calendar_year()
    }
    assert fiscal == {"2015-07-01/2016-06-30", "2020-07-01/2021-06-30"}


def test_electricity_of_minneapolis_is_that_of_the_data_set(real_data):
    source = rows(real_data / "minnesota-counties" / "xcel_city_electricity_activity_2015_2023.csv")
    wanted = sorted(
        float(row["kwh_delivered"])
        for row in source
        if row["city_name"] == "City of Minneapolis" and row["year"] == "2018"
    )
    ours = rows(INVENTORIES / "US-MES-2018.csv")
    assert sorted(float(row["amount"]) for row in ours if row["activity"] == "electricity") == wanted
    assert len(wanted) == 5


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name: "Accra"', 'name: "Accra"\n    mayor: "?"', 'no key "mayor"'),
        ('licence: "MIT"', "licence: NO", "truth value"),
        ("rows: GH-ACC-2015.csv, gwp_set: ar5, origin: published_source, source: c40-dashboard",
         "rows: GH-ACC-2015.csv, gwp_set: ar5, origin: published_source, source: c40", 'no source "c40"'),
        ("role: officer, place: GH-ACC", "role: officer, place: GH-ACX", 'no place "GH-ACX"'),
        ('start: "2015-07-01", end: "2016-06-30", rows', 'start: "2015-07-01", rows', "Write an inventory"),
        ("officer@demo.example", "officer@example.org", "ends in @demo.example"),
    ],
    ids=["unknown key", "bare NO", "unknown source", "unknown place", "half a period", "a real address"],
)  # fmt: skip
def test_a_mistake_in_the_pack_is_named_with_its_line(tmp_path, old, new, message):
    text = PLACES.read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "places.yaml"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=message) as refused:
        read_demo(wrong)
    assert refused.value.params["line"] > 1
