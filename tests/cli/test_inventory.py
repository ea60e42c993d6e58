from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from localaction.engine.cli.codes import place_code
from localaction.engine.cli.inventory import main, place_chain
from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.inventory.rows import COLUMNS, NAMES, read_csv, template_csv
from localaction.engine.periods import Period

GOOD = "ref,activity,amount,unit\nI.1.1,natural_gas,100,MWh\nI.2.1,gas_diesel_oil,12,t\n"
BAD = """\
ref,activity,amount,unit
I.1.1,natural_gas,"1,234",MWh
I.63,natural_gas,1,MWh
I.1.1,natural_gas,1,parsec
"""


@pytest.fixture
def write(tmp_path):
    def file(text: str | bytes, name: str = "rows.csv") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return file


@pytest.fixture
def run(capsys):
    """Run a command; return its status, what it printed and what it complained of."""

    def command(*words: str):
        status = main(list(words))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


def test_a_table_shows_totals_with_their_interval_cells_and_findings(run, write):
    status, out, err = run("compute", write(GOOD), "--period", "2019", "--place", "XX-ABC")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Inventory of XX-ABC, 2019"
    assert lines[3].split() == ["total", "t", "CO2e", "low", "high", "±%"]
    assert lines[4].split()[:2] == ["BASIC", "58.7"]
    assert any(line.startswith("I.1.1 ") and " 20.3 " in line for line in lines)
    assert "BASIC requires an answer in 30 more cells" in out
    assert "Emissions whose data quality is assumed, not stated: 100%" in out


def test_columns_of_the_table_line_up(run, write):
    _, out, _ = run("compute", write(template_csv()))
    start = next(i for i, line in enumerate(out.splitlines()) if line.startswith("cell"))
    rows = out.splitlines()[start : start + 14]
    end_of_rows = {len(line) for line in rows}
    assert len(end_of_rows) == 1


def test_notation_keys_and_partial_totals_are_named_in_the_table(run, write):
    text = (
        "ref,amount,unit,gas,notation_key,included_in,reason\nIV.2,2,kg,NF3,,,\nIV.1,,,,IE,IV.2,One figure\n"
    )
    _, out, _ = run("compute", write(text), "--period", "2019", "--gwp", "sar")
    assert "BASIC+ (partial: NF3)" in out
    assert "IE IV.2" in out
    assert "has no warming potential for NF3" in out


def test_json_is_exactly_the_result(run, write):
    path = write(template_csv())
    status, out, err = run("compute", path, "--format", "json", "--place", "GB-LON")
    assert (status, err) == (0, "")
    with Path(path).open("rb") as stream:
        expected = compile_inventory(
            read_csv(stream), Options(place="GB-LON", place_chain=("GB-LON", "GB"))
        ).to_dict()
    assert json.loads(out) == json.loads(json.dumps(expected))
    assert list(json.loads(out)) == list(expected)


def test_json_without_lines_is_still_json(run, write):
    status, out, _ = run(
        "compute", write("ref,notation_key\nI.1.1,NO\n"), "--period", "2019", "--format", "json"
    )
    assert status == 0
    assert json.loads(out)["lines"] == []


def test_csv_is_one_line_for_each_cell_and_findings_go_to_the_other_stream(run, write):
    status, out, err = run("compute", write(GOOD), "--period", "2019", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (status, len(rows)) == (0, 54)
    assert rows[0]["ref"] == "I.1.1"
    assert float(rows[0]["co2e_t"]) == pytest.approx(100 * 0.0036 * (56_100 + 5 * 28 + 0.1 * 265) / 1000)
    assert rows[1] | {"label": ""} == {
        "ref": "I.1.2",
        "label": "",
        "state": "open",
        "co2e_t": "",
        "low_t": "",
        "high_t": "",
        "notation_key": "",
        "included_in": "",
        "reason": "",
        "co2_biogenic_t": "0.0",
        "gases_t": "",
        "rows": "0",
        "missing_potentials": "",
        "market_co2e_t": "",
        "market_coverage": "",
    }
    assert "Findings: " in err


def test_rows_may_come_from_standard_input(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    status, out, _ = run("compute", "-", "--period", "2019")
    assert status == 0
    assert "BASIC" in out


def test_the_period_may_be_a_fiscal_year(run, write):
    _, out, _ = run("compute", write(GOOD), "--period", "2019-04-01/2020-03-31", "--format", "json")
    assert json.loads(out)["period"] == {"start": "2019-04-01", "end": "2020-03-31", "label_year": 2019}


def test_a_city_s_own_factors_come_from_a_file(run, write):
    own = write(
        "id,activity,uses,gas,value,unit,place,source\nown:gas,natural_gas,residential,CO2,200,kg/MWh,XX,Utility\n",
        "own.csv",
    )
    status, out, _ = run(
        "compute", write(GOOD), "--period", "2019", "--place", "XX-ABC", "--factors", own, "--format", "json"
    )
    line = json.loads(out)["lines"][0]
    assert (status, line["factor"], line["co2e_t"]) == (0, "own:gas", pytest.approx(20))


@pytest.mark.parametrize(
    ("code", "chain"),
    [(None, ()), ("GB", ("GB",)), ("GB-LON", ("GB-LON", "GB")), ("BR-SP-SAO", ("BR-SP-SAO", "BR-SP", "BR"))],
)
def test_a_place_lies_in_what_its_code_begins_with(code, chain):
    assert place_chain(code) == chain


@pytest.mark.parametrize(("typed", "code"), [("gb-lon", "GB-LON"), (" Gb ", "GB"), ("World", "world")])
def test_a_code_of_a_place_may_be_typed_in_any_case(typed, code):
    assert place_code(typed) == code


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_refusal_names_every_row_and_prints_nothing_else(run, write, form):
    status, out, err = run("compute", write(BAD), "--period", "2019", "--format", form)
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert lines[0].startswith('row 2, column amount, value "1,234", cell I.1.1: "1,234" is ambiguous')
    assert lines[0].endswith("such as 1234 or 1.234.")
    assert lines[1].startswith('row 3, column ref, value "I.63": There is no cell "I.63"')
    assert 'Did you mean "I.6.3"' in lines[1]
    assert lines[2].startswith('row 4, column unit, value "parsec"')
    assert lines[3].startswith("3 things were refused.")


def test_many_errors_are_listed_up_to_a_hundred_and_then_counted(run, write):
    text = GOOD + "I.1.1,natural_gas,x,MWh\n" * 250
    status, out, err = run("compute", write(text), "--period", "2019")
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 102
    assert err.splitlines()[-2:] == ["and 150 more", err.splitlines()[-1]]
    assert err.splitlines()[-1].startswith("250 things were refused.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.encode("utf-16"), "The file is encoded as UTF-16, not as UTF-8"),
        (
            GOOD.encode() + "I.1.1,gaz de schéma,1,t\n".encode("latin-1"),
            "row 4: Byte 0xE9 at position 94 of the file",
        ),
        (b"PK\x03\x04 sheet", "a spreadsheet workbook or a zip archive, not a CSV file"),
        (b"", "The file holds no header"),
        (b"ref;amount\n", "The columns are separated by semicolons"),
        (GOOD.encode() + b"I.1.1,natural_gas,1\n", "row 4: The row has 3 fields, the header has 4."),
        (GOOD.encode() + b"x" * 70_000, "row 4: The line is longer than 65536 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(run, write, text, said):
    status, out, err = run("compute", write(text), "--period", "2019")
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compute", "no-such.csv"], "no-such.csv cannot be read: no such file or directory."),
        (["compute", "."], ". cannot be read: is a directory."),
        (["compute", "ROWS", "--gwp", "ar9"], 'There is no set of warming potentials "ar9".'),
        (["compute", "ROWS", "--period", "2O19"], '"2O19" is not a period'),
        (["compute", "ROWS", "--period", "2019", "--factors", "ROWS"], 'has an unknown column "ref"'),
        (
            ["compute", "ROWS", "--period", "2019", "--output", "no-such/folder.txt"],
            "no-such/folder.txt cannot be written",
        ),
        (["compute", "ROWS", "--period", "2019", "--output", "."], ". cannot be written: is a directory."),
        (["compute"], "the following arguments are required: ROWS"),
        (["compute", "ROWS", "--format", "xml"], "invalid choice: 'xml'"),
        (["reckon"], "invalid choice: 'reckon'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_a_wrong_use_is_refused_with_status_2(run, write, words, said):
    path = write(GOOD)
    status, out, err = run(*[path if word == "ROWS" else word for word in words])
    assert (status, out) == (2, "")
    assert said in err


def test_help_is_no_failure(run):
    assert run("--help")[0] == 0
    assert "ROWS" in run("compute", "--help")[1]


def test_output_is_written_in_one_step_and_only_when_all_is_well(run, write, tmp_path):
    target = tmp_path / "result.json"
    target.write_text("old")
    words = ["--period", "2019", "--format", "json", "--output", str(target)]
    assert run("compute", write(BAD, "bad.csv"), *words)[0] == 2
    assert target.read_text() == "old"
    assert run("compute", write(GOOD), *words) == (0, "", "")
    assert json.loads(target.read_text())["schema"] == "localaction.inventory/1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "result.json", "rows.csv"]


def test_a_new_output_gets_the_usual_rights_and_an_old_one_keeps_its_own(run, write, tmp_path):
    beside = tmp_path / "beside"
    beside.touch()
    kept = tmp_path / "kept.csv"
    kept.touch(mode=0o600)
    for name in ("new.csv", "kept.csv"):
        run("compute", write(GOOD), "--period", "2019", "--format", "csv", "--output", str(tmp_path / name))
    assert (tmp_path / "new.csv").stat().st_mode == beside.stat().st_mode
    assert kept.stat().st_mode & 0o777 == 0o600


def test_output_may_be_a_device_which_is_not_replaced(run, write):
    assert run("compute", write(GOOD), "--period", "2019", "--output", "/dev/null") == (0, "", "")
    assert Path("/dev/null").is_char_device()


def test_the_template_computes_as_it_is_and_shows_a_row_of_every_kind(run, write):
    status, text, _ = run("template")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(text)))
    assert any(row["gas"] == "CO2e" and row["gwp_set"] for row in rows)
    assert any(row["gas"] not in {"", "CO2e"} for row in rows)
    assert {"NO", "IE", "NE"} <= {row["notation_key"] for row in rows}
    assert any(row["factor"] for row in rows)
    assert any(row["amount"].startswith("-") and row["reason"] for row in rows)
    assert all(row["source"] for row in rows if row["amount"])
    status, out, err = run("compute", write(text.encode()), "--format", "json")
    assert (status, err) == (0, "")
    assert {finding["severity"] for finding in json.loads(out)["findings"]} <= {"info"}


def test_the_template_may_be_written_to_a_file(run, tmp_path):
    target = tmp_path / "template.csv"
    assert run("template", "--output", str(target)) == (0, "", "")
    assert target.read_bytes() == template_csv().encode()


def test_every_column_is_explained(run):
    table = run("columns")[1]
    assert [line.split()[0] for line in table.splitlines()] == ["column", *NAMES]
    assert [row["name"] for row in csv.DictReader(io.StringIO(run("columns", "--format", "csv")[1]))] == list(
        NAMES
    )
    assert json.loads(run("columns", "--format", "json")[1])[0] == COLUMNS[0]._asdict()


def test_the_reader_of_the_output_may_go_away(write):
    path = write(template_csv())
    code = f"from localaction.engine.cli.inventory import main; raise SystemExit(main(['compute', {path!r}]))"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_period_of_the_template_is_in_its_rows():
    periods = {row["period"] for row in csv.DictReader(io.StringIO(template_csv()))}
    assert len(periods) == 1
    assert Period.parse(periods.pop()).is_calendar_year()


def test_the_change_between_two_files_is_given_with_its_interval(tmp_path, capsys):
    for name, amount in (("a", 100), ("b", 80)):
        text = f"ref,activity,amount,unit,data_quality\nI.1.1,natural_gas,{amount},TJ,H\n"
        (tmp_path / f"{name}.csv").write_text(text)
    files = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    assert main(["trend", *files, "--periods", "2015", "2019"]) == 0
    out = capsys.readouterr().out
    assert "From 2015 to 2019" in out
    assert "-20.0 % (between -25.7 and -14.3)" in out  # 0.8 x 5 % x sqrt 2 = 5.657 points
    assert "Trend by error propagation (IPCC 2006, volume 1, chapter 3, approach 1)" in out
    assert main(["trend", *files, "--periods", "2015", "2019", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["trends"]["BASIC"]
    assert found["half_width_percent"] == pytest.approx(0.8 * 5 * 2**0.5)
    assert main(["trend", *files]) == 2
    assert "--period 2019" in capsys.readouterr().err


def test_what_has_no_potential_is_partial_and_never_a_nought(run, write):
    file = write("ref,gas,amount,unit\nIV.2,NF3,1,t\n")
    status, out, _ = run("compute", file, "--period", "2019", "--gwp", "sar")
    assert status == 0
    line = next(line for line in out.splitlines() if line.startswith("IV.2"))
    assert "partial: no potential for NF3" in line
    assert "BASIC+ (partial: NF3)" in out
    _, text, _ = run("compute", file, "--period", "2019", "--gwp", "sar", "--format", "csv")
    held = next(row for row in csv.DictReader(io.StringIO(text)) if row["ref"] == "IV.2")
    assert (held["co2e_t"], held["missing_potentials"], held["gases_t"]) == ("", "NF3", "NF3=1.0")


def test_a_period_longer_than_a_year_is_refused(run, write):
    status, _, err = run("compute", write(GOOD), "--period", "2019-01-01/2020-12-31")
    assert status == 2
    assert "has 731 days, but an inventory is of one reporting year" in err
    assert run("compute", write(GOOD), "--period", "2019-04-01/2020-03-31")[0] == 0
