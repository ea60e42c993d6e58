"""Files of the editor: an example to fill in, and the rows as they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from localaction.engine.inventory.compile import check_rows
from localaction.engine.inventory.csvsafe import SafeWriter
from localaction.engine.inventory.rows import NAMES, RawRow, template_csv
from localaction.platform.inventories.queries import latest_run, library_of, options_of, raw_rows
from localaction.platform.web.desk.access import VIEW, inventory_at, signed_in
from localaction.platform.web.desk.work import nothing_yet
from localaction.platform.web.files import XLSX, workbook

CSV = "text/csv; charset=utf-8"


class Echo:
    """A file that hands back each line it is given."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


@require_safe
@signed_in
def template(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """Hand out an example of the row file that this inventory takes as it is."""
    desk = inventory_at(request, code, year, VIEW)
    response = HttpResponse(content_type=CSV)
    writer = csv.DictWriter(response, NAMES)
    writer.writeheader()
    writer.writerows(_examples(desk.inventory))
    return attached(response, f"inventory-template-{year}.csv")


def _examples(inventory: Any) -> Iterator[dict[str, str]]:
    """Yield the rows of the general example that this inventory takes, without period and pin."""
    options, book = options_of(inventory, keep_lines=False), library_of(inventory)
    for row in csv.DictReader(io.StringIO(template_csv())):
        example = row | {"period": "", "factor": ""}
        found = check_rows([RawRow(1, example)], options, book)
        if not any(finding.severity == "error" for finding in found):
            yield example


@require_safe
@signed_in
def rows(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """Hand out the rows as they stand, in the format of uploads."""
    desk = inventory_at(request, code, year, VIEW)
    response = StreamingHttpResponse(_lines(desk.inventory), content_type=CSV)
    return attached(response, f"{desk.inventory.place.code}-{year}-rows.csv")


@require_safe
@signed_in
def inventory_workbook(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """Hand out the inventory as a workbook, whose rows can be edited and uploaded."""
    desk = inventory_at(request, code, year, VIEW)
    run = latest_run(desk.inventory)
    rows = chain.from_iterable(raw_rows(desk.inventory))
    about = {"Citation": desk.inventory.citation, "Licence": desk.inventory.licence}
    body = workbook(run.result if run else nothing_yet(desk.inventory), rows, about)
    return attached(
        HttpResponse(body, content_type=XLSX), f"{desk.inventory.place.code}-{year}-inventory.xlsx"
    )


def _lines(inventory: Any) -> Iterator[str]:
    writer = SafeWriter(Echo(), lineterminator="\n")
    yield writer.writerow(NAMES)
    for chunk in raw_rows(inventory):
        yield "".join(writer.writerow([row.values[name] for name in NAMES]) for row in chunk)


def attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Return the response as a file to keep."""
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
