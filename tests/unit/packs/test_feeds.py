"""What feeds data items: what is on file, what comes out, a broken file for each thing that can be wrong."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.packs.editions import frameworks
from localaction.engine.packs.feed import Feed, Part
from localaction.engine.packs.feeds import FILE, feeds, read_feeds
from localaction.engine.packs.library import Library
from localaction.engine.packs.planning import PlanWords
from localaction.engine.yamlpack import PackError
from localaction.packs import DATA

LIBRARY = Library.load()
FEEDS = feeds()
HEAD = """\
inventory: {total: ghg.inventory.total, cell: ghg.inventory.cell}
facts:
  - {id: population, label: "Inhabitants", unit: person}
  - {id: area, label: "Area", unit: ha}
target:
  - {id: kind}
  - {id: cut_percent, unit: "%"}
feeds:
"""
FINE = '  - {item: area.total, from: {fact: area}, fit: conversion, note: "A fact."}\n'


def read(tmp_path, text, head=HEAD):
    path = tmp_path / "feeds.yaml"
    path.write_text(head + text, encoding="utf-8")
    return read_feeds(path, LIBRARY)


def only(tmp_path, text) -> Feed:
    [[feed]] = read(tmp_path, text).values()
    return feed


def test_every_feed_fills_an_item_that_a_framework_asks_and_says_why():
    asked = {item for framework in frameworks().values() for item in framework.items}
    assert set(FEEDS) <= asked
    assert all(feed.note.endswith(".") for found in FEEDS.values() for feed in found)


def test_the_total_of_the_latest_inventory_comes_first_and_is_exact():
    first, second = FEEDS["emissions.latest"]
    assert first.parts == (Part("figure", "ghg.inventory.total", (("total", "BASIC"),), 1000.0),)
    assert (first.fit, first.lasts, first.source) == ("exact", True, "figure")
    assert (second.fit, [part.name for part in second.parts]) == ("confirm", ["emissions.community"])


def test_what_lasts_is_taken_from_an_earlier_year_and_what_does_not_is_not():
    assert LIBRARY.items["commitment.joined"]["lasts"] is True
    assert [FEEDS[item][0].lasts for item in ("inventory.year", "emissions.community")] == [True, False]


def test_a_fact_changes_its_unit_on_the_way(tmp_path):
    feed = only(tmp_path, FINE)
    assert feed.value({feed.parts[0]: 250.0}) == 2.5
    assert feed.value({feed.parts[0]: None}) is None
    assert feed.value({}) is None


def test_cells_of_a_sector_and_scope_add_up_and_a_notation_key_counts_for_nothing(tmp_path):
    text = (
        "  - {item: emissions.community, "
        'from: {inventory: {total: BASIC, sector: III, scope: 3}}, fit: confirm, note: "Waste."}\n'
    )
    feed = only(tmp_path, text)
    cells = [dict(part.dimensions)["gpc_ref"] for part in feed.parts]
    assert cells == ["III.1.2", "III.2.2", "III.3.2", "III.4.2"]
    held = dict(zip(feed.parts, (405389.0, 9703.0, None, None), strict=True))
    assert feed.value(held) == 415092.0
    assert feed.value(dict.fromkeys(feed.parts)) is None


def test_a_cell_that_does_not_occur_is_zero_and_one_not_estimated_is_a_gap():
    keys = LIBRARY.protocol.notation_keys
    assert {key for key, said in keys.items() if said.zero} == {"NO", "IE"}
    [feed] = FEEDS["emissions.transport.scope_2"]
    assert feed.value(dict.fromkeys(feed.parts, 0.0)) == 0.0


def test_the_sectors_and_scopes_of_an_inventory_are_its_totals():
    """Each cell of BASIC+ feeds one item, and those of BASIC are the six that are added up to it."""
    cells = [
        dict(part.dimensions)["gpc_ref"]
        for item, found in FEEDS.items()
        if item.startswith(("emissions.stationary", "emissions.transport", "emissions.waste"))
        or item in {"emissions.industry", "emissions.land"}
        for part in found[0].parts
    ]
    in_total = [ref for ref, cell in LIBRARY.protocol.cells.items() if "BASIC+" in cell.counts_in]
    assert sorted(cells) == sorted(in_total)


def test_a_formula_needs_all_its_parts_and_no_unit_is_lost():
    feed = FEEDS["waste.collected"][0]
    held = dict.fromkeys(feed.parts, 10.0)
    assert feed.value(held) == 60.0
    assert feed.value({**held, feed.parts[0]: None}) is None


def test_the_kinds_of_target_of_a_plan_are_those_that_can_be_answered():
    [feed] = FEEDS["target.type"]
    assert (feed.source, feed.parts[0].name, feed.value({feed.parts[0]: "intensity"})) == (
        "target",
        "kind",
        "intensity",
    )
    choices = {choice["id"] for choice in LIBRARY.items["target.type"]["choices"]}
    assert choices == set(PlanWords.load().lists["target_kind"])


def test_days_and_truths_pass_as_they_are():
    day, valid = FEEDS["plan.action.submitted"][0], FEEDS["plan.action.valid"][0]
    assert day.value({day.parts[0]: date(2026, 1, 2)}) == date(2026, 1, 2)
    assert valid.value({valid.parts[0]: False}) is False


BROKEN = [
    ("an unknown item", "item: area.total", "item: area.totl", 'there is no data item "area.totl".'),
    ("a table", "item: area.total", "item: risk.hazards", "risk.hazards is a table or has dimensions, which"),
    ("an unknown fact", "{fact: area}", "{fact: arae}", 'there is no fact "arae". Did you mean "area"?'),
    ("another measure", "{fact: area}", "{fact: population}", "the formula gives a number of [human], which"),
    ("nothing", "{fact: area}", "{}", "from"),
    ("two at once", "{fact: area}", "{fact: area, item: area.green}", "from"),
    ("another word", "{fact: area}", "{facts: area}", 'there is no key "facts" here. Did you mean "fact"?'),
    ("itself", "{fact: area}", "{item: area.total}", "area.total feeds itself."),
    ("an unknown field of a target", "{fact: area}", "{target: cut}", 'there is no field of a target "cut".'),
    ("a word for a number", "{fact: area}", "{target: kind}", "this cannot become area.total"),
    ("an unknown source item", "{fact: area}", "{item: area.gren}", 'there is no data item "area.gren".'),
    (
        "a source with dimensions",
        "{fact: area}",
        "{item: ghg.inventory.total}",
        "ghg.inventory.total is a table or has dimensions, which a feed cannot read.",
    ),
    ("an unknown total", "{fact: area}", "{inventory: {total: BASC}}", 'there is no total "BASC".'),
    (
        "an unknown sector",
        "{fact: area}",
        "{inventory: {total: BASIC, sector: X}}",
        'there is no sector "X".',
    ),
    (
        "no cell",
        "{fact: area}",
        "{inventory: {total: BASIC, sector: V}}",
        "no cell of the inventory is meant by this.",
    ),
    ("a formula that is none", "{fact: area}", '{formula: "area.green +"}', "this is no formula"),
    (
        "a formula of another measure",
        "{fact: area}",
        '{formula: "area.green / 2 * area.green"}',
        "which cannot",
    ),
    ("a formula of nothing", "{fact: area}", '{formula: "0"}', "the formula names no data item."),
    ("a kind that does not fit", "{fact: area}", "{item: inventory.valid}", "this cannot become area.total"),
    ("exact in another unit", "fit: conversion", "fit: exact", "changes its unit here, which is not exact."),
    ("no such fit", "fit: conversion", "fit: maybe", "fit is"),
    ("no note", ', note: "A fact."', "", "note"),
]


@pytest.mark.parametrize(("old", "new", "message"), [case[1:] for case in BROKEN], ids=[c[0] for c in BROKEN])
def test_what_is_wrong_in_a_feed_is_named_with_its_line(tmp_path, old, new, message):
    assert FINE.count(old) == 1
    with pytest.raises(PackError) as refused:
        read(tmp_path, FINE.replace(old, new))
    assert str(refused.value).startswith("feeds.yaml:9: ")
    assert message in str(refused.value)
    assert refused.value.remedy


def test_a_conversion_that_converts_nothing_is_refused(tmp_path):
    text = '  - {item: population.total, from: {fact: population}, fit: conversion, note: "A fact."}\n'
    with pytest.raises(
        PackError, match=r"nothing is converted on the way to population\.total\. Write exact"
    ):
        read(tmp_path, text)


def test_the_same_feed_twice_is_refused(tmp_path):
    with pytest.raises(PackError, match=r"feeds\.yaml:10: area\.total is fed by this twice\. Remove one\."):
        read(tmp_path, FINE + FINE)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("unit: ha", "unit: haa", 'There is no unit "haa".'),
        ("id: area", "id: population", '"population" is used twice.'),
        (
            "total: ghg.inventory.total",
            "total: ghg.inventory.totl",
            'there is no data item "ghg.inventory.totl".',
        ),
    ],
)
def test_what_is_wrong_above_the_feeds_is_named(tmp_path, old, new, message):
    with pytest.raises(PackError) as refused:
        read(tmp_path, FINE, HEAD.replace(old, new))
    assert message in str(refused.value)


def test_the_file_stands_among_the_packs():
    assert (DATA / FILE).is_file()
