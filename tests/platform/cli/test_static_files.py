"""Static files are collected when they changed, and only then."""

from __future__ import annotations

import json

import pytest

from localaction.platform.cli import static_files


@pytest.fixture
def sources(tmp_path, settings):
    """A folder of static files beside those of the program, and an empty folder to collect into."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "own.css").write_text("body { color: black }")
    settings.STATICFILES_DIRS = [folder]
    settings.STATIC_ROOT = tmp_path / "collected"
    return folder


def collected_at(settings) -> int:
    return (settings.STATIC_ROOT / "staticfiles.json").stat().st_mtime_ns


def test_a_second_time_nothing_is_done(sources, settings):
    assert static_files.collect().endswith("files collected")
    names = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    assert (settings.STATIC_ROOT / names["own.css"]).read_text() == "body { color: black }"
    before = collected_at(settings)
    assert static_files.collect().endswith("files, unchanged")
    assert collected_at(settings) == before


def test_a_change_is_collected(sources, settings):
    static_files.collect()
    (sources / "own.css").write_text("body { color: green }")
    assert static_files.collect().endswith("files collected")
    names = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    assert (settings.STATIC_ROOT / names["own.css"]).read_text() == "body { color: green }"


def test_another_version_collects_again(sources, settings, monkeypatch):
    static_files.collect()
    monkeypatch.setattr(static_files, "__version__", "99.0")
    assert static_files.collect().endswith("files collected")


def test_what_was_interrupted_is_collected_again(sources, settings):
    static_files.collect()
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert static_files.collect().endswith("files collected")
