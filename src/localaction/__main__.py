"""The one command, ``localaction``: finds the part that answers and imports only that.

A pure command (``localaction inventory compute``) therefore never imports Django.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple, cast

from localaction import __version__


class Command(NamedTuple):
    """One sub-command: where its ``main`` stands and what it does."""

    module: str
    summary: str


COMMANDS = {
    "inventory": Command(
        "localaction.engine.cli.inventory", "compute a greenhouse-gas inventory from a file"
    ),
    "inventory recalculate": Command(
        "localaction.platform.cli.recalculate", "what other potentials or factors would move; apply it"
    ),
    "method": Command(
        "localaction.engine.cli.method", "run a documented calculation, or show how it computes"
    ),
    "factors": Command(
        "localaction.engine.cli.factors",
        "search emission factors, explain a choice, import a table",
    ),
    "pack": Command("localaction.engine.cli.pack", "list, show, check and score frameworks"),
    "gaps": Command(
        "localaction.platform.cli.gaps", "what a place has answered to frameworks, and what is open"
    ),
    "start": Command("localaction.platform.cli.start", "start the web server and the worker"),
    "migrate": Command("localaction.platform.cli.migrate", "bring the database up to date"),
    "release": Command("localaction.platform.cli.release", "build or check a release of what is published"),
    "ranges": Command(
        "localaction.platform.cli.ranges", "make anew what figures of places are compared with"
    ),
    "verify": Command("localaction.engine.cli.verify", "check a published document and its signature"),
    "keys": Command("localaction.platform.cli.keys", "list, replace and withdraw the keys that sign"),
    "import": Command(
        "localaction.platform.cli.imports", "bring a file in, list and report imports, undo one"
    ),
    "demo": Command("localaction.platform.cli.demo", "load the demo network"),
    "user": Command("localaction.platform.cli.user", "create a person and give them a role"),
    "check": Command("localaction.platform.cli.check", "check the installation"),
    "manage": Command("localaction.platform.cli.manage", "run a Django management command"),
}


def usage() -> str:
    """Return the overview of all commands."""
    lines = [f"  {name:<22}{command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "usage: localaction COMMAND ...",
            "",
            "commands:",
            *lines,
            "",
            "localaction COMMAND --help says more.",
        ]
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``localaction`` with the given words; return the exit status (0 done, 2 refused)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if words else 2
    if words[0] == "--version":
        print(f"localaction {__version__}")
        return 0
    two = " ".join(words[:2])
    if two in COMMANDS:
        words = [two, *words[2:]]
    command = COMMANDS.get(words[0])
    if command is None:
        print(f"localaction: there is no command {words[0]!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    run = cast("Callable[[Sequence[str]], int]", import_module(command.module).main)
    return run(words[1:])


if __name__ == "__main__":
    raise SystemExit(main())
