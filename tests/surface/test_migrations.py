"""A migration does tomorrow what it does today: it reads no rule book, and calls nothing that may change."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PLATFORM = Path(__file__).resolve().parents[2] / "src" / "localaction" / "platform"
MIGRATIONS = sorted(PLATFORM.glob("*/migrations/0*.py"))
#: The step that sets triggers, and modules in which a model's field names a function as its default.
STEADY = {"localaction.platform.audit.appendonly"}
MODELS = {"models", "factor_models", "recalculation_models"}


def imported(path: Path) -> set[str]:
    """Return the modules of ours that a file imports, also within functions."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name for name in names if name.startswith("localaction")}


@pytest.mark.parametrize("path", MIGRATIONS, ids=[f"{path.parts[-3]}.{path.stem}" for path in MIGRATIONS])
def test_a_migration_holds_all_it_needs(path: Path) -> None:
    others = imported(path) - STEADY
    assert {name for name in others if name.rpartition(".")[2] not in MODELS} == set()
