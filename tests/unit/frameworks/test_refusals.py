"""One broken framework for each thing that can be wrong: file, line, what and what to do."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.packs.editions import framework_of, read_folder
from localaction.engine.packs.starter import BadName, FolderTaken, begin
from localaction.engine.yamlpack import PackError

DAY = date(2026, 11, 25)


@pytest.fixture
def folder(tmp_path):
    begin("our_index/2026", tmp_path, DAY)
    return tmp_path / "our_index" / "2026"


def broken(folder, old, new):
    path = folder / "pack.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_folder(folder)
    assert refused.value.remedy
    return refused.value.message.partition(":")[2]


def test_a_framework_that_was_begun_loads(folder):
    framework = read_folder(folder)
    assert framework.last_checked == "2026-11-25"
    assert (framework.key, len(framework.cases)) == ("our_index/2026", 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("area.total\n", "area.totl\n", 'there is no data item or indicator "area.totl".'),
        (
            "unit: person/km2 ",
            "unit: km2 ",
            "gives a number of [human] [length]^-2, which",
        ),
        ("unit: person/km2 ", "unit: persn/km2 ", 'There is no unit "persn".'),
        ("    unit: person/km2", '    note: "x"  # ', "1 has no unit."),
        (
            "    unit: person/km2",
            '    fit: {area.green: {fit: confirm, note: "x"}}\n    unit: person/km2',
            'there is no data item of 1 "area.green".',
        ),
        (
            "    unit: person/km2",
            '    fit: {area.total: {fit: maybe, note: "x"}}\n    unit: person/km2',
            "fit is",
        ),
        ("formula: population.total / area.total", "answer: population.ttal", "there is no data item"),
        ("formula: population.total / area.total", 'note: "x"', "1 has not either a formula or an answer."),
        ("section: people", "section: peple", 'there is no section "peple".'),
        ("over: [people]", "over: [places]", 'there is no section, group or indicator "places".'),
        (
            "{score: 2}]",
            "{below: 9000, score: 2}]",
            "the last band has an end, so larger values have no score.",
        ),
        ("{below: 5000, score: 1}", "{below: 500, score: 1}", "the ends of the bands do not rise."),
        ("{below: 5000, score: 1}", "{score: 1}", "a band that is not the last has no end."),
        ("{below: 5000, score: 1}", "{below: 5, to: 6, score: 1}", "a band has both below and to."),
        (
            'ref: gpc-1.1, locator: "replace: the',
            'ref: gpc, locator: "replace: the',
            'there is no source "gpc".',
        ),
        (
            "      confidence: secondary",
            "      linear: {from: 0, to: 1}\n      confidence: secondary",
            "1 has 2 rules",
        ),
        ("rule: sum, of: score", "rule: weighted, of: score", "total is weighted and has no weights."),
        ("id: our_index", "id: your_index", "the folder our_index/2026 is not named after the framework."),
        ('edition: "2026"', "edition: 2026", "edition is 2026."),
        ("direction: up", "direktion: up", 'there is no key "direktion" here.'),
        ("round: 0", "round: NO", "a bare NO would be read as a truth value."),
        ("round: 0", "round: 0\n    round: 1", 'the key "round" is given twice.'),
        (
            "unit: person/km2 ",
            'unit: "%" ',
            "gives a number of [human] [length]^-2, which",
        ),
    ],
)
def test_what_is_wrong_is_named_with_line_and_remedy(folder, old, new, message):
    line, _, problem = broken(folder, old, new).partition(": ")
    assert line.isdigit()
    assert message in problem


def test_a_share_takes_no_factor_of_its_own(folder):
    text = (folder / "pack.yaml").read_text(encoding="utf-8")
    text = text.replace("population.total / area.total", "area.natural / area.total * 100")
    (folder / "pack.yaml").write_text(text.replace("unit: person/km2 ", 'unit: "%" '), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_folder(folder)
    assert "a number multiplies a share; the factor of % is put in by itself." in refused.value.message


def test_a_case_names_what_is_asked(folder):
    path = folder / "cases" / "cases.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("area.total", "area.natural"), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_folder(folder)
    assert 'there is no data item of this framework "area.natural".' in refused.value.message


def test_a_framework_is_begun_once_and_with_a_name(tmp_path):
    begin("our_index/2026", tmp_path, DAY)
    with pytest.raises(FolderTaken, match=r"is there already\. Choose another folder"):
        begin("our_index/2026", tmp_path, DAY)
    with pytest.raises(BadName, match=r'"Our Index" cannot name a framework\.'):
        begin("Our Index", tmp_path, DAY)


def test_an_id_alone_is_the_newest_edition():
    assert framework_of("singapore_index").edition == "2021"
