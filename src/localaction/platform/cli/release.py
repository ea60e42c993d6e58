"""``localaction release``: build a release of what is published, or check one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from localaction.platform.cli.terminal import REFUSED, complain, counted, run, say

if TYPE_CHECKING:
    from localaction.engine.exchange.release.info import Info

SAID_EVERY = 50  # inventories between two lines of progress
PUBLISHER = "Local Action"


def main(argv: Sequence[str]) -> int:
    """Run ``localaction release``; checking imports neither Django nor the database."""
    if argv and argv[0] == "verify":
        from localaction.engine.cli import release

        return release.main(argv[1:])
    parser = argparse.ArgumentParser(prog="localaction release", description="Everything that is published.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser(
        "build",
        help="write everything that is published as CSV and Parquet",
        description=(
            "Write places, figures, inventories, totals, cells, lines, factors and sources as CSV and "
            "Parquet, with dictionary, descriptor, checksums and citation: into DIR, or with --publish under "
            "the next number into the data folder, where the site hands it out."
        ),
    )
    build.add_argument("folder", metavar="DIR", type=Path, nargs="?", help="absent or empty folder")
    build.add_argument(
        "--publish",
        action=argparse.BooleanOptionalAction,
        default=False,
        help="hand it out on the page /data/",
    )
    build.add_argument("--number", help="what it is called (default: the day); not with --publish")
    build.add_argument("--publisher", default=PUBLISHER, help=f"who publishes it (default: {PUBLISHER})")
    build.add_argument("--address", default="", help="address of the site, such as https://example.org")
    build.set_defaults(run=_build)
    commands.add_parser("verify", help="check a release; needs no database")
    return run(parser, argv)


def _build(arguments: argparse.Namespace) -> int:
    if arguments.publish == (arguments.folder is not None) or (arguments.publish and arguments.number):
        complain("localaction: name the folder DIR, or write --publish without folder and number.")
        return REFUSED
    from localaction.platform.cli import site

    site.prepare()
    site.require_migrated()
    try:
        return _publish(arguments) if arguments.publish else _write(arguments)
    except KeyboardInterrupt:
        complain("Stopped; nothing was written.")
        return REFUSED


def _write(arguments: argparse.Namespace) -> int:
    from localaction.platform.publication.releasing import build_release

    today = _today()
    contents = build_release(arguments.folder, _info(arguments, today), _progress())
    rows = contents.rows
    said = ", ".join(counted(rows[name], one, many) for name, one, many in SAID)
    say(f"{arguments.folder}: release {arguments.number or today.isoformat()}, {said}")
    say(f"Content SHA-256 {contents.digest}")
    say(f"Check it with: localaction release verify {arguments.folder}")
    return 0


SAID = (
    ("places", "place", ""),
    ("inventories", "inventory", "inventories"),
    ("cells", "cell", ""),
    ("lines", "line", ""),
)


def _publish(arguments: argparse.Namespace) -> int:
    from localaction.platform.accounts.rights import OPERATOR
    from localaction.platform.cli import site
    from localaction.platform.publication.release_files import folder_of
    from localaction.platform.publication.releasing import publish_release

    release = publish_release(
        actor=OPERATOR, publisher=arguments.publisher, address=arguments.address, tell=_progress()
    )
    said = f"{counted(release.inventories, 'inventory', 'inventories')}, {counted(release.lines, 'line')}"
    say(f"Release {release.number}: {said}, in {site.shown(folder_of(release.number))}")
    say(f"Content SHA-256 {release.content_digest}")
    say("The page /data/ hands it out.")
    return 0


def _info(arguments: argparse.Namespace, today: date) -> Info:
    from localaction.engine.exchange.release.info import Info

    return Info(arguments.number or today.isoformat(), today, arguments.publisher, arguments.address)


def _today() -> date:
    from django.utils import timezone

    return timezone.now().date()


def _progress() -> Callable[[int], None]:
    from localaction.platform.publication.queries import documents_count

    total = documents_count()

    def tell(done: int) -> None:
        if done % SAID_EVERY == 0 or done == total:
            say(f"{done} of {counted(total, 'inventory', 'inventories')}")

    return tell
