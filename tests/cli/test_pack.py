"""``localaction pack``: frameworks without server or database."""

from __future__ import annotations

import json

import pytest

from localaction.engine.cli.pack import main


def run(capsys, *words):
    status = main(words)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_every_framework_on_file_checks(capsys):
    status, out, err = run(capsys, "check")
    assert (status, err) == (0, "")
    assert "singapore_index/2014: 23 indicators," in out


def test_a_newcomer_goes_from_an_empty_folder_to_a_scored_report(capsys, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"population.total": 300_000, "area.total": 100}), encoding="utf-8")
    assert run(capsys, "new", "our_index/2026", "--into", str(tmp_path))[0] == 0
    folder = str(tmp_path / "our_index" / "2026")
    assert run(capsys, "check", folder)[:2] == (0, "our_index/2026: 1 indicators, 1 cases come out\n")
    status, out, _ = run(capsys, "score", folder, "--answers", str(answers), "--as-of", "2026-01-01")
    assert status == 0
    assert "Density: 3000 person/km2, score 1 of 2" in out
    assert "Total: 1 of 2 (1 of 1 known, 50.0% of the 2 that could be had)" in out


def test_a_case_that_does_not_come_out_is_named(capsys, tmp_path):
    run(capsys, "new", "our_index/2026", "--into", str(tmp_path))
    cases = tmp_path / "our_index" / "2026" / "cases" / "cases.yaml"
    cases.write_text(cases.read_text(encoding="utf-8").replace('{"1": 6000}', '{"1": 60}'), encoding="utf-8")
    status, _, err = run(capsys, "check", str(tmp_path / "our_index" / "2026"))
    assert status == 2
    assert "our_index/2026, case dense: values 1 is 6000.0, expected is 60." in err


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"area.natura": 5}, 'does not ask for "area.natura". Did you mean "area.natural"'),
        ({"area.natural": "5 ha"}, "area.natural is '5 ha', but it holds a number. Write a number."),
        (
            {"biodiversity.consultation": "soon"},
            "biodiversity.consultation is 'soon', but it holds one of",
        ),
    ],
)
def test_wrong_answers_are_refused_in_words(capsys, tmp_path, answers, message):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    words = ("score", "singapore_index/2014", "--answers", str(path), "--as-of", "2026-01-01")
    status, _, err = run(capsys, *words)
    assert status == 2
    assert message in err


def test_unknown_frameworks_and_days_are_refused_in_words(capsys):
    assert 'There is no framework "singapore_indx".' in run(capsys, "show", "singapore_indx")[2]
    words = ("score", "singapore_index/2014", "--answers", "-", "--as-of", "soon")
    assert '"soon" is no day. Write it as in 2026-11-21.' in run(capsys, *words)[2]


def test_the_report_says_what_was_not_seen(capsys, tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"biodiversity.projects": 30}), encoding="utf-8")
    words = ("score", "singapore_index/2021", "--answers", str(path), "--as-of", "2026-01-01")
    assert "Biodiversity projects in the year: 30, no score: its rule was not seen" in run(capsys, *words)[1]


def test_a_raster_becomes_the_input_of_the_mesh_size(capsys, tmp_path):
    from localaction.engine.cli.method import main as method

    raster, found = tmp_path / "land.asc", tmp_path / "patches.json"
    raster.write_text("ncols 2\nnrows 2\ncellsize 100\n1 2\n2 2\n", encoding="ascii")
    assert method(["patches", str(raster), "--classes", "2", "--output", str(found)]) == 0
    assert json.loads(found.read_text(encoding="utf-8")) == {"patch_ha": [3.0], "landscape_ha": 4.0}
    words = ["run", "biodiversity.effective_mesh/1", "--input", str(found), "--format", "json"]
    assert method(words) == 0
    outputs = {entry["name"]: entry["value"] for entry in json.loads(capsys.readouterr().out)["outputs"]}
    assert (outputs["effective_mesh_size_ha"], outputs["landscape_mesh_size_ha"]) == (3.0, 2.25)
