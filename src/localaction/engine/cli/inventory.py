"""``localaction inventory``: compute an inventory from a file, and show what such a file looks like."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from io import TextIOWrapper

from localaction.engine.cli.answering import answered, complain
from localaction.engine.cli.codes import place_code
from localaction.engine.cli.files import STANDARD, output
from localaction.engine.cli.inventory_check import add_check
from localaction.engine.cli.inventory_trend import add_trend
from localaction.engine.cli.rowfile import NoPrintedWorkbook, row_file, write_workbook
from localaction.engine.cli.shared import library_with, place_chain
from localaction.engine.cli.tables import (
    LineSpool,
    aligned,
    finding_lines,
    write_csv,
    write_json,
    write_table,
)
from localaction.engine.inventory.compile import Options, Result, compile_inventory
from localaction.engine.inventory.csvsafe import SafeWriter
from localaction.engine.inventory.lines import encode
from localaction.engine.inventory.options import DEFAULT_GWP_SET
from localaction.engine.inventory.rows import COLUMNS, template_csv
from localaction.engine.packs import Library
from localaction.engine.periods import Period

FORMATS = ("table", "json", "csv")
WORKBOOK = "xlsx"


def main(argv: Sequence[str]) -> int:
    """Run ``localaction inventory`` with the given words; return 0 when done, 2 when refused."""
    return answered(_parser(), argv)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="localaction inventory",
        description="Greenhouse-gas inventories from files, without server or database.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_compute(commands.add_parser("compute", help="compute an inventory from a file of rows"))
    template = commands.add_parser("template", help="write an example file that computes as it is")
    template.add_argument("--output", metavar="FILE", help="write there instead of printing")
    template.set_defaults(run=_template)
    add_trend(commands.add_parser("trend", help="how the totals changed between two files, with an interval"))
    add_check(commands.add_parser("check-factors", help="rows of a table unlike the factor of their group"))
    columns = commands.add_parser("columns", help="explain the columns of the file")
    columns.add_argument("--format", choices=FORMATS, default="table")
    columns.add_argument("--output", metavar="FILE", help="write there instead of printing")
    columns.set_defaults(run=_columns)
    return parser


def _add_compute(compute: argparse.ArgumentParser) -> None:
    compute.description = (
        "Compute totals, cells and lines. On a refusal nothing is written and the status is 2."
    )
    compute.add_argument(
        "rows", metavar="ROWS", help="rows as CSV, .xlsx or .ods; - reads CSV from standard input"
    )
    compute.add_argument(
        "--gwp", default=DEFAULT_GWP_SET, metavar="SET", help="warming potentials: sar to ar6"
    )
    compute.add_argument(
        "--place",
        metavar="CODE",
        type=place_code,
        help="place, such as GB-LON or GB; factors are chosen for it",
    )
    compute.add_argument(
        "--period", metavar="PERIOD", help="2019 or 2019-04-01/2020-03-31, if rows do not say"
    )
    compute.add_argument("--factors", metavar="OWN.csv", help="the city's own emission factors")
    compute.add_argument(
        "--format",
        choices=(*FORMATS, WORKBOOK),
        default="table",
        help="csv writes the cells, xlsx a workbook",
    )
    compute.add_argument("--output", metavar="FILE", help="write there instead of printing")
    compute.set_defaults(run=_compute)


def _compute(arguments: argparse.Namespace) -> None:
    options = Options(
        place=arguments.place,
        place_chain=place_chain(arguments.place),
        period=Period.parse(arguments.period) if arguments.period else None,
        gwp_set=arguments.gwp,
        keep_lines=False,
    )
    if arguments.format == WORKBOOK and arguments.output in {None, STANDARD}:
        raise NoPrintedWorkbook
    library = library_with(arguments.factors)
    with output(arguments.output) as stream, tempfile.TemporaryFile() as spool:
        lines = LineSpool(spool)
        write = lines.add if arguments.format == "json" else None
        with row_file(arguments.rows, twice=arguments.format == WORKBOOK) as rows:
            result = compile_inventory(rows.rows(), options, library, on_json=write)
            complain([finding.line() for finding in rows.findings])
            if arguments.format == WORKBOOK:
                write_workbook(result, rows, library, stream)
                complain(list(finding_lines(result.findings)))
            else:
                _write(result, library, arguments.format, lines, stream)


def _write(result: Result, library: Library, form: str, lines: LineSpool, stream: TextIOWrapper) -> None:
    if form == "json":
        write_json(result, lines, stream)
    elif form == "csv":
        write_csv(result, library.protocol, stream)
        complain(list(finding_lines(result.findings)))
    else:
        write_table(result, library.protocol, stream)


def _template(arguments: argparse.Namespace) -> None:
    with output(arguments.output) as stream:
        stream.write(template_csv())


def _columns(arguments: argparse.Namespace) -> None:
    with output(arguments.output) as stream:
        if arguments.format == "json":
            stream.write(encode([column._asdict() for column in COLUMNS]) + "\n")
        elif arguments.format == "csv":
            writer = SafeWriter(stream)
            writer.writerows([("name", "title", "help", "example"), *COLUMNS])
        else:
            rows = [("column", "example", "what goes in"), *((c.name, c.example, c.help) for c in COLUMNS)]
            for line in aligned(rows, "<<<"):
                stream.write(line.rstrip() + "\n")
