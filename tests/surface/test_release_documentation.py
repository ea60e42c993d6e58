"""The page on the tables of a release is what a release itself says."""

from __future__ import annotations

from pathlib import Path

from localaction.engine.exchange.release.words import dictionary

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "release.md"


def test_the_reference_page_is_the_dictionary_of_every_release() -> None:
    assert PAGE.read_text(encoding="utf-8").endswith(dictionary().split("\n", 2)[2])
