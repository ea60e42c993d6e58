"""A published table of factors to an own factor table and a report of what was taken, skipped and why."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from localaction.engine.errors import shown
from localaction.engine.exchange.factor_files.content import Content, bytes_of, content_of
from localaction.engine.exchange.factor_files.epa import read_epa
from localaction.engine.exchange.factor_files.grids import read_ember, read_ifi
from localaction.engine.exchange.factor_files.layouts import Layout, layouts
from localaction.engine.exchange.factor_files.problems import NothingTaken, NotThisLayout, UnknownLayout
from localaction.engine.exchange.factor_files.report import Report
from localaction.engine.exchange.factor_files.uk import read_uk
from localaction.engine.packs import Library

Reader = Callable[[Content, Layout, Library, Report, str], None]
READERS: Mapping[str, Reader] = {"ember": read_ember, "ifi": read_ifi, "uk": read_uk, "epa": read_epa}


def read_factor_file(
    path: Path, library: Library, *, layout: str = "", place: str = "", column: str = ""
) -> Report:
    """Return what of a published table can be used, as an own factor table, and a report.

    The table is read back as it is written, so that what is handed over can be used as it is.

    Parameters
    ----------
    path : Path
        JSON, CSV or XLSX, as it was published.
    library : Library
        The rule book: activities, uses, units, countries.
    layout : str, optional
        What the file is; found out from its content without it.
    place : str, optional
        Take only the factors of this place.
    column : str, optional
        Which column of values, where a table has several.

    Raises
    ------
    UnknownLayout, UnreadableTable, UnknownColumn, NothingTaken
        With what is wrong and what to do.
    """
    report = read_factor_bytes(bytes_of(path), path.name, library, layout=layout, column=column)
    if place:
        report.keep(lambda line: line["place"] == place)
    if not report.taken:
        raise NothingTaken(file=path.name, where=f" for {place}" if place else "")
    library.read_factors(io.BytesIO(report.csv().encode()))
    return report


def read_factor_bytes(
    data: bytes, name: str, library: Library, *, layout: str = "", column: str = ""
) -> Report:
    """Return the same for a file that was handed in; the report may have taken nothing.

    Raises
    ------
    NotThisLayout
        If the file is of no layout that is known.
    UnknownLayout, UnreadableTable, UnknownColumn
        With what is wrong and what to do.
    """
    content = content_of(name, data)
    chosen = _layout(content, layout)
    report = Report(name, chosen.id, chosen.title, chosen.licence, notes=list(chosen.cautions))
    READERS[chosen.id](content, chosen, library, report, column)
    return report


def _layout(content: Content, name: str) -> Layout:
    known = layouts()
    listed = "; ".join(f"{entry.id}: {entry.title}" for entry in known.values())
    if name:
        if name not in known:
            raise UnknownLayout(file=content.name, why=f'there is no layout "{shown(name)}"', known=listed)
        if not content.holds(known[name].marks):
            why = f"it does not look like {known[name].title}"
            raise NotThisLayout(file=content.name, why=why, known=listed)
        return known[name]
    for entry in known.values():
        if content.holds(entry.marks):
            return entry
    raise NotThisLayout(file=content.name, why="it is of no layout that is known", known=listed)
