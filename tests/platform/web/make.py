"""A place with a published inventory and a draft, made through the services as everywhere."""

from __future__ import annotations

import io
from dataclasses import dataclass

from localaction.engine.inventory.columns import COLUMNS
from localaction.engine.packs import Library
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.imports.services import receive, request_apply
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import compute, create_inventory, mark_open_cells
from localaction.platform.places.models import Place
from localaction.platform.publication.models import Publication
from localaction.platform.publication.services import publish
from localaction.platform.values.services import record_value
from tests.platform.accounts.make import place

YEAR = 2020
HEAD = ",".join(column.name for column in COLUMNS)
#: A gas row that leads to a factor, CH4 given directly, CO2e without a split, a key with a reason.
ROWS = (
    (
        "I.1.1",
        {"activity": "natural_gas", "amount": "1000", "unit": "TJ", "data_quality": "M", "source": "bills"},
    ),
    (
        "I.1.1",
        {"activity": "natural_gas", "amount": "500", "unit": "TJ", "data_quality": "H", "source": "bills"},
    ),
    ("II.1.1", {"gas": "CO2e", "amount": "40000", "unit": "t", "source": "=1+1", "note": "model"}),
    ("III.1.2", {"gas": "CH4", "amount": "100", "unit": "t", "data_quality": "L"}),
    ("I.5.1", {"notation_key": "NO", "reason": "There are no farms."}),
)


@dataclass(frozen=True)
class City:
    """A place and what it published."""

    place: Place
    inventory: Inventory
    publication: Publication

    @property
    def address(self) -> str:
        return f"/places/{self.place.code}/inventory/{self.inventory.label_year}/"

    def trail(self, ref: str) -> str:
        return f"/figures/{self.place.code}/{self.inventory.label_year}/{ref}/"


def csv_of(rows: tuple[tuple[str, dict[str, str]], ...] = ROWS) -> bytes:
    """Return rows as a file."""
    names = [column.name for column in COLUMNS]
    lines = [",".join({"ref": ref, **values}.get(name, "") for name in names) for ref, values in rows]
    return "\n".join([HEAD, *lines, ""]).encode()


def computed(
    where: Place, year: int = YEAR, rows: tuple[tuple[str, dict[str, str]], ...] = ROWS, fill: bool = True
) -> Inventory:
    """Return a computed inventory; ``fill`` marks the cells that stay open."""
    inventory = create_inventory(actor=OPERATOR, place=where, label_year=year)
    upload = receive(
        importer_id="rows",
        actor=OPERATOR,
        inventory=inventory,
        name="rows.csv",
        stream=io.BytesIO(csv_of(rows)),
    )
    assert upload.status == "ready", upload.findings
    request_apply(actor=OPERATOR, record=upload, inline=True)
    if fill:
        mark_open_cells(actor=OPERATOR, inventory=inventory, key="NE", reason="Not part of this example.")
    compute(actor=OPERATOR, inventory=inventory)
    return inventory


def city(
    code: str = "FR-PAR",
    name: str = "Paris",
    population: str | None = "2000000",
    year: int = YEAR,
    **more: str,
) -> City:
    """Return a place with a published inventory."""
    where = place(code, name, **more)
    if population:
        record_value(
            actor=OPERATOR,
            place=where,
            item="population.total",
            period=Period.year(year),
            basis="reported",
            exact=population,
            unit="person",
            source="census",
            visibility="public",
        )
    inventory = computed(where, year)
    return City(where, inventory, publish(actor=OPERATOR, inventory=inventory))


def library() -> Library:
    """Return the rule book."""
    return Library.load()
