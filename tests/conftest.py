"""What all tests share: a data folder of their own, and where the real data sets lie."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("LOCALACTION_DATA_DIR", tempfile.mkdtemp(prefix="localaction-test-"))
os.environ.setdefault("LOCALACTION_SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("LOCALACTION_DEMO", "0")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data sets; skipped where it is absent, a failure on CI."""
    folder = Path(os.environ.get("LOCALACTION_DATA", ROOT.parent / "shared" / "data"))
    if folder.is_dir():
        return folder
    message = f"the real data sets are not at {folder}; set LOCALACTION_DATA to their folder"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
