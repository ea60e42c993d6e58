"""``localaction release verify``: check a release; needs neither database nor network."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from localaction.engine.errors import InputError
from localaction.engine.exchange.release.verifying import verify

DONE, DEVIATES, REFUSED = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    """Run ``localaction release verify``; return 0 if all agrees, 1 if something deviates, 2 if refused."""
    parser = argparse.ArgumentParser(
        prog="localaction release verify",
        description=(
            "Check the files of a release, then compute every line from its gases, every cell from its lines "
            "and every total from its cells. Status 1 if anything deviates. Needs no database and no network."
        ),
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of the release")
    parser.add_argument("--quiet", action="store_true", help="say only what deviates")
    try:
        arguments = parser.parse_args(list(argv))
    except SystemExit as ended:
        return DONE if not ended.code else REFUSED
    return _verify(arguments.folder, quiet=arguments.quiet)


def _verify(folder: Path, *, quiet: bool) -> int:
    def tell(text: str) -> None:
        if not quiet:
            print(f"... {text}", file=sys.stderr, flush=True)

    try:
        report = verify(folder, tell)
    except InputError as error:
        print(f"localaction: {error.message}\n{error.remedy}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Stopped; nothing was changed.", file=sys.stderr)
        return REFUSED
    if report.sound and not quiet and report.number:
        print(f"Release {report.number}, content SHA-256 {report.digest}")
    if not quiet or not report.sound:
        for line in report.lines_of_text():
            print(line)
    return DONE if report.sound else DEVIATES
