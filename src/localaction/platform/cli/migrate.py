"""``localaction migrate``: bring the database up to date."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from localaction.platform.cli import keys, site
from localaction.platform.cli.terminal import counted, run, say
from localaction.platform.cli.world import ensure_places


def main(argv: Sequence[str]) -> int:
    """Run ``localaction migrate``."""
    parser = argparse.ArgumentParser(
        prog="localaction migrate",
        description=(
            "Bring the tables of the database up to date, and the countries and cities of the world into it; "
            "does nothing if they are."
        ),
    )
    parser.set_defaults(run=_migrate)
    return run(parser, argv)


def _migrate(_arguments: argparse.Namespace) -> None:
    site.prepare()
    say(f"Database: {site.database_name()}")
    say(bring_up_to_date())
    if added := ensure_places():
        say(added)
    if signed := keys.ensure_signed():
        say(signed)


def bring_up_to_date() -> str:
    """Apply what is missing and return in words what was done."""
    site.reach_database()
    missing = site.unapplied()
    if not missing:
        return "Up to date: nothing to do."
    site.migrate()
    return f"Applied {counted(len(missing), 'change')} of its tables."
