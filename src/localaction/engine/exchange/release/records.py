"""A published document as rows of the tables of a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from localaction.engine.exchange.release import tables
from localaction.engine.exchange.release.tables import Row, Table
from localaction.engine.references.protocol import Protocol

Data = Mapping[str, Any]
Record = tuple[Table, Row]


class Collected:
    """What inventories share: places, factors, sources, protocols; each kept once, few beside the lines."""

    def __init__(self) -> None:
        self.rows: dict[Table, dict[Row, Row]] = {}
        self.protocols: set[str] = set()

    def keep(self, table: Table, row: Row) -> None:
        """Keep a row; of two with one key the later stands."""
        width = len(table.key)
        self.rows.setdefault(table, {})[row[:width]] = row

    def records(self, known: Mapping[str, Protocol]) -> Iterator[Record]:
        """Yield every shared row in the order of its key, the rules of the protocols last."""
        for table in (tables.PLACES, tables.FACTORS, tables.SOURCES):
            for _key, row in sorted(self.rows.get(table, {}).items()):
                yield table, row
        for name in sorted(self.protocols):
            yield from _rules(known[name])


def inventory_records(document: Data, sha256: str, shared: Collected) -> Iterator[Record]:
    """Yield the rows of one inventory, table after table in the order of their keys.

    Parameters
    ----------
    document : mapping
        A published document with its numbers as numbers.
    sha256 : str
        Its digest.
    shared : Collected
        Takes what it has in common with others.
    """
    place, result = document["place"], document["result"]
    code, key = place["code"], (place["code"], document["label_year"])
    shared.keep(tables.PLACES, (code, place["name"], place["name_en"] or "", place["country"]))
    shared.protocols.add(result["protocol"])
    yield tables.INVENTORIES, (*key, *_inventory(document, sha256))
    for name, total in sorted(result["totals"].items()):
        yield tables.TOTALS, (*key, name, total["co2e_t"], *_spread(total), *_rest(total))
    for sector in sorted(result["sectors"], key=lambda sector: str(sector["id"])):
        for name, co2e in sorted(sector["totals"].items()):
            yield tables.SECTORS, (*key, sector["id"], name, co2e)
    yield from _cells(key, result)
    yield from _lines(key, result)
    yield from _potentials(key, result)
    _share(result, shared)


def _inventory(document: Data, sha256: str) -> Row:
    result = document["result"]
    return (
        date.fromisoformat(result["period"]["start"]),
        date.fromisoformat(result["period"]["end"]),
        result["protocol"],
        result["gwp_set"]["id"],
        document["origin"],
        bool(result.get("lines_complete", True)),
        len(document["rows"]),
        (document.get("population") or {}).get("value"),
        result["uncertainty"]["method"],
        document["citation"] or "",
        document["licence"] or "",
        date.fromisoformat(document["published_at"][:10]),
        document["reason"] or "",
        sha256,
        result["library_digest"],
    )


def _spread(figure: Data) -> Row:
    return figure["low_t"], figure["high_t"], figure["uncertainty_percent"]


def _rest(figure: Data) -> Row:
    return (
        figure["co2_biogenic_t"],
        figure["not_recomputable_t"],
        " ".join(figure["missing_potentials"]),
    )


def _cells(key: Row, result: Data) -> Iterator[Record]:
    cells = sorted(result["cells"], key=lambda cell: str(cell["ref"]))
    for cell in cells:
        yield (
            tables.CELLS,
            (
                *(*key, cell["ref"], cell["state"], cell["co2e_t"]),
                *_spread(cell),
                *_rest(cell),
                *(cell[name] or "" for name in ("notation_key", "raw_key")),
                " ".join(cell["included_in"]),
                cell["reason"] or "",
                cell["rows"],
            ),
        )
    for cell in cells:
        for gas, mass in sorted(cell["gases_t"].items()):
            yield tables.CELL_GASES, (*key, cell["ref"], gas, mass)


def _lines(key: Row, result: Data) -> Iterator[Record]:
    factors = result["factors"]
    for number, line in enumerate(result["lines"], start=1):
        steps, factor = line["steps"], line["factor"]
        reached = (steps[-1]["value"], steps[-1]["unit"]) if steps else (line["amount"], line["unit"])
        said = "; ".join(f"{step['label']} = {step['value']!r} {step['unit']}" for step in steps)
        spread = line["uncertainty"]
        yield (
            tables.LINES,
            (
                *(*key, number, line["ref"], line["row"], line.get("basis") or "location"),
                *(line["activity"] or "", line["label"] or ""),
                *(line["amount"], line["unit"], said, *reached, factor or ""),
                *(factors[factor]["digest"] if factor else "", line["why"] or "", line["co2e_t"]),
                *(line["co2_biogenic_t"], spread["activity_percent"], spread["factor_percent"]),
                *(line[name] or "" for name in ("data_quality", "source", "reason", "note")),
            ),
        )
    for number, line in enumerate(result["lines"], start=1):
        for gas, mass in sorted(line["gases_t"].items()):
            yield tables.LINE_GASES, (*key, number, gas, mass)


def _potentials(key: Row, result: Data) -> Iterator[Record]:
    held = result["gwp_set"]
    for gas, potential in sorted(held["potentials"].items()):
        yield (
            tables.POTENTIALS,
            (*key, gas, potential, held["id"], held["source"], held["locator"] or ""),
        )


def _share(result: Data, shared: Collected) -> None:
    for name, factor in result["factors"].items():
        for gas, held in factor["gases"].items():
            row = (
                *(name, factor["digest"], gas, held["value"], held["low"], held["high"]),
                *(factor["activity_unit"], _said(factor["label"]), factor["activity"], factor["place"]),
                *(factor["year"], factor["tier"], factor["source_ref"], factor["locator"] or ""),
                factor["confidence"],
            )
            shared.keep(tables.FACTORS, row)
    for name, source in result["sources"].items():
        words = (_said(source.get(word)) for word in ("edition", "licence", "url", "confidence"))
        titled = (name, _said(source["title"]), _said(source["publisher"]), source.get("year"))
        shared.keep(tables.SOURCES, (*titled, *words))


def _said(text: object) -> str:
    """Return a text, of several languages the English one."""
    if isinstance(text, Mapping):
        return str(text.get("en") or next(iter(text.values()), ""))
    return "" if text is None else str(text)


def _rules(protocol: Protocol) -> Iterable[Record]:
    sectors = {sector.id: sector.label for sector in protocol.sectors}
    parts = {part.id: part.label for sector in protocol.sectors for part in sector.subsectors}
    for ref, cell in sorted(protocol.cells.items()):
        named = (cell.sector, _said(sectors[cell.sector]), cell.subsector, _said(parts[cell.subsector]))
        yield tables.CELL_RULES, (protocol.id, ref, _said(cell.label), *named, cell.scope)
    counted = sorted((name, ref) for ref, cell in protocol.cells.items() for name in cell.counts_in)
    for name, ref in counted:
        yield tables.TOTAL_RULES, (protocol.id, name, ref)
