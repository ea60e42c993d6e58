"""Addresses of the desk for one inventory, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True)
class Addresses:
    """Where the pages of one inventory's editor are."""

    code: str
    year: int

    def _at(self, name: str, **more: object) -> str:
        return reverse(f"desk:{name}", kwargs={"code": self.code, "year": self.year, **more})

    @property
    def editor(self) -> str:
        """The matrix."""
        return self._at("editor")

    def cell(self, ref: str, **query: object) -> str:
        """One cell beside the matrix."""
        return _with(self._at("cell", ref=ref), query)

    def add(self, ref: str, **query: object) -> str:
        """A new row in a cell."""
        return _with(self._at("row-new", ref=ref), query)

    def choices(self, ref: str) -> str:
        """Units, factors and preview of a row as typed so far."""
        return self._at("row-choices", ref=ref)

    def change(self, row_key: object) -> str:
        """Changing a row."""
        return self._at("row", row_key=row_key)

    def remove(self, row_key: object) -> str:
        """Removing a row."""
        return self._at("row-remove", row_key=row_key)

    @property
    def undo(self) -> str:
        """Undoing a change."""
        return self._at("undo")

    @property
    def history(self) -> str:
        """All changes."""
        return self._at("history")

    @property
    def compute(self) -> str:
        """Computing now."""
        return self._at("compute")

    @property
    def upload(self) -> str:
        """Handing in a file."""
        return self._at("upload")

    @property
    def template(self) -> str:
        """An example of the file."""
        return self._at("template")

    @property
    def rows(self) -> str:
        """The rows as a file."""
        return self._at("rows")

    @property
    def workbook(self) -> str:
        """The inventory as a workbook."""
        return self._at("workbook")

    @property
    def open_cells(self) -> str:
        """Filling open cells with a key."""
        return self._at("open-cells")

    @property
    def potentials(self) -> str:
        """Changing the warming potentials."""
        return self._at("potentials")

    @property
    def published(self) -> str:
        """What was published."""
        return self._at("published")

    @property
    def publish(self) -> str:
        """Publishing."""
        return self._at("publish")

    @property
    def submit(self) -> str:
        """Submitting for verification."""
        return self._at("submit")

    def trail(self, ref: str) -> str:
        """How a figure of the draft is made."""
        address = reverse("web:figure", args=[self.code, self.year, ref])
        return _with(address, {"draft": 1})


def _with(address: str, query: dict[str, object]) -> str:
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{address}?{urlencode(kept)}" if kept else address
