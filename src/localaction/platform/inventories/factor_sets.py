"""A place's own factors: checked without writing, kept as an edition, replaced by a new one, withdrawn."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.exchange.factor_files import NotThisLayout, read_factor_bytes
from localaction.engine.packs import Library
from localaction.engine.references.factors import Factor
from localaction.engine.references.ownset import FactorOfElsewhere, named
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.inventories.errors import (
    FactorFileTooLarge,
    FactorSetEnded,
    FactorSetInUse,
    FactorSetNameTaken,
    NothingChanged,
    ReasonNeeded,
    SetNeeds,
)
from localaction.platform.inventories.factor_models import FactorSet
from localaction.platform.inventories.factor_queries import EDIT_FACTORS, factors_of
from localaction.platform.inventories.models import RowRevision
from localaction.platform.places.models import Place
from localaction.platform.places.queries import place_chain

LARGEST = 5_000_000  # bytes of a file of factors
EGRID, UNITED_STATES = "egrid:", "US"


@dataclass(frozen=True)
class FactorCheck:
    """What a file of factors holds, before anything is kept.

    Parameters
    ----------
    factors : sequence of Factor
        With the ids they will have; empty if the file is refused.
    findings : sequence of Finding
        Errors by row and column; or remarks, if there is no error.
    notes : sequence of str
        What was taken and left out, if the file is a published table.
    added, changed, removed : sequence of str
        Against the edition before, by the names of factors.
    table : bytes
        The own factor table that was read: of a published table what it became, else the file.
    """

    factors: Sequence[Factor]
    findings: Sequence[Finding]
    notes: Sequence[str] = ()
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    removed: Sequence[str] = ()
    table: bytes = b""
    errors_more: int = 0

    @property
    def ok(self) -> bool:
        """Whether the file can be kept."""
        return bool(self.factors)


@dataclass
class _File:
    data: bytes
    name: str
    notes: list[str] = field(default_factory=list)


def check_factor_file(
    *,
    actor: Actor,
    place: Place,
    name: str,
    stream: BinaryIO,
    file_name: str = "factors.csv",
    before: FactorSet | None = None,
) -> FactorCheck:
    """Return what a file of own factors, or a published table, would become; nothing is written."""
    require(actor, EDIT_FACTORS, place.scope_id)
    slug = before.slug if before else slugify(name)[:60] or "own"
    edition = _next_edition(place, slug)
    file = _File(b"", PurePath(file_name).name or "factors.csv")
    try:
        file.data = _within_limit(stream)
        factors = _read(place, slug, edition, file)
    except Refused as refused:
        return FactorCheck((), refused.findings, file.notes, table=file.data, errors_more=refused.more)
    except InputError as error:
        return FactorCheck((), [Finding.of(error)], file.notes, table=file.data)
    chain = place_chain(place)
    remarks = [
        Finding.of(
            FactorOfElsewhere(place=factor.place, own=place.name), column="place", value=factor.id,
            severity="info",
        )
        for factor in factors
        if factor.place not in chain and not factor.place.startswith(EGRID)
    ]  # fmt: skip
    return FactorCheck(factors, remarks, file.notes, *_compared(before, factors), table=file.data)


@transaction.atomic
def create_factor_set(
    *,
    actor: Actor,
    place: Place,
    name: str,
    citation: str,
    stream: BinaryIO,
    file_name: str = "factors.csv",
    licence: str = "",
) -> FactorSet:
    """Keep a file of own factors as the first edition of a set.

    Raises
    ------
    Refused
        With everything that is wrong with the file, by row and column; nothing is kept then.
    SetNeeds, FactorSetNameTaken
        If name or source is missing, or the place has a set of that name.
    """
    require(actor, EDIT_FACTORS, place.scope_id)
    slug = slugify(name)[:60]
    if not slug:
        raise SetNeeds(what="a name with at least one Latin letter or digit")
    if FactorSet.objects.filter(place=place, slug=slug).exists():
        raise FactorSetNameTaken(place=place.name, name=name.strip())
    made = _keep(actor, place, slug, name, citation, licence, stream, file_name, reason="", edition=1)
    _record("created", actor, made)
    return made


@transaction.atomic
def new_factor_edition(
    *,
    actor: Actor,
    factor_set: FactorSet,
    stream: BinaryIO,
    reason: str,
    file_name: str = "factors.csv",
    citation: str = "",
    licence: str = "",
) -> FactorSet:
    """Keep a file as the next edition of a set; the one before stays to be pinned, and takes no part.

    Raises ``Refused``, ``ReasonNeeded``, ``NothingChanged``, or ``FactorSetEnded`` if it is not the newest.
    """
    require(actor, EDIT_FACTORS, factor_set.scope_id)
    if not reason.strip():
        raise ReasonNeeded(why="a new edition replaces factors that inventories use")
    edition = _next_edition(factor_set.place, factor_set.slug)
    if factor_set.edition != edition - 1:
        raise FactorSetEnded(name=factor_set.name, edition=factor_set.edition, why="it is not the newest")
    live = FactorSet.objects.filter(pk=factor_set.pk, status=FactorSet.Status.CURRENT)
    live.update(status=FactorSet.Status.SUPERSEDED)
    made = _keep(
        actor, factor_set.place, factor_set.slug, factor_set.name, citation or factor_set.citation,
        licence or factor_set.licence, stream, file_name, reason=reason.strip(), edition=edition,
    )  # fmt: skip
    added, changed, removed = _compared(factor_set, factors_of(made))
    if not (added or changed or removed):
        raise NothingChanged(name=made.name, edition=factor_set.edition)
    _record("edition_added", actor, made, reason)
    return made


@transaction.atomic
def withdraw_factor_set(*, actor: Actor, factor_set: FactorSet, reason: str) -> FactorSet:
    """Take the newest edition of a set out of use; what was published with it stays as it is.

    Raises ``ReasonNeeded``, ``FactorSetEnded``, or ``FactorSetInUse`` while rows name one of its factors.
    """
    require(actor, EDIT_FACTORS, factor_set.scope_id)
    if not reason.strip():
        raise ReasonNeeded(why="inventories that use these factors will be computed without them")
    pinned = RowRevision.objects.filter(
        inventory__place=factor_set.place,
        is_current=True,
        removed=False,
        factor__startswith=f"{factor_set}:",
    )
    if count := pinned.count():
        raise FactorSetInUse(name=factor_set.name, edition=factor_set.edition, count=count)
    live = FactorSet.objects.filter(pk=factor_set.pk, status=FactorSet.Status.CURRENT)
    if not live.update(status=FactorSet.Status.WITHDRAWN, ended_why=reason.strip()):
        raise FactorSetEnded(name=factor_set.name, edition=factor_set.edition, why="it is not in use")
    factor_set.refresh_from_db(fields=["status", "ended_why"])
    _record("withdrawn", actor, factor_set, reason)
    return factor_set


def _keep(
    actor: Actor,
    place: Place,
    slug: str,
    name: str,
    citation: str,
    licence: str,
    stream: BinaryIO,
    file_name: str,
    *,
    reason: str,
    edition: int,
) -> FactorSet:
    if not citation.strip():
        raise SetNeeds(what="its source: who says so, where and when")
    data = _within_limit(stream)
    factors = _read(place, slug, edition, _File(data, PurePath(file_name).name or "factors.csv"))
    digests = "".join(sorted(factor.digest for factor in factors))
    return FactorSet.objects.create(
        place=place,
        slug=slug,
        name=name.strip()[:200],
        edition=edition,
        citation=citation.strip(),
        licence=licence.strip(),
        file_name=PurePath(file_name).name[:255] or "factors.csv",
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        records=[factor.record() for factor in factors],
        factor_count=len(factors),
        digest=hashlib.sha256(digests.encode()).hexdigest(),
        reason=reason,
        created_by=user_of(actor),
    )


def _within_limit(stream: BinaryIO) -> bytes:
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FactorFileTooLarge(limit_mb=LARGEST // 1_000_000)
    return data


def _read(place: Place, slug: str, edition: int, file: _File) -> list[Factor]:
    """Return the factors of a file under their ids; a published table becomes an own one on the way."""
    library = Library.load()
    _make_own_table(place, library, file)
    factors = library.read_factors(io.BytesIO(file.data))
    if not factors:
        raise SetNeeds(what="at least one factor")
    owner = f"{place.code.lower()}-{slug}"
    return named(factors, owner=owner, edition=str(edition), place=place.code)


def _make_own_table(place: Place, library: Library, file: _File) -> None:
    """Turn a published table into an own factor table of what applies at the place; leave others alone."""
    try:
        report = read_factor_bytes(file.data, file.name, library)
    except NotThisLayout:
        return
    chain = place_chain(place)
    report.keep(
        lambda line: line["place"] in chain or (UNITED_STATES in chain and line["place"].startswith(EGRID))
    )
    file.notes = list(report.lines())
    if not report.taken:
        raise SetNeeds(what=f"factors of {place.name} or what it lies in; the table has none")
    file.data = report.csv().encode()


def _next_edition(place: Place, slug: str) -> int:
    newest = FactorSet.objects.filter(place=place, slug=slug).aggregate(last=Max("edition"))["last"]
    return (newest or 0) + 1


def _compared(before: FactorSet | None, factors: Sequence[Factor]) -> tuple[list[str], list[str], list[str]]:
    """Return what is added, changed and removed against an edition, by the names of factors."""
    if before is None:
        return [factor.id.partition(":")[2] for factor in factors], [], []
    old = {factor.id.partition(":")[2]: _content(factor) for factor in factors_of(before)}
    new = {factor.id.partition(":")[2]: _content(factor) for factor in factors}
    added = [name for name in new if name not in old]
    changed = [name for name in new if name in old and new[name] != old[name]]
    return added, changed, [name for name in old if name not in new]


def _content(factor: Factor) -> dict[str, object]:
    plain = factor.record()
    return {key: value for key, value in plain.items() if key not in {"id", "edition"}}


def _record(verb: str, actor: Actor, made: FactorSet, reason: str = "") -> None:
    after = {"set": str(made), "sha256": made.sha256, "factors": made.factor_count, "digest": made.digest}
    record(f"inventories.factor_set.{verb}", actor=actor, target=made, after=after, reason=reason)
