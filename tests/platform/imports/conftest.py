"""The place, officers and inventory of the tests of inventories."""

from __future__ import annotations

from tests.platform.inventories.conftest import (  # noqa: F401
    colleague,
    evidence_folder,
    inventory,
    london,
    officer,
)
