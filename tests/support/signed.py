"""A signed document for tests: the three files, from keys that are made of nothing but a number."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

from localaction.engine.exchange.documents import canonical_json, sha256_of
from localaction.engine.exchange.signed.envelope import PrivateKey
from localaction.engine.exchange.signed.keys import PublicKey, written_keys

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DOCUMENT = {"schema": "localaction.anything/1", "place": "Example", "total_t": "12.5"}


def key(number: int = 1) -> PrivateKey:
    """Return a private key."""
    return PrivateKey(base64.b64encode(bytes([number] * 32)).decode())


def public(private: PrivateKey, **when: datetime | str | None) -> PublicKey:
    """Return its public half, in use from the day before noon."""
    values = {"valid_from": NOON.replace(day=19), **when}
    return PublicKey(private.public_key, **values)  # type: ignore[arg-type]


def files(folder: Path, document: object = DOCUMENT, keys: list[PublicKey] | None = None) -> Path:
    """Write document, signature and keys into a folder; return the path of the document."""
    text = document if isinstance(document, str) else canonical_json(document)
    path = folder / "report.json"
    path.write_text(text, encoding="utf-8")
    envelope = key().sign(sha256_of(text), NOON)
    (folder / "report.signature.json").write_text(envelope.written())
    (folder / "keys.json").write_text(written_keys("example.org", keys or [public(key())]))
    return path


def changed(path: Path, **members: object) -> None:
    """Change members of a JSON file."""
    path.write_text(json.dumps(json.loads(path.read_text()) | members))
