"""Building releases out of what is published: the database side of ``engine.exchange.release``."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from localaction.engine.exchange.release.building import Document, build
from localaction.engine.exchange.release.info import Contents, Info
from localaction.engine.exchange.release.tables import Row
from localaction.engine.packs import Library
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.inventories.computing import CELL_ITEM, TOTAL_ITEM
from localaction.platform.publication import queries
from localaction.platform.publication.errors import NothingNewToRelease, ReleasedMeanwhile
from localaction.platform.publication.models import Release
from localaction.platform.publication.ranges import refresh_ranges
from localaction.platform.publication.release_files import archive_of, folder_of
from localaction.platform.values.models import Value
from localaction.platform.values.queries import public_values

Tell = Callable[[int], None]
OLDEST_TIME = (1980, 1, 1, 0, 0, 0)  # the first a zip can name: the same files make the same archive


def build_release(folder: Path, info: Info, tell: Tell = lambda done: None) -> Contents:
    """Write everything that is published into a folder; public, so nobody's right is asked.

    Raises ``FolderNotEmpty``, ``NothingPublished`` or ``UnknownProtocol``; nothing is left behind then.
    """
    protocol = Library.load().protocol
    found = (Document(content, sha256) for content, sha256 in queries.documents())
    return build(folder, info, found, _values(), {protocol.id: protocol}, tell)


def publish_release(
    *, actor: Actor, publisher: str, address: str = "", tell: Tell = lambda done: None
) -> Release:
    """Build a release under the next number into the data folder, where the site hands it out.

    What figures of places are compared with is made anew afterwards.

    Raises
    ------
    NotAllowed
    NothingNewToRelease, ReleasedMeanwhile
        If a release holds the same already, or somebody else took the number; nothing is kept then.
    """
    require(actor, "release.publish", None)
    newest = Release.objects.order_by("-number").first()
    number = newest.number + 1 if newest else 1
    info = Info(str(number), timezone.now().date(), publisher, address)
    releases = folder_of(number).parent
    releases.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="building-", dir=releases) as building:
        folder, archive = Path(building) / str(number), Path(building) / archive_of(number).name
        contents = build_release(folder, info, tell)
        _require_new(contents)
        _zip(folder, archive)
        release = _recorded(actor, number, info, contents, (folder, archive))
    refresh_ranges(actor=actor)
    return release


def _require_new(contents: Contents) -> None:
    same = Release.objects.filter(content_digest=contents.digest).first()
    if same is not None:
        raise NothingNewToRelease(number=same.number, day=same.released_on.isoformat())


@transaction.atomic
def _recorded(actor: Actor, number: int, info: Info, contents: Contents, built: tuple[Path, Path]) -> Release:
    """Record a release and put its folder and archive in place; the number is nobody else's then."""
    release, made = Release.objects.get_or_create(
        number=number,
        defaults={
            "released_on": info.released_on,
            "content_digest": contents.digest,
            "places": contents.rows["places"],
            "inventories": contents.rows["inventories"],
            "lines": contents.rows["lines"],
            "built_by": user_of(actor),
        },
    )
    if not made:
        raise ReleasedMeanwhile(number=number)
    folder, archive = built
    shutil.rmtree(folder_of(number), ignore_errors=True)  # its record was lost with its database
    folder.rename(folder_of(number))
    archive.replace(archive_of(number))
    after = {"number": number, "content_digest": contents.digest, "inventories": release.inventories}
    record("publication.release.published", actor=actor, target=release, after=after)
    return release


def _zip(folder: Path, archive: Path) -> None:
    """Put the files of a release into one archive."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{archive.stem}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, OLDEST_TIME)
            entry.compress_type = zipfile.ZIP_STORED if path.suffix == ".parquet" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with path.open("rb") as source, out.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)


def _values() -> Iterator[Row]:
    """Yield the public figures beside inventories as rows of the table ``values``."""
    places = queries.places_published()
    for value in public_values(places, without=(CELL_ITEM, TOTAL_ITEM)):
        yield _value(value)


def _value(value: Value) -> Row:
    now = value.current
    assert now is not None  # a figure without a revision is not public  # noqa: S101
    said = now.notation_key or now.choice or now.text or (now.day.isoformat() if now.day else "")
    return (
        *(value.place.code, value.item, value.period_start, value.period_end, value.dimensions),
        *(value.boundary, value.entity, value.label_year, value.basis),
        *(now.amount, now.exact, now.unit, now.low, now.high, said),
        *(now.quality, now.source, now.explanation),
    )
