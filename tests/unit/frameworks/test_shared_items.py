"""Report once: an answer given for one framework is there for all that ask, and says how well it fits."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from localaction.engine.packs.editions import frameworks
from localaction.engine.packs.feeds import feeds

FRAMEWORKS = frameworks()
ASKED = Counter(item for framework in FRAMEWORKS.values() for item in framework.items)


def filled_by(key):
    """Return for every other framework the items that are filled once this one is, without typing."""
    given = set(FRAMEWORKS[key].items)
    fed = {
        item
        for item, found in feeds().items()
        for feed in found
        if {part.name for part in feed.parts if part.source == "figure"}
        and all(part.source == "figure" and part.name in given for part in feed.parts)
    }
    return {
        other: set(framework.items) & (given | fed)
        for other, framework in FRAMEWORKS.items()
        if framework.id != FRAMEWORKS[key].id
    }


@pytest.mark.parametrize(
    ("item", "at_least"),
    [
        ("population.total", 5),
        ("area.total", 4),
        ("area.terrestrial", 3),
        ("emissions.latest", 3),
        ("economy.gdp", 2),
        ("inventory.year", 3),
    ],
)
def test_facts_of_a_place_are_asked_by_several_frameworks_under_one_name(item, at_least):
    assert ASKED[item] >= at_least


def test_whoever_fills_the_city_standard_sees_others_partly_filled():
    found = filled_by("iso_37120/2014")
    assert all(found.values()), found
    assert "population.total" in found["singapore_index/2021"]
    assert "emissions.latest" in found["gcom_crf/6.1"]
    assert "efficiency.water_final" in found["efficiency_gain/2015"]


def test_an_inventory_fills_every_figure_of_emissions_that_the_registry_asks():
    [registry] = [found for found in FRAMEWORKS.values() if "emissions.land" in found.items]
    asked = {item for item in registry.items if item.startswith("emissions.")}
    assert len(asked) == 11
    assert all(feeds()[item][0].fit == "exact" for item in asked)


def test_no_two_data_items_are_called_the_same():
    items = {item: data for framework in FRAMEWORKS.values() for item, data in framework.items.items()}
    labels = Counter(data["label"].casefold() for data in items.values())
    assert [label for label, count in labels.items() if count > 1] == []


def test_where_definitions_differ_the_link_says_so():
    said = {
        (framework.key, item): fit.kind
        for framework in FRAMEWORKS.values()
        for indicator in framework.indicators.values()
        for item, fit in indicator.fits.items()
    }
    assert said["singapore_index/2021", "area.parks_natural"] == "confirm"
    assert said["iso_37120/2014", "energy.public_buildings"] == "confirm"
    assert ("singapore_index/2014", "area.natural") not in said, "what is not said fits exactly"


def test_a_link_that_is_not_exact_says_why():
    fits = chain.from_iterable(
        indicator.fits.values()
        for framework in FRAMEWORKS.values()
        for indicator in framework.indicators.values()
    )
    assert all(fit.kind != "exact" and fit.note.endswith(".") for fit in fits)
