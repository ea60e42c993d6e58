"""Market-based grid energy stands beside the location-based figure and in no total."""

from __future__ import annotations

import pytest
from tests.support.inventory import cell, co2e, compute, key, refusals, remarks, row

from localaction.engine.periods import Period

GB = {"place": "GB", "place_chain": ("GB",), "period": Period.year(2023)}
LOCATION = row("I.2.2", "electricity", 1000, "MWh")
CERTIFICATE = "gpc@1.1:market.certificate"


def market(amount: float, ref: str = "I.2.2", **values: str) -> dict[str, str]:
    return row(ref, "electricity", amount, "MWh", basis="market", **values)


def test_a_market_row_changes_no_total_no_sector_and_no_cell():
    alone = compute(LOCATION, **GB)
    both = compute(LOCATION, market(400), market(600, factor=CERTIFICATE), **GB)
    assert both["totals"] == alone["totals"]
    assert both["sectors"] == alone["sectors"]
    ours, theirs = cell(both, "I.2.2"), cell(alone, "I.2.2")
    assert {**ours, "rows": 0, "market": None} == {**theirs, "rows": 0}
    assert both["uncertainty"]["default_share"] == alone["uncertainty"]["default_share"]


def test_what_no_contract_covers_takes_the_residual_mix_on_file():
    """Carbon Footprint Ltd, July 2023: residual mix of the United Kingdom, 0.365 kg/kWh."""
    result = compute(LOCATION, market(1000), **GB)
    assert result["lines"][1]["factor"] == "carbon-footprint-residual@2023:gb/2023"
    assert cell(result, "I.2.2")["market"]["co2e_t"] == pytest.approx(365)
    assert [line["basis"] for line in result["lines"]] == ["location", "market"]


def test_a_supplier_without_a_factor_is_asked_for_one():
    found = refusals(market(1), place_chain=("XX",))[0]
    assert found.line() == (
        "row 2, column factor, cell I.2.2: A market-based row uses the factor of its contract or "
        "certificate, and none is pinned; a residual mix for what no contract covers is not on file for XX. "
        "Pin the supplier's factor in the column factor (add it to your own factors with its source), "
        "gpc@1.1:market.certificate for certificates of zero emissions, or give the emissions directly."
    )


def test_a_market_row_is_refused_where_there_is_no_grid_energy():
    found = refusals(row("I.1.1", "natural_gas", 1, "MWh", basis="market"))
    assert len(found) == 1
    assert found[0].line() == (
        'row 2, column basis, value "market", cell I.1.1: The row is market-based, but the cell I.1.1 is '
        "not for grid energy. Empty the column basis, or move the row to a cell of grid energy such as I.1.2."
    )
    assert refusals(row("I.1.3", "electricity", 1, "MWh", basis="market"))[0].column == "basis"


def test_the_factor_of_a_contract_never_enters_a_total():
    pinned = row("I.1.2", "electricity", 1, "MWh", factor=CERTIFICATE)
    assert refusals(pinned)[0].message == (
        "The factor gpc@1.1:market.certificate is of a contract, certificate or residual mix, and the row "
        "would count in a total, where grid energy is location-based."
    )


def test_another_word_for_the_basis_is_refused():
    found = refusals({**LOCATION, "basis": "green"}, **GB)[0]
    assert found.message == '"green" is not a basis of grid energy.'
    assert compute({**LOCATION, "basis": "Location"}, **GB)["totals"] == compute(LOCATION, **GB)["totals"]


@pytest.mark.parametrize(("covered", "percent"), [(400, "40.0%"), (1200, "120.0%")])
def test_energy_that_is_not_the_same_on_both_sides_is_said(covered, percent):
    found = [
        one for one in remarks(LOCATION, market(covered), **GB) if one.code == "inventory.market_coverage"
    ]
    assert len(found) == 1
    assert found[0].severity == "warning"
    assert found[0].message.endswith(f"({percent}).")


def test_the_same_energy_in_another_unit_is_covered_without_a_word():
    rows = (LOCATION, row("I.2.2", "electricity", 3600, "GJ", basis="market"))
    assert [one for one in remarks(*rows, **GB) if "market" in one.code] == []
    assert compute(*rows, **GB)["market"]["coverage"] == pytest.approx(1)


def test_emissions_without_their_energy_have_no_coverage():
    given = co2e("I.2.2", 5, basis="market")
    result = compute(LOCATION, given, **GB)
    assert result["market"]["market"]["co2e_t"] == pytest.approx(5)
    assert result["market"]["coverage"] is None
    assert "inventory.market_without_energy" in {one["code"] for one in result["findings"]}


def test_a_cell_with_nothing_but_market_rows_is_still_open():
    held = cell(compute(market(10), **GB), "I.2.2")
    assert (held["state"], held["co2e_t"]) == ("open", None)
    assert held["market"]["co2e_t"] > 0


def test_a_key_has_neither_basis_nor_uncertainty():
    found = refusals(key("I.2.2", "NE", basis="market", uncertainty_percent="5", reason="No data"))
    assert [one.column for one in found] == ["uncertainty_percent", "basis"]


def test_without_market_rows_there_is_no_market_figure():
    result = compute(LOCATION, **GB)
    assert result["market"] is None
    assert cell(result, "I.2.2")["market"] is None
