"""``localaction factors``: search, show, why and import answer as people and programs need it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from localaction.engine.cli.factors import main
from localaction.engine.packs import Library
from localaction.engine.packs.factorlines import FACTOR_COLUMNS


@pytest.fixture
def run(capsys):
    def command(*words: str):
        status = main(list(words))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


WHY = ("why", "--cell", "I.2.2", "--activity", "electricity")
OWN = "id,activity,uses,gas,value,unit,place,year,source\n"
OWN += "own@1:g,electricity,grid_generation,CO2,0.1,kg/kWh,GB,2023,Us\n"


def test_a_misspelt_search_lists_the_best_first_and_how_many_there_are(run):
    status, out, err = run("search", "electrisity", "germany", "--year", "2022")
    assert (status, err) == (0, "")
    head, first, *_, last = out.splitlines()
    assert head.split() == ["id", "what", "place", "year", "value", "unit", "checked"]
    assert first.split()[0] == "carbon-footprint@2023:grid.de/2022"
    assert "0.3876" in first
    assert last == "2 found"


def test_a_long_list_is_cut_and_says_how_to_see_the_rest(run):
    _, out, _ = run("search", "--limit", "3")
    count = len(Library.load().factors.all)
    assert len(out.splitlines()) == 5
    assert out.splitlines()[-1] == f"{count} found; {count - 3} more with --limit {count}"


def test_nothing_found_says_what_to_try(run):
    status, out, _ = run("search", "zzzzqqqq")
    assert status == 0
    assert out.strip() == (
        "Nothing found. Try fewer words, another spelling, or leave the place or the cell away."
    )


def test_json_and_csv_hold_the_same_factors(run):
    words = ("search", "--activity", "lpg", "--gas", "CH4", "--cell", "II.1.1", "--place", "gb-lon")
    data = json.loads(run(*words, "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv")[1])))
    assert data["found"] == len(data["factors"]) > 0
    assert tuple(rows[0]) == FACTOR_COLUMNS
    assert {row["id"] for row in rows} == {held["id"] for held in data["factors"]}
    road = next(held for held in data["factors"] if held["id"] == "ipcc@2006:road.lpg")
    assert road["gases"]["CH4_fossil"]["value"] == 62
    assert len(road["digest"]) == 64


def test_one_factor_is_shown_with_its_source_and_the_cells_that_use_it(run):
    status, out, _ = run("show", "ipcc@2006:stationary.residential.natural_gas")
    assert status == 0
    lines = [line.split() for line in out.splitlines()]
    assert ["CO2", "56100", "54300", "58300", "H"] in lines
    assert ["cells", "I.1.1", "I.5.1"] in lines
    assert any(line[:1] == ["source"] and "table" in line for line in lines)


def test_a_dated_factor_is_shown_with_or_without_its_year(run):
    assert "[carbon-footprint@2023:grid.fr/2022]" in run("show", "carbon-footprint@2023:grid.fr")[1]
    assert "0.0536" in run("show", "carbon-footprint@2023:grid.fr/2022")[1]


def test_an_unknown_id_names_the_nearest(run):
    status, out, err = run("show", "carbon-footprint@2023:grid.fr/2021")
    assert (status, out) == (2, "")
    assert err.startswith('There is no factor "carbon-footprint@2023:grid.fr/2021". Did you mean ')


def test_why_names_the_chosen_one_the_others_and_the_rule(run):
    words = ("why", "--cell", "i.2.2", "--activity", "power", "--place", "gb", "--year", "2023")
    status, out, _ = run(*words)
    assert status == 0
    assert out.startswith(
        "Grid electricity in MWh, cell I.2.2 "
        "(Commercial and institutional buildings: grid energy), GB, 2023\n"
    )
    assert "[carbon-footprint@2023:grid.gb/2023]" in out
    assert "why        The nearest on file: GB, data year 2023." in out
    assert "ghgp@2.0:grid.gb/2023  Used only when a row names it." in out
    assert " for other places: " in out
    assert "The rule:\n  1. The nearest place first" in out


def test_why_as_json_and_csv_lists_every_candidate(run):
    words = ("why", "--cell", "I.2.2", "--activity", "electricity", "--place", "GB", "--year", "2023")
    data = json.loads(run(*words, "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv")[1])))
    assert data["chosen"]["id"] == "carbon-footprint@2023:grid.gb/2023"
    assert data["problem"] is None
    assert [row["id"] for row in rows] == [held["id"] for held in data["candidates"]]
    every = [f.id for f in Library.load().factors.of_activity("electricity")]
    assert sorted(row["id"] for row in rows) == sorted(every)


def test_why_nothing_is_taken_is_an_answer_too(run):
    status, out, _ = run(
        "why", "--cell", "I.2.2", "--activity", "electricity", "--place", "TW", "--year", "2022"
    )
    assert status == 0
    assert "fits cell I.2.2 in TW, or for the world without a pin." in out
    assert "ghgp@2.0:grid.tw/2022  Used only when a row names it." in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("why", "--cell", "I.22", "--activity", "lpg", "--year", "2023"), 'There is no cell "I.22".'),
        (("why", "--cell", "I.2.2", "--activity", "x", "--year", "2023"), 'There is no fuel or activity'),
        (("search", "--cell", "X"), 'There is no cell "X".'),
    ],
)  # fmt: skip
def test_a_wrong_word_is_refused_with_what_to_do(run, words, message):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.startswith(message)


def test_own_factors_take_part_in_every_answer(run, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(OWN)
    words = ("--cell", "I.2.2", "--activity", "electricity", "--place", "GB-LON", "--year", "2023")
    _, out, _ = run("why", *words, "--factors", str(path))
    assert "[own@1:g/2023]" in out
    assert "own@1:g/2023" in run("search", "own", "--factors", str(path))[1]


def test_import_writes_the_table_and_says_what_became_of_the_file(run, real_data, tmp_path):
    source = real_data / "emission-factors" / "ember_grid_average_intensities.json"
    table, report = tmp_path / "own.csv", tmp_path / "report.json"
    status, out, err = run("import", str(source), "--output", str(table), "--report", str(report))
    assert (status, out) == (0, "")
    assert "Taken: 209 factors in 209 lines" in err
    assert "  13: a region or a group of countries, not a country (Africa, ASEAN, " in err
    assert json.loads(report.read_text())["factors"] == 209
    words = ("--cell", "I.2.2", "--activity", "electricity", "--place", "GB", "--year", "2024")
    assert "[ember@2024:grid.gb/2024]" in run("why", *words, "--factors", str(table))[1]


def test_a_file_that_is_no_such_table_writes_nothing(run, tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n")
    table = tmp_path / "own.csv"
    status, out, err = run("import", str(tmp_path / "x.csv"), "--output", str(table))
    assert (status, out, table.exists()) == (2, "", False)
    assert err.startswith("x.csv is not read: it is of no layout that is known. Known are ember: ")


def test_the_command_imports_neither_django_nor_heavy_libraries():
    code = (
        "import sys; from localaction.engine.cli.factors import main; main(['search', 'lpg']); "
        "print([name for name in ('django', 'pyarrow', 'python_calamine') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
