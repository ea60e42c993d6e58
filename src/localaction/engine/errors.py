"""Every exception of the engine, and the finding that carries one to its reader.

An error has a ``code`` (stable, what translations hang on), a ``text`` that says what was found
and why it matters, a ``remedy`` that says what to do, and the ``params`` that fill both.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Severity = Literal["error", "warning", "info"]
SHOWN = 80  # characters of a value that a message repeats
NOTED = 5  # findings that a traceback of a refusal shows


class LocalActionError(Exception):
    """Base of every exception this program raises on purpose.

    A subclass states ``code``, ``text`` and ``remedy_text`` with ``{named}`` gaps; raising it fills them.
    ``message`` and ``remedy`` are the filled English texts.
    """

    code: ClassVar[str] = "error"
    text: ClassVar[str] = "Something is not as it must be."
    remedy_text: ClassVar[str] = ""

    def __init__(self, **params: object) -> None:
        self.params: dict[str, object] = params
        self.message = self.text.format_map(params)
        self.remedy = self.remedy_text.format_map(params)
        super().__init__(f"{self.message} {self.remedy}".strip())


class InputError(LocalActionError):
    """What was handed in cannot be used as it is; the person who handed it in can change it."""

    code = "input"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about the input, at the place where it was found.

    Parameters
    ----------
    severity : {"error", "warning", "info"}
        An error refuses the whole input; a warning and an information do not.
    code, message, remedy, params
        As on the error it comes from.
    row : int, optional
        Line of the file, or number of the row, counted from 1 with the header as row 1.
    column, value, ref : str, optional
        Column, the text found there, and the inventory cell.
    blocks_publication : bool
        True if the inventory may be computed but not published while this stands.
    """

    severity: Severity
    code: str
    message: str
    remedy: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None
    column: str | None = None
    value: str | None = None
    ref: str | None = None
    blocks_publication: bool = False

    @classmethod
    def of(
        cls,
        error: LocalActionError,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        ref: str | None = None,
        severity: Severity = "error",
        blocks_publication: bool = False,
    ) -> Finding:
        """Return the finding that reports ``error`` at this place."""
        return cls(
            severity=severity,
            code=error.code,
            message=error.message,
            remedy=error.remedy,
            params=error.params,
            row=row,
            column=column,
            value=value,
            ref=ref,
            blocks_publication=blocks_publication,
        )

    def where(self) -> str:
        """Return the place in words, as in ``row 7, column amount, value "1,234"``; empty if it has none."""
        parts = []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        if self.value is not None:
            parts.append(f'value "{shown(self.value)}"')
        if self.ref is not None and self.column != "ref":
            parts.append(f"cell {self.ref}")
        return ", ".join(parts)

    def line(self) -> str:
        """Return the finding as one line of text: where, what, what to do."""
        place = self.where()
        body = f"{self.message} {self.remedy}".strip()
        return f"{place}: {body}" if place else body

    def to_dict(self) -> dict[str, object]:
        """Return the finding as plain data for JSON."""
        return {
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
            "params": {key: plain(value) for key, value in self.params.items()},
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "ref": self.ref,
            "blocks_publication": self.blocks_publication,
        }


class Refused(InputError):
    """The input as a whole is refused; ``findings`` lists every reason found.

    Parameters
    ----------
    findings : sequence of Finding
        The errors, in the order of the rows.
    more : int
        Errors found beyond those listed.
    """

    code = "refused"
    text = "{count} refused."
    remedy_text = "Correct what is listed and hand the whole file in again; nothing was written."

    def __init__(self, findings: Sequence[Finding], more: int = 0) -> None:
        total = len(findings) + more
        super().__init__(count="One thing was" if total == 1 else f"{total} things were")
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.more = more
        for finding in self.findings[:NOTED]:
            self.add_note(finding.line())


def shown(value: str, limit: int = SHOWN) -> str:
    """Return ``value`` fit for a message: one printable line of at most ``limit`` characters."""
    clean = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value
    )
    return clean if len(clean) <= limit else clean[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"


def plain(value: object) -> object:
    """Return ``value`` as JSON can hold it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return str(value)


def nearest(word: str, options: Iterable[str], limit: int = 3) -> list[str]:
    """Return the options most like ``word``, best first; none if none is near.

    Case and punctuation count for little, so ``I.63`` finds ``I.6.3`` and ``m^3`` finds ``m3``.
    """
    named = {option: _squash(option) for option in options}
    wanted = _squash(word[: 2 * SHOWN])
    same = [option for option, squashed in named.items() if squashed == wanted]
    if same:
        return same[:limit]
    by_squashed: dict[str, str] = {}
    for option, squashed in named.items():
        by_squashed.setdefault(squashed, option)
    close = difflib.get_close_matches(wanted, list(by_squashed), n=limit, cutoff=0.6)
    return [by_squashed[squashed] for squashed in close]


def did_you_mean(word: str, options: Iterable[str], limit: int = 3) -> str:
    """Return ``Did you mean "I.6.3"?``, naming the nearest options, or an empty text."""
    found = nearest(word, options, limit)
    if not found:
        return ""
    quoted = [f'"{option}"' for option in found]
    return f"Did you mean {' or '.join(quoted)}?"


def _squash(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())
