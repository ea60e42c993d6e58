"""Imported files as they were received: kept as evidence, and refused in the words of an import."""

from __future__ import annotations

from typing import BinaryIO

from localaction.platform.imports.errors import FileTooLarge
from localaction.platform.values import evidence
from localaction.platform.values.errors import EvidenceTooLarge
from localaction.platform.values.evidence import Kept, opened

__all__ = ["Kept", "keep", "opened"]


def keep(stream: BinaryIO) -> Kept:
    """Store a file under its digest; the same content is stored once.

    Raises
    ------
    FileTooLarge
        Above the limit of the site; nothing is kept then.
    """
    try:
        return evidence.keep(stream)
    except EvidenceTooLarge as error:
        raise FileTooLarge(**error.params) from error
