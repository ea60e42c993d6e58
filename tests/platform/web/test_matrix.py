"""The matrix: what is counted where, how deep a cell is drawn, what is open."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

from localaction.platform.web import matrix
from localaction.platform.web.style_samples import KEYS, VALUES, sample_result
from tests.platform.web import make


@pytest.fixture
def result() -> dict[str, Any]:
    return sample_result(make.library().protocol)


def built(result: dict[str, Any], **more: Any) -> matrix.Matrix:
    return matrix.build(result, make.library().protocol, link=lambda ref: f"/trail/{ref}", **more)


def cells_of(found: matrix.Matrix) -> dict[str, matrix.MatrixCell]:
    return {
        cell.ref: cell for sector in found.sectors for row in sector.rows for cell in row.cells if cell.ref
    }


def test_every_cell_of_the_protocol_has_its_place(result: dict[str, Any]) -> None:
    assert set(cells_of(built(result))) == set(make.library().protocol.cells)


def test_rows_sum_what_counts_in_the_chosen_total(result: dict[str, Any]) -> None:
    rows = {row.number: row for sector in built(result).sectors for row in sector.rows}
    assert rows["I.1"].total == VALUES["I.1.1"] + VALUES["I.1.2"]
    assert rows["I.4.4"].total is None
    rows = {row.number: row for sector in built(result, chosen="BASIC+").sectors for row in sector.rows}
    assert rows["I.1"].total == VALUES["I.1.1"] + VALUES["I.1.2"] + VALUES["I.1.3"]


def test_sectors_sum_to_the_total(result: dict[str, Any]) -> None:
    found = built(result)
    assert sum(sector.total or 0.0 for sector in found.sectors) == pytest.approx(found.total.value)


def test_what_is_not_counted_is_set_apart_and_has_no_depth(result: dict[str, Any]) -> None:
    cells = cells_of(built(result))
    assert (cells["I.4.4"].counted, cells["I.4.4"].step) == (False, 0)
    assert (cells["I.1.1"].counted, cells["I.1.1"].step) == (True, 5)


@pytest.mark.parametrize(
    ("share", "step"), [(0.0, 1), (0.019, 1), (0.02, 2), (0.1, 3), (0.3, 4), (0.6, 5), (1.0, 5), (-0.7, 5)]
)
def test_depth_follows_the_share_of_the_largest(share: float, step: int) -> None:
    assert matrix.size_step(share * 1000, 1000.0) == step


def test_keys_and_open_cells_are_told_apart(result: dict[str, Any]) -> None:
    cells = cells_of(built(result))
    assert {ref: cells[ref].key for ref in KEYS} == KEYS
    assert cells["VI.1"].state == "open"
    assert cells["VI.1"].address == ""
    assert cells_of(built(result, open_link=lambda ref: f"/edit/{ref}"))["VI.1"].address == "/edit/VI.1"


def test_coverage_counts_required_cells_that_hold_a_value_or_a_key(result: dict[str, Any]) -> None:
    stationary = built(result).sectors[0]
    protocol = make.library().protocol
    required = [
        ref for ref, cell in protocol.cells.items() if cell.sector == "I" and "BASIC" in cell.required_at
    ]
    assert stationary.required == len(required)
    assert stationary.filled == sum(ref in VALUES or ref in KEYS for ref in required)


def test_required_cells_that_are_open_or_not_estimated_are_gaps(result: dict[str, Any]) -> None:
    cells = make.library().protocol.cells
    required = [ref for ref, cell in cells.items() if cell.sector == "I" and "BASIC" in cell.required_at]
    gaps = [ref for ref in required if ref not in VALUES and KEYS.get(ref, "NE") == "NE"]
    assert gaps
    assert built(result).sectors[0].gaps == len(gaps)
    assert built(result).has_gaps


def test_a_total_says_how_many_of_its_cells_are_open(result: dict[str, Any]) -> None:
    found = built(result)
    required = [ref for ref, cell in make.library().protocol.cells.items() if "BASIC" in cell.required_at]
    assert found.total.open == sum(ref not in VALUES and ref not in KEYS for ref in required)
    html = render_to_string("web/parts/matrix.html", {"matrix": found})
    assert f"{found.total.open} required cells open" in html


def test_findings_and_the_chosen_cell_are_marked(result: dict[str, Any]) -> None:
    html = render_to_string(
        "web/parts/matrix.html",
        {"matrix": built(result, findings={"II.1.1"}, selected="I.1.1"), "hx_target": "#d"},
    )
    assert 'class="cell s5 has-find" id="c-II.1.1"' in html
    assert 'class="cell s5 is-sel" id="c-I.1.1"' in html
    assert 'hx-target="#d"' in html


def test_a_row_range_takes_its_cells_as_independent() -> None:
    cells = [{"co2e_t": 10.0, "low_t": 7.0, "high_t": 16.0}, {"co2e_t": 20.0, "low_t": 16.0, "high_t": 28.0}]
    assert matrix.row_range(cells) == (25.0, 40.0)


def test_a_total_of_which_every_cell_is_open_has_no_figure(result: dict[str, Any]) -> None:
    protocol = make.library().protocol
    territorial = {ref for ref, cell in protocol.cells.items() if "territorial" in cell.counts_in}
    for cell in result["cells"]:
        if cell["ref"] in territorial:
            cell.update(state="open", co2e_t=None)
    found = built(result)
    empty = {total.label: total.empty for total in (found.total, *found.others)}
    assert empty == {"BASIC": False, "BASIC+": False, "Territorial": True}
