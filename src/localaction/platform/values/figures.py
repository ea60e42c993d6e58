"""A figure as it is handed in, checked and brought into the form in which it is kept."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple, TypedDict

from django.db import models

from localaction.engine.periods import Period
from localaction.platform.places.models import Place
from localaction.platform.values.decimals import as_float, canonical
from localaction.platform.values.errors import BadFigure
from localaction.platform.values.items import data_item, problem_of_kind
from localaction.platform.values.models import Value, ValueRevision

WORDS: Final[dict[str, list[str]]] = {
    "entity": Value.Entity.values,
    "basis": Value.Basis.values,
    "visibility": ValueRevision.Visibility.values,
}
RESERVED = re.compile(r"[=;\x00-\x1f]")

LONGEST: Final[dict[str, int]] = {
    field.name: field.max_length
    for model in (Value, ValueRevision)
    for field in model._meta.local_concrete_fields
    if isinstance(field, models.CharField) and field.max_length is not None
} | {"explanation": 20_000}


class Latest:
    """Instead of the id of a revision: replace whatever is current (computed and imported figures)."""


LATEST: Final = Latest()


class Key(NamedTuple):
    """What makes a figure a figure of its own; the columns of the head's unique key."""

    place_id: int
    item: str
    period_start: date
    period_end: date
    dimensions: str
    boundary: str
    entity: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure to keep: exactly one of amount, exact, notation_key, choice, text and day.

    ``exact`` is the amount as somebody wrote it; ``amount`` one that was computed. ``seen`` is the id of the
    revision the editor had before them: None if there was none, ``LATEST`` to replace whatever is current.
    """

    place: Place
    item: str
    period: Period
    dimensions: Mapping[str, str] = field(default_factory=dict)
    boundary: str = ""
    entity: str = "community"
    basis: str = "reported"
    amount: float | None = None
    exact: str = ""
    notation_key: str = ""
    key_refs: str = ""
    key_raw: str = ""
    explanation: str = ""
    choice: str = ""
    text: str = ""
    day: date | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    standard_uncertainty: float | None = None
    quality: str = ""
    source: str = ""
    lineage: Mapping[str, object] | None = None
    visibility: str = "place"
    seen: int | Latest | None = LATEST

    def key(self) -> Key:
        """Return the key of the head this figure belongs to."""
        return Key(
            self.place.pk,
            self.item,
            self.period.start,
            self.period.end,
            dimensions_text(self.dimensions),
            self.boundary,
            self.entity,
            self.basis,
        )

    def refuse(self, problem: str) -> BadFigure:
        """Return the error that says what is wrong with this figure."""
        return BadFigure(self.item, self.place.name, problem)


class Said(TypedDict, total=False):
    """The fields of a ``Figure`` beside its place, item and period, for functions that pass them on."""

    dimensions: Mapping[str, str]
    boundary: str
    entity: str
    basis: str
    amount: float | None
    exact: str
    notation_key: str
    key_refs: str
    key_raw: str
    explanation: str
    choice: str
    text: str
    day: date | None
    unit: str
    low: float | None
    high: float | None
    standard_uncertainty: float | None
    quality: str
    source: str
    lineage: Mapping[str, object] | None
    visibility: str


# What a revision says, in the order of the columns; who, when and why come from the act of saving.
CONTENT: Final = (
    "amount", "exact", "notation_key", "key_refs", "key_raw", "explanation", "choice", "text", "day", "unit",
    "low", "high", "standard_uncertainty", "quality", "source", "lineage", "visibility",
)  # fmt: skip
Content = tuple[object, ...]


def content(figure: Figure) -> Content:
    """Check a figure and return what its revision says, in the order of ``CONTENT``.

    Raises ``UnknownItem``, ``NotANumber`` or ``BadFigure``.
    """
    declared = data_item(figure.item)
    _check_words(figure, tuple(declared["dimensions"]))
    amount, exact = _amount(figure)
    given = {
        "amount": amount is not None,
        "notation_key": bool(figure.notation_key),
        "choice": bool(figure.choice),
        "text": bool(figure.text),
        "day": figure.day is not None,
    }
    if sum(given.values()) != 1:
        raise figure.refuse("give exactly one of amount, notation key, choice, text and day.")
    _check_range(figure)
    values = {name: getattr(figure, name) for name in CONTENT} | {"amount": amount, "exact": exact}
    values["lineage"] = dict(figure.lineage) if figure.lineage is not None else None
    _check_lengths(figure, values)
    if problem := problem_of_kind(declared, given, figure.choice, figure.unit):
        raise figure.refuse(problem)
    return tuple(values[name] for name in CONTENT)


def dimensions_text(dimensions: Mapping[str, str]) -> str:
    """Return the one text that stands for these dimensions: ``gas=CH4;gpc_ref=I.1.1``, by name."""
    return ";".join(f"{name}={dimensions[name]}" for name in sorted(dimensions))


def dimensions_of(text: str) -> dict[str, str]:
    """Return the dimensions a text of ``dimensions_text`` stands for."""
    return dict(part.split("=", 1) for part in text.split(";")) if text else {}


def _amount(figure: Figure) -> tuple[float | None, str]:
    if figure.exact:
        exact = canonical(figure.exact)
    elif figure.amount is not None:
        exact = canonical(figure.amount)
    else:
        return None, ""
    amount = as_float(exact)
    if figure.amount is not None and float(figure.amount) != amount:
        raise figure.refuse(f"the amount {figure.amount!r} and its exact text {exact} differ.")
    return amount, exact


def _check_words(figure: Figure, dimensions: tuple[str, ...]) -> None:
    if set(figure.dimensions) != set(dimensions):
        raise figure.refuse(f"it takes the dimensions {', '.join(dimensions) or '(none)'}, no others.")
    for name, word in figure.dimensions.items():
        if not word or RESERVED.search(word):
            raise figure.refuse(f'the dimension "{name}" needs a value without "=" and ";".')
    for name, known in WORDS.items():
        if (word := getattr(figure, name)) not in known:
            raise figure.refuse(f'the {name} "{word}" is not one of {", ".join(known)}.')


def _check_range(figure: Figure) -> None:
    for name in ("low", "high", "standard_uncertainty"):
        number = getattr(figure, name)
        if number is not None and not math.isfinite(number):
            raise figure.refuse(f"{name} is not a finite number.")
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        raise figure.refuse(f"the low end {figure.low!r} is above the high end {figure.high!r}.")
    if figure.standard_uncertainty is not None and figure.standard_uncertainty < 0:
        raise figure.refuse("a standard uncertainty is not negative.")


def _check_lengths(figure: Figure, values: Mapping[str, object]) -> None:
    """Refuse what a column cannot hold: PostgreSQL would, SQLite would keep it."""
    key = figure.key()
    texts = {**values, "item": key.item, "dimensions": key.dimensions, "boundary": key.boundary}
    for name, text in texts.items():
        if isinstance(text, str):
            if len(text) > LONGEST.get(name, len(text)):
                raise figure.refuse(f"{name} is longer than {LONGEST[name]} characters.")
            if "\x00" in text:
                raise figure.refuse(f"{name} holds a NUL character.")
