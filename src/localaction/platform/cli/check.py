"""``localaction check``: whether everything is in order for this site to run."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence

from django.conf import settings
from django.core import checks

from localaction.engine.errors import InputError
from localaction.engine.packs import Library
from localaction.platform.cli import site
from localaction.platform.cli.demo_pack import read_demo
from localaction.platform.cli.terminal import DONE, FAILED, counted, run, say


class _Wrong(Exception):
    """Something is not in order: what, and what to do."""


def main(argv: Sequence[str]) -> int:
    """Run ``localaction check``; return 0 if all is in order, 1 if something is not."""
    parser = argparse.ArgumentParser(
        prog="localaction check",
        description="Check packs, data folder, database, tables and settings; status 1 if one is wrong.",
    )
    parser.set_defaults(run=_check)
    return run(parser, argv)


def _check(_arguments: argparse.Namespace) -> int:
    site.prepare()
    results = [
        _line("packs", packs),
        _line("data folder", data_folder),
        _line("database", database),
        _line("tables", tables),
        _line("settings", deploy_settings),
        _line("demo sign-ins", demo_sign_ins),
    ]
    return DONE if all(results) else FAILED


def _line(what: str, check: Callable[[], str]) -> bool:
    """Say what a check found; return whether it is in order."""
    try:
        found, order = check(), True
    except (_Wrong, InputError) as wrong:
        found, order = str(wrong), False
    say(f"{'ok' if order else 'WRONG':<6} {what}: {found}")
    return order


def packs() -> str:
    """Read every pack."""
    library = Library.load()
    demo = read_demo()
    cells, factors = counted(len(library.protocol.cells), "cell"), counted(len(library.factors.all), "factor")
    return f"{cells}, {factors}, {counted(len(demo.places), 'demo place')}"


def data_folder() -> str:
    """Write something into the data folder."""
    folder = site.data_folder()
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"written by localaction check")
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        remedy = "Let this user write there, or set LOCALACTION_DATA_DIR."
        raise _Wrong(f"{folder} cannot be written to ({why}). {remedy}") from error
    return site.shown(folder)


def database() -> str:
    """Reach the database."""
    site.reach_database()
    return site.database_name()


def tables() -> str:
    """Compare the tables with what this version needs."""
    site.require_migrated()
    return "up to date"


def deploy_settings() -> str:
    """Run Django's own checks for a public site; a demo isn't one."""
    messages = checks.run_checks(include_deployment_checks=not settings.LOCALACTION_DEMO)
    if wrong := [message for message in messages if not message.is_silenced()]:
        raise _Wrong("; ".join(f"{message.msg} {message.hint or ''} ({message.id})" for message in wrong))
    if settings.LOCALACTION_DEMO:
        return "those of a demo on this machine, not of a public site"
    return "fit for a public site"


def demo_sign_ins() -> str:
    """See that nobody can sign in with the demo password unless the site is a demo."""
    from localaction.platform.cli import demo_load  # imports models, which need the settings

    site.require_migrated()
    count = demo_load.open_sign_ins()
    if count and not settings.LOCALACTION_DEMO:
        raise _Wrong(
            f"{count} are open, with a password that everybody knows, although LOCALACTION_DEMO is not 1. "
            "`localaction start` closes them."
        )
    return f"{count} open" if count else "none open"
