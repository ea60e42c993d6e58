"""Write a file of translations anew: right ones stay, stale ones are marked, missing ones are empty."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from localaction.engine.errors import InputError
from localaction.engine.packs.texts import Key, fingerprint
from localaction.engine.packs.translationreader import FOLDER, translation_of
from localaction.engine.packs.translations import NOTHING, Entry, Translation
from localaction.engine.yamlpack import read

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
WORDS = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}  # not plain to a reader of YAML
HEAD = """\
# Written by `localaction pack translate`; the comments are the texts to translate and are written anew.
# Fill in "text". Where "now" stands the text has changed since: translate it again, write the digits of "now"
# after "of", and remove "now".
"""


class BadLanguage(InputError):
    """What is given is no code of a language."""

    code = "packs.bad_language"
    text = '"{language}" is no code of a language.'
    remedy_text = "Write it in small letters, as in es, ar or zh-hans."


class SameLanguage(InputError):
    """The texts are in this language already."""

    code = "packs.same_language"
    text = 'The texts are written in "{language}".'
    remedy_text = "Name another language; a mistake in the text itself is corrected in the pack."


class NoTranslator(InputError):
    """A new file of translations does not say who it is by."""

    code = "packs.no_translator"
    text = "{file} is new, and nobody is named who translates."
    remedy_text = 'Add --by "NAME"; readers see whose translation it is.'


@dataclass(frozen=True)
class Refreshed:
    """What writing a file of translations came to."""

    path: Path
    kept: int
    stale: int
    missing: int
    dropped: tuple[str, ...]

    def line(self) -> str:
        """Return it in words."""
        counts = f"{self.kept} translated, {self.stale} stale, {self.missing} missing"
        gone = f"; taken out, for no text is left for it: {', '.join(self.dropped)}" if self.dropped else ""
        return f"{self.path}: {counts}{gone}"


def refresh(
    folder: Path, kind: str, texts: Mapping[Key, str], language: str, original: str, by: str, day: str
) -> Refreshed:
    """Write ``folder/i18n/<language>.yaml`` for the texts there are now, and return what it came to.

    Parameters
    ----------
    folder : Path
        Where the pack is.
    kind : str
        The schema of the file.
    texts : mapping of place to str
        What there is to translate, in order.
    language, original : str
        The language it is translated into, and the one it is in.
    by : str
        Who translates; needed for a new file.
    day : str
        The day, which a new file says of itself.

    Raises
    ------
    BadLanguage, SameLanguage, NoTranslator, PackError
        Nothing is written then.
    """
    if not LANGUAGE.fullmatch(language):
        raise BadLanguage(language=language)
    if language == original:
        raise SameLanguage(language=language)
    path = folder / FOLDER / f"{language}.yaml"
    held = translation_of(read(path, kind)) if path.is_file() else NOTHING
    if not (by or held.by):
        raise NoTranslator(file=str(path))
    path.parent.mkdir(exist_ok=True)
    path.write_text(_file(held, texts, language, by or held.by, day), encoding="utf-8")
    states = [_state(held.entries.get(key), text) for key, text in texts.items()]
    dropped = tuple(".".join(key) for key, entry in held.entries.items() if key not in texts and entry.text)
    return Refreshed(path, states.count("kept"), states.count("stale"), states.count("missing"), dropped)


def _state(entry: Entry | None, text: str) -> str:
    if entry is None or not entry.text:
        return "missing"
    return "kept" if entry.of == fingerprint(text) else "stale"


def _file(held: Translation, texts: Mapping[Key, str], language: str, by: str, day: str) -> str:
    head = [
        f"language: {_quoted(language)}",
        f"by: {_quoted(by)}",
        f"standing: {held.standing}  # ours: not seen by the publisher; reviewed by it; publisher: its own",
        f"last_checked: {_quoted(held.last_checked or day)}",
        "texts:",
    ]
    return HEAD + "\n".join([*head, *_lines(held.entries, texts)]) + "\n"


def _lines(entries: Mapping[Key, Entry], texts: Mapping[Key, str]) -> Iterator[str]:
    before: Key = ()
    for key, text in _grouped(texts):
        yield from _parents(before, key)
        before = key
        yield from _leaf(key, text, entries.get(key))


def _grouped(texts: Mapping[Key, str]) -> Iterable[tuple[Key, str]]:
    """Return the texts so that those of one parent stand together, in the order in which they come."""
    order: dict[Key, int] = {}
    for key in texts:
        for depth in range(1, len(key) + 1):
            order.setdefault(key[:depth], len(order))
    return sorted(texts.items(), key=lambda pair: [order[pair[0][:n]] for n in range(1, len(pair[0]) + 1)])


def _parents(before: Key, key: Key) -> Iterator[str]:
    """Yield the lines that open the parents of a text which are not open yet."""
    opened = True
    for depth, name in enumerate(key[:-1]):
        opened = opened and before[: depth + 1] == key[: depth + 1]
        if not opened:
            yield f"{_indent(depth)}{_name(name)}:"


def _leaf(key: Key, text: str, entry: Entry | None) -> Iterator[str]:
    indent, now = _indent(len(key) - 1), fingerprint(text)
    stale = _state(entry, text) == "stale"
    yield f"{indent}# {' '.join(text.split())}"
    yield f"{indent}{_name(key[-1])}:"
    yield f"{indent}  of: {_quoted(entry.of if entry and stale else now)}"
    if stale:
        yield f"{indent}  now: {_quoted(now)}"
    yield f"{indent}  text: {_quoted(entry.text if entry else '')}"


def _indent(depth: int) -> str:
    return "  " * (depth + 1)


def _name(name: str) -> str:
    return name if PLAIN.fullmatch(name) and name.lower() not in WORDS else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
