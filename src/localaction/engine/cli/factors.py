"""``localaction factors``: search the library, show one, explain a choice, import a table."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from localaction.engine.cli.answering import answered, complain
from localaction.engine.cli.codes import place_code
from localaction.engine.cli.factor_tables import (
    write_explanation,
    write_factor,
    write_found,
)
from localaction.engine.cli.files import output, taken_in
from localaction.engine.cli.shared import library_with, place_chain
from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.exchange.factor_files import layouts, read_factor_file
from localaction.engine.inventory.lines import encode
from localaction.engine.packs import Library
from localaction.engine.packs.catalogue import Catalogue, Query, series
from localaction.engine.references.factors import Question
from localaction.engine.references.fuels import Activity, Fuel
from localaction.engine.references.why import explain

FORMATS = ("text", "json", "csv")
MOST = 50  # factors that a search prints unless told
ENERGY, MASS = "TJ", "t"  # units in which ``why`` asks for a fuel unless told


class UnknownCell(InputError):
    """The protocol has no such cell."""

    code = "cli.unknown_cell"
    text = 'There is no cell "{cell}". {hint}'
    remedy_text = "Write a reference number of the protocol, such as I.2.2."


class NoSuchFactor(InputError):
    """The library has no factor of an id."""

    code = "cli.no_such_factor"
    text = 'There is no factor "{factor}". {hint}'
    remedy_text = (
        "Look for it by words: `localaction factors search natural gas`; the id stands first in each line."
    )


def main(argv: Sequence[str]) -> int:
    """Run ``localaction factors`` with the given words; return 0 when done, 2 when refused."""
    return answered(_parser(), argv)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="localaction factors",
        description="The factor library and tables of factors, without server or database.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_search(commands.add_parser("search", help="find factors by words, place, activity, gas, year, cell"))
    show = commands.add_parser("show", help="show one factor: values, range, source, cells that use it")
    show.add_argument("id", metavar="ID", help="such as ipcc@2006:road.gas_diesel_oil")
    _add_common(show, _show)
    _add_why(commands.add_parser("why", help="explain which factor a row would take, and why not the others"))
    _add_import(commands.add_parser("import", help="turn a published table into an own factor table"))
    return parser


def _add_common(command: argparse.ArgumentParser, run: object) -> None:
    command.add_argument("--factors", metavar="OWN.csv", help="own emission factors to look through as well")
    command.add_argument("--format", choices=FORMATS, default="text")
    command.add_argument("--output", metavar="FILE", help="write there instead of printing")
    command.set_defaults(run=run)


def _add_search(search: argparse.ArgumentParser) -> None:
    search.description = "Words may be misspelt; all must be met. Without words: everything that fits."
    search.add_argument("words", nargs="*", metavar="WORDS")
    search.add_argument(
        "--place", metavar="CODE", type=place_code, help="what applies there, world defaults included"
    )
    search.add_argument("--activity", metavar="ID", help="fuel or activity")
    search.add_argument("--gas", metavar="GAS", help="CO2, CH4, N2O or CO2e")
    search.add_argument("--year", type=int, metavar="YEAR", help="of each series the value for that year")
    search.add_argument("--cell", metavar="REF", help="cell of the protocol, such as I.2.2")
    search.add_argument("--limit", type=int, default=MOST, metavar="N", help=f"print at most N ({MOST})")
    _add_common(search, _search)


def _add_why(why: argparse.ArgumentParser) -> None:
    why.add_argument("--cell", required=True, metavar="REF", help="cell of the protocol, such as I.2.2")
    why.add_argument("--activity", required=True, metavar="ID", help="fuel or activity of the row")
    why.add_argument("--year", required=True, type=int, metavar="YEAR", help="inventory year")
    why.add_argument("--place", metavar="CODE", type=place_code, help="place, such as GB-LON")
    why.add_argument("--unit", metavar="UNIT", help="unit of the row")
    why.add_argument("--pin", default="", metavar="ID", help="what the column factor of the row says")
    _add_common(why, _why)


def _add_import(command: argparse.ArgumentParser) -> None:
    known = "; ".join(f"{layout.id}: {layout.title}" for layout in layouts().values())
    command.description = f"Layouts: {known}."
    command.add_argument("file", metavar="FILE", help="the table as it was published")
    command.add_argument("--layout", metavar="NAME", help="what the file is; found out if left away")
    command.add_argument(
        "--place", metavar="CODE", type=place_code, help="take only factors of this place, such as GB"
    )
    command.add_argument("--column", metavar="NAME", help="which column of values, where a table has several")
    command.add_argument("--output", metavar="OWN.csv", help="write the table there instead of printing it")
    command.add_argument("--report", metavar="FILE.json", help="write what was taken and skipped there")
    command.set_defaults(run=_import)


def _search(arguments: argparse.Namespace) -> None:
    library = library_with(arguments.factors)
    query = Query(
        words=" ".join(arguments.words),
        places=place_chain(arguments.place and arguments.place.upper()),
        activity=library.activities.get(arguments.activity).id if arguments.activity else "",
        gas=arguments.gas or "",
        year=arguments.year,
        cell=_cell(library, arguments.cell) if arguments.cell else "",
    )
    found = Catalogue(library).find(query)
    with output(arguments.output) as stream:
        write_found(found, library, arguments.format, max(arguments.limit, 0), stream)


def _show(arguments: argparse.Namespace) -> None:
    library = library_with(arguments.factors)
    every = library.factors.all
    exact = every.get(arguments.id)
    factors = [exact] if exact else [f for f in every.values() if series(f) == arguments.id]
    if not factors:
        hint = did_you_mean(arguments.id, library.factors.all)
        raise NoSuchFactor(factor=shown(arguments.id), hint=hint)
    with output(arguments.output) as stream:
        write_factor(factors, library, arguments.format, stream)


def _why(arguments: argparse.Namespace) -> None:
    library = library_with(arguments.factors)
    ref = _cell(library, arguments.cell)
    activity = library.activities.get(arguments.activity)
    question = Question(
        activity=activity,
        ref=ref,
        uses=library.protocol.cells[ref].uses,
        unit=library.units.get(arguments.unit or _unit(activity, library)).symbol,
        place_chain=place_chain(arguments.place and arguments.place.upper()),
        year=arguments.year,
        pin=arguments.pin,
    )
    explanation = explain(library.factors, question)
    with output(arguments.output) as stream:
        write_explanation(explanation, library, arguments.format, stream)


def _import(arguments: argparse.Namespace) -> None:
    library = Library.load()
    with taken_in(arguments.file) as path:
        report = read_factor_file(
            path,
            library,
            layout=arguments.layout or "",
            place=(arguments.place or "").upper(),
            column=arguments.column or "",
        )
    with output(arguments.output) as stream:
        stream.write(report.csv())
    if arguments.report:
        with output(arguments.report) as stream:
            stream.write(encode(report.to_dict()) + "\n")
    complain(list(report.lines()))


def _cell(library: Library, name: str) -> str:
    known = {ref.casefold(): ref for ref in library.protocol.cells}
    found = known.get(name.casefold())
    if found is None:
        raise UnknownCell(cell=shown(name), hint=did_you_mean(name, library.protocol.cells))
    return found


def _unit(activity: Activity, library: Library) -> str:
    """Return a unit in which the activity can be asked for."""
    if isinstance(activity, Fuel):
        return ENERGY if activity.ncv else MASS
    return library.units.of_dimension(activity.dimension)[0].symbol
