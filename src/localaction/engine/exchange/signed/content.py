"""Whether what was published is what was verified: the digest of the content inside a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localaction.engine.exchange.documents import canonical_json, sha256_of
from localaction.engine.exchange.signed.errors import ContentOther

#: What publishing adds around the content that was submitted.
ADDED = frozenset({"schema", "published_at", "supersedes", "reason", "submission"})


def content_sha256(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what was submitted: the document without what publishing added to it."""
    return sha256_of(canonical_json({name: part for name, part in document.items() if name not in ADDED}))


def require_content(document: Mapping[str, Any]) -> str:
    """Say that the content is that of the submission it names; empty if it names none.

    Raises ``ContentOther``.
    """
    submission = document.get("submission")
    if not isinstance(submission, Mapping):
        return ""
    said, found = str(submission.get("content_sha256")), content_sha256(document)
    if said != found:
        raise ContentOther(said=said, found=found)
    return f"the same as was submitted; SHA-256 {found}"
