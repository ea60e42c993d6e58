"""What is open, at a terminal."""

from __future__ import annotations

import json

from localaction.engine.periods import Period
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.values.services import record_value
from tests.platform.accounts.make import place

ITEM = "population.total"


def test_the_gaps_of_a_place_are_said_with_what_to_answer_next(command):
    said = {"actor": OPERATOR, "place": place(), "unit": "person", "amount": 8.9e6}
    record_value(**said, item=ITEM, period=Period.year(2024))
    status, out, err = command("gaps", "GB-LON", "--year", "2025")
    assert (status, err) == (0, "")
    assert out.startswith("London, figures of 2025\n")
    assert "1 from an earlier year" in out
    assert "Answer next:" in out
    assert f"{ITEM}: " in out


def test_the_same_as_data(command):
    said = {"actor": OPERATOR, "place": place(), "unit": "person", "amount": 8.9e6}
    record_value(**said, item=ITEM, period=Period.year(2025))
    _status, out, _err = command("gaps", "GB-LON", "--year", "2025", "--format", "json")
    found = json.loads(out)
    asking = [each["framework"] for each in found["frameworks"] if ITEM in each["items"]["answered"]]
    assert len(asking) >= 3
    assert all(sum(each["counts"].values()) for each in found["frameworks"])
    assert ITEM not in [each["item"] for each in found["open"]]


def test_an_unknown_framework_or_place_is_named_with_the_nearest(command):
    place()
    status, _out, err = command("gaps", "GB-LON", "--framework", "iso_37121")
    assert status == 2
    assert 'There is no framework "iso_37121".' in err
    assert command("gaps", "GB-LUN")[0] == 2


def test_a_year_that_cannot_be_reported_on_is_refused_with_those_that_can(command):
    place()
    for year in ("1", "2999"):
        status, out, err = command("gaps", "GB-LON", "--year", year)
        assert (status, out) == (2, "")
        assert f"{year} cannot be reported on: reports are of 1990 to 2" in err
        assert "such as the last full one" in err
