"""``localaction inventory compute`` with workbooks as input and output."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest
from tests.support.workbooks import ods, ods_row, ods_table, xlsx

from localaction.engine.cli.inventory import main
from localaction.engine.exchange.inventory_workbook import compare, read_inventory
from localaction.engine.inventory.rows import read_csv, template_csv

HEADINGS = ["Código", "Combustible", "Cantidad", "Unidad", "Color"]
TABLE = [
    ["Inventario"],
    [],
    HEADINGS,
    ["I.1.1", "natural_gas", 100, "MWh", "x"],
    ["I.2.1", "gas_diesel_oil", 12, "t", "y"],
]


@pytest.fixture
def run(capsys):
    def command(*words):
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(template_csv(), encoding="utf-8", newline="")
    return path


def test_a_workbook_in_another_language_computes_and_says_what_it_did_not_read(run, tmp_path):
    path = tmp_path / "rows.xlsx"
    path.write_bytes(xlsx({"Datos": TABLE}).getvalue())
    status, out, err = run("compute", path, "--period", "2019", "--format", "csv")
    cells = {row["ref"]: row for row in csv.DictReader(io.StringIO(out))}
    assert status == 0
    assert float(cells["I.1.1"]["co2e_t"]) == pytest.approx(20.3, abs=0.05)
    assert err.splitlines()[0] == (
        'row 3, value "Color": The column "Color" is not read. No column goes by a name like this. '
        "Give it the name of a column of the row file if it is one."
    )


def test_an_open_document_computes_too(run, tmp_path):
    path = tmp_path / "rows.ods"
    path.write_bytes(
        ods(
            ods_table(ods_row("ref", "activity", "amount", "unit") + ods_row("I.1.1", "wood", "5", "t"))
        ).getvalue()
    )
    status, out, err = run("compute", path, "--period", "2019")
    assert (status, err) == (0, "")
    assert "Biogenic CO2" in out


def test_an_error_names_the_row_of_the_workbook(run, tmp_path):
    path = tmp_path / "rows.xlsx"
    path.write_bytes(xlsx({"Datos": [*TABLE, ["I.63", "wood", "1,234", "t", ""]]}).getvalue())
    status, out, err = run("compute", path, "--period", "2019")
    assert (status, out) == (2, "")
    assert 'row 6, column ref, value "I.63": There is no cell "I.63"' in err
    assert 'row 6, column amount, value "1,234", cell I.63: "1,234" is ambiguous' in err


def test_a_workbook_that_cannot_be_read_is_refused_by_name(run, tmp_path):
    path = tmp_path / "rows.xlsx"
    path.write_bytes(b"ref,amount\n")
    status, out, err = run("compute", path, "--period", "2019")
    assert (status, out) == (2, "")
    assert err.startswith('The name "rows.xlsx" ends in .xlsx, but the file is a text file.')


def test_an_inventory_is_written_as_a_workbook_that_computes_to_the_same(run, template, tmp_path):
    path = tmp_path / "inventory.xlsx"
    status, out, err = run("compute", template, "--place", "GB-LON", "--format", "xlsx", "--output", path)
    assert (status, out) == (0, "")
    assert err.startswith("Findings: ")
    with path.open("rb") as stream:
        book = read_inventory(stream, path.name)
    rows = [row for chunk in read_csv(io.BytesIO(template.read_bytes())) for row in chunk]
    assert len(book.rows) == len(rows)
    assert not compare([row._replace(key=f"row {row.number}") for row in rows], book.rows)
    first, second = (
        json.loads(run("compute", source, "--place", "GB-LON", "--format", "json")[1])
        for source in (template, path)
    )
    assert first["totals"] == second["totals"]
    assert first["cells"] == second["cells"]


def test_rows_from_standard_input_become_a_workbook_too(template, tmp_path):
    path = tmp_path / "inventory.xlsx"
    words = ["inventory", "compute", "-", "--format", "xlsx", "--output", str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "localaction", *words], input=template.read_bytes(), capture_output=True
    )
    assert done.returncode == 0
    with path.open("rb") as stream:
        assert read_inventory(stream, path.name).about["Year"] == "2023"


def test_a_workbook_is_not_printed_and_a_refusal_writes_none(run, template, tmp_path):
    assert run("compute", template, "--format", "xlsx") == (
        2, "", "A workbook is not printed. Name the file to write with --output.\n",
    )  # fmt: skip
    template.write_text("ref,activity,amount,unit\nI.63,wood,5,t\n")
    status, _, _ = run(
        "compute", template, "--period", "2019", "--format", "xlsx", "--output", tmp_path / "a.xlsx"
    )
    assert (status, (tmp_path / "a.xlsx").exists()) == (2, False)


def test_a_csv_file_loads_no_spreadsheet_library(template):
    script = (
        "import sys; from localaction.engine.cli.inventory import main; main(sys.argv[1:]);"
        "print({'python_calamine', 'xlsxwriter', 'rapidfuzz', 'django'} & sys.modules.keys())"
    )
    words = ["compute", str(template), "--output", str(template.parent / "out.txt")]
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
