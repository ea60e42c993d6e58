"""``localaction method patches``: from a land-cover raster to the input of the mesh size."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

from localaction.engine.cli.answering import written
from localaction.engine.cli.files import opened
from localaction.engine.exchange.georeference import georeference_beside, metres_per_unit
from localaction.engine.exchange.rasters import EIGHT, FOUR, patch_areas, read_grid


def add_patches(commands: Any) -> None:
    """Add the command to those of ``localaction method``."""
    parser = commands.add_parser(
        "patches",
        help="find the patches of natural area in a raster, as input of biodiversity.effective_mesh",
        description="Reads an ESRI ASCII grid; needs the extra geo (SciPy).",
    )
    parser.add_argument("raster", metavar="RASTER.asc", help="- reads standard input")
    parser.add_argument("--classes", nargs="+", type=int, required=True, metavar="N", help="natural classes")
    parser.add_argument(
        "--cell-metres",
        type=positive,
        metavar="M",
        help="side of a cell, m; without it the .prj file beside the raster must say the unit",
    )
    parser.add_argument("--neighbours", type=int, choices=(FOUR, EIGHT), default=EIGHT)
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")
    parser.set_defaults(run=written(_patches))


def _patches(arguments: argparse.Namespace) -> str:
    side = arguments.cell_metres
    unit = None if side is not None else metres_per_unit(georeference_beside(Path(arguments.raster)))
    with opened(arguments.raster) as stream:
        grid = read_grid(stream, unit_m=unit, cell_m=side)
    areas = patch_areas(grid, arguments.classes, neighbours=arguments.neighbours)
    return json.dumps({"patch_ha": areas.tolist(), "landscape_ha": grid.landscape_ha})


def positive(text: str) -> float:
    """Return a length above nought."""
    value = float(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no length above 0")
    return value
