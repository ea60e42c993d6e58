"""The change between two inventories, with its interval: IPCC 2006, volume 1, chapter 3, approach 1."""

from __future__ import annotations

import pytest
from tests.support.inventory import co2e, compute, row

from localaction.engine.inventory.trend import METHOD, NoTrend, trend
from localaction.engine.packs import Library

PROTOCOL = Library.load().protocol


def between(earlier, later, total="BASIC"):
    return trend(earlier, later, total, PROTOCOL)


def made(parts, whole, gwp="ar5"):
    """Return as much of a result as a trend reads."""
    return {
        "gwp_set": {"id": gwp, "label": gwp.upper()},
        "uncertainty": {
            "parts": [
                {"ref": ref, "kind": kind, "key": key, "co2e_t": size, "half_width_t": width}
                for ref, kind, key, size, width in parts
            ]
        },
        "totals": {"BASIC": {"co2e_t": whole, "missing_potentials": []}},
    }


def test_a_small_example_computed_by_hand():
    """Gas 100 to 80 t (activity 5 %, factor 10 %), waste 50 to 60 t (20 %); sums 150 and 140 t.

    Trend -6.6666667 %. Type A of gas: |(140.8 - 151) / 151 - (140 - 150) / 150| x 100 = 0.08830022, K of it
    0.8830022. Type B: 80/150 and 60/150; L = 0.5333333 x 5 x sqrt 2 = 3.7712362 and 0.4 x 20 x sqrt 2 =
    11.3137085.
    Half-width: sqrt(0.7796929 + 14.2222222 + 128) = 11.9583406 percentage points.
    """
    earlier = made(
        [
            ("I.1.1", "rows", "gas", 100, 5), ("I.1.1", "factor", "f", 100, 10),
            ("III.1.1", "rows", "waste", 50, 10),
        ],
        150,
    )  # fmt: skip
    later = made(
        [
            ("I.1.1", "rows", "gas", 80, 4), ("I.1.1", "factor", "f", 80, 8),
            ("III.1.1", "rows", "waste", 60, 12),
        ],
        140,
    )  # fmt: skip
    found = between(earlier, later)
    assert found.change_percent == pytest.approx(-6.6666667, abs=1e-7)
    assert found.half_width_percent == pytest.approx(11.9583406, abs=1e-6)
    assert (found.low_percent, found.high_percent) == (
        pytest.approx(-18.6250073, abs=1e-6), pytest.approx(5.2916739, abs=1e-6),
    )  # fmt: skip
    assert found.spans_zero
    assert found.to_dict()["method"] == METHOD


def test_a_factor_that_is_wrong_in_both_years_hardly_touches_the_change():
    """The same fuel, half as much: the factor's error cancels in the ratio, the amounts' does not."""
    earlier = compute(row("I.1.1", "natural_gas", 100, "TJ", uncertainty_percent="0"))
    later = compute(row("I.1.1", "natural_gas", 50, "TJ", uncertainty_percent="0"))
    found = between(earlier, later)
    assert found.change_percent == pytest.approx(-50)
    assert found.half_width_percent == pytest.approx(0, abs=1e-9)
    assert not found.spans_zero
    unsure = between(earlier, compute(row("I.1.1", "natural_gas", 50, "TJ", uncertainty_percent="10")))
    assert unsure.half_width_percent == pytest.approx(0.5 * 10 * 2**0.5)


def test_nothing_changed_is_no_change_and_order_does_not_matter():
    rows = [co2e("IV.1", 10, data_quality="H"), row("I.1.1", "natural_gas", 5, "TJ")]
    one, other = compute(*rows), compute(*reversed(rows))
    assert between(one, other).change_percent == 0
    assert between(one, other).spans_zero
    assert between(one, one).half_width_percent == pytest.approx(between(one, other).half_width_percent)


def test_a_partial_total_makes_a_partial_change():
    rows = co2e("I.1.1", 10), row("III.1.1", gas="NF3", amount=1, unit="t")
    found = between(compute(*rows, gwp_set="sar"), compute(co2e("I.1.1", 9), gwp_set="sar"))
    assert found.partial == ("NF3",)


@pytest.mark.parametrize(
    ("earlier", "why"),
    [
        (made([], 10, gwp="ar6"), "one is computed with AR6, the other with AR5"),
        (made([], 0), "the earlier total is not above zero"),
        (made([], 10) | {"uncertainty": {}}, "before the parts of its range were kept"),
    ],
)
def test_what_cannot_be_compared_says_why(earlier, why):
    with pytest.raises(NoTrend, match=why) as refused:
        between(earlier, made([], 10))
    assert refused.value.remedy
