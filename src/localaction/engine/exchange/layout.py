"""Known tables: what columns they have, which one a file holds, which source column goes where."""

from __future__ import annotations

from localaction.engine.exchange.checking import mapping_findings
from localaction.engine.exchange.detecting import detect
from localaction.engine.exchange.layoutpacks import INVENTORY_ROWS, layout, load_layouts
from localaction.engine.exchange.mapping import ColumnChoice, ColumnMapping, Detection, Layout, Target
from localaction.engine.exchange.proposing import propose
from localaction.engine.exchange.words import fingerprint

__all__ = [
    "INVENTORY_ROWS",
    "ColumnChoice",
    "ColumnMapping",
    "Detection",
    "Layout",
    "Target",
    "detect",
    "fingerprint",
    "layout",
    "load_layouts",
    "mapping_findings",
    "propose",
]
