"""The 54 cells of the protocol: what each counts in and when it is required, written out by hand."""

from __future__ import annotations

import pytest

from localaction.engine.packs import Library

# Reference sheet of the protocol: ref, scope, B in BASIC (and BASIC+), P in BASIC+ only, T in the territorial
# total, IPCC 2006 category of its row. II.5.3 counts in BASIC+ where it is given and is never required.
CELLS = """
I.1.1 1 BT 1A4b   | I.1.2 2 B 1A4b   | I.1.3 3 P 1A4b
I.2.1 1 BT 1A4a   | I.2.2 2 B 1A4a   | I.2.3 3 P 1A4a
I.3.1 1 BT 1A2    | I.3.2 2 B 1A2    | I.3.3 3 P 1A2
I.4.1 1 BT 1A1    | I.4.2 2 B 1A1    | I.4.3 3 P 1A1    | I.4.4 1 T 1A1
I.5.1 1 BT 1A4c   | I.5.2 2 B 1A4c   | I.5.3 3 P 1A4c
I.6.1 1 BT 1A5a   | I.6.2 2 B 1A5a   | I.6.3 3 P 1A5a
I.7.1 1 BT 1B1    | I.8.1 1 BT 1B2
II.1.1 1 BT 1A3b  | II.1.2 2 B 1A3b  | II.1.3 3 P 1A3b
II.2.1 1 BT 1A3c  | II.2.2 2 B 1A3c  | II.2.3 3 P 1A3c
II.3.1 1 BT 1A3d  | II.3.2 2 B 1A3d  | II.3.3 3 P 1A3d
II.4.1 1 BT 1A3a  | II.4.2 2 B 1A3a  | II.4.3 3 P 1A3a
II.5.1 1 BT 1A3e  | II.5.2 2 B 1A3e  | II.5.3 3 P 1A3e
III.1.1 1 BT 4A   | III.1.2 3 B 4A   | III.1.3 1 T 4A
III.2.1 1 BT 4B   | III.2.2 3 B 4B   | III.2.3 1 T 4B
III.3.1 1 BT 4C   | III.3.2 3 B 4C   | III.3.3 1 T 4C
III.4.1 1 BT 4D   | III.4.2 3 B 4D   | III.4.3 1 T 4D
IV.1 1 PT 2A,2B,2C,2E | IV.2 1 PT 2D,2F,2G,2H
V.1 1 PT 3A       | V.2 1 PT 3B      | V.3 1 PT 3C
VI.1 3 - -
"""
MEMBERS = {"B": {"BASIC", "BASIC+"}, "P": {"BASIC+"}, "T": {"territorial"}, "-": set()}
EXPECTED = [tuple(cell.split()) for line in CELLS.strip().splitlines() for cell in line.split("|")]
NEVER_REQUIRED = {"I.4.4", "II.5.3", "III.1.3", "III.2.3", "III.3.3", "III.4.3", "VI.1"}

# What factors are matched by.
USES = {
    "I.1.1": {"residential"},
    "I.2.1": {"commercial"},
    "I.3.1": {"manufacturing"},
    "I.4.1": {"energy_industries"},
    "I.4.4": {"energy_industries"},
    "I.5.1": {"agriculture"},
    "I.7.1": {"fugitive_coal"},
    "I.8.1": {"fugitive_oil_gas"},
    "II.1.1": {"road"},
    "II.2.1": {"rail"},
    "II.3.1": {"waterborne"},
    "II.4.1": {"aviation"},
    "II.5.1": {"off_road"},
    "II.1.3": {"road", "grid_losses"},
    "II.2.3": {"rail", "grid_losses"},
    "II.3.3": {"waterborne", "grid_losses"},
    "II.4.3": {"aviation", "grid_losses"},
    "II.5.3": {"off_road", "grid_losses"},
    **{f"I.{row}.2": {"grid_generation"} for row in range(1, 7)},
    **{f"I.{row}.3": {"grid_losses"} for row in range(1, 7)},
    **{f"II.{row}.2": {"grid_generation"} for row in range(1, 6)},
    **{f"III.2.{column}": {"biological_treatment"} for column in (1, 2, 3)},
}
COLUMN_OF_SCOPE = {1: "in_boundary", 2: "grid_energy", 3: "out_of_boundary"}


@pytest.fixture(scope="module")
def protocol():
    return Library.load().protocol


def test_there_are_54_cells_in_their_printed_order(protocol):
    assert list(protocol.cells) == [cell[0] for cell in EXPECTED]
    assert len(protocol.cells) == 54


@pytest.mark.parametrize("expected", EXPECTED, ids=[cell[0] for cell in EXPECTED])
def test_a_cell_has_its_scope_totals_and_category(protocol, expected):
    ref, scope, letters, category = expected
    cell = protocol.cells[ref]
    totals = set().union(*(MEMBERS[letter] for letter in letters))
    assert (cell.scope, cell.counts_in) == (int(scope), totals)
    assert cell.required_at == (set() if ref in NEVER_REQUIRED else totals - {"territorial"})
    assert set(cell.uses) == USES.get(ref, set())
    row = next(row for sector in protocol.sectors for row in sector.subsectors if cell in row.cells)
    assert row.ipcc.replace(" ", "") == category.replace("-", row.ipcc)
    assert cell.column == COLUMN_OF_SCOPE[cell.scope]


def test_the_territorial_total_is_scope_1_and_all_of_it(protocol):
    territorial = {ref for ref, cell in protocol.cells.items() if "territorial" in cell.counts_in}
    assert territorial == {ref for ref, cell in protocol.cells.items() if cell.scope == 1}


def test_basic_is_within_basic_plus(protocol):
    cells = protocol.cells.values()
    assert all("BASIC+" in cell.counts_in for cell in cells if "BASIC" in cell.counts_in)
    counts = {
        name: sum(name in cell.counts_in for cell in cells) for name in ("BASIC", "BASIC+", "territorial")
    }
    assert counts == {"BASIC": 32, "BASIC+": 48, "territorial": 27}


def test_removals_are_expected_on_land_and_outside_only(protocol):
    assert {ref for ref, cell in protocol.cells.items() if cell.removals} == {"V.2", "V.3", "VI.1"}


def test_generation_and_imported_waste_stand_in_rows_of_their_own(protocol):
    separate = {ref for ref, cell in protocol.cells.items() if cell.separate_row}
    assert separate == {"I.4.4", "III.1.3", "III.2.3", "III.3.3", "III.4.3"}


def test_no_two_cells_of_a_row_stand_in_one_column_unless_apart(protocol):
    for sector in protocol.sectors:
        for row in sector.subsectors:
            columns = [cell.column for cell in row.cells if not cell.separate_row]
            assert len(columns) == len(set(columns)), row.id


@pytest.mark.parametrize(
    ("key", "reason", "reference"),
    [("NO", False, False), ("IE", True, True), ("NE", True, False), ("C", True, False)],
)
def test_notation_keys_say_what_they_need(protocol, key, reason, reference):
    notation = protocol.notation_keys[key]
    assert (notation.needs_reason, notation.needs_reference) == (reason, reference)
    assert list(protocol.notation_keys) == ["NO", "IE", "NE", "C"]


def test_every_sector_has_a_theme_of_its_own(protocol):
    themes = {sector.id: sector.theme for sector in protocol.sectors}
    assert themes == {
        "I": "stationary",
        "II": "transport",
        "III": "waste",
        "IV": "industry",
        "V": "land",
        "VI": "rest",
    }
    assert protocol.id == "gpc@1.1"
