"""``localaction pack``: frameworks without server or database."""

from __future__ import annotations

import json
import re

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
        ({"area.natural": 10**400}, "area.natural is 1000"),
        ({"area.natural": 1e308}, "area.natural is 1e+308, but it holds a number."),
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


def score(capsys, tmp_path, key, answers, *words):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    return run(capsys, "score", key, "--answers", str(path), "--as-of", "2026-01-01", *words)


def test_the_report_says_what_it_takes(capsys, tmp_path):
    answers = {
        "commitment.joined": "2024-01-01",
        "inventory.valid": False,
        "report.year": 2025,
        "inventory.year": 2020,
    }
    _, out, _ = score(capsys, tmp_path, "gcom_crf/6.1", answers)
    assert (
        """
  To reach badge "Mitigation: inventory", due 2026-01-01:
    - Inventory: handed in on: not answered
    - Inventory: found valid: no, must be yes
"""
        in out
    )
    assert "    - Age of the inventory at the report, years: 5, must be at most 4\n" in out
    assert "    - Hazards reported: unknown, needs 1. Missing: risk.hazards\n" in out
    assert (
        """
    - one of:
      - Exposed sectors reported: unknown, needs 1. Missing: risk.exposed_sectors
      or
      - Vulnerable groups reported: unknown, needs 1. Missing: risk.vulnerable_groups
"""
        in out
    )
    assert "    - emissions.latest <= path_now: unknown. Missing: target.type, target.base_year, " in out
    assert (
        """
  To reach "Compliant in mitigation":
    - Mitigation: inventory, due 2026-01-01
"""
        in out
    )


def test_the_next_level_names_how_many_and_which(capsys, tmp_path):
    answers = {"waste.collected": 100, "waste.recycled": 30}
    _, out, _ = score(capsys, tmp_path, "iso_37120/2014", answers)
    assert 'To reach level "Aspirational":\n' in out
    assert "Core indicators verified: 0, needs 30: 30 more among " in out
    assert 'level "Bronze"' not in out
    found = json.loads(score(capsys, tmp_path, "iso_37120/2014", answers, "--format", "json")[1])
    assert found["next"]["next_level"] == "aspirational"
    levels = [goal["id"] for goal in found["next"]["goals"]]
    assert levels == ["aspirational", "bronze", "silver", "gold", "platinum"]
    (step,) = found["next"]["goals"][0]["steps"]
    assert (step["current"], step["needed"], step["more"], len(step["candidates"])) == (0, 30, 30, 46)


def test_what_a_verifier_confirmed_counts(capsys, tmp_path):
    answers = {"waste.collected": 100, "waste.recycled": 30}
    _, out, _ = score(capsys, tmp_path, "iso_37120/2014", answers, "--verified", "16.3")
    assert "Core indicators verified: 1, needs 30: 29 more" in out
    status, _, err = score(capsys, tmp_path, "iso_37120/2014", answers, "--verified", "16.33")
    assert status == 2
    assert 'has no indicator "16.33". Did you mean "16.3"' in err


def test_the_report_says_what_gives_a_higher_score(capsys, tmp_path):
    answers = {"area.natural": 1500, "area.total": 100, "species.invasive": 9, "species.all_in_taxa": 3}
    answers["biodiversity.consultation"] = "planned"
    _, out, _ = score(capsys, tmp_path, "singapore_index/2014", answers)
    assert "    - 1 Proportion of natural areas: 15 % gives 3, above 20 % gives 4\n" in out
    assert "    - 3 Native birds in built-up areas: no data, up to 4. Missing: species.birds_built_up" in out
    assert "    - 10 Invasive alien species: outside its range, up to 4\n" in out
    assert "    - 20 Public consultation: planned gives 2, in_progress gives 3\n" in out


def test_large_figures_keep_their_digits(capsys, tmp_path):
    answers = {"population.total": 8_961_989, "emissions.industry": 1_234_567.8}
    _, out, _ = score(capsys, tmp_path, "climate_registry/2014", answers)
    assert "8961989 person" in out
    assert "1234568 t" in out
    assert "e+0" not in out


def test_the_report_says_what_is_odd(capsys, tmp_path):
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps({"2024": {"waste.collected": 100}}), encoding="utf-8")
    answers = {"waste.collected": 900, "waste.recycled": 901}
    _, out, _ = score(capsys, tmp_path, "iso_37120/2014", answers, "--earlier", str(earlier))
    assert "odd: Municipal solid waste collected in the year: 900 t, and 100 t in 2024: ×9 " in out
    assert "odd: More waste is recycled than is collected (Municipal solid waste collected" in out
    words = ("--earlier", str(earlier), "--format", "json")
    odd = json.loads(score(capsys, tmp_path, "iso_37120/2014", answers, *words)[1])["odd"]
    assert [one["params"]["check"] for one in odd] == [
        "waste.collected:change",
        "waste.recycled_within_collected:cross",
    ]


@pytest.mark.parametrize(
    ("answers", "earlier", "message"),
    [
        ([1], {}, "answers.json holds [1], not answers by data item. Write {"),
        ({}, {"last": {}}, 'earlier.json holds the year "last", not answers by data item.'),
        ({}, {"2024": 5}, "earlier.json, 2024 holds 5, not answers by data item."),
    ],
)
def test_a_file_that_holds_no_answers_is_refused_in_words(capsys, tmp_path, answers, earlier, message):
    path = tmp_path / "earlier.json"
    path.write_text(json.dumps(earlier), encoding="utf-8")
    status, _, err = score(capsys, tmp_path, "iso_37120/2014", answers, "--earlier", str(path))
    assert status == 2
    assert message in err


def test_a_raster_becomes_the_input_of_the_mesh_size(capsys, tmp_path):
    from localaction.engine.cli.method import main as method

    raster, found = tmp_path / "land.asc", tmp_path / "patches.json"
    raster.write_text("ncols 2\nnrows 2\ncellsize 100\n1 2\n2 2\n", encoding="ascii")
    words = ["patches", str(raster), "--classes", "2", "--output", str(found)]
    assert method(words) == 2
    assert "Nothing says in which unit the cells of this raster are measured" in capsys.readouterr().err
    assert method([*words, "--cell-metres", "100"]) == 0
    found.unlink()
    raster.with_suffix(".prj").write_text('PROJCS["x",UNIT["metre",1]]', encoding="ascii")
    assert method(words) == 0
    assert json.loads(found.read_text(encoding="utf-8")) == {"patch_ha": [3.0], "landscape_ha": 4.0}
    words = ["run", "biodiversity.effective_mesh/1", "--input", str(found), "--format", "json"]
    assert method(words) == 0
    outputs = {entry["name"]: entry["value"] for entry in json.loads(capsys.readouterr().out)["outputs"]}
    assert (outputs["effective_mesh_size_ha"], outputs["landscape_mesh_size_ha"]) == (3.0, 2.25)


def test_a_translation_is_begun_filled_in_and_counted(capsys, tmp_path):
    run(capsys, "new", "our_index/2026", "--into", str(tmp_path))
    folder = tmp_path / "our_index" / "2026"
    assert "nobody is named who translates" in run(capsys, "translate", str(folder), "es")[2]
    status, out, _ = run(capsys, "translate", str(folder), "es", "--by", "A translator")
    assert status == 0
    assert "0 translated, 0 stale, 5 missing" in out
    path = folder / "i18n" / "es.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('text: ""', 'text: "Hola"', 1), encoding="utf-8")
    assert re.search(
        r"  es: \d+ texts translated, \d+ missing, 0 stale", run(capsys, "check", str(folder))[1]
    )
    assert "1 translated, 0 stale, 4 missing" in run(capsys, "translate", str(folder), "es")[1]


def test_the_difference_of_two_editions_says_what_may_be_compared(capsys):
    out = run(capsys, "diff", "singapore_index/2014", "singapore_index/2021")[1]
    assert "renamed  9 Protected natural areas -> 8 Protected natural areas: values compare" in out
    assert "~ 9 -> 8 scoring:" in out


def test_data_items_are_found_by_words_with_unit_choices_and_columns(capsys):
    status, out, _ = run(capsys, "items", "inhabitants")
    assert status == 0
    assert re.search(r"^population\.total +person +Inhabitants$", out, re.M)
    assert "(none, considered, planned," in run(capsys, "items", "public", "consultation")[1]
    assert "(columns hazard, probability," in run(capsys, "items", "climate", "hazards")[1]
    status, _, err = run(capsys, "items", "zeppelin")
    assert status == 2
    assert 'No data item has the words "zeppelin". Try one word' in err
