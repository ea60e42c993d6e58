"""``localaction ranges``: make anew what figures of places are compared with."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from localaction.platform.cli import site
from localaction.platform.cli.terminal import counted, run, say


def main(argv: Sequence[str]) -> int:
    """Run ``localaction ranges``."""
    parser = argparse.ArgumentParser(
        prog="localaction ranges",
        description="Make anew what figures of places are compared with, out of what is public: the range "
        "within which nine places in ten lie, of all places and of each country with five or more.",
    )
    parser.add_argument("--year", type=int, help="only the ranges of this year; of all years by default")
    parser.set_defaults(run=_ranges)
    return run(parser, argv)


def _ranges(arguments: argparse.Namespace) -> None:
    site.prepare()
    site.require_migrated()
    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.publication.ranges import refresh_ranges

    done = refresh_ranges(actor=OPERATOR, year=arguments.year)
    if done.ranges:
        years = ", ".join(str(year) for year in done.years)
        say(f"{counted(done.ranges, 'range')} of public figures, for {years}.")
    else:
        when = f" for {arguments.year}" if arguments.year else ""
        say(
            f"No ranges{when}: nowhere do five places publish the same figure. Nothing is compared with them."
        )
