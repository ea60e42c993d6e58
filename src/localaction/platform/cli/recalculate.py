"""``localaction inventory recalculate``: what other potentials or factors would move, and apply it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from localaction.engine.errors import InputError
from localaction.platform.cli import site
from localaction.platform.cli.terminal import counted, run, say

SHOWN = 20
TOTAL = "BASIC"


class NothingToDo(InputError):
    """Neither a place nor all is named."""

    code = "cli.recalculate_nothing"
    text = "It is not said which inventories are to be recalculated."
    remedy_text = "Name a place with --place, or say --all."


def main(argv: Sequence[str]) -> int:
    """Run ``localaction inventory recalculate``."""
    parser = argparse.ArgumentParser(
        prog="localaction inventory recalculate",
        description="Show what other warming potentials, another factor or the newest factors would move in "
        "the inventories of this site; with --apply, make it so as new runs with a reason.",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="every inventory of the site")
    which.add_argument("--place", metavar="CODE", help="the inventories of one place, such as GB-LON")
    parser.add_argument("--gwp", metavar="SET", default="", help="warming potentials to switch to")
    parser.add_argument("--from-factor", metavar="ID", default="", help="factor to replace ...")
    parser.add_argument("--to-factor", metavar="ID", default="", help="... and the one to use instead")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--preview", action="store_true", help="show what would move; the default")
    act.add_argument("--apply", action="store_true", help="make it so; needs --reason")
    parser.add_argument("--reason", default="", help="kept with every new run")
    parser.add_argument("--format", choices=("table", "csv"), default="table")
    parser.set_defaults(run=_recalculate)
    return run(parser, argv)


def _recalculate(arguments: argparse.Namespace) -> None:
    if not (arguments.all or arguments.place):
        raise NothingToDo
    site.prepare()
    site.require_migrated()
    from localaction.platform.accounts.rights import OPERATOR  # needs the settings
    from localaction.platform.inventories import services
    from localaction.platform.inventories.errors import ReasonNeeded
    from localaction.platform.inventories.movements import sorted_by_movement, write_csv
    from localaction.platform.places.queries import place_by_code

    if arguments.apply and not arguments.reason.strip():
        raise ReasonNeeded(why="it is kept with every new run (--reason)")
    begun = services.begin_recalculation(
        actor=OPERATOR,
        gwp_set=arguments.gwp,
        factor_from=arguments.from_factor,
        factor_to=arguments.to_factor,
        place=place_by_code(arguments.place) if arguments.place else None,
    )
    found = services.work_on(begun.pk)
    report = sorted_by_movement(found.report, TOTAL)
    if arguments.format == "csv":
        write_csv(report, sys.stdout)
    else:
        _tell(report)
    if not arguments.apply:
        services.stop_recalculation(actor=OPERATOR, recalculation=found)
        return
    services.request_recalculation(actor=OPERATOR, recalculation=found, reason=arguments.reason)
    outcome = services.work_on(found.pk).outcome
    say(f"Recalculated {counted(outcome['done'], 'inventory', 'inventories')}.")
    if outcome["published"]:
        say(f"{outcome['published']} of them are published: what is published stays until published again.")
    for skipped in outcome["skipped"]:
        say(f"Left alone: {skipped['id']}: {skipped['why']}")


def _tell(report: Sequence[Any]) -> None:
    from localaction.platform.inventories.movements import change

    moving = [entry for entry in report if entry["moves"]]
    refused = [entry for entry in report if entry["refused"]]
    say(f"{counted(len(report), 'inventory', 'inventories')}, of which {len(moving)} move; {TOTAL}, t CO2e:")
    for entry in moving[:SHOWN]:
        step, before = change(entry, TOTAL) or 0.0, entry["before"][TOTAL]
        share = f" ({100 * step / before:+.2f} %)" if before else ""
        say(f"  {entry['place']} {entry['year']}  {before:,.0f} -> {before + step:,.0f}  {step:+,.0f}{share}")
    if len(moving) > SHOWN:
        say(f"  and {len(moving) - SHOWN} more; --format csv lists all")
    fixed = [entry for entry in report if entry["fixed"].get(TOTAL)]
    if fixed:
        tonnes = sum(entry["fixed"][TOTAL] for entry in fixed)
        of = counted(len(fixed), "inventory", "inventories")
        say(f"{tonnes:,.0f} t CO2e of {of} cannot be recomputed: they came without a split into gases.")
    for entry in report:
        if entry["missing"]:
            gases = ", ".join(entry["missing"])
            say(f"{entry['place']} {entry['year']} would be partial: no warming potential for {gases}.")
    for entry in refused:
        say(f"{entry['place']} {entry['year']} cannot be computed: {entry['refused']}")
