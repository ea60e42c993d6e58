"""The demo pack: read strictly, complete, and true to the data sets it was entered from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from localaction.engine.yamlpack import PackError
from localaction.platform.cli.demo_pack import INVENTORIES, PLACES, read_demo

SOURCE_IDS = {"GH-ACC-2015.csv": "2", "NL-AMS-2020.csv": "9", "AR-BUE-2020.csv": "71"}


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
        ("officer@demo.example", "officer@example.org", "ends in @demo.example"),
    ],
    ids=["unknown key", "bare NO", "unknown source", "unknown place", "a real address"],
)  # fmt: skip
def test_a_mistake_in_the_pack_is_named_with_its_line(tmp_path, old, new, message):
    text = PLACES.read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "places.yaml"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=message) as refused:
        read_demo(wrong)
    assert refused.value.params["line"] > 1
