"""The unit of a raster's coordinates, from the text beside it: WKT 1 and 2, or keywords of ESRI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from localaction.engine.errors import InputError, shown

LARGEST = 100_000  # bytes of such a text
SIGN = re.compile(r'"(?:[^"]|"")*"|[\[\](),]|[^\s\[\](),"]+')
XML_WKT = re.compile(r"<SRS[^>]*>(.*?)</SRS>", re.DOTALL)
KEYWORD_UNITS = re.compile(r"^\s*units\s+(\S+)", re.IGNORECASE | re.MULTILINE)
GEOGRAPHIC = {"GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS"}
METRE_WORDS = {"METERS", "METER", "METRES", "METRE", "M"}
BESIDE = (".prj", ".aux.xml", ".asc.aux.xml")


class CellsInDegrees(InputError):
    """The cells of a raster are measured in degrees."""

    code = "rasters.in_degrees"
    text = "The cells of this raster are measured in degrees ({name}), so their areas differ from row to row."
    remedy_text = (
        "Project it to an equal-area reference system in metres first, or give the side of a cell with "
        "--cell-metres if one size is near enough."
    )


class UnitNotSaid(InputError):
    """Nothing says in which unit the cells of a raster are measured."""

    code = "rasters.unit_not_said"
    text = "Nothing says in which unit the cells of this raster are measured: {why}."
    remedy_text = (
        "Put the .prj file of the raster beside it under the same name, or give the side of a cell with "
        "--cell-metres."
    )


@dataclass
class _Node:
    name: str
    words: list[str] = field(default_factory=list)
    inside: list[_Node] = field(default_factory=list)

    def below(self, *names: str) -> list[_Node]:
        return [each for each in self.inside if each.name in names]


def georeference_beside(path: Path) -> str:
    """Return the text that says where a raster lies, from the file beside it; empty if there is none."""
    for ending in BESIDE:
        beside = path.with_suffix(ending)
        if beside.is_file():
            text = beside.read_bytes()[:LARGEST].decode("utf-8", "replace")
            found = XML_WKT.search(text)
            return found[1] if found else "" if ending.endswith("xml") else text
    return ""


def metres_per_unit(text: str) -> float:
    """Return how many metres one unit of the coordinates is.

    Raises
    ------
    CellsInDegrees
        If they are longitudes and latitudes.
    UnitNotSaid
        If the text does not say, or is none.
    """
    if not text.strip():
        raise UnitNotSaid(why="there is no .prj file beside it")
    if keyword := KEYWORD_UNITS.search(text):
        return _of_keyword(keyword[1].upper())
    root = _read(text.replace("&quot;", '"'))
    if root is None:
        raise UnitNotSaid(why="the .prj file beside it is none that can be read")
    return _of_system(root)


def _of_keyword(word: str) -> float:
    if word in METRE_WORDS:
        return 1.0
    if word in {"DD", "DMS", "DEGREES"}:
        raise CellsInDegrees(name=word)
    raise UnitNotSaid(why=f'the unit "{shown(word)}" of the .prj file is not known here')


def _of_system(system: _Node) -> float:
    """Return the unit of a reference system; of a compound one that of its horizontal part."""
    if system.name in GEOGRAPHIC:
        raise CellsInDegrees(name=system.words[0] if system.words else system.name)
    if system.name in {"COMPD_CS", "COMPOUNDCRS", "BOUNDCRS", "SOURCECRS"} and system.inside:
        return _of_system(system.inside[0])
    axes = [unit for axis in system.below("AXIS") for unit in axis.below("LENGTHUNIT", "UNIT")]
    for unit in [*system.below("LENGTHUNIT", "UNIT"), *axes]:
        try:
            metres = float(unit.words[1])
        except (IndexError, ValueError):
            continue
        if 0 < metres < float("inf"):
            return metres
    raise UnitNotSaid(why="the .prj file beside it names no unit of length")


def _read(text: str) -> _Node | None:
    """Return the outermost element of a WKT; None if it is none."""
    top = _Node("")
    stack, last = [top], ""
    for sign in _signs(text):
        if sign in "[(":
            node = _Node(last.upper())
            stack[-1].inside.append(node)
            if stack[-1].words and stack[-1].words[-1] == last:
                stack[-1].words.pop()
            stack.append(node)
        elif sign in "])":
            if len(stack) == 1:
                return None
            stack.pop()
        elif sign != ",":
            stack[-1].words.append(sign)
        last = sign
    return top.inside[0] if len(stack) == 1 and top.inside else None


def _signs(text: str) -> Iterator[str]:
    for found in SIGN.findall(text[:LARGEST]):
        yield found[1:-1] if found.startswith('"') else found
