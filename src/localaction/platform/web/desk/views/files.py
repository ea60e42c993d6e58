"""Files of the editor: an example to fill in, and the rows as they stand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from localaction.engine.inventory.rows import NAMES, template_csv
from localaction.platform.inventories.queries import raw_rows
from localaction.platform.web.desk.access import VIEW, inventory_at, signed_in

CSV = "text/csv; charset=utf-8"


class Echo:
    """A file that hands back each line it is given."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


@require_safe
@signed_in
def template(request: HttpRequest) -> HttpResponseBase:
    """Hand out an example of the row file."""
    return attached(HttpResponse(template_csv(), content_type=CSV), "inventory-template.csv")


@require_safe
@signed_in
def rows(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """Hand out the rows as they stand, in the format of uploads."""
    desk = inventory_at(request, code, year, VIEW)
    response = StreamingHttpResponse(_lines(desk.inventory), content_type=CSV)
    return attached(response, f"{desk.inventory.place.code}-{year}-rows.csv")


def _lines(inventory: Any) -> Iterator[str]:
    writer: Any = csv.writer(Echo(), lineterminator="\n")
    yield writer.writerow(NAMES)
    for chunk in raw_rows(inventory):
        yield "".join(writer.writerow([row.values[name] for name in NAMES]) for row in chunk)


def attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Return the response as a file to keep."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
