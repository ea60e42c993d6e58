"""The check of a signed document, step by step; each step says what it looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from localaction.engine.exchange.documents import canonical_json, sha256_of, thawed
from localaction.engine.exchange.signed.bundle import Signed
from localaction.engine.exchange.signed.content import require_content
from localaction.engine.exchange.signed.envelope import Envelope, message, read_envelope
from localaction.engine.exchange.signed.errors import (
    BrokenFile,
    DocumentChanged,
    DocumentRewritten,
    KeyUnknown,
    SignatureWrong,
    SignedError,
)
from localaction.engine.exchange.signed.keys import PublicKey, read_keys, why
from localaction.engine.exchange.signed.recomputing import figures, rule_book

DOCUMENT_KIND = "a document (JSON)"
Step = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Line:
    """What one step found: it holds, does not, or is only to know."""

    mark: str
    what: str
    text: str


@dataclass
class Outcome:
    """What was checked, in order, and the first thing that does not hold."""

    lines: list[Line] = field(default_factory=list)
    failure: SignedError | None = None

    @property
    def status(self) -> int:
        """The exit status: 0 if everything holds."""
        return self.failure.status if self.failure else 0


def check(signed: Signed) -> Outcome:
    """Check a document against its signature and the keys, then its figures against its own lines.

    It stops at the first step that fails: what comes after would rest on it.
    """
    outcome = Outcome()
    for what, step in _steps(signed):
        try:
            mark, text = "ok", step()
        except SignedError as error:
            outcome.failure = error
            outcome.lines.append(Line("WRONG", what, error.message))
            return outcome
        if text:
            outcome.lines.append(Line("note" if what == "note" else mark, what, text))
    return outcome


def _steps(signed: Signed) -> Iterator[tuple[str, Step]]:
    envelope = _once(lambda: read_envelope(signed.signature, signed.signature_name))
    keys = _once(lambda: read_keys(signed.keys, signed.keys_name))
    data = _once(lambda: _data(signed))
    yield "files", lambda: _files(signed, data(), envelope(), keys())
    yield "document", lambda: _document(signed, data(), envelope())
    yield "key", lambda: _known(signed, envelope(), keys())
    yield "signature", lambda: _signature(envelope(), keys()[envelope().key])
    yield "in use", lambda: _in_use(envelope(), keys()[envelope().key])
    if signed.keys_came_along:
        yield "note", lambda: _compare_fingerprint(keys()[envelope().key])
    thaw = _once(lambda: thawed(signed.document.decode()))
    yield "content", lambda: require_content(data())
    yield "figures", lambda: figures(thaw())
    yield "note", lambda: rule_book(data())


def _once(read: Callable[[], Any]) -> Callable[[], Any]:
    held: list[Any] = []

    def get() -> Any:
        if not held:
            held.append(read())
        return held[0]

    return get


def _data(signed: Signed) -> dict[str, Any]:
    try:
        data = json.loads(signed.document)
        if not isinstance(data, dict):
            raise ValueError("it is not an object with members")
    except (ValueError, RecursionError) as error:
        raise BrokenFile(name=signed.document_name, kind=DOCUMENT_KIND, why=why(error)) from None
    return data


def _files(signed: Signed, data: dict[str, Any], envelope: Envelope, keys: dict[str, PublicKey]) -> str:
    count = "1 public key" if len(keys) == 1 else f"{len(keys)} public keys"
    return (
        f"{signed.document_name} ({data.get('schema', 'no schema')}), a signature by {envelope.key}, {count}"
    )


def _document(signed: Signed, data: dict[str, Any], envelope: Envelope) -> str:
    found = sha256_of(signed.document)
    if found != envelope.document_sha256:
        same = sha256_of(_canonical(data)) == envelope.document_sha256
        wrong = DocumentRewritten if same else DocumentChanged
        raise wrong(name=signed.document_name, found=found, signed=envelope.document_sha256)
    return f"not a byte was changed since it was signed; SHA-256 {found}"


def _canonical(data: dict[str, Any]) -> str:
    try:
        return canonical_json(data)
    except (ValueError, TypeError):
        return ""


def _known(signed: Signed, envelope: Envelope, keys: dict[str, PublicKey]) -> str:
    if envelope.key not in keys:
        known = ", ".join(keys) or "no key at all"
        raise KeyUnknown(key=envelope.key, name=signed.keys_name, known=known)
    return f"{envelope.key} is in {signed.keys_name}"


def _signature(envelope: Envelope, key: PublicKey) -> str:
    if not key.made(envelope.signature, message(envelope.statement)):
        raise SignatureWrong(key=key.id)
    return f"Ed25519, made by {key.id} over this document and the time {envelope.signed_at.isoformat()}"


def _in_use(envelope: Envelope, key: PublicKey) -> str:
    key.require_in_use(envelope.signed_at)
    return f"the key was in use {key.span}"


def _compare_fingerprint(key: PublicKey) -> str:
    return (
        "the list of keys came along with the document, so this proves only that they belong together. "
        f"Compare the fingerprint with the page /keys/ of the site: {key.fingerprint}"
    )
