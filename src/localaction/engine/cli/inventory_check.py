"""``localaction inventory check-factors``: rows of a table that do not follow the factor of their group."""

from __future__ import annotations

import argparse
import io

from localaction.engine.cli.files import opened, output
from localaction.engine.references.implied import TOLERANCE, check_factors, lines


def add_check(parser: argparse.ArgumentParser) -> None:
    """Set up the words of the command."""
    parser.description = "Divide emissions by activity in every row; list rows unlike their group."
    parser.add_argument("table", metavar="TABLE.csv", help="any CSV table; - reads standard input")
    parser.add_argument("--activity", required=True, metavar="COLUMN", help="column of the activity")
    parser.add_argument("--emissions", required=True, metavar="COLUMN", help="column of the emissions")
    parser.add_argument(
        "--group", nargs="+", required=True, metavar="COLUMN", help="such as utility and year"
    )
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, help="relative; 0.01 if not given")
    parser.add_argument("--output", metavar="FILE", help="write there instead of printing")
    parser.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> None:
    with opened(arguments.table) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        found = check_factors(
            text,
            activity=arguments.activity,
            emissions=arguments.emissions,
            group=arguments.group,
            tolerance=arguments.tolerance,
        )
        text.detach()
    with output(arguments.output) as out:
        for line in lines(found, arguments.group):
            out.write(line + "\n")
