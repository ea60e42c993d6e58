"""Which importers there are. A new one is a class that follows `kinds.Importer`, named here once."""

from __future__ import annotations

from localaction.engine.errors import did_you_mean
from localaction.platform.imports.errors import UnknownImporter
from localaction.platform.imports.importers.c40 import C40Importer
from localaction.platform.imports.importers.rows import RowsImporter
from localaction.platform.imports.importers.unlocode import UnlocodeImporter
from localaction.platform.imports.kinds import Importer, Scope

IMPORTERS: dict[str, Importer] = {
    each.id: each for each in (RowsImporter(), C40Importer(), UnlocodeImporter())
}


def importer(importer_id: str) -> Importer:
    """Return an importer by its id. Raises ``UnknownImporter``."""
    if importer_id not in IMPORTERS:
        hint = did_you_mean(importer_id, IMPORTERS) or f"There are {', '.join(IMPORTERS)}."
        raise UnknownImporter(importer=importer_id, hint=hint)
    return IMPORTERS[importer_id]


def importers(applies_to: Scope | None = None) -> list[Importer]:
    """Return all importers, or those for an inventory or for the network."""
    return [each for each in IMPORTERS.values() if applies_to in (None, each.applies_to)]
