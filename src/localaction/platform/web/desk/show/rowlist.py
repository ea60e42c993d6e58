"""Some of the rows of a cell, each computed as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.inventory.columns import RawRow
from localaction.engine.inventory.compile import compile_inventory
from localaction.platform.inventories import queries
from localaction.platform.web.desk.addresses import Addresses
from localaction.platform.web.desk.show.cell import RowPage
from localaction.platform.web.desk.show.rowcard import RowCard, card
from localaction.platform.web.desk.work import Desk
from localaction.platform.web.rulebook import library

ON_A_PAGE = 25
Result = Mapping[str, Any]
NOTHING: Result = {"lines": [], "factors": {}}


def row_page(desk: Desk, ref: str, addresses: Addresses, page: str) -> RowPage:
    """Return the rows of a cell on one page of the drawer, with what each comes to."""
    rows = queries.current_rows(desk.inventory).filter(ref=ref)
    count = rows.count()
    pages = max(1, -(-count // ON_A_PAGE))
    number = min(max(int(page), 1), pages) if page.isdecimal() else 1
    first = (number - 1) * ON_A_PAGE
    shown = list(rows[first : first + ON_A_PAGE])
    cards = row_cards(desk, shown, addresses)
    previous = addresses.cell(ref, page=number - 1) if number > 1 else ""
    following = addresses.cell(ref, page=number + 1) if number < pages else ""
    return RowPage(cards, count, first, previous, following)


def row_cards(desk: Desk, rows: Sequence[Any], addresses: Addresses) -> list[RowCard]:
    """Return rows as cards; what each comes to is computed from the row as it stands now."""
    result = computed(desk.inventory, rows)
    lines = {line["row_key"]: line for line in result["lines"]}
    return [
        card(
            row.values(),
            key=str(row.row_key),
            seen=str(row.number),
            line=lines.get(str(row.row_key)),
            result=result,
            library=library(),
            urls=_urls(row, addresses) if desk.may_enter(row.ref) else {},
        )
        for row in rows
    ]


def computed(inventory: Any, rows: Sequence[Any]) -> Result:
    """Return the lines of some rows; none if one of them is refused, for instance after factors changed."""
    raw = [RawRow(number, row.values(), str(row.row_key)) for number, row in enumerate(rows, start=1)]
    try:
        if not raw:
            return NOTHING
        book = queries.library_of(inventory)
        return compile_inventory(raw, queries.options_of(inventory), book).to_dict()
    except InputError:
        return NOTHING


def _urls(row: Any, addresses: Addresses) -> dict[str, str]:
    return {"change": addresses.change(row.row_key), "remove": addresses.remove(row.row_key)}
