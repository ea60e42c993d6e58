"""Methods as plain data, for the command, the interface for programs and the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from localaction.engine.packs import Library
from localaction.engine.packs.methods import Default, Input, Method, Output


def summaries(methods: Iterable[Method]) -> list[dict[str, object]]:
    """Return the methods, each with id, title, summary, cells, confidence and examples."""
    return [
        {
            "id": method.id,
            "title": method.title,
            "summary": method.summary,
            "theme": method.theme,
            "cells": list(method.cells),
            "confidence": method.confidence,
            "examples": list(method.examples),
        }
        for method in methods
    ]


def description(method: Method, library: Library) -> dict[str, object]:
    """Return everything a method declares, as plain data, with the parameter tables it uses."""
    return {
        "id": method.id,
        "title": method.title,
        "summary": method.summary,
        "explanation": list(method.explanation),
        "limits": list(method.limits),
        "cells": list(method.cells),
        "dimensions": [
            {"id": d.id, "label": d.label, "max": d.max, "entries": dict(d.labels), "named_by": d.labelled_by}
            for d in method.dimensions.values()
        ],
        "inputs": [_input_data(entry) for entry in method.inputs.values()],
        "outputs": [_output_data(entry) for entry in method.outputs.values()],
        "formulas": [
            {
                "text": formula.text,
                "number": formula.number,
                "explain": formula.explain,
                "source": formula.source.to_dict(),
                "confidence": formula.confidence,
            }
            for formula in method.formulas
        ],
        "source": method.source.to_dict(),
        "confidence": method.confidence,
        "last_checked": method.last_checked,
        "replaces": method.replaces,
        "examples": [
            {"id": e.id, "title": e.title, "inputs": dict(e.inputs), "expected": dict(e.expected)}
            for e in method.examples.values()
        ],
        "parameters": [library.parameters[table].to_dict() for table in method.parameters],
        "digest": method.digest,
    }


def _input_data(entry: Input) -> dict[str, object]:
    return {
        "name": entry.name,
        "label": entry.label,
        "help": entry.help,
        "kind": entry.kind,
        "unit": entry.unit or None,
        "shape": list(entry.shape),
        "range": entry.range_text(),
        "choices": dict(entry.choices) or None,
        "required": entry.required,
        "one_value_for_all": entry.repeat,
        "default": default_text(entry.default) if entry.default else None,
    }


def _output_data(entry: Output) -> dict[str, object]:
    return {
        "name": entry.name,
        "label": entry.label,
        "help": entry.help,
        "unit": entry.unit,
        "species": entry.species,
        "shape": list(entry.shape),
        "inventory": entry.inventory,
    }


def default_text(default: Default) -> str:
    """Return in words what a default is: a value, or a table and by what it is looked up."""
    if default.parameter is None:
        return f"{default.value} ({default.confidence})"
    by = [*default.by.values(), *default.fixed.values()]
    return f"table {default.parameter}" + (f" by {', '.join(by)}" if by else "")
