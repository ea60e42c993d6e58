"""Land cover from a raster: read an ESRI ASCII grid, and find the patches of some of its classes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from localaction.engine.errors import InputError, shown

M2_PER_HA = 10_000.0
MOST_CELLS = 100_000_000
KEYS = ("ncols", "nrows", "cellsize")
HEADER_LINES = 6
EIGHT, FOUR = 8, 4


class BadGrid(InputError):
    """A file is no grid."""

    code = "rasters.bad_grid"
    text = "The file is no ESRI ASCII grid: {problem}."
    remedy_text = "Write ncols, nrows, xllcorner, yllcorner, cellsize, NODATA_value, then the rows of cells."


class NoSuchClass(InputError):
    """A class does not occur in a raster."""

    code = "rasters.no_such_class"
    text = "No cell is of class {wanted}."
    remedy_text = "The classes of this raster are {known}."


class NoLabels(InputError):
    """The library that finds patches is not installed."""

    code = "rasters.not_installed"
    text = "Finding patches in a raster needs SciPy, which is not installed."
    remedy_text = 'Install the extra: pip install "localaction[geo]". Measured patches need nothing more.'


@dataclass(frozen=True)
class Grid:
    """A raster of square cells; ``cell_m`` is the length of a side, m; ``nodata`` marks empty cells."""

    cells: NDArray[np.int64]
    cell_m: float
    nodata: int | None

    @property
    def cell_ha(self) -> float:
        """Area of a cell, ha."""
        return self.cell_m**2 / M2_PER_HA

    @property
    def landscape_ha(self) -> float:
        """Area of all cells that hold something, ha."""
        held = self.cells.size if self.nodata is None else int((self.cells != self.nodata).sum())
        return held * self.cell_ha


def read_grid(stream: BinaryIO, *, unit_m: float | None = None, cell_m: float | None = None) -> Grid:
    """Return an ESRI ASCII grid of whole numbers.

    Parameters
    ----------
    stream : binary file
        The grid. It does not say in which unit its cells are measured, so one of the others must.
    unit_m : float, optional
        Metres of one unit of its header, as `georeference.metres_per_unit` returns it.
    cell_m : float, optional
        Side of a cell, m, whatever the header says.

    Raises
    ------
    BadGrid
        If the header lacks something, or the cells are not as many as it says.
    """
    header = dict(_header(stream))
    missing = [key for key in KEYS if key not in header]
    if missing:
        raise BadGrid(problem=f"{missing[0]} is missing in its header")
    columns, rows = int(header["ncols"]), int(header["nrows"])
    if not 0 < columns * rows <= MOST_CELLS:
        raise BadGrid(problem=f"{columns} columns and {rows} rows are none or more than {MOST_CELLS} cells")
    try:
        cells = np.array(stream.read(columns * rows * 12).split(), dtype=np.float64)
    except ValueError as error:
        raise BadGrid(problem="a cell is no number") from error
    if cells.size != columns * rows:
        raise BadGrid(problem=f"it has {cells.size} cells, not {columns} times {rows}")
    nodata = int(header["nodata_value"]) if "nodata_value" in header else None
    side = cell_m if cell_m is not None else header["cellsize"] * (unit_m or math.nan)
    if not 0 < side < math.inf:
        raise BadGrid(problem="the side of its cells is no length above nought")
    return Grid(cells.astype(np.int64).reshape(rows, columns), side, nodata)


def _header(stream: BinaryIO) -> Iterator[tuple[str, float]]:
    for _ in range(HEADER_LINES):
        place = stream.tell()
        words = stream.readline(200).split()
        if len(words) != 2 or words[0][:1].isdigit() or words[0][:1] == b"-":
            stream.seek(place)
            return
        try:
            yield words[0].decode("ascii", "replace").lower(), float(words[1])
        except ValueError as error:
            found = shown(words[1].decode("ascii", "replace"))
            raise BadGrid(problem=f'"{found}" in its header is no number') from error


def patch_areas(grid: Grid, classes: Collection[int], *, neighbours: int = EIGHT) -> NDArray[np.float64]:
    """Return the area of each patch of these classes together, ha, largest first.

    Parameters
    ----------
    grid : Grid
        The raster.
    classes : collection of int
        The classes that count as natural.
    neighbours : {8, 4}
        Whether cells that touch at a corner belong together.

    Raises
    ------
    NoSuchClass
        If a class does not occur.
    NoLabels
        If SciPy is not installed.
    """
    present = {int(value) for value in np.unique(grid.cells)} - {grid.nodata}
    for wanted in classes:
        if wanted not in present:
            raise NoSuchClass(wanted=wanted, known=", ".join(map(str, sorted(present))))
    labels, count = _labels(np.isin(grid.cells, list(classes)), neighbours)
    cells = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    areas: NDArray[np.float64] = np.sort(cells)[::-1].astype(np.float64) * grid.cell_ha
    return areas


def _labels(mask: NDArray[np.bool_], neighbours: int) -> tuple[NDArray[Any], int]:
    try:
        from scipy import ndimage
    except ImportError as error:
        raise NoLabels from error
    structure = np.ones((3, 3)) if neighbours == EIGHT else None
    labels, count = ndimage.label(mask, structure=structure)
    return labels, int(count)
