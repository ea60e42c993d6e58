"""Releases: everything that is published, as files to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from localaction.platform.publication.errors import ReleaseNotFound
from localaction.platform.publication.queries import documents_count, releases
from localaction.platform.publication.release_files import (
    archive_of,
    archive_size,
    files_of_release,
    path_of,
)

#: Files that browsers show; everything else is saved.
SHOWN = {".md": "text/plain; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".json": "application/json"}
TYPES = SHOWN | {
    ".csv": "text/csv; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
    ".cff": "text/plain; charset=utf-8",
    "": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class TableFiles:
    """One table of a release: what it is and its two files."""

    name: str
    csv: str
    csv_bytes: int
    parquet: str
    parquet_bytes: int


@dataclass(frozen=True)
class ReleaseView:
    """One release as the page shows it; without an archive its files are gone from the data folder."""

    number: int
    released_on: date
    places: int
    inventories: int
    lines: int
    digest: str
    archive: str
    archive_bytes: int | None

    def file(self, name: str) -> str:
        """Address of one of its files."""
        return reverse("web:release-file", args=[self.number, name])


def data(request: HttpRequest) -> HttpResponse:
    """Say what a release is, and hand out the newest one and those before it."""
    found = [
        ReleaseView(
            held.number,
            held.released_on,
            held.places,
            held.inventories,
            held.lines,
            held.content_digest,
            reverse("web:release-file", args=[held.number, archive_of(held.number).name]),
            archive_size(held.number),
        )
        for held in releases()
    ]
    newest = found[0] if found else None
    context = {
        "newest": newest,
        "earlier": found[1:],
        "tables": _tables(newest) if newest else [],
        "texts": _texts(newest) if newest else [],
        "published": documents_count(),
    }
    return render(request, "web/data.html", context)


def _tables(release: ReleaseView) -> list[TableFiles]:
    sizes = {file.name: file.size_bytes for file in files_of_release(release.number)}
    names = [name[: -len(".csv")] for name in sizes if name.endswith(".csv")]
    return [
        TableFiles(
            name.rpartition("/")[2],
            release.file(f"{name}.csv"),
            sizes[f"{name}.csv"],
            release.file(f"{name}.parquet"),
            sizes.get(f"{name}.parquet", 0),
        )
        for name in names
    ]


def _texts(release: ReleaseView) -> list[tuple[str, str]]:
    """Return the files beside the tables with their addresses."""
    names = (file.name for file in files_of_release(release.number) if "/" not in file.name)
    return [(name, release.file(name)) for name in names]


@cache_control(public=True, max_age=60 * 60 * 24)
def release_file(request: HttpRequest, number: int, name: str) -> FileResponse:
    """Hand out one file of a release, or all of it as one archive."""
    try:
        path = path_of(number, name)
    except ReleaseNotFound as error:
        raise Http404(_("There is no such file in release %(number)d.") % {"number": number}) from error
    kind = TYPES.get(path.suffix, "application/octet-stream")
    return FileResponse(
        path.open("rb"), content_type=kind, filename=path.name, as_attachment=path.suffix not in SHOWN
    )
