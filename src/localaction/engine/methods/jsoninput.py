"""Read the inputs of a method from JSON, strictly: of limited size, no key twice, no NaN."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from localaction.engine.errors import InputError, shown

MAX_BYTES = 2_000_000


class NotJson(InputError):
    """A text is not JSON."""

    code = "methods.not_json"
    text = "The input is not JSON: {problem}."
    remedy_text = 'Write {{"name": value, ...}} with the names of the inputs; `method show` lists them.'


class TooMuch(InputError):
    """An input is larger than one calculation takes."""

    code = "methods.too_much"
    text = "The input is larger than {limit} bytes, the most that one calculation takes."
    remedy_text = "Compute in parts, or from Python, where there is no limit."


def parse_json(stream: BinaryIO, max_bytes: int = MAX_BYTES) -> Any:
    """Return what a stream holds as JSON.

    Raises
    ------
    NotJson, TooMuch
        If it is no JSON, names a key twice, holds NaN or an infinity, is nested too deep, or is too large.
    """
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise TooMuch(limit=max_bytes)
    return loads(data)


def loads(data: bytes) -> Any:
    """Return JSON data; see `parse_json`."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise NotJson(problem=f"byte {error.start + 1} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise NotJson(problem=f"line {error.lineno}, column {error.colno}: {error.msg.lower()}") from error
    except RecursionError as error:
        raise NotJson(problem="it is nested too deep") from error
    except ValueError as error:  # an integer of thousands of digits
        raise NotJson(problem="a number has too many digits") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise NotJson(problem=f'the key "{shown(key)}" is there twice')
        found[key] = value
    return found


def _refuse(name: str) -> Any:
    raise NotJson(problem=f"{name} is no number")
