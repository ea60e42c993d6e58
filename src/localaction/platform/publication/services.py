"""Publishing an inventory: the only writer of published documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from localaction.engine.errors import Finding
from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.problems import KeyWithoutReason, KeyWithoutReference, ReferenceToNothing
from localaction.engine.packs import Library
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.inventories.computing import figures_of
from localaction.platform.inventories.factor_queries import library_of, sets_used
from localaction.platform.inventories.models import COLUMNS, FactorSet, Inventory, Run
from localaction.platform.inventories.queries import current_rows, is_stale, latest_run, options_of, raw_rows
from localaction.platform.inventories.services import mark_published
from localaction.platform.inventories.writing import take_turn
from localaction.platform.publication.document import SCHEMA, Data, digest, frozen
from localaction.platform.publication.errors import (
    CorrectionNeedsReason,
    NotComputed,
    NothingNew,
    NotReady,
)
from localaction.platform.publication.gaps import gaps_in
from localaction.platform.publication.models import Publication, UsedFactor
from localaction.platform.publication.signing import sign
from localaction.platform.values.queries import value_of
from localaction.platform.values.services import record_many

POPULATION = "population.total"
UNSAID_BY_SOURCE = {KeyWithoutReason.code, KeyWithoutReference.code, ReferenceToNothing.code}


def standing_in_the_way(inventory: Inventory, run: Run) -> list[dict[str, Any]]:
    """Return the findings that block publication.

    What a published source leaves unsaid about its notation keys is shown as it is, not refused: the citation
    stands for it. Nobody else's figures have that excuse, and a cell without an answer has it nowhere.
    """
    return blocking(run.result, inventory.origin)


def blocking(result: Data, origin: str) -> list[dict[str, Any]]:
    """Return the findings of a result that block publication, by where its figures come from."""
    findings = [finding for finding in result["findings"] if finding["blocks_publication"]]
    if origin == Inventory.Origin.PUBLISHED_SOURCE:
        return [finding for finding in findings if finding["code"] not in UNSAID_BY_SOURCE]
    return findings


@transaction.atomic
def publish(*, actor: Actor, inventory: Inventory, reason: str = "") -> Publication:
    """Freeze the newest computation as one document that everybody can read.

    Raises
    ------
    NotComputed
        If rows, warming potentials or factors changed since it was computed.
    NotReady
        With the findings that stand in the way.
    NothingNew, CorrectionNeedsReason
        If the same is published already; if it differs, a reason is needed.
    """
    require(actor, "inventory.publish", inventory.scope_id)
    take_turn(inventory)
    run = latest_run(inventory)
    if run is None or is_stale(inventory, run):
        raise NotComputed
    if found := standing_in_the_way(inventory, run):
        raise NotReady([_finding(data) for data in found])
    before = Publication.objects.filter(inventory=inventory, is_current=True).first()
    content = _content(inventory, run)
    content_digest = digest(frozen({key: part for key, part in content.items() if key != "run"}))
    if before is not None and before.content_digest == content_digest:
        raise NothingNew
    if before is not None and not reason.strip():
        raise CorrectionNeedsReason
    publication = _freeze(actor, inventory, content, content_digest, before, reason)
    mark_published(actor=actor, inventory=inventory)
    _make_figures_public(actor, run)
    after = {"digest": publication.digest, "run": run.number}
    record("publication.inventory.published", actor=actor, target=inventory, after=after, reason=reason)
    return publication


def _content(inventory: Inventory, run: Run) -> Data:
    """Return what the document says, without when and why it was published."""
    place = inventory.place
    rows = current_rows(inventory).values("row_key", *COLUMNS)
    sets = {"factor_sets": [_set_used(held) for held in sets_used(place, run.result["factors"])]}
    return {
        "place": {
            "code": place.code,
            "name": place.name,
            "name_en": place.name_en,
            "country": place.country_code,
        },
        "label_year": inventory.label_year,
        "population": _population(inventory),
        "origin": inventory.origin,
        "publisher": place.name if inventory.origin == Inventory.Origin.OWN else None,
        "citation": inventory.citation,
        "licence": inventory.licence,
        "protocol_title": Library.load().protocol.title,
        "run": run.number,
        "result": run.result,
        "rows": [{name: str(value) for name, value in row.items()} for row in rows],
        **(sets if sets["factor_sets"] else {}),
    }


def _set_used(held: FactorSet) -> Data:
    """Return what a document says of an own set of factors that its figures rest on."""
    return {
        "id": str(held),
        "name": held.name,
        "citation": held.citation,
        "licence": held.licence,
        "digest": held.digest,
        "file_sha256": held.sha256,
    }


def _population(inventory: Inventory) -> Data | None:
    value = value_of(actor=None, place=inventory.place, item=POPULATION, period=inventory.period)
    if value is None or value.current is None or value.current.amount is None:
        return None
    return {"value": value.current.amount, "source": value.current.source}


def _freeze(
    actor: Actor,
    inventory: Inventory,
    content: Data,
    content_digest: str,
    before: Publication | None,
    reason: str,
) -> Publication:
    now = timezone.now()
    document = frozen({
        "schema": SCHEMA,
        **content,
        "published_at": now.isoformat(timespec="seconds"),
        "supersedes": before.digest if before else None,
        "reason": reason.strip(),
    })  # fmt: skip
    Publication.objects.filter(inventory=inventory, is_current=True).update(is_current=False)
    population = content["population"]
    made = Publication.objects.create(
        place=inventory.place,
        inventory=inventory,
        label_year=inventory.label_year,
        document=document,
        digest=digest(document),
        content_digest=content_digest,
        **said_in_lists(content["result"]),
        population=population["value"] if population else None,
        published_at=now,
        published_by=user_of(actor),
        supersedes=before,
        reason=reason.strip(),
    )
    note_factors([(made.pk, content["result"]["factors"])])
    sign([made.digest])
    return made


def said_in_lists(result: Data) -> Data:
    """Return what lists say of a result: its total and how many cells that leaves out.

    The total is None where nothing of it has a warming potential, which is not nought.
    """
    total = result["totals"]["territorial"]
    return {
        "territorial_t": total["co2e_t"] if total["co2e_t"] or total["complete"] else None,
        "territorial_gaps": len(gaps_in(result, "territorial", Library.load().protocol)),
    }


def note_factors(used: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Note on which factors documents rest, by their row numbers."""
    UsedFactor.objects.bulk_create(
        UsedFactor(publication_id=key, factor=name) for key, names in used for name in sorted(names)
    )


def _make_figures_public(actor: Actor, run: Run) -> None:
    inventory = run.inventory
    options, library = options_of(inventory, keep_lines=False), library_of(inventory)
    result = compile_inventory(raw_rows(inventory), options, library)
    record_many(actor=actor, figures=figures_of(run, result, visibility="public"), reason="published")


def _finding(data: Data) -> Finding:
    return Finding(**{name: data[name] for name in Finding.__slots__})
