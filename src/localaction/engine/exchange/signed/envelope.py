"""A detached signature: a small JSON file beside the document that says who signed what, and when."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from localaction.engine.exchange.documents import canonical_json
from localaction.engine.exchange.signed.errors import BrokenFile
from localaction.engine.exchange.signed.keys import ALGORITHM, base64_bytes, key_id, time_of, why

SCHEMA = "localaction.signature/1"
KIND = "a signature"
SEED_BYTES, SIGNATURE_BYTES, DIGEST_DIGITS = 32, 64, 64
MEMBERS = {"schema", "algorithm", "key", "document_sha256", "signed_at", "signature"}


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who signed which document and when; ``signature`` is over all the rest."""

    key: str
    document_sha256: str
    signed_at: datetime
    signature: bytes

    @property
    def statement(self) -> dict[str, str]:
        """What the signature is over, before it is written as canonical JSON."""
        return statement(self.key, self.document_sha256, self.signed_at)

    def written(self) -> str:
        """Return the file."""
        signature = base64.b64encode(self.signature).decode()
        return json.dumps({**self.statement, "signature": signature}, indent=1, sort_keys=True) + "\n"


def statement(key: str, document_sha256: str, signed_at: datetime) -> dict[str, str]:
    """Return what a signature is over."""
    return {
        "schema": SCHEMA,
        "algorithm": ALGORITHM,
        "key": key,
        "document_sha256": document_sha256,
        "signed_at": signed_at.isoformat(),
    }


def message(said: dict[str, str]) -> bytes:
    """Return the bytes that are signed: the statement as canonical JSON (RFC 8785) in UTF-8."""
    return canonical_json(said).encode()


class PrivateKey:
    """A key that signs; made from 32 secret bytes.

    Parameters
    ----------
    secret : str
        The 32 bytes as base64. Raises ``ValueError`` if they are not.
    """

    def __init__(self, secret: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(base64_bytes(secret.strip(), SEED_BYTES))
        self.public_key = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = key_id(self.public_key)

    def sign(self, document_sha256: str, signed_at: datetime) -> Envelope:
        """Return the signature of the document with this SHA-256."""
        said = statement(self.id, document_sha256, signed_at)
        return Envelope(self.id, document_sha256, signed_at, self._key.sign(message(said)))


def read_envelope(content: bytes, name: str) -> Envelope:
    """Return the signature in a file. Raises ``BrokenFile``."""
    try:
        said: dict[str, Any] = json.loads(content)
        if not isinstance(said, dict) or said.get("schema") != SCHEMA:
            raise ValueError(f"it has not the schema {SCHEMA}")
        if set(said) != MEMBERS:
            odd = ", ".join(sorted(set(said) ^ MEMBERS))
            raise ValueError(f"these members are missing or do not belong there: {odd}")
        if said["algorithm"] != ALGORITHM:
            raise ValueError(f"the algorithm {said['algorithm']} is not {ALGORITHM}")
        if len(said["document_sha256"]) != DIGEST_DIGITS:
            raise ValueError("document_sha256 has not 64 digits")
        signature = base64_bytes(said["signature"], SIGNATURE_BYTES)
        return Envelope(said["key"], said["document_sha256"], time_of(said["signed_at"]), signature)
    except (ValueError, TypeError) as error:
        raise BrokenFile(name=name, kind=KIND, why=why(error)) from None
