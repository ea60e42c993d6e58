"""Patches of a land-cover raster, and the mesh size they give."""

from __future__ import annotations

import io

import numpy as np
import pytest

from localaction.engine.exchange.georeference import (
    CellsInDegrees,
    UnitNotSaid,
    georeference_beside,
    metres_per_unit,
)
from localaction.engine.exchange.rasters import BadGrid, NoSuchClass, patch_areas, read_grid
from localaction.engine.methods.biodiversity.mesh import effective_mesh

HEAD = b"ncols 4\nnrows 3\nxllcorner 0\nyllcorner 0\ncellsize 100\nNODATA_value -9999\n"


def grid(cells):
    return read_grid(io.BytesIO(HEAD + cells), unit_m=1)


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
        raster = read_grid(stream, unit_m=1)
    areas = patch_areas(raster, [landcover])
    found = effective_mesh(areas, landscape_ha=raster.landscape_ha)
    assert len(areas) == patches
    assert found.landscape_mesh_size_ha == pytest.approx(mesh_ha, abs=0.00005)


def test_a_real_raster_runs_through_the_method(real_data):
    """Augusta, National Land Cover Database 2011: class areas as published with it."""
    with (real_data / "landcover" / "augusta_nlcd_2011.asc").open("rb") as stream:
        raster = read_grid(stream, unit_m=1)
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
        read_grid(io.BytesIO(data), unit_m=1)
    assert message in refused.value.message
    assert refused.value.remedy.startswith("Write ncols, nrows")


def test_a_class_that_does_not_occur_is_named_with_those_that_do():
    with pytest.raises(NoSuchClass) as refused:
        patch_areas(grid(b"1 2 2 2\n2 1 2 1\n2 2 2 -9999\n"), [7])
    assert str(refused.value) == "No cell is of class 7. The classes of this raster are 1, 2."


def test_a_side_given_in_metres_counts_whatever_the_header_says():
    raster = read_grid(io.BytesIO(HEAD + b"1 " * 12), cell_m=30)
    assert raster.cell_ha == pytest.approx(0.09)
    with pytest.raises(BadGrid, match="the side of its cells is no length above nought"):
        read_grid(io.BytesIO(HEAD + b"1 " * 12))


UTM = (
    'PROJCS["x",GEOGCS["WGS 84",DATUM["d",SPHEROID["WGS 84",6378137,298.2]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["scale_factor",0.9996],'
    'UNIT["{unit}",{metres}],AXIS["Easting",EAST],AUTHORITY["EPSG","32633"]]'
)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        (UTM.format(unit="metre", metres=1), 1),
        (UTM.format(unit="US survey foot", metres=0.3048006096), 0.3048006096),
        ('COMPD_CS["both",' + UTM.format(unit="kilometre", metres=1000) + ',VERT_CS["h",UNIT["m",1]]]', 1000),
        ('PROJCRS["x",BASEGEOGCRS["W"],CS[Cartesian,2],AXIS["e",east,LENGTHUNIT["metre",1]]]', 1),
        ("Projection    ALBERS\nUnits         METERS\n", 1),
    ],
)
def test_the_unit_is_read_from_the_reference_system(text, metres):
    assert metres_per_unit(text) == metres


def test_the_reference_system_of_a_real_raster_is_in_metres(real_data):
    text = georeference_beside(real_data / "landcover" / "augusta_nlcd_2011.asc")
    assert metres_per_unit(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        'GEOGCS["WGS 84",DATUM["d",SPHEROID["s",6378137,298.2]],UNIT["degree",0.0174532925199433]]',
        'GEOGCRS["WGS 84",CS[ellipsoidal,2],ANGLEUNIT["degree",0.0174532925199433]]',
        "Projection GEOGRAPHIC\nUnits DD",
    ],
)
def test_cells_in_degrees_are_refused(text):
    with pytest.raises(CellsInDegrees, match="are measured in degrees") as refused:
        metres_per_unit(text)
    assert "equal-area" in refused.value.remedy
    assert "--cell-metres" in refused.value.remedy


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "there is no .prj file beside it"),
        ("garbage", "is none that can be read"),
        ('PROJCS["x",UNIT["metre",1]', "is none that can be read"),
        ('PROJCS["x",UNIT["metre"]]', "names no unit of length"),
        ("Units PARSECS", 'the unit "PARSECS"'),
    ],
)
def test_a_unit_that_is_not_said_is_refused(text, why):
    with pytest.raises(UnitNotSaid) as refused:
        metres_per_unit(text)
    assert why in refused.value.message
    assert "--cell-metres" in refused.value.remedy


def test_the_file_of_another_program_beside_it_is_read_too(tmp_path):
    wkt = "PROJCS[&quot;x&quot;,UNIT[&quot;metre&quot;,1]]"
    xml = f"<PAMDataset><SRS dataAxisToSRSAxisMapping='1,2'>{wkt}</SRS></PAMDataset>"
    (tmp_path / "land.asc.aux.xml").write_text(xml, encoding="utf-8")
    assert metres_per_unit(georeference_beside(tmp_path / "land.asc")) == 1
