"""What is outside the limits of an indicator is said to be outside; on a limit it is not."""

from __future__ import annotations

from datetime import date

import pytest

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.packs.editions import framework_of

DAY = date(2026, 1, 1)
REGISTRY, COVENANT, COMPACT = "climate_registry/2014", "gcom_crf/6.1", "compact_of_mayors/2014"
INDEX = "singapore_index/2021"


def target(base=100.0, aimed=100.0, latest=100.0):
    """Return a fixed target; the year of the inventory lies on the way to it."""
    return {
        "target.type": "fixed_level",
        "target.base_emissions": base,
        "target.fixed_emissions": aimed,
        "emissions.latest": latest,
        "target.base_year": 2010,
        "inventory.year": 2015,
        "target.year": 2020,
    }


# A cut below the base year and progress are no more than tenfold either way; more is a mistake of typing.
TARGETS = [
    pytest.param("T2", target(aimed=1100), target(aimed=1105), id="a target of eleven times the base year"),
    pytest.param("T2", target(base=-100, aimed=0), target(base=-100, aimed=0.5), id="a base year below zero"),
    pytest.param("T3", target(aimed=0, latest=1100), target(aimed=0, latest=1105), id="far behind"),
    pytest.param("T3", target(aimed=0, latest=-900), target(aimed=0, latest=-905), id="far ahead"),
]
OTHERS = [
    pytest.param(REGISTRY, "D3", target(latest=10_100), target(latest=10_150), id="a hundredfold"),
    pytest.param(REGISTRY, "D3", target(latest=-900), target(latest=-905), id="ten times below zero"),
    pytest.param(REGISTRY, "T5", target(latest=10_100), target(latest=10_150), id="a hundred times the way"),
    pytest.param(REGISTRY, "T5", target(latest=0), target(latest=-0.5), id="below nothing"),
    pytest.param(REGISTRY, "I1", {"inventory.year": 1900}, {"inventory.year": 1899}, id="a year long ago"),
    pytest.param(REGISTRY, "I1", {"inventory.year": 1901}, {"inventory.year": 1899.5}, id="before 1900"),
    pytest.param(REGISTRY, "I1", {"inventory.year": 2100}, {"inventory.year": 2110}, id="a year to come"),
    pytest.param(
        INDEX,
        "9",
        {"species.invasive": 200, "species.all_in_taxa": 200},
        {"species.invasive": 201, "species.all_in_taxa": 200},
        id="more invasive species than species",
    ),
    pytest.param(
        INDEX,
        "16",
        {"budget.biodiversity_share": 100},
        {"budget.biodiversity_share": 100.5},
        id="more than the budget",
    ),
]


def status(key, indicator, answers):
    return evaluate(framework_of(key), answers, as_of=DAY).results[indicator].status


@pytest.mark.parametrize("key", [REGISTRY, COVENANT, COMPACT])
@pytest.mark.parametrize(("indicator", "on", "beyond"), TARGETS)
def test_limits_of_targets(key, indicator, on, beyond):
    assert status(key, indicator, on) != "outside"
    assert status(key, indicator, beyond) == "outside"


@pytest.mark.parametrize(("key", "indicator", "on", "beyond"), OTHERS)
def test_limits_of_other_figures(key, indicator, on, beyond):
    assert status(key, indicator, on) != "outside"
    assert status(key, indicator, beyond) == "outside"
