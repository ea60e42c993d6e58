"""Document, signature and keys together: from one archive, or from three files beside each other."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from localaction.engine.exchange.signed.errors import BrokenFile, FileMissing, NoSuchFile

DOCUMENT, SIGNATURE, KEYS = "document.json", "document.signature.json", "keys.json"
OLDEST_TIME = (1980, 1, 1, 0, 0, 0)  # the first a zip can name: the same files make the same archive
LARGEST_BYTES = 100_000_000  # a published document is at most a few MB


@dataclass(frozen=True, slots=True)
class Signed:
    """The three files, their names for messages, and whether the keys came along with the document."""

    document: bytes
    signature: bytes
    keys: bytes
    document_name: str
    signature_name: str
    keys_name: str
    keys_came_along: bool


def bundled(document: bytes, signature: bytes, keys: bytes) -> bytes:
    """Return an archive of the three files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in ((DOCUMENT, document), (SIGNATURE, signature), (KEYS, keys)):
            info = zipfile.ZipInfo(name, OLDEST_TIME)
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def collected(path: Path, signature: Path | None = None, keys: Path | None = None) -> Signed:
    """Return the three files from a bundle, or from the document and what lies beside it.

    Raises ``NoSuchFile``, ``BrokenFile`` or ``FileMissing``.
    """
    if not path.exists():
        raise NoSuchFile(path=path)
    if zipfile.is_zipfile(path):
        return _from_bundle(path, keys)
    beside = signature or signature_beside(path)
    listed = keys or path.with_name(KEYS)
    missing = {"kind": "signature", "name": path.name, "option": "--signature"}
    signed = _read(beside, missing)
    known = _read(listed, {"kind": "list of public keys", "name": path.name, "option": "--keys"})
    document = _read(path, {"kind": "document", "name": path.name, "option": "its path"})
    return Signed(document, signed, known, path.name, beside.name, listed.name, keys is None)


def signature_beside(path: Path) -> Path:
    """Return where the signature of a document lies by custom: ``x.json`` has ``x.signature.json``."""
    return path.with_name(f"{path.name.removesuffix('.json')}.signature.json")


def _from_bundle(path: Path, keys: Path | None) -> Signed:
    try:
        with zipfile.ZipFile(path) as archive:
            held = {name: _member(archive, name) for name in (DOCUMENT, SIGNATURE, KEYS)}
    except KeyError as error:
        raise BrokenFile(name=path.name, kind="a bundle", why=str(error.args[0])) from None
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise BrokenFile(name=path.name, kind="a bundle", why=str(error)) from None
    known = (
        _read(keys, {"kind": "list of public keys", "name": path.name, "option": "--keys"}) if keys else None
    )
    name = f"{KEYS} of {path.name}"
    return Signed(
        held[DOCUMENT], held[SIGNATURE], known if known is not None else held[KEYS],
        f"{DOCUMENT} of {path.name}", f"{SIGNATURE} of {path.name}",
        keys.name if keys else name, keys is None,
    )  # fmt: skip


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST_BYTES:
        raise zipfile.BadZipFile(f"{name} is larger than {LARGEST_BYTES} bytes")
    return archive.read(name)


def _read(path: Path, missing: dict[str, str]) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileMissing(path=path, **missing) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BrokenFile(name=path.name, kind=f"a {missing['kind']}", why=why) from None
