"""Write the tables of docs/reference/row-file.md from what the program says of columns, units and fuels."""

from __future__ import annotations

import re
from pathlib import Path

from localaction.engine.inventory.columns import COLUMNS
from localaction.engine.packs import Library

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "row-file.md"


def table(head: str, rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    line = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([head, line, *("| " + " | ".join(row) + " |" for row in rows)])


def tables() -> list[str]:
    """Return the tables in the order in which the page has them."""
    library = Library.load()
    units: dict[str, list[str]] = {}
    for unit in library.units.all.values():
        units.setdefault(unit.dimension, []).append(f"`{unit.symbol}`")
    fuels = library.activities.fuels
    fuel_rows = [
        [
            f"`{fuel.id}`",
            fuel.label,
            ", ".join(fuel.aliases),
            f"{fuel.ncv.value:g}" if fuel.ncv else "",
            f"{fuel.density.value:g} {fuel.density.unit}" if fuel.density else "",
        ]
        for fuel in fuels.values()
    ]
    others = [a for a in library.activities.all.values() if a.id not in fuels]
    return [
        table(
            "| column | what goes in | example |",
            [[f"`{c.name}`", c.help, f"`{c.example}`" if c.example else ""] for c in COLUMNS],
        ),
        table(
            "| measures | units |", [[dimension, ", ".join(symbols)] for dimension, symbols in units.items()]
        ),
        table("| id | fuel | also | net calorific value, TJ/Gg | density |", fuel_rows),
        table("| id | activity | measured by |", [[f"`{a.id}`", a.label, a.dimension] for a in others]),
    ]


def main() -> None:
    """Replace the tables of the page."""
    fresh = iter(tables())
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        re.sub(r"(?:^\|.*\n)+", lambda _: next(fresh) + "\n", text, flags=re.MULTILINE), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
