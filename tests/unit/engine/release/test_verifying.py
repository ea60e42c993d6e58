"""A release that was changed is found out: by checksums, and, where these are renewed, by its numbers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.release import document, release, rewrite, seal

from localaction.engine.cli.release import main
from localaction.engine.exchange.release.errors import NoRelease
from localaction.engine.exchange.release.tables import TABLES
from localaction.engine.exchange.release.verifying import verify
from localaction.engine.exchange.release.writing import file_names

ROWS = (
    {"ref": "I.1.1", "activity": "natural_gas", "amount": "120", "unit": "TJ"},
    {"ref": "I.1.1", "activity": "natural_gas", "amount": "5000", "unit": "m3"},
    {"ref": "I.2.1", "activity": "wood", "amount": "70", "unit": "t"},
    {"ref": "II.1.1", "gas": "CO2e", "amount": "800", "unit": "t"},
    {"ref": "III.1.1", "gas": "CH4", "amount": "3", "unit": "t"},
    {"ref": "I.3.1", "notation_key": "IE (I.1.1)", "reason": "One meter."},
    {"ref": "V.2", "gas": "CO2", "amount": "-5", "unit": "t", "reason": "Trees grew."},
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "r"
    documents = [document("FR-PAR", 2019, ROWS), document("GB-LON", 2018, ROWS, keep_lines=False)]
    release(folder, [*documents, document("GB-LON", 2019, ROWS, gwp_set="ar6")])
    return folder


@pytest.fixture
def folder(made, tmp_path) -> Path:
    shutil.copytree(made, tmp_path / "r")
    return tmp_path / "r"


def found(folder: Path) -> list[str]:
    return [deviation.line for deviation in verify(folder).deviations]


def test_a_release_as_built_agrees(folder):
    report = verify(folder)
    assert report.sound
    assert (report.inventories, report.lines, report.cells, report.totals) == (3, 12, 162, 9)
    assert (report.without_lines, report.unsplit) == (1, 2)
    text = "\n".join(report.lines_of_text())
    assert "1 inventories publish no lines (too many rows): their cells were recomputed from" in text
    assert "2 lines give CO2e without gases: they were taken as published." in text


def test_market_based_lines_stand_beside_the_sums(tmp_path):
    supplied = {"ref": "I.1.2", "activity": "electricity", "amount": "1000", "unit": "MWh"}
    grid = {**supplied, "factor": "carbon-footprint@2023:grid.gb/2023", "reason": "The first on file."}
    residual = {**supplied, "basis": "market"}
    release(tmp_path / "both", [document("GB-LON", 2023, [grid, residual])])
    release(tmp_path / "alone", [document("GB-LON", 2023, [residual])])
    for name, count in (("both", 2), ("alone", 1)):
        report = verify(tmp_path / name)
        assert [deviation.line for deviation in report.deviations] == []
        assert report.lines == count


FILES = [name for table in TABLES for name in file_names(table)]
TEXTS = ["README.md", "DATA_DICTIONARY.md", "CITATION.txt", "CITATION.cff", "datapackage.json"]


@pytest.mark.parametrize("name", [*FILES, *TEXTS])
def test_one_changed_byte_in_any_file_is_found_and_the_file_named(folder, name):
    path = folder / name
    content = bytearray(path.read_bytes())
    place = next(
        (place for place in range(len(content) // 2, len(content)) if chr(content[place]).isdigit()), 9
    )
    content[place] ^= 1
    path.write_bytes(bytes(content))
    assert f"{name}: the file is not as released: its SHA-256 differs" in found(folder)


@pytest.mark.parametrize("name", ["data/lines.csv", "data/lines.parquet", "README.md"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert f"{name}: the file is missing" in found(folder)


def test_a_file_that_does_not_belong_there_is_named(folder):
    (folder / "data" / "more.csv").write_text("a\n")
    assert found(folder) == ["data/more.csv: the file is not listed in SHA256SUMS"]


def larger(name, where):
    def change(columns):
        place = next(
            place
            for place in range(len(columns[name]))
            if all(columns[key][place] == wanted for key, wanted in where)
        )
        columns[name][place] = columns[name][place] + 0.001

    return change


PARIS = (("place_code", "FR-PAR"), ("year", 2019))
LONG_GONE = (("place_code", "GB-LON"), ("year", 2018))
HIDDEN = [
    ("lines", larger("co2e_t", (*PARIS, ("line", 1))), "FR-PAR 2019, line 1 of I.1.1: CO2e of its gases"),
    ("lines", larger("converted_amount", (*PARIS, ("line", 1))), "line 1 of I.1.1, CO2: mass from amount"),
    ("line_gases", larger("mass_t", (*PARIS, ("line", 2), ("gas", "CO2"))), "line 2 of I.1.1: CO2e of its"),
    ("factors", larger("mass_kg_per_unit", (("gas", "CO2"),)), "mass from amount and factor"),
    ("warming_potentials", larger("potential_t_per_t", (*PARIS, ("gas", "CO2"))), "CO2e of its gases"),
    ("cells", larger("co2e_t", (*PARIS, ("ref", "III.1.1"))), "FR-PAR 2019, cell III.1.1: CO2e of its gases"),
    ("cells", larger("co2e_t", (*PARIS, ("ref", "III.1.1"))), "FR-PAR 2019, cell III.1.1: sum of its lines"),
    ("cells", larger("co2e_t", (*LONG_GONE, ("ref", "V.2"))), "GB-LON 2018, cell V.2: CO2e of its gases"),
    ("cell_gases", larger("mass_t", (*PARIS, ("ref", "V.2"))), "FR-PAR 2019, cell V.2: CO2e of its gases"),
    ("totals", larger("co2e_t", (*PARIS, ("total", "BASIC"))), "FR-PAR 2019, total BASIC: sum of its cells"),
    ("sectors", larger("co2e_t", (*PARIS, ("sector", "I"))), "FR-PAR 2019, sector I in BASIC: sum of its"),
    ("total_rules", lambda columns: columns["ref"].__setitem__(0, "V.2"), "total BASIC: sum of its cells"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "change", "says"), HIDDEN, ids=[f"{case[0]}-{place}" for place, case in enumerate(HIDDEN)]
)
def test_a_number_changed_in_both_files_with_fresh_checksums_is_found(folder, table, change, says):
    rewrite(folder, table, change)
    lines = found(folder)
    assert any(says in line and "off by" in line for line in lines), lines
    assert not any("SHA-256" in line for line in lines)


def test_the_report_says_by_how_much_and_where(folder):
    rewrite(folder, "totals", larger("co2e_t", (*PARIS, ("total", "BASIC"))))
    report = verify(folder)
    assert len(report.deviations) == 1
    assert "off by +0.001 t CO2e" in report.deviations[0].line
    assert list(report.lines_of_text())[-1] == "1 deviations, in: FR-PAR 2019."


def test_csv_and_parquet_that_differ_are_found_even_with_fresh_checksums(folder):
    path = folder / "data" / "places.csv"
    path.write_bytes(path.read_bytes().replace(b"Fr-Par", b"Fr-Pas"))
    seal(folder)
    assert found(folder) == ["data/places.csv: it does not hold the same as data/places.parquet"]


def test_rows_of_an_inventory_that_is_not_listed_are_found(folder):
    def without_the_last(columns):
        for values in columns.values():
            values.pop()

    rewrite(folder, "inventories", without_the_last)
    assert any(
        "GB-LON 2019: the table lines has rows of an inventory that is not" in line for line in found(folder)
    )


def test_a_figure_outside_its_range_and_an_unknown_word_are_found(folder):
    rewrite(folder, "totals", lambda columns: columns["low_t"].__setitem__(0, 1e12))
    rewrite(folder, "cells", lambda columns: columns["state"].__setitem__(0, "guess"))
    lines = found(folder)
    assert any("total BASIC: the figure lies outside its range" in line for line in lines)
    assert "data/cells.parquet: the column state holds 'guess', which is not allowed" in lines


def test_without_a_release_the_folder_is_refused(tmp_path, capsys):
    with pytest.raises(NoRelease, match="holds no release: there is no SHA256SUMS"):
        verify(tmp_path)
    assert main([str(tmp_path)]) == 2
    assert "Name the folder that `localaction release build` made" in capsys.readouterr().err


def test_the_status_says_whether_all_agrees(folder, capsys):
    assert main([str(folder)]) == 0
    assert "every line, cell and total agrees" in capsys.readouterr().out
    (folder / "README.md").write_text("other")
    assert main([str(folder), "--quiet"]) == 1
    assert "README.md: the file is not as released" in capsys.readouterr().out


def test_checking_needs_neither_django_nor_the_network(folder):
    code = (
        "import sys; from localaction.__main__ import main;"
        "status = main(['release', 'verify', sys.argv[1], '--quiet']);"
        "print(status, sorted({'django', 'urllib.request', 'sqlite3'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "0 []"
