"""The OpenAPI file as a page reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """Something an operation takes: in its address, or behind the question mark."""

    name: str
    place: str
    required: bool
    text: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    verb: str
    path: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    body: str
    answers: tuple[tuple[str, str], ...]


def operations(schema: Mapping[str, Any]) -> list[Operation]:
    """Return every operation of an OpenAPI schema, in its order."""
    return list(_operations(schema))


def _operations(schema: Mapping[str, Any]) -> Iterator[Operation]:
    for path, verbs in schema["paths"].items():
        for verb, entry in verbs.items():
            yield Operation(
                verb=verb.upper(),
                path=path,
                title=entry.get("summary", ""),
                text=entry.get("description", ""),
                parameters=tuple(_parameter(data) for data in entry.get("parameters", ())),
                body=entry.get("requestBody", {}).get("description", ""),
                answers=tuple((code, _answer(data)) for code, data in _sorted(entry["responses"])),
            )


def _parameter(data: Mapping[str, Any]) -> Parameter:
    text = data.get("description") or data["schema"].get("description", "")
    return Parameter(data["name"], data["in"], data.get("required", False), text)


def _sorted(responses: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return sorted((str(code), data) for code, data in responses.items())


def _answer(data: Mapping[str, Any]) -> str:
    content: Mapping[str, Any] = next(iter(data.get("content", {}).values()), {})
    schema = content.get("schema", {})
    reference = schema.get("$ref") or schema.get("items", {}).get("$ref", "")
    name = str(reference).rpartition("/")[2]
    return f"list of {name}" if "items" in schema else name
