"""From what somebody wrote to what is kept, field by field; the same rule for form, file and program.

What is written is text, a list of texts, or a truth value. What cannot be kept is a finding at its field.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from localaction.engine.errors import Finding, InputError, shown
from localaction.engine.packs import Library
from localaction.engine.packs.planning import PlanWords
from localaction.platform.planning.errors import (
    BadMoney,
    Missing,
    NotAChoice,
    NotADay,
    NotALink,
    NotAnAmount,
    NotAYear,
    NotWritable,
    UnknownField,
)
from localaction.platform.planning.kinds import Field, fields_of
from localaction.platform.planning.models import EARLIEST_YEAR, LATEST_YEAR
from localaction.platform.values.decimals import as_float, canonical
from localaction.platform.values.errors import NotANumber

Said = Mapping[str, object]
Values = dict[str, Any]

LARGEST_COST: Final = 2**63 - 1
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEAR: Final = re.compile(r"\d{4}", re.ASCII)
TRUE: Final = {"1", "true", "yes", "on"}
FALSE: Final = {"", "0", "false", "no", "off"}
SEPARATOR: Final = ";"
_is_link = URLValidator(schemes=["http", "https"])


def read(kind_id: str, said: Said) -> tuple[Values, list[Finding]]:
    """Return the value of every field of a kind, and a finding for each that cannot be kept.

    What is not said is empty. A field with a finding has its empty value.
    """
    fields = {each.name: each for each in fields_of(kind_id)}
    findings = [
        Finding.of(UnknownField(name, list(fields)), column=name) for name in said if name not in fields
    ]
    values: Values = {}
    for name, field in fields.items():
        raw = said.get(name)
        values[name] = EMPTY.get(field.form, "")
        try:
            values[name] = _READERS[field.form](field, raw)
            if field.required and values[name] in (None, "", []):
                raise Missing(field=str(field.label), why="")
        except InputError as error:
            findings.append(Finding.of(error, column=name, value=_written(raw) or None))
    return _with_money(kind_id, values, findings), findings


def choices_of(field: Field) -> dict[str, str]:
    """Return what can be chosen in a field: label by id."""
    if field.list == "@total":
        return {total.id: total.label for total in Library.load().protocol.totals}
    if field.list == "@sector":
        protocol = Library.load().protocol
        counted = {cell.sector for cell in protocol.cells.values() if cell.counts_in}
        return {sector.id: sector.label for sector in protocol.sectors if sector.id in counted}
    return {each.id: each.label for each in PlanWords.load().lists[field.list].values()}


def minor_units(text: str, currency: str) -> int:
    """Return an amount of money in whole smaller units of its currency. Raises ``BadMoney``."""
    digits = PlanWords.load().currencies.get(currency)
    if digits is None:
        raise BadMoney(problem=f'there is no currency "{shown(currency)}"')
    minor = Decimal(text).scaleb(digits)
    if minor != minor.to_integral_value():
        what = f"{digits} digits" if digits else "no digits"
        raise BadMoney(problem=f"{currency} has {what} after the point, and {text} has more")
    if not 0 <= minor <= LARGEST_COST:
        raise BadMoney(problem=f"{text} is negative or too large")
    return int(minor)


def money_text(minor: int | None, currency: str) -> str:
    """Return an amount of money as it is written, from its smaller units."""
    if minor is None:
        return ""
    digits = PlanWords.load().currencies.get(currency, 0)
    return canonical(Decimal(minor).scaleb(-digits))


def _with_money(kind_id: str, values: Values, findings: list[Finding]) -> Values:
    if kind_id != "action":
        return values
    text, currency = values.pop("cost"), values["currency"]
    values["cost_minor"] = None
    try:
        if text and not currency:
            raise BadMoney(problem="it has no currency")
        if currency and not text:
            raise BadMoney(problem="there is a currency and no cost")
        if text:
            values["cost_minor"] = minor_units(text, currency)
    except BadMoney as error:
        if not {finding.column for finding in findings} & {"cost", "currency"}:
            findings.append(Finding.of(error, column="cost" if text else "currency"))
    return values


def _written(raw: object) -> str:
    if isinstance(raw, list | tuple):
        return SEPARATOR.join(str(each) for each in raw)
    return "" if raw is None else str(raw)


def _text(field: Field, raw: object) -> str:
    text = _written(raw).replace("\r\n", "\n").strip()
    if field.form == "line":
        text = " ".join(text.split())
    if "\x00" in text:
        raise NotWritable(field=str(field.label), problem="it holds a NUL character")
    if len(text) > field.longest:
        problem = f"it is longer than {field.longest} characters"
        raise NotWritable(field=str(field.label), problem=problem)
    return text


def _link(field: Field, raw: object) -> str:
    text = _text(field, raw)
    if text:
        try:
            _is_link(text)
        except ValidationError as error:
            raise NotALink(str(field.label), text) from error
    return text


def _exact(field: Field, raw: object) -> str:
    text = _written(raw).strip()
    if not text:
        return ""
    try:
        return canonical(text)
    except NotANumber as error:
        raise NotAnAmount(str(field.label), text, "it is not a decimal number") from error


def _number(field: Field, raw: object) -> float | None:
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        raw = _plain(field, raw)
    exact = _exact(field, raw)
    if not exact:
        return None
    number = as_float(exact)
    if canonical(number) != exact:
        raise NotAnAmount(str(field.label), exact, "it has more than 15 digits that count")
    if field.low is not None and (number < field.low or (field.above and number == field.low)):
        than = "above" if field.above else "at least"
        raise NotAnAmount(str(field.label), exact, f"it must be {than} {field.low:g}")
    return number


def _plain(field: Field, raw: float) -> str:
    try:
        return canonical(raw)
    except NotANumber as error:
        raise NotAnAmount(str(field.label), str(raw), "it is not finite") from error


def _year(field: Field, raw: object) -> int | None:
    text = _written(raw).strip()
    if not text:
        return None
    if not YEAR.fullmatch(text) or not EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
        raise NotAYear(field=str(field.label), value=shown(text), first=EARLIEST_YEAR, last=LATEST_YEAR)
    return int(text)


def _day(field: Field, raw: object) -> date | None:
    text = _written(raw).strip()
    if not text:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise NotADay(str(field.label), text)


def _choice(field: Field, raw: object) -> str:
    text = _written(raw).strip()
    return _chosen(field, text, choices_of(field)) if text else ""


def _choices(field: Field, raw: object) -> list[str]:
    parts = list(raw) if isinstance(raw, list | tuple) else _written(raw).split(SEPARATOR)
    offered = choices_of(field)
    wanted = {_chosen(field, str(part).strip(), offered) for part in parts if str(part).strip()}
    return [each for each in offered if each in wanted]


def _chosen(field: Field, text: str, offered: Mapping[str, str]) -> str:
    """Return the id of a choice, given by its id or its label."""
    if text in offered:
        return text
    folded = text.casefold()
    for choice, label in offered.items():
        if folded in (choice.casefold(), label.casefold()):
            return choice
    raise NotAChoice(str(field.label), text, list(offered.values()))


def _currency(field: Field, raw: object) -> str:
    text = _written(raw).strip().upper()
    known = PlanWords.load().currencies
    if text and text not in known:
        raise NotAChoice(str(field.label), text, sorted(known))
    return text


def _yes_no(field: Field, raw: object) -> bool:
    text = _written(raw).strip().casefold()
    if text not in TRUE | FALSE:
        raise NotAChoice(str(field.label), text, ["yes", "no"])
    return text in TRUE


def _part(field: Field, raw: object) -> uuid.UUID | None:
    text = _written(raw).strip()
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise NotAChoice(str(field.label), text, []) from error


EMPTY: Final[Mapping[str, Any]] = {
    "number": None, "year": None, "day": None, "choices": [], "yes_no": False, "part": None,
}  # fmt: skip
_READERS: Final[Mapping[str, Callable[[Field, object], Any]]] = {
    "line": _text,
    "text": _text,
    "link": _link,
    "number": _number,
    "year": _year,
    "day": _day,
    "money": _exact,
    "currency": _currency,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "part": _part,
}
