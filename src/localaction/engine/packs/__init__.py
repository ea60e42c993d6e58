"""A rule book read from the packs: protocol, units, warming potentials, fuels, factors, sources."""

from localaction.engine.packs.library import Library
from localaction.engine.references.protocol import Protocol
from localaction.engine.references.quality import Quality

__all__ = ["Library", "Protocol", "Quality"]
