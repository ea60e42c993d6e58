"""Build a release: written beside its place, moved there when all of it stands."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from localaction.engine.exchange.release import checksums, descriptor, tables, words
from localaction.engine.exchange.release.errors import FolderNotEmpty, NothingPublished, UnknownProtocol
from localaction.engine.exchange.release.info import Contents, Info
from localaction.engine.exchange.release.records import Collected, inventory_records
from localaction.engine.exchange.release.tables import Row
from localaction.engine.exchange.release.writing import TablesWriter
from localaction.engine.references.protocol import Protocol

TEXTS = {
    "README.md": words.readme,
    "DATA_DICTIONARY.md": lambda _info, _contents: words.dictionary(),
    "CITATION.txt": words.citation,
    "CITATION.cff": words.citation_cff,
}
OWN_LICENCE = "as stated by the publisher of each inventory"


class Document(NamedTuple):
    """A published document with its numbers as numbers, and its digest."""

    content: Mapping[str, Any]
    sha256: str


def build(
    folder: Path,
    info: Info,
    documents: Iterable[Document],
    values: Iterable[Row],
    protocols: Mapping[str, Protocol],
    tell: Callable[[int], None] = lambda done: None,
) -> Contents:
    """Write a release; whole or not at all.

    Parameters
    ----------
    folder : Path
        Where it goes: absent or empty.
    info : Info
        Its number, day and publisher.
    documents : iterable of Document
        In the order of place and year; read once, one held at a time.
    values : iterable of tuple
        Rows of the table ``values`` in the order of its key.
    protocols : mapping
        The protocols on file by id: their rules go along.
    tell : callable
        Called with the number of inventories after each.

    Raises
    ------
    FolderNotEmpty, NothingPublished, UnknownProtocol
    """
    with _beside(folder) as work:
        counts = _Counts()
        with TablesWriter(work) as writer:
            shared = Collected()
            for number, document in enumerate(documents, start=1):
                _require_rules(document, protocols)
                writer.add(inventory_records(document.content, document.sha256, shared))
                counts.add(document.content)
                tell(number)
            if not counts.inventories:
                raise NothingPublished
            writer.add((tables.VALUES, row) for row in values)
            writer.add(shared.records(protocols))
        rows = {table.name: count for table, count in writer.counts()}
        digests = _digests(work)
        contents = counts.contents(rows, checksums.content_digest(digests))
        _write_texts(work, info, contents, digests)
    return contents


class _Counts:
    """What the README says of all inventories."""

    def __init__(self) -> None:
        self.inventories = self.without_lines = 0
        self.years: set[int] = set()
        self.licences: dict[str, dict[str, None]] = {}

    def add(self, content: Mapping[str, Any]) -> None:
        self.inventories += 1
        self.years.add(content["label_year"])
        self.without_lines += not content["result"].get("lines_complete", True)
        whom = self.licences.setdefault(str(content["licence"] or OWN_LICENCE), {})
        whom[_whom(content)] = None

    def contents(self, rows: Mapping[str, int], digest: str) -> Contents:
        first, last = min(self.years), max(self.years)
        licences = {name: tuple(sorted(whom)) for name, whom in self.licences.items()}
        return Contents(rows, licences, first, last, self.without_lines, digest)


def _whom(content: Mapping[str, Any]) -> str:
    """Return whom to name: the citation without the sentence that says which inventory it is."""
    place = content["place"]
    cited = str(content["citation"] or content["publisher"] or place["name"])
    about, _stop, rest = cited.partition(". ")
    return rest if rest and about.startswith((place["name_en"] or place["name"], place["name"])) else cited


def _require_rules(document: Document, protocols: Mapping[str, Protocol]) -> None:
    content = document.content
    if (name := content["result"]["protocol"]) not in protocols:
        inventory = f"{content['place']['name']} {content['label_year']}"
        raise UnknownProtocol(inventory=inventory, protocol=name)


def _digests(work: Path) -> dict[str, str]:
    return {name: checksums.sha256_of(work / name) for name in checksums.files_of(work)}


def _write_texts(work: Path, info: Info, contents: Contents, digests: dict[str, str]) -> None:
    for name, text in TEXTS.items():
        _write(work / name, text(info, contents))
    _write(work / descriptor.NAME, descriptor.text(info, contents, work, digests))
    for name in (*TEXTS, descriptor.NAME):
        digests[name] = checksums.sha256_of(work / name)
    _write(work / checksums.NAME, checksums.written(digests))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Give a folder beside the wanted one; move it there at the end, remove it after any failure."""
    require_empty(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield work
        work.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        work.replace(folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def require_empty(folder: Path) -> None:
    """Raise ``FolderNotEmpty`` unless there is nothing by this name, or an empty folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder=folder)
