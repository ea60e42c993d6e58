"""Commands as somebody at a terminal runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from localaction.__main__ import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(db: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, on the tests' database; return status, output and errors."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(list(words))
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command in a process of its own, on a data folder of its own."""

    def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        settings = {"LOCALACTION_DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "", **environment}
        return subprocess.run(
            [sys.executable, "-m", "localaction", *words],
            env=os.environ | settings, cwd=tmp_path, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    return run
