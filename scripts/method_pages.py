"""Write ``docs/reference/methods/`` from what the packs declare of methods and parameter tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from localaction.engine.methods.describe import default_text
from localaction.engine.packs import Library
from localaction.engine.packs.methods import Citation, Input, Method
from localaction.engine.references.parameters import ParameterTable

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "methods"
INDEX = "README.md"


def pages(library: Library) -> dict[str, str]:
    """Return the text of every page, by the name of its file."""
    found = {page_name(method): page(method, library) for method in library.methods.values()}
    return {INDEX: index(library), **found}


def page_name(method: Method) -> str:
    """Return the file of a method: ``ghg-composting-1.md``."""
    return f"{method.id.replace('.', '-').replace('/', '-').replace('_', '-')}.md"


def index(library: Library) -> str:
    """Return the list of all methods."""
    rows = [
        [
            f"[{method.title}]({page_name(method)})",
            f"`{method.id}`",
            ", ".join(method.cells),
            ", ".join(method.examples),
        ]
        for method in library.methods.values()
    ]
    intro = (
        "What the methods compute, made from their declarations by `scripts/method_pages.py`."
        " [How to add one](../../howto/add-a-method.md)."
    )
    return _joined(
        ["# Methods", intro, _table(["method", "id", "GPC cells", "worked examples"], rows)],
    )


def page(method: Method, library: Library) -> str:
    """Return the page of one method."""
    return _joined(_parts(method, library))


def _joined(parts: list[str] | Iterator[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _parts(method: Method, library: Library) -> Iterator[str]:
    yield f"# {method.title}"
    yield f"`{method.id}`" + (f" for {', '.join(method.cells)}" if method.cells else "")
    yield method.summary
    yield from method.explanation
    if method.limits:
        yield "\n".join(f"- {text}" for text in method.limits)
    source = _cited(method.source, library)
    yield f"Source: {source} ({method.confidence}, last checked {method.last_checked})."
    if method.replaces:
        yield f"Replaces `{method.replaces}`."
    yield "## Inputs"
    yield _inputs(method)
    yield "## Outputs"
    rows = [
        [
            f"`{o.name}`",
            o.label,
            f"{o.unit} {o.species or ''}".strip(),
            _axes(o.shape),
            "yes" if o.inventory else "",
        ]
        for o in method.outputs.values()
    ]
    yield _table(["name", "what", "unit", "for each", "into the inventory"], rows)
    yield "## Formulas"
    for formula in method.formulas:
        number = (
            f", {formula.number}" if formula.number and formula.number not in formula.source.locator else ""
        )
        yield f"    {formula.text}"
        yield f"{formula.explain} {_cited(formula.source, library)}{number} ({formula.confidence}).".strip()
    yield from _tables(method, library)
    yield "## Worked examples"
    for example in method.examples.values():
        yield from _example(method, example.id, library)


def _inputs(method: Method) -> str:
    rows = [
        [f"`{e.name}`", _told(e), e.unit or e.kind, _axes(e.shape), e.range_text(), _left_out(e)]
        for e in method.inputs.values()
    ]
    return _table(["name", "what", "unit", "for each", "range", "if left out"], rows)


def _told(entry: Input) -> str:
    choices = "; ".join(f"`{name}` {label}" for name, label in entry.choices.items())
    return ". ".join(part for part in (entry.label, entry.help.rstrip("."), choices) if part)


def _left_out(entry: Input) -> str:
    if entry.default is None:
        return "refused" if entry.required else "left out"
    return default_text(entry.default)


def _axes(shape: tuple[str, ...]) -> str:
    return ", ".join(shape)


def _tables(method: Method, library: Library) -> Iterator[str]:
    if method.parameters:
        yield "## Defaults"
    for name in method.parameters:
        table = library.parameters[name]
        yield f"**{table.label}**, {table.unit} (`{table.id}`)"
        yield _parameter_rows(table)
        where = _cited(Citation(table.source_ref, table.locator), library)
        yield f"{where}. Last checked {table.last_checked}. {table.note}".strip()


def _parameter_rows(table: ParameterTable) -> str:
    head = [*(key.label for key in table.keys.values()), "value", "low", "high", "how sure"]
    rows = [
        [
            *(table.keys[key].entries[row.at[key]] for key in table.keys),
            *("" if number is None else f"{number:.10g}" for number in (row.value, row.low, row.high)),
            " ".join(part for part in (row.confidence, row.note) if part),
        ]
        for row in table.values
    ]
    return _table(head, rows)


def _example(method: Method, name: str, library: Library) -> Iterator[str]:
    example = method.examples[name]
    yield f"**{name}**: {example.title}. {example.note}".strip()
    yield f"```json\n{_json(example.inputs)}\n```"
    rows = [
        [f"`{key}`", _numbers(value), method.outputs[key].unit] for key, value in example.expected.items()
    ]
    if example.gwp_set:
        rows.append([f"with {example.gwp_set}", f"{example.co2e_t:.10g}", "t CO2e"])
    yield _table(["output", "expected", "unit"], rows)
    tolerance = f"Relative tolerance {example.relative_tolerance:g}: {example.tolerance_reason}"
    yield f"{tolerance} {_cited(example.source, library)}."


def _numbers(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_numbers(item) for item in value)
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def _json(data: Any) -> str:
    lines = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in data.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def _cited(source: Citation, library: Library) -> str:
    return f"{library.sources[source.ref].title}, {source.locator}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = pages(Library.load())
    for old in set(FOLDER.glob("*.md")) - {FOLDER / name for name in written}:
        old.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
