"""``localaction gaps``: what a place has answered to frameworks, what is open, and what comes next."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any

from localaction.engine.cli.nexttext import next_text
from localaction.engine.packs.editions import framework_of
from localaction.platform.cli import site
from localaction.platform.cli.terminal import run, say

SHOWN = 10


def main(argv: Sequence[str]) -> int:
    """Run ``localaction gaps``."""
    parser = argparse.ArgumentParser(
        prog="localaction gaps",
        description="Say for each framework what a place has answered for a year, what is to confirm, of an "
        "earlier year or missing, what it takes to the next level, and what to answer next.",
    )
    parser.add_argument("place", metavar="PLACE", help="code of the place, such as GB-LON")
    parser.add_argument("--year", type=int, help="year of the figures; the last full year by default")
    parser.add_argument(
        "--framework",
        metavar="ID",
        help="only this framework; by default those the place reports on, or all",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=_gaps)
    return run(parser, argv)


def _gaps(arguments: argparse.Namespace) -> None:
    site.prepare()
    site.require_migrated()
    from django.utils import timezone  # needs the settings

    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.frameworks.queries import newest_editions, taken_up
    from localaction.platform.places.queries import place_by_code
    from localaction.platform.reporting.answers import fill
    from localaction.platform.reporting.gaps import gaps_dict, open_items

    place = place_by_code(arguments.place)
    today = timezone.localdate()
    year = today.year - 1 if arguments.year is None else arguments.year
    asked = [framework_of(arguments.framework)] if arguments.framework else taken_up(place)
    filled = fill(actor=OPERATOR, place=place, year=year, frameworks=asked or newest_editions(), as_of=today)
    following = open_items(filled)
    if arguments.format == "json":
        found = {
            "place": place.code,
            "year": year,
            "frameworks": [gaps_dict(each) for each in filled],
            "open": [each.to_dict() for each in following],
        }
        say(json.dumps(found, ensure_ascii=False, indent=1))
        return
    say(f"{place.name}, figures of {year}")
    for line in _lines(filled, following):
        say(line)


def _lines(filled: Sequence[Any], following: Sequence[Any]) -> Iterator[str]:
    for each in filled:
        counts = each.counts
        yield ""
        yield f"{each.framework.title} ({each.framework.key})"
        yield (
            f"  of {len(each.known)}: {counts['answered']} answered, {counts['key']} without a figure, "
            f"{counts['confirm']} to confirm, {counts['stale']} from an earlier year, "
            f"{counts['missing']} missing"
        )
        yield from next_text(each.steps)
    if following:
        yield ""
        yield "Answer next:"
        for found in following[:SHOWN]:
            asked = len(found.asked_by)
            askers = f"{asked} frameworks" if asked > 1 else found.asked_by[0].key
            yield f"  {found.item}: {found.label} ({STATES[found.known.state]}; asked by {askers})"
        if len(following) > SHOWN:
            yield f"  and {len(following) - SHOWN} more"


STATES = {"confirm": "to confirm", "stale": "from an earlier year", "missing": "missing"}
