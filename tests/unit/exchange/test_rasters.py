"""Patches of a land-cover raster, and the mesh size they give."""

from __future__ import annotations

import io

import numpy as np
import pytest

from localaction.engine.exchange.rasters import BadGrid, NoSuchClass, patch_areas, read_grid
from localaction.engine.methods.biodiversity.mesh import effective_mesh

HEAD = b"ncols 4\nnrows 3\nxllcorner 0\nyllcorner 0\ncellsize 100\nNODATA_value -9999\n"


def grid(cells):
    return read_grid(io.BytesIO(HEAD + cells))


def test_corners_join_with_eight_neighbours_and_part_with_four():
    raster = grid(b"1 2 2 2\n2 1 2 1\n2 2 2 -9999\n")
    assert raster.landscape_ha == 11
    assert patch_areas(raster, [1]).tolist() == [2, 1]
    assert patch_areas(raster, [1], neighbours=4).tolist() == [1, 1, 1]


# FRAGSTATS, rule of eight neighbours: patches and MESH in ha, as its data folder prints them, four decimals.
PUBLISHED = [(1, 9, 0.0013), (2, 13, 0.0012), (3, 6, 0.0069)]


@pytest.mark.parametrize(("landcover", "patches", "mesh_ha"), PUBLISHED)
def test_published_patches_and_mesh_sizes_come_out(real_data, landcover, patches, mesh_ha):
    with (real_data / "landcover" / "synthetic_landscape.asc").open("rb") as stream:
        raster = read_grid(stream)
    areas = patch_areas(raster, [landcover])
    found = effective_mesh(areas, landscape_ha=raster.landscape_ha)
    assert len(areas) == patches
    assert found.landscape_mesh_size_ha == pytest.approx(mesh_ha, abs=0.00005)


def test_a_real_raster_runs_through_the_method(real_data):
    """Augusta, National Land Cover Database 2011: class areas as published with it."""
    with (real_data / "landcover" / "augusta_nlcd_2011.asc").open("rb") as stream:
        raster = read_grid(stream)
    assert raster.landscape_ha == pytest.approx(26_848.8)
    for landcover, published_ha in ((11, 321.75), (41, 5035.86), (42, 9991.26), (43, 2133.09), (90, 1191.60)):
        assert patch_areas(raster, [landcover]).sum() == pytest.approx(published_ha, abs=0.005)
    natural = patch_areas(raster, [41, 42, 43, 52, 71, 90, 95])
    found = effective_mesh(natural, landscape_ha=raster.landscape_ha)
    assert found.natural_area_ha == pytest.approx(
        5035.86 + 9991.26 + 2133.09 + 941.58 + 1693.44 + 1191.6 + 26.37
    )
    assert found.effective_mesh_size_ha <= found.natural_area_ha
    assert 0 < found.coherence <= 1
    assert np.isclose(found.coherence * found.natural_area_ha, found.effective_mesh_size_ha)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "ncols is missing in its header"),
        (b"ncols 4\nnrows x\n", '"x" in its header is no number'),
        (HEAD + b"1 2 3", "it has 3 cells, not 4 times 3"),
        (HEAD + b"1 2 a 4 1 2 3 4 1 2 3 4", "a cell is no number"),
        (HEAD.replace(b"ncols 4", b"ncols 999999999"), "999999999 columns and 3 rows are none or more than"),
        (b"\x89PNG\r\n\x1a\n" * 10, "ncols is missing in its header"),
    ],
)
def test_what_is_no_grid_is_refused_with_its_reason(data, message):
    with pytest.raises(BadGrid) as refused:
        read_grid(io.BytesIO(data))
    assert message in refused.value.message
    assert refused.value.remedy.startswith("Write ncols, nrows")


def test_a_class_that_does_not_occur_is_named_with_those_that_do():
    with pytest.raises(NoSuchClass) as refused:
        patch_areas(grid(b"1 2 2 2\n2 1 2 1\n2 2 2 -9999\n"), [7])
    assert str(refused.value) == "No cell is of class 7. The classes of this raster are 1, 2."
