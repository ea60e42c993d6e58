"""Public keys: their ids, the days on which they were in use, and the list a site publishes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from localaction.engine.exchange.signed.errors import BrokenFile, KeyNotInUse, KeyWithdrawn

ALGORITHM = "Ed25519"
SCHEMA = "localaction.keys/1"
KIND = "a list of public keys"
KEY_BYTES = 32
ID_DIGITS = 16
MEMBERS = ("id", "algorithm", "public_key", "valid_from", "retired_at", "withdrawn_at", "reason")


def key_id(public_key: bytes) -> str:
    """Return the id of a public key: the beginning of its own SHA-256, so that it fits no other key."""
    return f"ed25519-{hashlib.sha256(public_key).hexdigest()[:ID_DIGITS]}"


def base64_bytes(text: str, count: int) -> bytes:
    """Return the bytes that base64 text stands for. Raises ``ValueError`` unless there are ``count``."""
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"it is not base64 ({error})") from None
    if len(found) != count:
        raise ValueError(f"it holds {len(found)} bytes and not {count}")
    return found


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key of a site.

    Parameters
    ----------
    public_key : bytes
        The 32 bytes of an Ed25519 public key.
    valid_from : datetime
        When it came into use.
    retired_at : datetime, optional
        When another one took its place; what it signed before stays valid.
    withdrawn_at : datetime, optional
        When it was declared lost to others; what it signed proves nothing from then on.
    reason : str
        Why it was retired or withdrawn.
    """

    public_key: bytes
    valid_from: datetime
    retired_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str = ""

    @property
    def id(self) -> str:
        """Its id, which follows from the key itself."""
        return key_id(self.public_key)

    @property
    def fingerprint(self) -> str:
        """The whole SHA-256 of the key, in groups of four for reading aloud."""
        digits = hashlib.sha256(self.public_key).hexdigest()
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

    def made(self, signature: bytes, message: bytes) -> bool:
        """Return whether this key made the signature over the message."""
        from cryptography.exceptions import InvalidSignature

        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def require_in_use(self, at: datetime) -> None:
        """Raise ``KeyWithdrawn`` or ``KeyNotInUse`` unless a signature of this time counts."""
        if self.withdrawn_at is not None:
            raise KeyWithdrawn(key=self.id, day=f"on {self.withdrawn_at:%Y-%m-%d}", reason=self.reason)
        if at < self.valid_from or (self.retired_at is not None and at > self.retired_at):
            raise KeyNotInUse(key=self.id, span=self.span, signed=at.isoformat())

    @property
    def span(self) -> str:
        """From when to when it was in use, in words."""
        begun = f"from {self.valid_from.isoformat()}"
        return f"{begun} to {self.retired_at.isoformat()}" if self.retired_at else f"{begun} on"

    def to_dict(self) -> dict[str, Any]:
        """Return the key as it stands in the list."""
        times = (self.valid_from, self.retired_at, self.withdrawn_at)
        said = [time.isoformat() if time else None for time in times]
        public = base64.b64encode(self.public_key).decode()
        return dict(zip(MEMBERS, (self.id, ALGORITHM, public, *said, self.reason), strict=True))


def written_keys(publisher: str, keys: Iterable[PublicKey]) -> str:
    """Return the list of keys as a site publishes it."""
    data = {"schema": SCHEMA, "publisher": publisher, "keys": [key.to_dict() for key in keys]}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read_keys(content: bytes, name: str) -> dict[str, PublicKey]:
    """Return the keys of a list by their ids. Raises ``BrokenFile``."""
    try:
        data = json.loads(content)
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise ValueError(f"it has not the schema {SCHEMA}")
        keys = [_key(each) for each in data["keys"]]
    except (ValueError, TypeError, KeyError) as error:
        raise BrokenFile(name=name, kind=KIND, why=why(error)) from None
    return {key.id: key for key in keys}


def _key(said: Mapping[str, Any]) -> PublicKey:
    if said["algorithm"] != ALGORITHM:
        raise ValueError(f"the algorithm {said['algorithm']} is not {ALGORITHM}")
    public = base64_bytes(said["public_key"], KEY_BYTES)
    if key_id(public) != said["id"]:
        raise ValueError(f"the key {said['id']} has another id by its own bytes, {key_id(public)}")
    retired, withdrawn = (time_of(said[name]) if said[name] else None for name in MEMBERS[4:6])
    return PublicKey(public, time_of(said["valid_from"]), retired, withdrawn, str(said["reason"]))


def time_of(text: str) -> datetime:
    """Return a time with its offset. Raises ``ValueError``."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"the time {text} has no offset")
    return time


def why(error: Exception) -> str:
    """Return in words what kept a file from being read."""
    if isinstance(error, KeyError):
        return f"the member {error} is missing"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON ({error})"
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8"
    return str(error)
