"""Factors as text to read, as JSON, and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper

from localaction.engine.cli.tables import aligned
from localaction.engine.errors import Finding
from localaction.engine.inventory.lines import encode
from localaction.engine.packs import Library
from localaction.engine.packs.factorlines import FACTOR_COLUMNS, factor_lines, gas_name
from localaction.engine.references.factors import WORLD, Factor
from localaction.engine.references.why import RULE, Candidate, Explanation

SHOWN_CANDIDATES = 4
TOGETHER = {"elsewhere": "for other places", "other_use": "for other cells"}
WIDEST = 58  # letters of a name in a list


def write_found(
    found: Sequence[Factor], library: Library, form: str, limit: int, stream: TextIOWrapper
) -> None:
    """Write the factors that a search found, at most ``limit`` of them."""
    kept = found[:limit]
    if form == "json":
        stream.write(encode({"found": len(found), "factors": [f.to_dict() for f in kept]}) + "\n")
    elif form == "csv":
        write_factors_csv(kept, library, stream)
    else:
        for line in _list(found, kept):
            stream.write(line.rstrip() + "\n")


def _list(found: Sequence[Factor], kept: Sequence[Factor]) -> Iterator[str]:
    if not found:
        yield "Nothing found. Try fewer words, another spelling, or leave the place or the cell away."
        return
    rows = [("id", "what", "place", "year", "value", "unit", "checked"), *(_row(factor) for factor in kept)]
    yield from aligned(rows, "<<<<><<")
    more = len(found) - len(kept)
    yield f"{len(found)} found" + (f"; {more} more with --limit {len(found)}" if more else "")


def _row(factor: Factor) -> Sequence[str]:
    gas, value = next(iter(factor.gases.items()))
    others = f" and {len(factor.gases) - 1} more" if len(factor.gases) > 1 else ""
    label = factor.label if len(factor.label) <= WIDEST else f"{factor.label[: WIDEST - 1]}…"
    mark = "" if factor.automatic else ", pin only"
    return (
        factor.id, label, factor.place, str(factor.year or ""), f"{value.value:.6g}",
        f"kg {gas_name(gas)}/{factor.activity_unit}{others}", factor.confidence + mark,
    )  # fmt: skip


def write_factors_csv(factors: Iterable[Factor], library: Library, stream: TextIOWrapper) -> None:
    """Write factors as CSV, a line for each gas; values are kg of gas for each unit of activity."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(FACTOR_COLUMNS)
    for line in factor_lines(factors, library):
        writer.writerow(line)


def write_factor(factors: Sequence[Factor], library: Library, form: str, stream: TextIOWrapper) -> None:
    """Write one factor, or all dated values of one."""
    if form == "json":
        stream.write(encode([factor.to_dict() for factor in factors]) + "\n")
    elif form == "csv":
        write_factors_csv(factors, library, stream)
    else:
        for number, factor in enumerate(factors):
            for line in ("" if number else None, *_one(factor, library)):
                if line is not None:
                    stream.write(line.rstrip() + "\n")


def _one(factor: Factor, library: Library) -> Iterator[str]:
    yield f"{factor.label}  [{factor.id}]"
    head = ("gas", f"kg/{factor.activity_unit}", "low", "high", "grade")
    rows = [
        (gas_name(gas), _digits(v.value), _digits(v.low), _digits(v.high), v.quality or factor.quality or "")
        for gas, v in factor.gases.items()
    ]
    yield from (f"  {line}" for line in aligned([head, *rows], "<>>><"))
    yield from (f"  {name:<11}{text}" for name, text in _facts(factor, library) if text)


def _facts(factor: Factor, library: Library) -> Iterator[tuple[str, str]]:
    source = library.sources.get(factor.source_ref)
    cells = [ref for ref, cell in library.protocol.cells.items() if set(cell.uses) & set(factor.uses)]
    country = library.countries.all.get(factor.place)
    compared = f", last compared {factor.last_checked}" if factor.last_checked else ""
    yield "printed as", factor.unit
    yield "activity", f"{factor.activity} ({library.activities.all[factor.activity].label})"
    yield "place", f"{factor.place} ({country.label})" if country else factor.place
    yield "year", str(factor.year) if factor.year else f"a constant of edition {factor.edition}"
    yield "tier", str(factor.tier)
    yield "cells", " ".join(cells)
    yield "taken", "by rule" if factor.automatic else "only when a row names it"
    yield "source", f"{source.title if source else factor.source_ref}, {factor.locator}"
    yield "checked", f"{factor.confidence}{compared}"
    yield "note", factor.note
    yield "digest", factor.digest


def _digits(value: float | None) -> str:
    return "" if value is None else f"{value:.8g}"


def write_explanation(explanation: Explanation, library: Library, form: str, stream: TextIOWrapper) -> None:
    """Write which factor the rule takes, and why each of the others is not taken."""
    if form == "json":
        stream.write(encode(_as_data(explanation)) + "\n")
    elif form == "csv":
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(("id", "label", "place", "year", "tier", "verdict", "why"))
        for held in explanation.candidates:
            f = held.factor
            writer.writerow((f.id, f.label, f.place, f.year or "", f.tier, held.verdict, held.why))
    else:
        for line in _explained(explanation, library):
            stream.write(line.rstrip() + "\n")


def _as_data(explanation: Explanation) -> dict[str, object]:
    question, choice, problem = explanation.question, explanation.choice, explanation.problem
    return {
        "question": {
            "activity": question.activity.id,
            "cell": question.ref,
            "unit": question.unit,
            "places": list(question.place_chain),
            "year": question.year,
            "pin": question.pin,
        },
        "chosen": choice.factor.to_dict() if choice else None,
        "why": choice.why if choice else None,
        "problem": Finding.of(problem).to_dict() if problem else None,
        "rule": list(RULE),
        "candidates": [
            {"id": held.factor.id, "verdict": held.verdict, "why": held.why}
            for held in explanation.candidates
        ],
    }  # fmt: skip


def _explained(explanation: Explanation, library: Library) -> Iterator[str]:
    question, choice = explanation.question, explanation.choice
    where = " in ".join(place for place in question.place_chain if place != WORLD) or "no place"
    cell = library.protocol.cells[question.ref]
    what = f"{question.activity.label} in {question.unit}"
    yield f"{what}, cell {question.ref} ({cell.label}), {where}, {question.year}"
    yield ""
    if choice is not None:
        yield from _one(choice.factor, library)
        yield f"  why        {choice.why}"
        for step in choice.conversions:
            yield f"  step       {step.label}"
    else:
        yield str(explanation.problem)
    others = [held for held in explanation.candidates if held.verdict != "taken"]
    if others:
        yield ""
        yield f"Not taken: {len(others)}"
        yield from _others(others)
    yield ""
    yield "The rule:"
    yield from (f"  {number}. {text}" for number, text in enumerate(RULE, start=1))


def _others(others: Sequence[Candidate]) -> Iterator[str]:
    """Yield why each is not taken; those that are for other places or other cells together."""
    apart = [held for held in others if held.verdict not in TOGETHER]
    if apart:
        yield from (f"  {line}" for line in aligned([(held.factor.id, held.why) for held in apart], "<<"))
    for verdict, words in TOGETHER.items():
        names = [held.factor.id for held in others if held.verdict == verdict]
        if names:
            more = ", ..." if len(names) > SHOWN_CANDIDATES else ""
            yield f"  {len(names)} {words}: {', '.join(names[:SHOWN_CANDIDATES])}{more}"
