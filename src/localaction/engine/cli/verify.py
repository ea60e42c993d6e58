"""``localaction verify``: check a signed document; needs neither database nor network."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from localaction.engine.errors import InputError
from localaction.engine.exchange.signed.bundle import collected
from localaction.engine.exchange.signed.checking import Outcome, check
from localaction.engine.exchange.signed.errors import SignedError

DONE, REFUSED = 0, 2
STATUSES = """
status: 0 everything holds; 2 a file is missing or broken; 3 the document was changed; 4 the signature
does not fit; 5 signed by a key that is not in the list; 6 the key was not in use, or was withdrawn;
7 figures do not follow from the document's own lines; 8 not the content that was submitted
"""


def main(argv: Sequence[str]) -> int:
    """Run ``localaction verify``; return the status that ``--help`` lists."""
    parser = argparse.ArgumentParser(
        prog="localaction verify",
        description=(
            "Check a published document: that not a byte was changed since it was signed, that the "
            "signature was made by a key of the site while that key was in use, and that its totals follow "
            "from its own lines. Needs no database and no network."
        ),
        epilog=STATUSES,
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the bundle (ZIP), or the document (JSON)")
    parser.add_argument("--signature", type=Path, metavar="FILE", help="default: beside the document")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="public keys, from the page /keys/")
    parser.add_argument("--quiet", action="store_true", help="say only what does not hold")
    try:
        arguments = parser.parse_args(list(argv))
    except SystemExit as ended:
        return DONE if not ended.code else REFUSED
    try:
        outcome = check(collected(arguments.file, arguments.signature, arguments.keys))
    except InputError as error:
        return _refused(error)
    return _said(outcome, quiet=arguments.quiet)


def _refused(error: InputError) -> int:
    print(f"localaction: {error.message}\n{error.remedy}", file=sys.stderr)
    return error.status if isinstance(error, SignedError) else REFUSED


def _said(outcome: Outcome, *, quiet: bool) -> int:
    for line in outcome.lines:
        if line.mark != "WRONG" and not quiet:
            print(f"{line.mark:<6} {line.what + ':' if line.what != 'note' else '':<11}{line.text}")
    if outcome.failure is not None:
        what = outcome.lines[-1].what + ":"
        print(f"{'WRONG':<6} {what:<11}{outcome.failure.message}\n{outcome.failure.remedy}", file=sys.stderr)
    elif not quiet:
        print("The document is as it was signed.")
    return outcome.status
