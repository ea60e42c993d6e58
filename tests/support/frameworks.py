"""A framework written in a test: its head is here, its parts are given."""

from __future__ import annotations

from pathlib import Path

from localaction.engine.packs.editions import read_folder
from localaction.engine.packs.frameworks import Framework

HEAD = """\
id: made_up
edition: "1"
title: "A made-up framework"
publisher: "A test"
licence: "None"
summary: "For a test."
source: {ref: singapore-index-2014, locator: "none"}
confidence: verified
last_checked: "2026-11-25"
sections:
  - {id: all, label: "All"}
"""


def framework_with(folder: Path, parts: str) -> Framework:
    """Return the framework of the given parts: indicators, totals, levels and so on, as in a pack."""
    home = folder / "made_up" / "1"
    home.mkdir(parents=True, exist_ok=True)
    (home / "pack.yaml").write_text(HEAD + parts, encoding="utf-8")
    return read_folder(home)
