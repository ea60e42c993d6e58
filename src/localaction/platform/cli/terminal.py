"""How commands speak, and how they end."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from localaction.engine.errors import LocalActionError, Refused

DONE, FAILED, REFUSED = 0, 1, 2


def say(text: str = "") -> None:
    """Print a line at once, so that progress is seen; if nobody reads it (``| head``) go on in silence."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    """Print a line about what is wrong."""
    print(text, file=sys.stderr, flush=True)


def counted(count: int, one: str, many: str = "") -> str:
    """Return ``1 row`` or ``2 rows``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


class Steps:
    """Numbered progress lines: ``[2/5] Database: ...``."""

    def __init__(self, total: int, tell: Callable[[str], None] = say) -> None:
        self.total = total
        self.done = 0
        self.tell = tell

    def begin(self, text: str) -> None:
        """Say that the next step begins."""
        self.done += 1
        self.tell(f"[{self.done}/{self.total}] {text}")

    def detail(self, text: str) -> None:
        """Say something within a step."""
        self.tell(f"      {text}")


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Parse the words, call what the parser set as ``run``, and turn refusals into messages and a status."""
    try:
        arguments = parser.parse_args(list(argv))
    except SystemExit as ended:
        return DONE if not ended.code else REFUSED
    try:
        return int(arguments.run(arguments) or DONE)
    except Refused as refused:
        for finding in refused.findings:
            complain(finding.line())
        complain(str(refused))
    except LocalActionError as error:
        complain(f"localaction: {error.message}")
        complain(f"{error.remedy}".strip())
    return REFUSED
