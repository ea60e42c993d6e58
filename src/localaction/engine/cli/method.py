"""``localaction method``: list the methods, show one, run one on a JSON file or on its worked example."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from localaction.engine.cli.answering import answered, written
from localaction.engine.cli.files import opened
from localaction.engine.cli.methodtext import listing, method_text, run_text
from localaction.engine.cli.patches import add_patches
from localaction.engine.errors import InputError, shown
from localaction.engine.inventory.columns import NAMES
from localaction.engine.methods.describe import description, summaries
from localaction.engine.methods.inventoryrows import cells_of, inventory_rows
from localaction.engine.methods.jsoninput import parse_json
from localaction.engine.methods.registry import method_of
from localaction.engine.methods.results import MethodRun
from localaction.engine.methods.run import example_of, run_example, run_method
from localaction.engine.packs import Library

FORMATS = ("text", "json")
RUN_FORMATS = (*FORMATS, "rows")


class NoSuchTheme(InputError):
    """No method belongs to a theme."""

    code = "methods.no_such_theme"
    text = 'No method belongs to the theme "{theme}".'
    remedy_text = "The themes are {known}."


class NoCell(InputError):
    """Rows are asked for without saying where they belong."""

    code = "methods.no_cell"
    text = "The rows can belong to more than one cell."
    remedy_text = "Choose one with --cell: {known}."


def main(argv: Sequence[str]) -> int:
    """Run ``localaction method`` with the given words; return 0 when done, 2 when refused."""
    return answered(_parser(), argv)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="localaction method",
        description="Documented calculations, without server or database.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    every = commands.add_parser("list", help="list the methods")
    every.add_argument("--theme", help="only those of one theme, such as ghg")
    every.set_defaults(run=written(_list))
    show = commands.add_parser("show", help="show inputs, outputs, formulas, sources and examples of one")
    show.add_argument("method", metavar="ID", help="such as ghg.composting/1")
    show.set_defaults(run=written(_show))
    run = commands.add_parser("run", help="compute one from a JSON file of inputs")
    run.add_argument("method", metavar="ID", help="such as ghg.composting/1")
    source = run.add_mutually_exclusive_group(required=True)
    source.add_argument("--input", metavar="FILE.json", help="inputs by name; - reads standard input")
    source.add_argument("--example", metavar="EXAMPLE", help="take the inputs of this worked example")
    run.add_argument("--gwp", metavar="SET", help="weigh the gases with these warming potentials: sar to ar6")
    run.set_defaults(run=written(_run))
    run.add_argument("--cell", metavar="REF", help="cell of the rows that --format rows writes")
    add_patches(commands)
    for command in (every, show, run):
        formats = RUN_FORMATS if command is run else FORMATS
        command.add_argument("--format", choices=formats, default="text")
        command.add_argument("--output", metavar="FILE", help="write there instead of printing")
    return parser


def _list(arguments: argparse.Namespace) -> str:
    library = Library.load()
    themes = sorted({method.theme for method in library.methods.values()})
    if arguments.theme is not None and arguments.theme not in themes:
        raise NoSuchTheme(theme=shown(arguments.theme), known=", ".join(themes))
    found = [method for method in library.methods.values() if arguments.theme in (None, method.theme)]
    return _json(summaries(found)) if arguments.format == "json" else listing(found)


def _show(arguments: argparse.Namespace) -> str:
    library = Library.load()
    method = method_of(arguments.method, library)
    if arguments.format == "json":
        return _json(description(method, library))
    return method_text(method, library)


def _run(arguments: argparse.Namespace) -> str:
    library = Library.load()
    if arguments.example is not None:
        example_of(method_of(arguments.method, library), arguments.example)
        run = run_example(arguments.method, arguments.example, library, gwp_set=arguments.gwp)
    else:
        method_of(arguments.method, library)
        with opened(arguments.input) as stream:
            inputs = parse_json(stream)
        run = run_method(arguments.method, inputs, library, gwp_set=arguments.gwp)
    if arguments.format == "rows":
        return _rows(run, library, arguments.cell)
    return _json(run.to_dict()) if arguments.format == "json" else run_text(run)


def _rows(run: MethodRun, library: Library, cell: str | None) -> str:
    cells = cells_of(library.methods[run.method])
    if cell is None and len(cells) > 1:
        raise NoCell(known=", ".join(cells))
    out = io.StringIO()
    writer = csv.DictWriter(out, NAMES, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(inventory_rows(run, library, cell or next(iter(cells), "")))
    return out.getvalue().removesuffix("\r\n")


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
