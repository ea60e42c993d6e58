"""``localaction import``: bring a file in, list what was brought in, report on it, undo it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from localaction.platform.cli import site
from localaction.platform.cli.terminal import run

FORMATS = ("text", "json")
NETWORK = {
    "c40": "every city inventory of the GPC workbook of C40",
    "unlocode": "codes of places from the list of UN/LOCODE",
}
INVENTORY = {
    "rows": "rows of one inventory from any table: CSV, .xlsx or .ods",
    "workbook": "one inventory back from the .xlsx that was downloaded here",
}


def main(argv: Sequence[str]) -> int:
    """Run ``localaction import``."""
    parser = argparse.ArgumentParser(
        prog="localaction import",
        description="Bring a file in: it is kept as evidence, checked, and applied as a whole or not at all. "
        "Bringing it in again changes nothing.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in NETWORK.items():
        command = _bringing(commands, name, summary)
        if name == "c40":
            command.add_argument("--publish", action="store_true", help="publish what is complete")
            command.add_argument(
                "--replace-edited",
                action="store_true",
                help="replace also rows that somebody changed by hand; without it such inventories stay",
            )
        command.set_defaults(run=_network, importer=name)
    for name, summary in INVENTORY.items():
        command = _bringing(commands, name, summary)
        command.add_argument("--place", metavar="CODE", required=True, help="such as GB-LON")
        command.add_argument("--year", type=int, required=True, help="year of the inventory")
        command.add_argument("--mode", choices=("replace", "add"), default="replace", help="default: replace")
        command.add_argument("--mapping", metavar="NAME", help="a mapping of columns saved in the browser")
        command.set_defaults(run=_inventory)
    _looking(commands)
    return run(parser, argv)


def _bringing(commands: argparse._SubParsersAction, name: str, summary: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=f"Bring in {summary}."
    )
    command.add_argument("file", metavar="FILE", type=Path)
    command.add_argument("--dry-run", action="store_true", help="only say what it would do")
    command.add_argument("--format", choices=FORMATS, default="text")
    return command


def _looking(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    listing = commands.add_parser("list", help="what was brought in, newest first")
    listing.add_argument("--format", choices=FORMATS, default="text")
    listing.set_defaults(run=_list)
    for name, summary, act in (
        ("report", "what an import found and did", _report),
        ("undo", "take back what an import did", _undo),
    ):
        command = commands.add_parser(name, help=summary)
        command.add_argument(
            "id", metavar="ID", help="as `localaction import list` shows it; its start will do"
        )
        command.add_argument("--format", choices=FORMATS, default="text")
        command.set_defaults(run=act)


def _network(arguments: argparse.Namespace) -> int:
    options: dict[str, object] = {"publish": bool(getattr(arguments, "publish", False))}
    if getattr(arguments, "replace_edited", False):
        options["replace_edited"] = "all"
    return _bring(arguments, arguments.importer, options)


def _inventory(arguments: argparse.Namespace) -> int:
    options: dict[str, object] = {"mode": arguments.mode}
    if arguments.mapping:
        options["mapping"] = arguments.mapping
    return _bring(arguments, "rows", options, at=(arguments.place, arguments.year))


def _bring(
    arguments: argparse.Namespace,
    importer: str,
    options: dict[str, object],
    at: tuple[str, int] | None = None,
) -> int:
    _ready()
    from localaction.platform.cli import importing  # needs the settings

    return importing.bring(
        arguments.file, importer, options, at=at, dry_run=arguments.dry_run, form=arguments.format
    )


def _list(arguments: argparse.Namespace) -> int:
    _ready()
    from localaction.platform.cli import importing

    return importing.listing(arguments.format)


def _report(arguments: argparse.Namespace) -> int:
    _ready()
    from localaction.platform.cli import importing

    return importing.report(arguments.id, arguments.format)


def _undo(arguments: argparse.Namespace) -> int:
    _ready()
    from localaction.platform.cli import importing

    return importing.undo(arguments.id, arguments.format)


def _ready() -> None:
    site.prepare()
    site.require_migrated()
