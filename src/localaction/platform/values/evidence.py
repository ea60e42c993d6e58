"""Files as they were received, kept under their SHA-256."""

from __future__ import annotations

import hashlib
import tempfile
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from localaction.platform.values.errors import EvidenceTooLarge

PIECE = 1 << 20
BYTES_PER_MB = 1 << 20


class Kept(NamedTuple):
    """Where a file is kept, and what it is."""

    path: str
    sha256: str
    size_bytes: int


def keep(stream: BinaryIO) -> Kept:
    """Store a file under its digest; the same content is stored once.

    Raises
    ------
    EvidenceTooLarge
        Above the limit of the site; nothing is kept then.
    """
    limit_mb: int = settings.LOCALACTION_MAX_UPLOAD_MB
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as spool:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limit_mb * BYTES_PER_MB:
                raise EvidenceTooLarge(limit_mb=limit_mb)
            digest.update(piece)
            spool.write(piece)
        name = digest.hexdigest()
        path = f"evidence/{name[:2]}/{name}"
        if not _whole(path, size):
            spool.seek(0)
            default_storage.delete(path)
            default_storage.save(path, File(spool))
    return Kept(path, name, size)


def _whole(path: str, size: int) -> bool:
    """Return whether the file is there to its last byte; one that a crash cut off is not."""
    try:
        return default_storage.size(path) == size
    except FileNotFoundError:
        return False


def opened(path: str) -> BinaryIO:
    """Open a kept file for reading."""
    return default_storage.open(path, "rb")  # type: ignore[return-value]
