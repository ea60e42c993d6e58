"""Charts: clean pictures that follow the theme, say what they show, and start at zero."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from localaction.platform.web import charts, charts_sectors
from localaction.platform.web.matrix import Matrix
from localaction.platform.web.style_samples import VALUES, sample_matrix
from tests.platform.web import make


@pytest.fixture
def matrix() -> Matrix:
    return sample_matrix(make.library().protocol)


def bars(picture: str) -> list[tuple[float, float]]:
    """Return start and length of every bar."""
    found = re.findall(r'<path d="M([\d.]+),[\d.]+h([\d.]+)v13h-', picture)
    return [(float(start), float(length)) for start, length in found]


def test_both_sizes_carry_nothing_but_shapes_words_and_tokens(matrix: Matrix) -> None:
    chart = charts_sectors.chart(matrix)
    assert chart is not None
    for picture in (chart.wide, chart.narrow):
        root = ET.fromstring(picture)
        assert {element.tag for element in root.iter()} <= {"svg", "g", "path", "line", "text", "tspan"}
        assert not any(
            "style" in element.attrib or "font-family" in element.attrib for element in root.iter()
        )
        colours = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None}
        assert colours
        assert all(str(colour).startswith("var(--") for colour in colours)
        assert all(element.get("x") is not None for element in root.iter("text"))
    assert (root.get("role"), root.get("viewBox", "").split()[2]) == ("img", "358")


def test_the_picture_speaks_every_bar(matrix: Matrix) -> None:
    chart = charts_sectors.chart(matrix)
    assert chart is not None
    assert "Residential buildings 2,000,000; Commercial" in str(ET.fromstring(chart.wide).get("aria-label"))


def test_bars_start_at_zero_and_their_lengths_follow_the_figures(matrix: Matrix) -> None:
    chart = charts_sectors.chart(matrix)
    assert chart is not None
    drawn = bars(chart.wide)
    totals = [row.total or 0.0 for _sector, rows in charts_sectors.bars(matrix) for row in rows]
    assert {start for start, _length in drawn} == {float(charts_sectors.WIDE.labels)}
    assert [length / drawn[0][1] for _start, length in drawn] == pytest.approx(
        [total / totals[0] for total in totals], abs=0.01
    )


def test_a_removal_reaches_to_the_left_of_zero(matrix: Matrix) -> None:
    rows = matrix.sectors[0].rows
    removal = replace(rows[0], total=-500_000.0, low=-600_000.0, high=-400_000.0)
    sector = replace(matrix.sectors[0], rows=(removal, rows[1]))
    spec = charts_sectors.spec(replace(matrix, sectors=(sector,)), charts_sectors.WIDE)
    drawn = {
        bar["text"]: bar
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rect"
        for bar in layer["data"]["values"]
    }
    zero = drawn[rows[1].label]["x"]
    assert drawn[removal.label]["x2"] < zero < drawn[rows[1].label]["x2"]


def test_the_title_is_the_finding_only_where_figures_say_it(matrix: Matrix) -> None:
    share = round(100 * (VALUES["I.1.1"] + VALUES["I.1.2"]) / matrix.total.value)
    partial = f"Largest of what is estimated: Residential buildings, {share}\u202f%"
    assert charts_sectors.finding(matrix) == partial
    whole = replace(matrix, sectors=tuple(replace(sector, gaps=0) for sector in matrix.sectors))
    assert charts_sectors.finding(whole) == f"Largest part: Residential buildings, {share}\u202f% of BASIC"
    empty = replace(matrix, sectors=())
    assert charts_sectors.finding(empty) == "Emissions by sub-sector"
    assert charts_sectors.chart(empty) is None


def test_a_picture_is_made_once(matrix: Matrix, tmp_path: Path) -> None:
    first = charts_sectors.chart(matrix)
    with mock.patch.object(charts, "_converted", side_effect=AssertionError("drawn twice")):
        assert charts_sectors.chart(matrix) == first
    assert len(list((tmp_path / "charts").glob("*.svg"))) == 2
    assert not list((tmp_path / "charts").glob("*.partial"))


def test_a_language_has_its_own_picture(matrix: Matrix) -> None:
    spec = charts_sectors.spec(matrix, charts_sectors.WIDE)
    with translation.override("fr"):
        other = charts_sectors.spec(sample_matrix(make.library().protocol), charts_sectors.WIDE)
    assert charts.digest_of(spec) != charts.digest_of(other)


def test_words_are_escaped(matrix: Matrix) -> None:
    rows = (replace(matrix.sectors[0].rows[0], label='<script>"&'),)
    chart = charts_sectors.chart(replace(matrix, sectors=(replace(matrix.sectors[0], rows=rows),)))
    assert chart is not None
    assert "<script>" not in chart.wide
    assert '<script>"&' in "".join(ET.fromstring(chart.wide).itertext())


def test_every_colour_token_has_a_light_value_for_files() -> None:
    colours = charts.light_colours()
    assert {"ink", "rule", "sector-stationary", "text-transport", "sector-rest"} <= set(colours)


@pytest.mark.parametrize(
    ("reach", "step"), [(1.0, 0.25), (4.2e6, 2e6), (4.0e6, 1e6), (900.0, 250.0), (7.0, 2.0)]
)
def test_ticks_are_round(reach: float, step: float) -> None:
    assert charts_sectors.nice_step(reach) == pytest.approx(step)


@pytest.mark.parametrize(("step", "digits"), [(1.0, 0), (0.25, 2), (2.5, 1), (500.0, 0)])
def test_ticks_are_written_exactly(step: float, digits: int) -> None:
    assert charts_sectors.decimals(step) == digits
