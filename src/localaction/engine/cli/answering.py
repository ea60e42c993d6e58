"""How every pure command answers: 0 when done, 2 with the reasons on standard error when refused."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from localaction.engine.cli.files import NoSuchOutput, output
from localaction.engine.errors import InputError, Refused

DONE, NOT_DONE = 0, 2


def answered(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Run the sub-command that the words name; return 0 when done, 2 when refused."""
    try:
        arguments = parser.parse_args(list(argv))
    except SystemExit as ended:
        return DONE if not ended.code else NOT_DONE
    try:
        arguments.run(arguments)
    except Refused as refused:
        complain([finding.line() for finding in refused.findings])
        complain([f"and {refused.more} more"] if refused.more else [])
        complain([f"{refused.message} {refused.remedy}"])
        return NOT_DONE
    except InputError as error:
        complain([str(error)])
        return NOT_DONE
    except BrokenPipeError:
        _close_quietly()
    except OSError as error:
        complain([str(NoSuchOutput(path=error.filename or "the output", why=error.strerror or str(error)))])
        return NOT_DONE
    return DONE


def written(text_of: Callable[[argparse.Namespace], str]) -> Callable[[argparse.Namespace], None]:
    """Return the command that prints what ``text_of`` gives, or writes it to the file of ``--output``."""

    def run(arguments: argparse.Namespace) -> None:
        text = text_of(arguments)
        with output(arguments.output) as stream:
            stream.write(text + "\n")

    return run


def complain(lines: Sequence[str]) -> None:
    """Print lines on standard error."""
    for line in lines:
        print(line, file=sys.stderr)


def _close_quietly() -> None:
    """The reader of our output went away (``| head``): nothing is left to say, also not at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
