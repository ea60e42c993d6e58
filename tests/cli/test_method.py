from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from localaction.engine.cli.method import main
from localaction.engine.methods.run import run_example
from localaction.engine.packs import Library

COMPOSTING = "ghg.composting/1"


@pytest.fixture
def run(capsys):
    """Run a command; return its status, what it printed and what it complained of."""

    def command(*words: str):
        status = main(list(words))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


@pytest.fixture
def write(tmp_path):
    def file(text: str) -> str:
        path = tmp_path / "inputs.json"
        path.write_text(text)
        return str(path)

    return file


def test_the_list_has_every_method_as_text_and_as_json(run):
    methods = Library.load().methods
    status, out, err = run("list")
    assert (status, err) == (0, "")
    assert [name for name in methods if name not in out] == []
    assert [entry["id"] for entry in json.loads(run("list", "--format", "json")[1])] == list(methods)


def test_the_list_can_be_of_one_theme(run):
    listed = json.loads(run("list", "--theme", "ghg", "--format", "json")[1])
    assert {entry["theme"] for entry in listed} == {"ghg"}
    status, out, err = run("list", "--theme", "zeppelins")
    assert (status, out) == (2, "")
    assert err.startswith('No method belongs to the theme "zeppelins". The themes are ')


def test_every_method_shows_itself(run):
    for name, method in Library.load().methods.items():
        status, out, _ = run("show", name)
        assert status == 0
        assert [entry for entry in (*method.inputs, *method.outputs) if entry not in out] == []
        assert json.loads(run("show", name, "--format", "json")[1])["id"] == name


def test_a_worked_example_is_run_by_its_name(run):
    status, out, err = run("run", COMPOSTING, "--example", "D11")
    assert (status, err) == (0, "")
    assert "CO2e with ar5: 2634 t" in out
    assert "Methane for each kilogram of waste: 4 g/kg (ipcc@2006:composting.ch4)" in out
    data = json.loads(run("run", COMPOSTING, "--example", "D11", "--format", "json")[1])
    assert data == run_example(COMPOSTING, "D11", Library.load()).to_dict()


def test_inputs_come_from_a_file_and_the_result_goes_to_one(run, write, tmp_path):
    target = tmp_path / "result.json"
    words = ("run", COMPOSTING, "--input", write('{"mass": [15000]}'), "--gwp", "ar6")
    assert run(*words, "--format", "json", "--output", str(target)) == (0, "", "")
    assert json.loads(target.read_text())["co2e"]["total"] == pytest.approx(60 * 27 + 3.6 * 273)


def test_rows_of_an_inventory_need_a_cell(run):
    status, out, err = run("run", COMPOSTING, "--example", "D11", "--format", "rows")
    assert (status, out) == (2, "")
    assert err == (
        "The rows can belong to more than one cell. Choose one with --cell: III.2.1, III.2.2, III.2.3.\n"
    )
    _, out, _ = run("run", COMPOSTING, "--example", "D11", "--format", "rows", "--cell", "III.2.2")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["ref"], row["gas"], row["amount"]) for row in rows] == [
        ("III.2.2", "CH4_biogenic", "60.0"),
        ("III.2.2", "N2O", "3.6"),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "The input is not JSON: line 1, column 2: "),
        ('{"mass": [1], "mass": [2]}', 'The input is not JSON: the key "mass" is there twice. '),
        ('{"mass": [NaN]}', "The input is not JSON: NaN is no number. "),
        ('{"mass": [' + "9" * 5000 + "]}", "The input is not JSON: a number has too many digits. "),
        ("[1]", "The inputs are a list, not an object of names and values. "),
        ('{"mass": [-1]}', "column mass: Waste composted, stream of waste 1 is -1; it must be at least 0. "),
    ],
    ids=["no JSON", "twice", "NaN", "digits", "list", "negative"],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(run, write, tmp_path, text, complaint):
    target = tmp_path / "result.json"
    status, out, err = run("run", COMPOSTING, "--input", write(text), "--output", str(target))
    assert (status, out) == (2, "")
    assert err.startswith(complaint)
    assert not target.exists()


def test_a_method_that_is_not_there_says_what_is_like_it(run):
    status, _, err = run("show", "ghg.compostin/1")
    assert status == 2
    assert err.startswith('There is no method "ghg.compostin/1". Did you mean "ghg.composting/1"')
    assert err.endswith("`localaction method list` shows all.\n")


def test_the_command_reads_standard_input_and_never_imports_django():
    code = (
        "import sys; from localaction.__main__ import main; "
        f"status = main(['method', 'run', '{COMPOSTING}', '--input', '-']); "
        "sys.exit(status or ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], input='{"mass": [1]}', capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Methane emitted" in done.stdout
