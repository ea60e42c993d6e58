"""What is said of an inventory without refusing it, and what keeps it from being published."""

from __future__ import annotations

import pytest
from tests.support.inventory import co2e, key, raw, remarks, row

from localaction.engine.inventory.compile import Options, check_rows
from localaction.engine.periods import Period

GAS = row("I.1.1", "natural_gas", 1, "TJ")


@pytest.mark.parametrize(
    ("rows", "code", "blocks"),
    [
        ([key("I.2.1", "NE")], "key_without_reason", True),
        ([key("I.2.1", "C")], "key_without_reason", True),
        ([key("I.2.1", "IE", reason="One meter")], "key_without_reference", True),
        ([key("I.2.1", "IE", included_in="I.1.2", reason="One meter")], "reference_to_nothing", True),
        ([key("I.2.1", "IE", included_in="I.2.1", reason="One meter")], "reference_to_nothing", True),
        ([key("I.2.1", "NO; IE")], "irregular_key", False),
        ([co2e("I.1.1", -5, reason="Stored", gwp_set="ar5")], "negative_cell", False),
    ],
)
def test_what_does_not_refuse_an_inventory_is_said_and_may_block_publication(rows, code, blocks):
    found = remarks(*rows)
    assert [(finding.code, finding.severity, finding.blocks_publication) for finding in found] == [
        (f"inventory.{code}", "warning", blocks)
    ]
    assert (found[0].row, found[0].ref) == (2, rows[0]["ref"])
    assert found[0].remedy


@pytest.mark.parametrize(
    "rows",
    [
        [key("I.2.1", "NO")],
        [GAS, key("I.2.1", "IE", included_in="I.1.1", reason="One meter")],
        [GAS, key("I.2.1", "IE (I.1.1)", reason="One meter")],
        [co2e("V.2", -5, reason="Trees", gwp_set="ar5"), co2e("VI.1", -5, reason="Credits", gwp_set="ar5")],
    ],
)
def test_nothing_blocks_the_publication_of_what_is_complete(rows):
    assert [finding for finding in remarks(*rows) if finding.blocks_publication] == []


def test_cells_that_basic_requires_and_that_stay_open_are_listed():
    said = check_rows(raw([GAS]), Options(period=Period.year(2019)))
    found = [finding for finding in said if finding.code == "inventory.open_cell"]
    opened = [finding.ref for finding in found]
    assert "I.1.1" not in opened
    assert {"I.1.2", "II.1.1", "III.1.2"} <= set(opened)
    assert not {"II.5.3", "I.4.4", "I.1.3", "III.1.3", "IV.1", "V.2", "VI.1"} & set(opened)
    assert all(finding.blocks_publication and finding.severity == "info" for finding in found)
