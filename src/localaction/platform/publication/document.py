"""The published document and its schema."""

from __future__ import annotations

from localaction.platform.reporting.document import Data, digest, frozen, thawed

__all__ = ["SCHEMA", "Data", "digest", "frozen", "thawed"]

SCHEMA = "localaction.publication/1"
