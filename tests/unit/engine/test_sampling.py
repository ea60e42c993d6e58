"""The sample: the same for a seed, larger lines more often, the largest always."""

from __future__ import annotations

from collections import Counter

import pytest

from localaction.engine.sampling import drawn, start_of

SIZES = [50.0, 30.0, 10.0, 5.0, 3.0, 1.0, 1.0]


def test_a_seed_is_a_number_that_anybody_can_compute() -> None:
    # printf %s seed | sha256sum begins with 19b25856e1c150ca; 0x19b25856e1c150ca / 2**64
    assert start_of("seed") == pytest.approx(0x19B25856E1C150CA / 2**64)


def test_worked_by_hand() -> None:
    # total 100, 4 points, step 25, start 0.10037 * 25 = 2.509: points at 2.5, 27.5, 52.5 and 77.5 fall on
    # the first line (0 to 50), again the first, the second (50 to 80), again the second.
    found = drawn(SIZES, 4, "seed")
    assert [(each.index, each.share, each.certain) for each in found] == [(0, 0.5, True), (1, 0.3, True)]


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(SIZES, 3, "a") == drawn(SIZES, 3, "a")


def test_the_chance_is_in_proportion_to_the_size() -> None:
    sizes = [1.0, 2.0, 3.0, 4.0]
    seen = Counter(each.index for seed in range(20_000) for each in drawn(sizes, 1, str(seed)))
    # of 20,000 draws three standard deviations of a share of 0.4 are 0.0104
    assert [seen[index] / 20_000 for index in range(4)] == pytest.approx([0.1, 0.2, 0.3, 0.4], abs=0.0104)


def test_a_line_as_long_as_the_step_is_always_drawn() -> None:
    assert all(0 in {each.index for each in drawn(SIZES, 2, str(seed))} for seed in range(200))


def test_few_lines_are_all_taken() -> None:
    assert [each.index for each in drawn([3.0, 1.0], 10, "seed")] == [0, 1]


def test_lines_without_a_size_are_drawn_from_the_first() -> None:
    assert [each.index for each in drawn([0.0, 0.0, 0.0], 2, "seed")] == [0, 1]
    assert drawn([], 2, "seed") == []
