"""Ranges of many cities at once are those of each by itself."""

from __future__ import annotations

import math

import numpy as np
import pytest

from localaction.engine.inventory.manycities import UnlikeLengths, half_widths


def test_shared_parts_add_as_they_are_and_others_by_squares():
    """City 0: 3 and 4 of one estimate, and 24 of another: sqrt(7^2 + 24^2) = 25; city 2: 5 and -5 cancel."""
    found = half_widths([0, 2, 0, 0, 2], [1, 3, 1, 2, 3], [3.0, 5.0, 4.0, 24.0, -5.0], cities=4)
    assert found.tolist() == [25.0, 0.0, 0.0, 0.0]


def test_many_cities_are_each_as_if_alone():
    chance = np.random.default_rng(7)
    city, estimate = chance.integers(0, 50, 2000), chance.integers(0, 9, 2000)
    width = chance.uniform(-10, 10, 2000)
    found = half_widths(city, estimate, width, cities=50)
    for one in range(50):
        sums = [width[(city == one) & (estimate == kind)].sum() for kind in range(9)]
        assert found[one] == pytest.approx(math.hypot(*sums))


def test_no_parts_are_no_width_and_unlike_columns_are_refused():
    assert half_widths([], [], [], cities=2).tolist() == [0.0, 0.0]
    with pytest.raises(UnlikeLengths, match="1, 2 and 1 entries"):
        half_widths([0], [0, 1], [1.0], cities=1)
