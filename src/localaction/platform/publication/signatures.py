"""Reading keys and signatures. No actor: they are public."""

from __future__ import annotations

import base64

from localaction.engine.exchange.signed.bundle import bundled
from localaction.engine.exchange.signed.envelope import Envelope
from localaction.engine.exchange.signed.keys import PublicKey, written_keys
from localaction.platform.publication.queries import document
from localaction.platform.publication.signing_models import Signature, SigningKey


def public_keys() -> list[PublicKey]:
    """Return the keys of the site, the newest first."""
    return [
        PublicKey(
            base64.b64decode(key.public_key), key.valid_from, key.retired_at, key.withdrawn_at, key.reason
        )
        for key in SigningKey.objects.order_by("-pk")
    ]


def keys_file(publisher: str) -> str:
    """Return the list of keys as a file that names the site it is of."""
    return written_keys(publisher, public_keys())


def signature_of(digest: str) -> Envelope | None:
    """Return the newest signature of a document by a key that was not withdrawn; None without one."""
    found = Signature.objects.filter(document_sha256=digest, key__withdrawn_at=None)
    row = found.select_related("key").order_by("-pk").first()
    if row is None:
        return None
    return Envelope(row.key.key_id, digest, row.signed_at, base64.b64decode(row.signature))


def bundle_of(digest: str, publisher: str) -> bytes | None:
    """Return document, signature and keys as one archive; None if the document is not signed.

    Raises ``NotPublished``.
    """
    text = document(digest)
    envelope = signature_of(digest)
    if envelope is None:
        return None
    return bundled(text.encode(), envelope.written().encode(), keys_file(publisher).encode())
