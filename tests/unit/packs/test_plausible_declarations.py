"""What packs hold plausible is checked when it is read: one broken file for each error."""

from __future__ import annotations

import pytest
from tests.support.packs import ITEMS, write

from localaction.engine.packs.reader import read_packs
from localaction.engine.yamlpack import PackError

TEXT = """\
items:
  - {id: a.whole, label: "Whole", unit: t, kind: number, dimensions: []}
  - id: a.part
    label: "Part"
    unit: kg
    kind: number
    dimensions: []
    plausible: {min: 0, max: 9, change: {percent: 10}, peers: {below: 0.5, above: 2}, convention: true}
  - {id: a.name, label: "Name", kind: text, dimensions: []}
ratios:
  - id: ratio.part
    label: "Part of the whole"
    formula: "a.part / a.whole"
    unit: "%"
    plausible: {max: 100, source: {ref: handbook, locator: "page 3"}, confidence: secondary}
cross:
  - id: a.within
    label: "The part is larger than the whole"
    rule: "a.part <= a.whole"
    fix: "Check both."
    convention: true
"""
BASIS = "Write convention: true for a limit of our own, or source and confidence for a cited one."
BROKEN = [
    ("min: 0, max", "mn: 0, max", 8, 'there is no key "mn" here. Did you mean "min"?'),
    ("min: 0, max: 9", "min: 9, max: 9", 8, "the least, 9, is not below the most, 9. Correct one"),
    ("min: 0, max: 9", 'min: "0", max: 9', 8, 'plausible.min is "0". Write a number.'),
    ("min: 0, max: 9, change: {percent: 10}, peers: {below: 0.5, above: 2}, ", "", 8,
     "nothing is said to be plausible. Give one or more of min, max, change, peers."),
    ("2}, convention: true", "2}", 8, f"a limit rests on no convention and no source. {BASIS}"),
    ("2}, convention: true", "2}, convention: false", 8,
     "plausible.convention is false. Write true: a convention of this rule book."),
    ("2}, convention: true", '2}, convention: true, source: {ref: handbook, locator: "p"}', 8,
     f"a limit rests both on a convention and on a source. {BASIS}"),
    ("2}, convention: true", "2}, convention: true, confidence: verified", 8,
     "a convention has no confidence. Give confidence beside a source, and only there."),
    (', confidence: secondary', "", 15, "the source has no confidence. Give confidence beside a source"),
    (', locator: "page 3"', "", 15, 'the key "locator" is missing. Add it.'),
    ("ref: handbook", "ref: hanbook", 15, 'there is no source "hanbook". Did you mean "handbook"?'),
    ("percent: 10", "percent: 10, factor: 2", 8, "plausible.change is {"),
    ("percent: 10", "percent: 100", 8, "Write a number above 0 and below 100; write factor for more."),
    ("percent: 10", "factor: 1", 8, "Write a number above 1."),
    ("percent: 10", "amount: 0", 8, "Write a number above 0."),
    ("percent: 10", "perct: 1", 8, 'there is no key "perct" here. Did you mean "percent"?'),
    ("below: 0.5, ", "", 8, 'the key "below" is missing. Add it.'),
    ("below: 0.5", "below: 1.5", 8, "Write a number above 0, 1 at most, of the lowest of the peers."),
    ("above: 2", "above: 0.5", 8, "Write a number of 1 or more, of the highest of the peers."),
    ("kind: text, ", "kind: text, plausible: {min: 0, convention: true}, ", 9,
     "a.name is no number, so nothing can be said of its range or change. Take plausible out, or"),
    ("a.part / a.whole", "a.part / a.hole", 13, 'there is no data item or indicator "a.hole". Did you'),
    ("a.part / a.whole", "a.part + ", 13, "this is no formula"),
    ("a.part / a.whole", "a.part * a.whole", 14, 'a number of [mass]^2, which cannot be shown as "%".'),
    ('unit: "%"', 'unit: "%%"', 14, 'There is no unit "%%".'),
    ("a.part / a.whole", "a.part / a.part", 13,
     "ratio.part mentions fewer than 2 data items. Compare two; for one alone write plausible on the item."),
    ("id: ratio.part", "id: a.whole", 11, '"a.whole" is used twice. Give each its own.'),
    ("id: a.within", "id: ratio.part", 17, '"ratio.part" is used twice. Give each its own.'),
    ("a.part <= a.whole", "a.part + a.whole", 19, "the rule does not give yes or no. Compare something"),
    ("a.part <= a.whole", "a.part <= 5", 19, "do not fit together"),
    ("a.part <= a.whole", "a.part >= 0", 19, "a.within mentions fewer than 2 data items."),
    ("a.part <= a.whole", "a.part <= a.nme", 19, 'Did you mean "a.name"'),
    ('    fix: "Check both."\n', "", 17, 'the key "fix" is missing. Add it.'),
    ("    convention: true\n", "", 17, f"a limit rests on no convention and no source. {BASIS}"),
    ("cross:", "crosses:", 17, 'there is no key "crosses" here. Did you mean "cross"?'),
]  # fmt: skip


def read_with(folder, text):
    write(folder)
    (folder / ITEMS).write_text(text, encoding="utf-8")
    return read_packs(folder)["plausible"]


def test_what_is_declared_is_read(tmp_path):
    found = read_with(tmp_path, TEXT)
    item, ratio = found.subjects.values()
    assert (item.id, item.unit, item.items, item.basis.convention) == ("a.part", "kg", ("a.part",), True)
    assert (ratio.items, ratio.basis.source.locator, ratio.basis.confidence) == (
        ("a.part", "a.whole"), "page 3", "secondary"
    )  # fmt: skip
    assert found.rules["a.within"].items == ("a.part", "a.whole")


@pytest.mark.parametrize(("old", "new", "line", "message"), BROKEN, ids=[new[:40] for _, new, _, _ in BROKEN])
def test_one_thing_wrong_is_named(tmp_path, old, new, line, message):
    assert TEXT.count(old) >= 1
    with pytest.raises(PackError) as refused:
        read_with(tmp_path, TEXT.replace(old, new, 1))
    assert message in str(refused.value)
    assert str(refused.value).startswith(f"ghg.yaml:{line}: ")
