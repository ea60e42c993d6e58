"""Read translations strictly: each belongs to a text there is, and the file says who it is by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from localaction.engine.errors import did_you_mean
from localaction.engine.packs.texts import Key
from localaction.engine.packs.translations import Entry, Translation
from localaction.engine.yamlpack import Document, Place, read

FOLDER = "i18n"
FRAMEWORK, ITEMS = "framework-translation", "item-translation"


def read_translations(
    folder: Path, kind: str, texts: Mapping[Key, str], original: str
) -> dict[str, Translation]:
    """Return the translations beside a pack, by language.

    ``kind`` is the schema of the files, ``texts`` what there is to translate, ``original`` its language.

    Raises
    ------
    PackError
        File, line, what and what to do.
    """
    found: dict[str, Translation] = {}
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        document = read(path, kind)
        _named(document, original)
        translation = translation_of(document)
        for place, key in _places(document):
            _known(document, place, key, texts)
        found[translation.language] = translation
    return found


def translation_of(document: Document) -> Translation:
    """Return what a file of translations holds."""
    data = document.data
    return Translation(
        language=data["language"],
        by=data["by"],
        standing=data["standing"],
        last_checked=data["last_checked"],
        entries={key: Entry(leaf["of"], leaf["text"]) for key, leaf in leaves(data["texts"], ())},
    )


def leaves(held: Mapping[str, Any], place: Key) -> Iterator[tuple[Key, Mapping[str, str]]]:
    """Yield every translation of a file with its place; only a translation has a text under ``of``."""
    for name, inner in held.items():
        if isinstance(inner.get("of"), str):
            yield (*place, name), inner
        else:
            yield from leaves(inner, (*place, name))


def _named(document: Document, original: str) -> None:
    language = document.data["language"]
    if language != document.path.stem:
        problem = f'the language "{language}" is not the name of the file.'
        raise document.error(("language",), problem, f'Write "{document.path.stem}", or rename the file.')
    if language == original:
        problem = f'"{language}" is the language the texts are written in.'
        raise document.error(
            ("language",), problem, "Correct the text in the pack itself, and remove this file."
        )


def _places(document: Document) -> Iterator[tuple[Place, Key]]:
    for key, _leaf in leaves(document.data["texts"], ()):
        yield ("texts", *key), key


def _known(document: Document, place: Place, key: Key, texts: Mapping[Key, str]) -> None:
    if key in texts:
        return
    name, near = ".".join(key), [".".join(other) for other in texts]
    fix = f"{did_you_mean(name, near)} localaction pack translate takes out what no text is left for."
    raise document.error(place, f'there is no text "{name}" to translate.', fix.strip())
