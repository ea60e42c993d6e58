"""Run every check of the project, or the named ones; say what was run, what was skipped and why.

Usage: ``python scripts/test.py [lint types contracts unit platform-sqlite platform-postgres journeys]``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = os.environ.get("CI") == "true"
PLATFORM = "tests/platform"
JOURNEYS = "tests/journeys"


class Skip(Exception):
    """A check cannot be run here; the text says what is missing and how to get it."""


def say(text: str) -> None:
    """Print a line at once, so that progress is seen."""
    print(text, flush=True)


def run(*words: str, **environment: str) -> None:
    """Run a command in the project's folder; raise if it fails."""
    subprocess.run(words, cwd=ROOT, check=True, env={**os.environ, **environment})


def tool(name: str) -> str:
    """Return the path of a command of the environment that runs this script."""
    return str(BIN / name)


def pytest(*words: str, **environment: str) -> None:
    """Run pytest on two processes with a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="localaction-test-") as folder:
        run(tool("pytest"), "-n", "2", *words, **{"LOCALACTION_DATA_DIR": folder, **environment})


def lint() -> None:
    """Check style and formatting."""
    run(tool("ruff"), "check", ".")
    run(tool("ruff"), "format", "--check", ".")


def types() -> None:
    """Check types, strictly."""
    with tempfile.TemporaryDirectory() as folder:
        run(tool("mypy"), LOCALACTION_DATA_DIR=folder, LOCALACTION_SECRET_KEY="for-type-checks-only")


def contracts() -> None:
    """Check who may import whom."""
    run(tool("lint-imports"))


def unit() -> None:
    """Run the tests that need no database: engine, packs, worked examples, properties, commands, surface."""
    pytest("tests", f"--ignore={PLATFORM}", f"--ignore={JOURNEYS}")


def platform_sqlite() -> None:
    """Run the platform's tests on SQLite."""
    pytest(PLATFORM, DATABASE_URL="")


def platform_postgres() -> None:
    """Run the platform's tests on PostgreSQL."""
    pytest(PLATFORM, DATABASE_URL=postgres_url())


def postgres_url() -> str:
    """Return the address of a PostgreSQL that answers, or say why there is none."""
    import psycopg

    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        url = "postgres://postgres@127.0.0.1:5432/postgres"
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        message = f"no PostgreSQL answers ({reason}). Start one on 127.0.0.1:5432 or set DATABASE_URL=postgres://..."
        raise Skip(message) from error
    return url


def journeys() -> None:
    """Run the browser journeys with the system's Chromium."""
    if not (
        os.environ.get("LOCALACTION_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    ):
        raise Skip(
            "no Chromium is installed. On Debian: apt-get install chromium, or set LOCALACTION_CHROMIUM"
        )
    pytest(JOURNEYS, DATABASE_URL="")


CHECKS: dict[str, Callable[[], None]] = {
    "lint": lint,
    "contracts": contracts,
    "types": types,
    "unit": unit,
    "platform-sqlite": platform_sqlite,
    "platform-postgres": platform_postgres,
    "journeys": journeys,
}


def attempt(name: str) -> str:
    """Run one check; return ``passed``, ``skipped: why`` or ``FAILED: why``."""
    say(f"\n=== {name}")
    try:
        CHECKS[name]()
    except Skip as skip:
        say(f"!!! {name}: {skip}")
        return f"FAILED: {skip}" if CI else f"SKIPPED: {skip}"
    except subprocess.CalledProcessError as error:
        return f"FAILED: {Path(error.cmd[0]).name} ended with status {error.returncode}"
    return "passed"


def main(names: list[str]) -> int:
    """Run the checks; every one of them is run even if an earlier one fails."""
    if unknown := [name for name in names if name not in CHECKS]:
        say(f"There is no check {unknown[0]!r}. There are: {', '.join(CHECKS)}.")
        return 2
    outcome: dict[str, str] = {}
    began = time.monotonic()
    for name in names or CHECKS:
        start = time.monotonic()
        outcome[name] = f"{attempt(name)} ({time.monotonic() - start:.0f} s)"
    say(f"\n=== summary ({time.monotonic() - began:.0f} s)")
    for name, text in outcome.items():
        say(f"{name:<18} {text}")
    failed = sum("FAILED" in text for text in outcome.values())
    passed = sum(text.startswith("passed") for text in outcome.values())
    say(f"checks: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
