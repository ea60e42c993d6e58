"""``localaction demo``: load the demo network, for trying things out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from localaction.platform.cli import site
from localaction.platform.cli.terminal import run, say


def main(argv: Sequence[str]) -> int:
    """Run ``localaction demo``."""
    about = "The demo network, for trying things out."
    parser = argparse.ArgumentParser(prog="localaction demo", description=about)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    load = commands.add_parser(
        "load",
        help="load cities with published figures, and people who can sign in",
        description="Load what is missing of the demo network; only with LOCALACTION_DEMO=1.",
    )
    load.set_defaults(run=_load)
    return run(parser, argv)


def _load(_arguments: argparse.Namespace) -> None:
    site.prepare()
    site.require_migrated()
    from localaction.platform.cli import demo_load  # imports models, which need the settings

    say(f"Database: {site.database_name()}")
    demo_load.load(say)
    for line in demo_load.sign_ins():
        say(line)
