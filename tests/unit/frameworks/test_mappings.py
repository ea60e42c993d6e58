"""From one edition to the next: every indicator accounted for, and what may stand in one series."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from localaction.engine.cli.editiontext import difference
from localaction.engine.packs.editions import frameworks, read_folder
from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.mappings import comparable
from localaction.engine.packs.starter import begin
from localaction.engine.yamlpack import PackError

FRAMEWORKS = frameworks()
MAPPED = [(held, mapping) for held in FRAMEWORKS.values() for mapping in held.mappings.values()]
SCORING = """\
    scoring:
      bands: [{below: 1000, score: 0}, {below: 5000, score: 1}, {score: 2}]
      confidence: secondary     # an unverified scoring shows the value and gives no score
      source: {ref: gpc-1.1, locator: "replace"}
"""
MORE = """\
  - {id: "2", section: people, label: "Inhabitants", unit: person, formula: population.total}
  - {id: "3", section: people, label: "Land", unit: km2, formula: area.total}
"""
MAPPING = """\
from: "2026"
summary: "What changed."
confidence: secondary
source: {ref: gpc-1.1, locator: "preface"}
last_checked: "2026-11-25"
changes:
  - {is: same, old: ["1"], new: ["1"], compares: value_and_score, confidence: secondary}
  - {is: renamed, old: ["2"], new: ["5"], compares: value, confidence: unverified, note: "Not seen."}
  - {is: dropped, old: ["3"], confidence: secondary}
  - {is: new, new: ["4"], confidence: secondary, source: {ref: gpc-1.1, locator: "page 4"}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the newer of two editions; of the older one, indicator 2 is called 5 and 3 became 4."""
    for edition, more in (("2026", MORE), ("2027", MORE.replace('"2"', '"5"').replace('"3"', '"4"'))):
        begin(f"our_index/{edition}", tmp_path, date(2026, 11, 25))
        path = tmp_path / "our_index" / edition / "pack.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(SCORING, SCORING + more), encoding="utf-8")
    newer = tmp_path / "our_index" / "2027"
    (newer / "from").mkdir()
    (newer / "from" / "2026.yaml").write_text(MAPPING, encoding="utf-8")
    return newer


def older_of(newer: Framework) -> Framework:
    return newer.mappings["2026"].older


def test_a_mapping_says_what_may_stand_in_one_series(folder: Path) -> None:
    newer = read_folder(folder)
    older = older_of(newer)
    kept = comparable(older, newer, "1")
    assert (kept.other, kept.value, kept.score) == (("1",), True, True)
    unseen = comparable(older, newer, "2")
    assert (unseen.other, unseen.value, unseen.score, unseen.note) == (("5",), None, None, "Not seen.")
    back = comparable(newer, older, "5")
    assert (back.other, back.value) == (("2",), None)
    gone = comparable(older, newer, "3")
    assert (gone.other, gone.value, gone.score) == ((), False, False)
    assert comparable(newer, older, "4").value is False
    assert comparable(newer, newer, "1").score is True
    assert comparable(newer, newer, "5").score is False


def test_editions_without_a_mapping_and_other_frameworks_are_not_known_to_compare(folder: Path) -> None:
    newer = read_folder(folder)
    older = older_of(newer)
    (folder / "from" / "2026.yaml").unlink()
    assert comparable(older, read_folder(folder), "1").value is None
    other = next(iter(FRAMEWORKS.values()))
    assert comparable(older, other, "1").value is None


def test_the_mapping_is_no_part_of_the_digest(folder: Path) -> None:
    digest = read_folder(folder).digest
    (folder / "from" / "2026.yaml").unlink()
    assert read_folder(folder).digest == digest


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        (
            'from: "2026"',
            'from: "2025"',
            'the edition "2025" is not the name of the file.',
            "rename the file",
        ),
        ("summary:", "sumary:", 'there is no key "sumary" here.', "Did you mean"),
        (
            "is: dropped",
            "is: gone",
            'is is "gone".',
            "Write same, renamed, changed, merged, split, dropped or new.",
        ),
        ('old: ["3"]', 'old: ["33"]', 'there is no indicator of our_index/2026 "33".', "Did you mean"),
        ('new: ["4"]', 'new: ["3"]', 'there is no indicator of our_index/2027 "3".', "Add it, or correct"),
        ('old: ["3"]', 'old: ["3", "2"]', "2 of our_index/2026 is accounted for twice.", "Leave it in one"),
        (
            '  - {is: dropped, old: ["3"], confidence: secondary}\n',
            "",
            "3 of our_index/2026 (Land) is not accounted for.",
            "under old: dropped",
        ),
        (
            '  - {is: new, new: ["4"]',
            '  - {is: new, new: ["1"]',
            "1 of our_index/2027 is accounted for twice.",
            "Leave it",
        ),
        (
            "is: dropped",
            "is: changed",
            '"changed" needs one indicator under new, and there are none.',
            "Correct the ids",
        ),
        (
            "is: dropped",
            "is: merged",
            '"merged" needs two or more under old, and there is one.',
            "another word",
        ),
        ("is: same", "is: split", '"split" needs two or more under new, and there is one.', "another word"),
        ("compares: value, ", "", '"renamed" does not say what compares.', "value_and_score"),
        (
            "is: dropped",
            "compares: value, is: dropped",
            '"dropped" cannot say that something compares.',
            "Remove compares",
        ),
        (
            'is: same, old: ["1"], new: ["1"], compares: value_and_score',
            'is: changed, old: ["1"], new: ["1"]',
            '"changed" does not say why values cannot be compared.',
            "Add a note.",
        ),
        ("is: same", "is: renamed", "1 has the same number and label.", 'Write "same".'),
        ("is: renamed", "is: same", "5 has another number and label.", 'Write "renamed".'),
        (
            '["5"]',
            '["4"]',
            "2 and 4 are no values of one kind, so they cannot be compared.",
            'Write "changed"',
        ),
        (
            "compares: value, ",
            "compares: value_and_score, ",
            "2 Inhabitants gives no score in one of the editions",
            "Write compares: value.",
        ),
        (
            '{ref: gpc-1.1, locator: "page 4"}',
            '{ref: gpc, locator: "page 4"}',
            'there is no source "gpc".',
            'Did you mean "gpc-1.1"?',
        ),
        (
            "confidence: secondary\nsource",
            "confidence: sure\nsource",
            'confidence is "sure".',
            "verified, secondary or unverified",
        ),
    ],
)
def test_what_is_wrong_is_named_with_line_and_remedy(folder, old, new, message, remedy) -> None:
    path = folder / "from" / "2026.yaml"
    assert old in MAPPING
    path.write_text(MAPPING.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_folder(folder)
    assert refused.value.message.startswith(f"2026.yaml:{refused.value.line}: ")
    assert message in refused.value.message
    assert remedy in refused.value.remedy


def test_scores_by_different_rules_do_not_compare(folder: Path) -> None:
    path = folder / "pack.yaml"
    text = path.read_text(encoding="utf-8").replace("below: 5000", "below: 6000")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match="1 and 1 are scored by different rules") as refused:
        read_folder(folder)
    assert refused.value.remedy == "Write compares: value."


@pytest.mark.parametrize(
    ("name", "message"),
    [("2025", 'there is no edition "2025" of our_index.'), ("2027", "an edition is mapped from itself.")],
)
def test_an_older_edition_must_be_there_and_another(folder: Path, name: str, message: str) -> None:
    path = folder / "from" / "2026.yaml"
    path.rename(path.with_stem(name)).write_text(MAPPING.replace("2026", name, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_folder(folder)
    assert message in refused.value.message


def test_the_difference_follows_the_mapping_and_not_the_numbers(folder: Path) -> None:
    newer = read_folder(folder)
    said = difference(older_of(newer), newer)
    assert "renamed  2 Inhabitants -> 5 Inhabitants: not seen, so nothing is compared. Not seen." in said
    assert "dropped  3 Land: nothing to compare" in said
    assert "+ 4 Land" in said
    assert "- 2" not in said


def test_every_edition_on_file_is_mapped_from_the_one_before() -> None:
    before: dict[str, str] = {}
    for held in FRAMEWORKS.values():
        if held.id in before:
            assert before[held.id] in held.mappings, f"write {held.key}/from/{before[held.id]}.yaml"
        before[held.id] = held.edition


@pytest.mark.parametrize(("newer", "mapping"), MAPPED, ids=[held.key for held, _ in MAPPED])
def test_a_mapping_on_file_answers_for_every_indicator_both_ways(newer, mapping) -> None:
    older = FRAMEWORKS[f"{newer.id}/{mapping.old}"]
    for one, other in ((older, newer), (newer, older)):
        for name in one.indicators:
            found = comparable(one, other, name)
            assert (found.value is None) == (found.score is None)
            assert all(comparable(other, one, there).value is found.value for there in found.other)
