"""What the documentation says is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from localaction.__main__ import COMMANDS
from localaction.engine.inventory.columns import COLUMNS
from localaction.engine.packs import Library

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_every_column_of_the_row_file_is_documented_as_the_program_explains_it(column) -> None:
    assert f"| `{column.name}` | {column.help} |" in text("reference/row-file.md")


def test_every_unit_fuel_and_activity_is_documented() -> None:
    library, page = Library.load(), text("reference/row-file.md")
    names = [*library.units.all, *library.activities.all]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_command_is_documented() -> None:
    page = text("reference/command-line.md")
    assert [name for name in COMMANDS if f"`{name} " not in page and f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
