"""Read a pack file strictly: every key known, none twice, no word silently read as a truth value.

YAML 1.1 reads ``NO`` as false, ``on`` as true and ``012`` as ten. Here a plain scalar is null, true, false, a
decimal number or text, and nothing else; whatever is wrong is named with file, line, key and remedy.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from localaction.engine.errors import InputError, did_you_mean, shown
from localaction.engine.schemafit import Fits, fitting
from localaction.packs import DATA

Place = tuple[str | int, ...]  # where in a document: keys and positions
PARSER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where it is built; both keep the lines


class LOADER(PARSER):  # type: ignore[misc]
    """Reads text as text: what a plain scalar stands for is decided here, not guessed by YAML."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
PLAIN = ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
TAGS = {f"tag:yaml.org,2002:{kind}" for kind in PLAIN}
TRUTHS = {"yes", "no", "on", "off", "y", "n", "true", "false"}


class PackError(InputError):
    """A pack file is not as it must be."""

    code = "packs.invalid"
    text = "{file}:{line}: {problem}"
    remedy_text = "{fix}"

    def __init__(self, file: str, line: int, problem: str, fix: str) -> None:
        super().__init__(file=file, line=line, problem=problem, fix=fix)
        self.line = line


@dataclass(frozen=True)
class Document:
    """One pack file: its data, and the line on which each part stands."""

    path: Path
    data: Any
    lines: Mapping[Place, int] = field(repr=False)

    @property
    def name(self) -> str:
        """The file's name as messages show it, from the folder of packs if it lies there."""
        return self.path.relative_to(DATA).as_posix() if self.path.is_relative_to(DATA) else self.path.name

    def error(self, place: Place, problem: str, fix: str) -> PackError:
        """Return the error that names this place of the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return PackError(self.name, self.lines.get(place, 1), problem, fix)


def read(path: Path, kind: str) -> Document:
    """Return a pack file that follows the schema ``kind``.

    Raises
    ------
    PackError
        With file, line, what is wrong and what to do.
    """
    document = parse(path)
    if complaints := _complaints(document, kind):
        raise min(complaints, key=lambda complaint: complaint.line)
    return document


def parse(path: Path) -> Document:
    """Return a YAML file as plain data, without looking at its schema."""
    lines: dict[Place, int] = {}
    document = Document(path, None, lines)
    node = _composed(_text(document), document)
    if node is None:
        raise PackError(document.name, 1, "the file is empty.", "Write the pack, or remove the file.")
    return Document(path, _Builder(document, lines).value(node, ()), lines)


def _text(document: Document) -> str:
    try:
        data = document.path.read_bytes()
    except OSError as error:
        fix = "Put the file there; every pack needs it."
        raise PackError(document.name, 1, f"the file cannot be read: {error.strerror}.", fix) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PackError(document.name, line, "this line is not UTF-8.", "Save the file as UTF-8.") from error


def _composed(text: str, document: Document) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = f"this is not YAML: {error.problem}."
        raise PackError(document.name, line, problem, "Correct the line.") from error
    except yaml.YAMLError as error:  # a character that YAML does not allow: has a position, no line
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise PackError(document.name, line, "YAML does not allow a character here.", "Remove it.") from error
    return node


class _Builder:
    """Turns what stands in a file into plain data, and notes the line of each part."""

    def __init__(self, document: Document, lines: dict[Place, int]) -> None:
        self.document, self.lines = document, lines
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place) -> Any:
        line = self.lines[place] = node.start_mark.line + 1
        if id(node) in self.seen:
            raise self._error(line, "an alias repeats this part.", "Write it out where it is needed again.")
        self.seen.add(id(node))
        if node.tag not in TAGS:
            raise self._error(line, f'the tag "{node.tag}" is not used here.', "Remove it.")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error(line, "a key is a list or a mapping.", "Write a word as the key.")
            key = str(key_node.value)
            if key in found:
                raise self._error(line, f'the key "{key}" is given twice.', "Keep one of them.")
            if key.casefold() in TRUTHS and not key_node.style:
                raise _truth(self.document.name, line, key)
            found[key] = self.value(value_node, (*place, key))
        return found

    def _scalar(self, node: yaml.ScalarNode) -> str | float | int | bool | None:
        text: str = node.value
        if node.style:  # quoted, or a block
            return text
        if text in {"", "null", "~"}:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if text.casefold() in TRUTHS:
            raise _truth(self.document.name, node.start_mark.line + 1, text)
        if WHOLE.fullmatch(text):
            return int(text)
        if NUMBER.fullmatch(text) and math.isfinite(number := float(text)):
            return number
        return text

    def _error(self, line: int, problem: str, fix: str) -> PackError:
        return PackError(self.document.name, line, problem, fix)


def _truth(file: str, line: int, word: str) -> PackError:
    problem = f"a bare {word} would be read as a truth value."
    return PackError(file, line, problem, f'Write "{word}" in quotes for the text, or true or false.')


@cache
def _schema(kind: str) -> Any:
    return json.loads((DATA / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))


@cache
def _fits(kind: str) -> Fits:
    return fitting(_schema(kind))


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(_schema(kind))


def _complaints(document: Document, kind: str) -> list[PackError]:
    if _fits(kind)(document.data):
        return []
    errors = [best_match([error]) or error for error in _validator(kind).iter_errors(document.data)]
    misspelt = {tuple(error.absolute_path) for error in errors if error.validator == "additionalProperties"}
    return [
        _complaint(document, error)
        for error in errors
        if error.validator != "required" or tuple(error.absolute_path) not in misspelt
    ]


def _complaint(document: Document, error: ValidationError) -> PackError:
    place: Place = tuple(error.absolute_path)
    schema = error.schema if isinstance(error.schema, dict) else {}
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = list(schema.get("properties", {}))
        unknown = next(key for key in error.instance if key not in known)
        fix = did_you_mean(unknown, known) or f"Remove it; known are {', '.join(known)}."
        return document.error((*place, unknown), f'there is no key "{unknown}" here.', fix)
    if error.validator == "required" and isinstance(error.instance, dict):
        missing = next(key for key in schema["required"] if key not in error.instance)
        return document.error(place, f'the key "{missing}" is missing.', "Add it.")
    if error.validator == "type" and schema.get("type") == "object" and not place:
        return document.error(place, "the file holds no keys.", "Write keys with their values.")
    fix = f"Write {schema.get('title', error.validator)}."
    return document.error(place, f"{_named(place)} is {_found(error.instance)}.", fix)


def _found(value: Any) -> str:
    return "empty" if value in (None, "", [], {}) else shown(json.dumps(value, ensure_ascii=False))


def _named(place: Place) -> str:
    """Return the keys by which a person finds this place beside its line: those after the last position."""
    keys = list(place)
    while keys and isinstance(keys[-1], int):
        keys.pop()
    first = max((index + 1 for index, key in enumerate(keys) if isinstance(key, int)), default=0)
    return ".".join(str(key) for key in keys[first:]) or "the file"
