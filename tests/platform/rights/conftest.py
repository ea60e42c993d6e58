"""The world of the tests of rights, made once for each file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.platform.rights.world import Scene, make_world


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rights") / "files"


@pytest.fixture(scope="module")
def scene(module_database: None, files: Path) -> Scene:
    return make_world(files)


@pytest.fixture
def world(scene: Scene, files: Path, db: None, settings: object, tmp_path: Path) -> Scene:
    """The world, with its own copy of the files and a data folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    settings.DATA_DIR = settings.LOCALACTION_DATA_DIR = tmp_path  # type: ignore[attr-defined]
    shutil.copytree(files, tmp_path / "files")
    return scene
