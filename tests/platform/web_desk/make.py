"""An officer's way through the desk, in short calls."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from localaction.engine.inventory.rows import NAMES
from localaction.platform.accounts.models import User
from localaction.platform.imports.models import Import
from localaction.platform.inventories.models import Batch, Inventory, RowRevision, Run
from localaction.platform.inventories.queries import rows_of

GAS = {"mode": "activity", "activity": "natural_gas", "amount": "1000", "unit": "TJ"}
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Desk:
    """A signed-in person and the inventory they work on."""

    client: Client
    inventory: Inventory
    user: User

    def at(self, rest: str = "") -> str:
        """Return an address of the editor."""
        return f"/desk/places/{self.inventory.place.code}/inventory/{self.inventory.label_year}/{rest}"

    def get(self, rest: str = "", *, htmx: bool = False, **query: str) -> Any:
        """Fetch a page of the editor."""
        return self.client.get(self.at(rest), query, headers=HTMX if htmx else None)

    def post(self, rest: str, *, htmx: bool = False, **data: Any) -> Any:
        """Send a form of the editor."""
        return self.client.post(self.at(rest), data, headers=HTMX if htmx else None)

    def save(self, ref: str = "I.1.1", **fields: str) -> Any:
        """Enter a row through the form; natural gas unless told otherwise."""
        return self.post(f"cell/{ref}/rows/new/", **(fields or GAS))

    def undo(self, *, htmx: bool = False, **data: str) -> Any:
        """Undo the newest change that stands, as the button beside it does."""
        newest = (
            Batch.objects.filter(inventory=self.inventory, undone_by=None).exclude(kind="undo").latest("id")
        )
        return self.post("undo/", htmx=htmx, batch=str(newest.public_id), **data)

    def rows(self, ref: str | None = None) -> list[RowRevision]:
        """Return the rows as they stand."""
        return rows_of(self.inventory, ref)

    def row(self) -> RowRevision:
        """Return the only row there is."""
        (row,) = self.rows()
        return row

    def run(self) -> Run | None:
        """Return the newest computation."""
        return Run.objects.filter(inventory=self.inventory).order_by("-number").first()

    def hand_in(self, body: bytes | str, name: str = "rows.csv", mode: str = "replace") -> Any:
        """Import a file and follow to its report."""
        content = body.encode() if isinstance(body, str) else body
        file = SimpleUploadedFile(name, content, content_type="text/csv")
        return self.client.post(self.at("upload/"), {"file": file, "mode": mode, "pasted": ""}, follow=True)

    def upload(self) -> Import:
        """Return the newest upload."""
        return Import.objects.filter(inventory=self.inventory).order_by("-pk")[0]

    def at_report(self, rest: str = "") -> str:
        """Return an address of the newest upload."""
        return f"/desk/imports/{self.upload().public_id}/{rest}"


def csv_of(*rows: dict[str, str], names: tuple[str, ...] = NAMES) -> str:
    """Return rows as a file."""
    lines = [",".join(_quoted(row.get(name, "")) for name in names) for row in rows]
    return "\n".join([",".join(names), *lines, ""])


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text


def text_of(response: Any) -> str:
    """Return what a page says, without mark-up, in single spaces."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def filled() -> list[dict[str, str]]:
    """Return rows that leave no required cell open."""
    from localaction.engine.packs import Library

    protocol = Library.load().protocol
    required = [ref for ref, cell in protocol.cells.items() if "BASIC" in cell.required_at]
    amounts = [{"ref": "I.1.1", "activity": "natural_gas", "amount": "1000", "unit": "TJ", "source": "bills"}]
    return amounts + [
        {"ref": ref, "notation_key": "NO", "reason": "None here"} for ref in required if ref != "I.1.1"
    ]
