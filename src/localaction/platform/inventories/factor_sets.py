"""A place's own factors: checked without writing, kept as an edition, replaced by a new one, withdrawn."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePath
from typing import BinaryIO

from django.db import IntegrityError, transaction
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
    set_id, edition = before.set_id if before else _free_id(place, slug), _next_edition(place, slug)
    file = _File(b"", PurePath(file_name).name or "factors.csv")
    try:
        file.data = _within_limit(stream)
        factors = _read(place, set_id, edition, file)
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
    """Keep a file of own factors as the first edition of a set; it is read before the database is held.

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
    taken = FactorSetNameTaken(place=place.name, name=name.strip())
    if FactorSet.objects.filter(place=place, slug=slug).exists():
        raise taken
    made = FactorSet(place=place, slug=slug, name=name.strip()[:200], edition=1, set_id=_free_id(place, slug))
    _fill(made, citation, licence, stream, file_name)
    made.created_by = user_of(actor)
    with transaction.atomic():
        require(actor, EDIT_FACTORS, place.scope_id)
        _insert(made, taken)
        _record("created", actor, made)
    return made


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

    The file is read before the database is held. Raises ``Refused``, ``ReasonNeeded``, ``NothingChanged``, or
    ``FactorSetEnded`` if it is not the newest, also if somebody added one at the same moment.
    """
    require(actor, EDIT_FACTORS, factor_set.scope_id)
    if not reason.strip():
        raise ReasonNeeded(why="a new edition replaces factors that inventories use")
    _must_be_newest(factor_set)
    made = FactorSet(
        place=factor_set.place, slug=factor_set.slug, name=factor_set.name, edition=factor_set.edition + 1,
        set_id=factor_set.set_id, reason=reason.strip(), created_by=user_of(actor),
    )  # fmt: skip
    _fill(made, citation or factor_set.citation, licence or factor_set.licence, stream, file_name)
    if not any(_compared(factor_set, factors_of(made))):
        raise NothingChanged(name=made.name, edition=factor_set.edition)
    with transaction.atomic():
        require(actor, EDIT_FACTORS, factor_set.scope_id)
        _must_be_newest(factor_set)
        live = FactorSet.objects.filter(pk=factor_set.pk, status=FactorSet.Status.CURRENT)
        live.update(status=FactorSet.Status.SUPERSEDED)
        _insert(made, _added_meanwhile(factor_set))
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
    if rows := pinned.count():
        raise FactorSetInUse(name=factor_set.name, edition=factor_set.edition, count=rows)
    live = FactorSet.objects.filter(pk=factor_set.pk, status=FactorSet.Status.CURRENT)
    if not live.update(status=FactorSet.Status.WITHDRAWN, ended_why=reason.strip()):
        raise FactorSetEnded(name=factor_set.name, edition=factor_set.edition, why="it is not in use")
    factor_set.refresh_from_db(fields=["status", "ended_why"])
    _record("withdrawn", actor, factor_set, reason)
    return factor_set


def _fill(made: FactorSet, citation: str, licence: str, stream: BinaryIO, file_name: str) -> None:
    """Read the file into an edition; nothing is written."""
    if not citation.strip():
        raise SetNeeds(what="its source: who says so, where and when")
    data = _within_limit(stream)
    name = PurePath(file_name).name[:255] or "factors.csv"
    factors = _read(made.place, made.set_id, made.edition, _File(data, name))
    digests = "".join(sorted(factor.digest for factor in factors))
    made.citation, made.licence, made.file_name, made.content = citation.strip(), licence.strip(), name, data
    made.sha256, made.size_bytes = hashlib.sha256(data).hexdigest(), len(data)
    made.records, made.factor_count = [factor.record() for factor in factors], len(factors)
    made.digest = hashlib.sha256(digests.encode()).hexdigest()


def _insert(made: FactorSet, taken: InputError) -> None:
    """Write an edition; raise ``taken`` if somebody wrote the same one at the same moment."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise taken from error


def _must_be_newest(factor_set: FactorSet) -> None:
    newest = _next_edition(factor_set.place, factor_set.slug) - 1
    if factor_set.edition != newest:
        raise FactorSetEnded(name=factor_set.name, edition=factor_set.edition, why="it is not the newest")


def _added_meanwhile(factor_set: FactorSet) -> FactorSetEnded:
    why = "somebody added a new edition at the same moment"
    return FactorSetEnded(name=factor_set.name, edition=factor_set.edition, why=why)


def _free_id(place: Place, slug: str) -> str:
    """Return under which ids the factors of a new set are kept: no other set of any place has them.

    GB-LON with "a-b" and GB-LON-A with "b" would both write ``gb-lon-a-b``; the second gets a number.
    """
    wanted = f"{place.code.lower()}-{slug}"
    taken = set(FactorSet.objects.filter(set_id__startswith=wanted).values_list("set_id", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)


def _within_limit(stream: BinaryIO) -> bytes:
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FactorFileTooLarge(limit_mb=LARGEST // 1_000_000)
    return data


def _read(place: Place, set_id: str, edition: int, file: _File) -> list[Factor]:
    """Return the factors of a file under their ids; a published table becomes an own one on the way."""
    library = Library.load()
    _make_own_table(place, library, file)
    factors = library.read_factors(io.BytesIO(file.data))
    if not factors:
        raise SetNeeds(what="at least one factor")
    return named(factors, owner=set_id, edition=str(edition), place=place.code)


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
